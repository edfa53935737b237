"""What stood around somebody's things in one place, in words: relations, what others gave, and looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.belongings.choices import LOOK, REVOKED, SHARED
from klimtouw.peers.choices import Step
from klimtouw.relations.choices import Rhythm, State
from klimtouw.takeaway.package.book import Book, Link, Written
from klimtouw.takeaway.package.queries import Content
from klimtouw.talks.choices import TalkState


@dataclass(frozen=True)
class ContractInWords:
    """One version of what two people agreed."""

    number: int
    is_in_force: bool
    starts_on: date
    ends_on: date
    talks: int
    rhythm: str
    texts: list[str]
    clauses: list[str]


@dataclass(frozen=True)
class TalkInWords:
    """One talk."""

    starts_at: datetime | None
    state: str
    place: str


@dataclass(frozen=True)
class RelationInWords:
    """One relation."""

    other: str
    is_coach: bool
    state: str
    started_at: datetime
    ended_at: datetime | None
    programme: str
    contracts: list[ContractInWords]
    talks: list[TalkInWords]


@dataclass(frozen=True)
class SignedInWords:
    """One version of what a circle agreed, signed by the person."""

    number: int
    starts_on: date
    ends_on: date
    signed_at: datetime
    clauses: list[str]


@dataclass(frozen=True)
class CircleInWords:
    """One circle."""

    name: str
    facilitates: bool
    started_at: datetime
    agreements: list[SignedInWords]


@dataclass(frozen=True)
class LookInWords:
    """One line of the ledger."""

    at: datetime
    says: str
    about: Link | None


@dataclass(frozen=True)
class RungInWords:
    """One rung on the way to peer coach."""

    step: str
    attested_by: str
    attested_at: datetime
    words: str


@dataclass(frozen=True)
class AttestationInWords:
    """One attestation of training; its signed document stands in the data."""

    attested_by: str
    valid_until: datetime
    document: str


@dataclass(frozen=True)
class PlaceInWords:
    """One place."""

    is_here: bool
    as_of: datetime
    relations: list[RelationInWords]
    circles: list[CircleInWords]
    given: list[Written]
    looks: list[tuple[date, list[LookInWords]]]
    last_digest: str
    rungs: list[RungInWords]
    attestations: list[AttestationInWords]


def place_in_words(place: Content, book: Book, content: Content) -> PlaceInWords:
    """Return what the pages print of one place."""
    return PlaceInWords(
        is_here=place["account"] == content["account"]["id"],
        as_of=_moment(place["as_of"]),
        relations=[_relation(one, place, book) for one in place["relations"]],
        circles=[_circle(one) for one in place.get("circles", [])],
        given=[
            book.written(one["kind"], one, by=book.names.get(one["by"], ""))
            for one in place["words_of_others"]
        ],
        looks=_per_day(_looks(place, book)),
        last_digest=place["looks"][-1]["digest"] if place["looks"] else "",
        rungs=[
            RungInWords(
                _label(Step, one["step"]), one["attested_by"], _moment(one["attested_at"]), one["words"]
            )
            for one in place.get("peers", {}).get("rungs", [])
        ],
        attestations=[
            AttestationInWords(one["attested_by"], _moment(one["valid_until"]), one["document"])
            for one in place.get("peers", {}).get("attestations", [])
        ],
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _label(choices: Any, value: str) -> str:
    """Return a word of our own, or what another Klimtouw wrote when we do not know it."""
    return str(dict(choices.choices).get(value, value))


def _relation(one: Content, place: Content, book: Book) -> RelationInWords:
    is_coach = one["coach"] == place["account"]
    return RelationInWords(
        other=book.names.get(one["coachee"] if is_coach else one["coach"], ""),
        is_coach=is_coach,
        state=_label(State, one["state"]),
        started_at=_moment(one["started_at"]),
        ended_at=_moment(one["ended_at"]) if one["ended_at"] else None,
        programme=one["programme"],
        contracts=[_contract(contract) for contract in one["contracts"]],
        talks=[_talk(talk) for talk in one["talks"]],
    )


def _contract(one: Content) -> ContractInWords:
    texts = (one["availability"], one["coachee_may_expect"], one["coach_may_expect"])
    return ContractInWords(
        number=one["number"],
        is_in_force=one["in_force_at"] is not None,
        starts_on=date.fromisoformat(one["starts_on"]),
        ends_on=date.fromisoformat(one["ends_on"]),
        talks=one["talks"],
        rhythm=_label(Rhythm, one["rhythm"]),
        texts=[text for text in texts if text],
        clauses=one["clauses"],
    )


def _circle(one: Content) -> CircleInWords:
    agreements = [
        SignedInWords(
            number=each["number"],
            starts_on=date.fromisoformat(each["starts_on"]),
            ends_on=date.fromisoformat(each["ends_on"]),
            signed_at=_moment(each["signed_at"]),
            clauses=each["clauses"],
        )
        for each in one["agreements"]
    ]
    return CircleInWords(one["name"], one["facilitates"], _moment(one["started_at"]), agreements)


def _talk(one: Content) -> TalkInWords:
    starts_at = _moment(one["starts_at"]) if one["starts_at"] else None
    return TalkInWords(starts_at, _label(TalkState, one["state"]), one["place"])


def _looks(place: Content, book: Book) -> Iterator[LookInWords]:
    for line in reversed(place["looks"]):
        yield LookInWords(_moment(line["at"]), _says(line, place, book), book.link_to(line["about_id"]))


def _says(line: Content, place: Content, book: Book) -> str:
    if line["by_id"] == place["account"]:
        own = {SHARED: _("I shared"), REVOKED: _("I stopped sharing")}
        return own.get(line["act"], _("I did something of my own (%(act)s)") % {"act": line["act"]})
    who = book.names.get(line["by_id"]) or _("Somebody from an acquaintance, or who left")
    if line["act"] == LOOK:
        return _("%(who)s opened") % {"who": who}
    return _("%(who)s (%(act)s)") % {"who": who, "act": line["act"]}


def _per_day(looks: Iterator[LookInWords]) -> list[tuple[date, list[LookInWords]]]:
    days: dict[date, list[LookInWords]] = {}
    for look in looks:
        days.setdefault(localtime(look.at).date(), []).append(look)
    return list(days.items())
