"""Read what the two look at together halfway and at the end, and letters to a next coach (R13, R14)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import Reader, only_you, readers_of, who_can_read
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.looking import LEDES, SUPPORT_LABELS, TITLES, Occasion, Topic, topic_named, topics_of
from klimtouw.relations.models import HandoverLetter, Relation
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.relations.queries.relations import relations_of

NEXT_COACH_IN = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING, State.PAUSED)
Texts = list[tuple[str | Promise, str]]


@dataclass(frozen=True)
class Seen:
    """One topic as one of the two sees it."""

    topic: Topic
    asks_me: bool
    mine: Texts
    sentence: str
    theirs: Texts


@dataclass(frozen=True)
class Looking:
    """Everything on one page, and what of it the other wrote."""

    occasion: Occasion
    topics: list[Seen]
    of_other: list[Thing]

    @property
    def title(self) -> str | Promise:
        """What the page is called."""
        return TITLES[self.occasion]

    @property
    def lede(self) -> str | Promise:
        """What it is for."""
        return LEDES[self.occasion]


def looking_at(occasion: Occasion, relation: Relation, person: Person, at: datetime) -> Looking:
    """Return the page of an occasion; two queries, and one for who reads what of one's own."""
    things = _things(occasion, relation, person, at)
    mine = [thing for thing in things if thing.owner_id == person.pk]
    theirs = [thing for thing in things if thing.owner_id != person.pk]
    readers = readers_of(mine, at) if mine else {}
    return Looking(
        occasion,
        [
            _seen(topic, mine, theirs, readers, asks_me=topic.is_asked_of(relation.side_of(person)))
            for topic in topics_of(occasion)
        ],
        theirs,
    )


def _seen(
    topic: Topic, mine: list[Any], theirs: list[Any], readers: dict[UUID, list[Reader]], *, asks_me: bool
) -> Seen:
    own = next((thing for thing in mine if _is_on(thing, topic)), None)
    others = [text for thing in theirs if _is_on(thing, topic) for text in texts_of(thing)]
    sentence = who_can_read(readers[own.pk]) if own else ""
    return Seen(topic, asks_me, texts_of(own) if own else [], sentence, others)


def _is_on(thing: Any, topic: Topic) -> bool:
    return all(getattr(thing, name) == value for name, value in topic.place.items())


def _things(occasion: Occasion, relation: Relation, person: Person, at: datetime) -> list[Any]:
    """Return what this person wrote here, and what the other shares on the rope of this relation."""
    model: Any = topics_of(occasion)[0].model
    here = gate.live_shares(at).filter(bond=relation.work_bond_id, thing=OuterRef("pk"))
    found = model.objects.visible_to(person, at).kept().filter(relation=relation)
    return list(found.filter(Q(owner=person) | Q(Exists(here))).order_by("created_at", "pk"))


def texts_of(thing: Any) -> Texts:
    """Return what stands in a look, each text with its heading; an empty one is not mentioned."""
    if not hasattr(thing, "gets"):
        return [("", thing.text)] if thing.text else []
    return [(label, getattr(thing, name)) for name, label in SUPPORT_LABELS.items() if getattr(thing, name)]


def both_sit_on(bond: UUID, at: datetime) -> bool:
    """Return whether both have an open place on a bond now: only then there is somebody to share with."""
    return gate.open_seats(at).filter(bond=bond).count() == len(Side)


def own_look(topic: Topic, relation: Relation, person: Person) -> Any:
    """Return what this person wrote on a topic, if anything."""
    model: Any = topic.model
    rows = model.objects.kept().filter(owner=person, relation=relation, **topic.place)
    return rows.order_by("created_at", "pk").first()


@dataclass(frozen=True)
class LookDesk:
    """Where one person writes on one topic in one relation."""

    relation: Relation
    topic: Topic
    thing: Any
    sentence: str
    may_share: bool

    @property
    def state_now(self) -> str:
        """The state of the relation."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats in the relation."""
        return self.relation.hats_of(person, at)


def look_desk(person: Person, at: datetime, relation: UUID, topic: str) -> LookDesk:
    """Find where this person writes on a topic; what is asked of the other alone is not found."""
    here, chosen = relation_of(person, at, relation), topic_named(topic)
    if chosen is None or not chosen.is_asked_of(here.side_of(person)):
        raise ObjectDoesNotExist
    thing = own_look(chosen, here, person)
    sentence = who_can_read(readers_of([thing], at)[thing.pk]) if thing else only_you()
    return LookDesk(here, chosen, thing, sentence, both_sit_on(here.work_bond_id, at))


# Letters to a next coach.


def own_letter_about(relation: Relation, person: Person) -> HandoverLetter | None:
    """Return the letter this person wrote when this relation ended, if any."""
    rows = HandoverLetter.objects.kept().filter(owner=person, relation=relation)
    return rows.order_by("created_at", "pk").first()


def letter(person: Person, at: datetime, letter: UUID) -> HandoverLetter:
    """Find one letter this person wrote."""
    return HandoverLetter.objects.kept().filter(owner=person).get(pk=letter)


@dataclass(frozen=True)
class NextCoach:
    """A relation in which a letter can be read, or is."""

    relation: Relation
    coach: Person
    reads_it: bool


def next_coaches_for(letter: HandoverLetter, person: Person, at: datetime) -> list[NextCoach]:
    """Return the relations in which this person climbs and could let the letter be read; two queries."""
    shared = set(gate.live_shares(at).filter(thing=letter.pk).values_list("bond_id", flat=True))
    return [
        NextCoach(relation, relation.coach, relation.acquaintance_bond_id in shared)
        for relation in relations_of(person, at)
        if relation.coachee_id == person.pk
        and relation.state in NEXT_COACH_IN
        and relation.pk != letter.relation_id
    ]


def letters_in(relation: Relation, person: Person, at: datetime) -> list[HandoverLetter]:
    """Return the letters to a next coach that are read in this relation, or that its coachee could let be read here."""
    here = gate.live_shares(at).filter(bond=relation.acquaintance_bond_id, thing=OuterRef("pk"))
    rows = HandoverLetter.objects.visible_to(person, at).kept().exclude(relation=relation)
    shown = Q(Exists(here)) | Q(owner=person) if person.pk == relation.coachee_id else Q(Exists(here))
    found = rows.filter(shown, owner=relation.coachee_id).annotate(is_read_here=Exists(here))
    return list(found.order_by("created_at", "pk"))
