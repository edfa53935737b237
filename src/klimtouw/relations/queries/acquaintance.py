"""Read the acquaintance space: one's own pieces, and those the other shares here (R3)."""

from collections.abc import Iterable
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
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import in_full
from klimtouw.belongings.readers import Reader, only_you, readers_of, sentence_for, who_can_read
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.relations.models import CommonGround, Expectation, NeedsWishesLimits, Relation, WorkCard
from klimtouw.relations.pieces import LABELS, Piece
from klimtouw.relations.queries.looking import letters_in
from klimtouw.relations.queries.relations import relation as relation_of

ONCE_SHARED = {Side.COACH: Hat.COACH_ONCE_SHARED, Side.COACHEE: Hat.COACHEE_ONCE_SHARED}


@dataclass(frozen=True)
class Written:
    """One thing somebody wrote, as the page prints it; `sentence` and `is_shared` are for its own writer."""

    thing: Thing
    texts: list[tuple[str | Promise, str]]
    sentence: str = ""
    is_shared: bool = False


@dataclass(frozen=True)
class Topic:
    """One piece of the space: mine beside what the other shares."""

    piece: Piece
    mine: list[Written]
    theirs: list[Written]


@dataclass(frozen=True)
class Space:
    """The whole acquaintance space as one person sees it; `of_other` is what the one who asks did not write."""

    ground: Topic
    card: Topic
    questions: list[Topic]
    needs: Topic
    of_other: list[Thing]
    hats_to_other: frozenset[Hat]
    letters: list[Any]
    """Letters of the coachee to a next coach: those the coach reads here, and for the coachee also those kept to themself."""

    @property
    def has_answers(self) -> bool:
        """Whether the coachee shares an answer to one of the questions."""
        return any(topic.theirs for topic in self.questions)


def space_of(relation: Relation, person: Person, at: datetime) -> Space:
    """Return everything the acquaintance page prints; five queries, however much was written."""
    return space_through(Eyes(person, at), relation)


def space_through(eyes: Eyes, relation: Relation) -> Space:
    """Return the same for its reader, or for an example of what that reader gets (C9).

    Who else reads a card of the reader is nobody's business but theirs: an example leaves those sentences out.
    """
    person, at = eyes.reader, eyes.at
    things: list[Any] = eyes.read_by_both(_things_in(relation, person, at))
    own = [] if eyes.is_example else [thing for thing in things if thing.owner_id == person.pk]
    readers, other = readers_of(own, at), relation.other(person)
    letters = eyes.read_by_both(letters_in(relation, person, at))

    def topic(piece: Piece) -> Topic:
        here = [thing for thing in things if _is_of(thing, piece)]
        written = [_own(t, readers[t.pk], other) if t.pk in readers else Written(t, _texts(t)) for t in here]
        return Topic(
            piece,
            mine=[one for one in written if one.thing.owner_id == person.pk],
            theirs=[one for one in written if one.thing.owner_id != person.pk],
        )

    return Space(
        ground=topic(Piece.COMMON_GROUND),
        card=topic(Piece.WORK_CARD),
        questions=[topic(piece) for piece in Piece if piece.question],
        needs=topic(Piece.NEEDS),
        of_other=[thing for thing in [*things, *letters] if thing.owner_id != (eyes.asker or person).pk],
        hats_to_other=frozenset({ONCE_SHARED[relation.side_of(eyes.asker or person)]}),
        letters=letters,
    )


def _things_in(relation: Relation, person: Person, at: datetime) -> list[Any]:
    """Return what this person wrote here, and what the other shares here and now, the oldest first; two queries."""
    onto_this_bond = gate.live_shares(at).filter(bond=relation.acquaintance_bond_id, thing=OuterRef("pk"))
    shown = Q(owner=person) | Q(Exists(onto_this_bond))
    keys = WorkCard.objects.filter(owner__in=(relation.coachee_id, relation.coach_id)).order_by().values("pk")
    of_this_relation: tuple[Any, ...] = (CommonGround, Expectation, NeedsWishesLimits)
    for model in of_this_relation:
        keys = keys.union(model.objects.filter(relation=relation).order_by().values("pk"))
    rows = Thing.objects.visible_to(person, at).kept().filter(shown, pk__in=keys)
    return in_full(rows.order_by("created_at", "pk"))


def _is_of(thing: Any, piece: Piece) -> bool:
    return isinstance(thing, piece.model) and (piece.question is None or thing.question == piece.question)


def _own(thing: Thing, readers: Iterable[Reader], other: Person) -> Written:
    readers = list(readers)
    is_shared = any(reader.person.pk == other.pk for reader in readers)
    return Written(thing, _texts(thing), who_can_read(readers), is_shared)


def _texts(thing: Any) -> list[tuple[str | Promise, str]]:
    """Return what stands in a piece, each text with its heading; an empty one is not mentioned."""
    if not isinstance(thing, WorkCard | NeedsWishesLimits):
        return [("", thing.text)] if thing.text else []
    return [(label, getattr(thing, name)) for name, label in LABELS.items() if getattr(thing, name, "")]


def own_piece(piece: Piece, relation: Relation, person: Person) -> Any:
    """Return what this person wrote for a piece that exists once; None when nothing yet, and for common ground."""
    if piece is Piece.COMMON_GROUND:
        return None
    if piece is Piece.WORK_CARD:
        return work_card_of(person)
    rows = piece.model.objects.kept().filter(owner=person, relation=relation)
    if piece.question:
        rows = rows.filter(question=piece.question)
    return rows.order_by("created_at", "pk").first()


def work_card_of(person: Person) -> WorkCard | None:
    """Return this person's card "how I work"."""
    return WorkCard.objects.kept().filter(owner=person).order_by("created_at", "pk").first()


@dataclass(frozen=True)
class Desk:
    """Where one person writes one piece in one relation, or takes care of one thing they wrote there."""

    relation: Relation
    piece: Piece
    thing: Any
    sentence: str
    is_shared: bool
    texts: list[tuple[str | Promise, str]]

    @property
    def state_now(self) -> str:
        """The state of the relation."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats in the relation."""
        return self.relation.hats_of(person, at)


def desk(person: Person, at: datetime, relation: UUID, piece: str) -> Desk:
    """Find the desk where this person writes a piece; a coach has none for the coachee's questions."""
    here = relation_of(person, at, relation)
    chosen = next((each for each in Piece if each.value == piece), None)
    if chosen is None or (chosen.question and here.side_of(person) == Side.COACH):
        raise ObjectDoesNotExist
    return _desk(here, chosen, own_piece(chosen, here, person), person, at)


def desk_of_thing(person: Person, at: datetime, relation: UUID, thing: UUID) -> Desk:
    """Find one thing this person wrote in the space of one relation."""
    here = relation_of(person, at, relation)
    for piece in Piece:
        rows = piece.model.objects.kept().filter(owner=person, pk=thing)
        found = (rows if piece is Piece.WORK_CARD else rows.filter(relation=here)).first()
        if found is not None and _is_of(found, piece):
            return _desk(here, piece, found, person, at)
    raise ObjectDoesNotExist


def _desk(relation: Relation, piece: Piece, thing: Any, person: Person, at: datetime) -> Desk:
    if thing is None:
        return Desk(relation, piece, None, only_you(), is_shared=False, texts=[])
    own = _own(thing, readers_of([thing], at)[thing.pk], relation.other(person))
    return Desk(relation, piece, thing, own.sentence, own.is_shared, own.texts)


def sentence_under_card(card: WorkCard | None, at: datetime) -> str:
    """Say who can read a card now."""
    return sentence_for(card, at) if card else only_you()
