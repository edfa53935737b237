"""Gather everything that goes along; a fixed number of questions to the database per kind, however much somebody wrote."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.models import Seat, Share, Thing, Version
from klimtouw.belongings.queries import in_full, kinds
from klimtouw.ledger.models import Line
from klimtouw.peers.credential import signed
from klimtouw.peers.queries import attestations_of, rungs_of, words_of
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership
from klimtouw.relations.choices import State
from klimtouw.relations.models import Clause, Contract, Invitation, Relation, Signature
from klimtouw.relations.queries.contracts import as_it_stands, with_last_day
from klimtouw.replies.queries_asking import requests_made_by
from klimtouw.takeaway.models import Brought
from klimtouw.takeaway.package.circles import circles_around, first_names, seats_that_read
from klimtouw.takeaway.package.fields import (
    OF_EVERY_THING,
    fields_of,
    joint_row,
    margins_of,
    opened_or_empty,
    texts_of,
    written,
    written_row,
)
from klimtouw.talks.models import Moment, Talk, hats_at_talks

Content = dict[str, Any]
Progress = Callable[[int], None]

SETTINGS = ("display_name", "language", "pronouns", "theme", "reading_size", "reading_spacing", "has_mirror")
NOT_OF_A_PERSON = frozenset({"password", "last_login", "is_active", "agreed_at", "id", "email", "joined_at"})
"""What opens the account, and what was said to this house, stays here; the last three stand beside the settings."""


def number_of_things(person: Person) -> int:
    """Return how many things somebody wrote."""
    return Thing.objects.filter(owner=person).count()


COLUMN_OF = {field.name: field.attname for field in Thing._meta.concrete_fields}

# One's own things.


def own_things(person: Person, progress: Progress | None = None) -> dict[str, list[Content]]:
    """Return everything somebody wrote, by kind, with every version; also what is put away and what has no place here."""
    versions = _versions_of(person)
    loose = loose_of(person)
    things = {kind: list(loose.get("things", {}).get(kind, [])) for kind in loose.get("things", {})}
    gathered = 0
    for name, kind in kinds().items():
        rows = list(kind.objects.filter(owner=person, kind=name))
        there = {str(row.pk) for row in rows}
        found = [_own(row, versions[row.pk], loose.get("references", {})) for row in rows]
        found += [thing for thing in things.get(name, []) if thing["id"] not in there]
        if found:
            things[name] = found
        gathered += len(rows)
        if progress:
            progress(gathered)
    return {kind: sorted(things[kind], key=_by_age) for kind in sorted(things)}


def _by_age(thing: Content) -> tuple[str, str]:
    return thing["created_at"], thing["id"]


def _own(row: Thing, versions: list[Version], lost: dict[str, dict[str, Any]]) -> Content:
    thing = written_thing(row)
    for name, target in lost.get(thing["id"], {}).items():
        if thing["fields"].get(name) is None:
            thing["fields"][name] = target
    thing["removed_at"] = written(row.removed_at)
    thing["margin"] = {name: getattr(row, name) for name in margins_of(type(row))}
    thing["versions"] = [
        {**written_row(version, ("id", "thing", "owner", "words")), "words": json.loads(version.words)}
        for version in versions
    ]
    return thing


def written_thing(row: Thing) -> Content:
    """Return one thing as it stands in the package, without what is its owner's alone."""
    kind = type(row)
    columns = {name: written(getattr(row, COLUMN_OF[name])) for name in OF_EVERY_THING}
    columns.pop("removed_at")
    return {
        **columns,
        "fields": {field.name: written(getattr(row, field.attname)) for field in fields_of(kind)},
        "words": {name: getattr(row, name) for name in texts_of(kind)},
    }


def _versions_of(person: Person) -> defaultdict[UUID, list[Version]]:
    versions: defaultdict[UUID, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(owner=person).order_by("thing_id", "number"):
        versions[version.thing_id].append(version)
    return versions


def loose_of(person: Person) -> Content:
    """Return what somebody brought along that has no place here, and where their things pointed elsewhere."""
    row = Brought.objects.filter(owner=person, account=person.pk).first()
    found: Content = json.loads(row.content) if row else {}
    return found


# What stands around them.


def words_given_to(person: Person, at: datetime) -> list[Any]:
    """Return what others wrote for somebody as their coachee and that they can read now.

    What a coach reads is not theirs to take along (V24): only what came through a coachee's seat goes into the package.
    """
    readable = Thing.objects.visible_to(person, at).kept().exclude(owner=person).order_by("created_at", "pk")
    things = list(readable)
    hats = gate.hats_once_shared(things, person, at) if things else {}
    return in_full(thing for thing in things if Hat.COACHEE_ONCE_SHARED in hats[thing.pk])


def here(person: Person, at: datetime, given: list[Any]) -> Content:
    """Return what stands around somebody's things in this place: relations, shares, looks, and words of others."""
    relations = _relations_of(person, at)
    shares = list(Share.objects.filter(thing__owner=person).order_by("since", "thing_id", "pk"))
    reading = seats_that_read(shares, person, at)
    circles = circles_around(person, at)
    in_circles = first_names(seat for seats in reading.values() for seat in seats)
    return {
        "account": str(person.pk),
        "as_of": written(at),
        "people": _people_in(relations, given, person, in_circles),
        "relations": _written_relations(relations, person, at),
        "circles": circles,
        "memberships": _memberships_of(person),
        "invitations": _invitations_of(person),
        "shares": _shares_of(person, relations, shares, reading),
        "peers": _peers_of(person),
        "requests": [written_row(one, ("id", "told_at")) for one in requests_made_by(person)],
        "looks": _looks_at(person),
        "words_of_others": [
            {"kind": thing.kind, "by": str(thing.owner_id), **written_thing(thing)} for thing in given
        ],
    }


LISTS = ("people", "relations", "memberships", "invitations", "shares", "looks", "words_of_others")


def is_empty(place: Content) -> bool:
    """Return whether nothing stands around somebody's things there."""
    later = (place.get("circles"), *place.get("peers", {}).values())
    return not any(place[name] for name in LISTS) and not any(later)


def _relations_of(person: Person, at: datetime) -> list[Relation]:
    """Return somebody's relations as they stand; what did not start leaves no trace, here neither (V8)."""
    of_both = Relation.objects.select_related("coachee", "coach", "programme").exclude(
        state=State.NOT_STARTED
    )
    mine = with_last_day(of_both.filter(coachee=person) | of_both.filter(coach=person))
    return [as_it_stands(relation, at) for relation in mine.order_by("started_at", "pk")]


def _written_relations(relations: list[Relation], person: Person, at: datetime) -> list[Content]:
    contracts = list(Contract.objects.filter(relation__in=relations).order_by("number"))
    seen = [one.pk for one in relations if hats_at_talks(one, person, at)]
    talks = list(Talk.objects.filter(relation__in=seen).order_by("proposed_at", "pk"))
    contracts_of = _grouped(_written_contracts(contracts), [one.relation_id for one in contracts])
    talks_of = _grouped(_written_talks(talks), [one.relation_id for one in talks])
    return [
        {
            "id": str(relation.pk),
            "coachee": str(relation.coachee_id),
            "coach": str(relation.coach_id),
            "origin": relation.origin,
            "state": relation.state,
            "programme": relation.programme.name if relation.programme else "",
            "has_double_hat": relation.has_double_hat,
            "started_at": written(relation.started_at),
            "ended_at": written(relation.ended_at),
            "contracts": contracts_of[relation.pk],
            "talks": talks_of[relation.pk],
        }
        for relation in relations
    ]


def _grouped(found: Iterable[Content], keys: Iterable[Any]) -> defaultdict[Any, list[Content]]:
    groups: defaultdict[Any, list[Content]] = defaultdict(list)
    for key, one in zip(keys, found, strict=True):
        groups[key].append(one)
    return groups


def _written_contracts(contracts: list[Contract]) -> list[Content]:
    clauses = list(
        Clause.objects.filter(contract__in=contracts).select_related("contract").order_by("position")
    )
    signatures = list(Signature.objects.filter(contract__in=contracts).order_by("signed_at", "pk"))
    texts, signed = defaultdict(list), defaultdict(list)
    for clause in clauses:
        texts[clause.contract_id].append(opened_or_empty(clause, "text"))
    for signature in signatures:
        signed[signature.contract_id].append(written_row(signature, ("id", "contract")))
    return [
        {**joint_row(one, ("relation",)), "clauses": texts[one.pk], "signatures": signed[one.pk]}
        for one in contracts
    ]


def _written_talks(talks: list[Talk]) -> list[Content]:
    moments = defaultdict(list)
    for moment in Moment.objects.filter(talk__in=talks).order_by("starts_at"):
        moments[moment.talk_id].append(written(moment.starts_at))
    return [{**joint_row(talk, ("relation",)), "moments": moments[talk.pk]} for talk in talks]


def _people_in(
    relations: list[Relation], given: list[Any], person: Person, in_circles: dict[UUID, str]
) -> list[Content]:
    others = in_circles | {one.other(person).pk: one.other(person).name for one in relations}
    writers = Person.objects.in_bulk({thing.owner_id for thing in given} - others.keys())
    others |= {pk: writer.name for pk, writer in writers.items()}
    return [{"id": str(pk), "name": name} for pk, name in sorted(others.items())]


def _memberships_of(person: Person) -> list[Content]:
    rows = Membership.objects.filter(person=person).select_related("programme__institution")
    found = [
        {"hat": row.hat, "programme": row.programme.name, "institution": row.programme.institution.name}
        for row in rows
    ]
    return sorted(found, key=lambda one: (one["institution"], one["programme"], one["hat"]))


def _peers_of(person: Person) -> Content:
    """Return the rungs somebody walked with the words that came along, and their attestations as signed documents (G2)."""
    rungs, words = rungs_of(person), words_of(person)
    return {
        "rungs": [
            {
                "step": rung.step,
                "attested_by": rung.attested_by.name,
                "attested_at": written(rung.attested_at),
                "words": words.get(rung.pk, ""),
            }
            for rung in rungs
        ],
        "attestations": [
            {
                "id": str(one.pk),
                "attested_by": one.attested_by.name,
                "valid_from": written(one.valid_from),
                "valid_until": written(one.valid_until),
                "document": signed(one, rungs),
            }
            for one in attestations_of(person)
        ],
    }


def _invitations_of(person: Person) -> list[Content]:
    rows = Invitation.objects.filter(inviter=person).order_by("sent_at", "pk")
    return [written_row(row, ("inviter", "programme")) for row in rows]


def _shares_of(
    person: Person, relations: list[Relation], shares: list[Share], reading: dict[int, list[Seat]]
) -> list[Content]:
    """Return with whom each thing was shared and until when; onto bonds of a match that did not start, nothing is said (V8)."""
    relation_of = {one.work_bond_id: one for one in relations}
    relation_of |= {one.acquaintance_bond_id: one for one in relations}
    gone = _bonds_of_no_start(person)
    return [
        {
            **written_row(share, ("id", "bond")),
            "with": [str(seat.person_id) for seat in reading[share.pk]],
            "relation": str(relation_of[share.bond_id].pk) if share.bond_id in relation_of else None,
        }
        for share in shares
        if share.bond_id not in gone
    ]


def _bonds_of_no_start(person: Person) -> set[UUID]:
    did_not = Relation.objects.filter(state=State.NOT_STARTED)
    mine = did_not.filter(coachee=person) | did_not.filter(coach=person)
    return {bond for pair in mine.values_list("work_bond", "acquaintance_bond") for bond in pair}


def _looks_at(person: Person) -> list[Content]:
    """Return every line of somebody's chain, so that the chain can be verified outside (P2)."""
    return [written_row(line, ("id",)) for line in Line.objects.filter(owner_id=person.pk).order_by("number")]


def brought_by(person: Person) -> list[Content]:
    """Return what came along from other accounts, as it came."""
    rows = Brought.objects.filter(owner=person).exclude(account=person.pk).order_by("account")
    return [json.loads(row.content) for row in rows]


def settings_of(person: Person) -> Content:
    """Return how somebody is called, and how they read."""
    return {name: getattr(person, name) for name in SETTINGS}
