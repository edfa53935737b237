"""Read the questions and answers of a circle, and what else its members shared into it; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from klimtouw.belongings import gate
from klimtouw.belongings import queries as belongings
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Seat, Thing
from klimtouw.belongings.words import words_of
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Answer, Circle, Question
from klimtouw.circles.queries.circles import circle as find_circle
from klimtouw.people.models import Person

SHOWN = 60
"""Older questions and things stay where they are; a list shows the newest."""


def question(person: Person, at: datetime, question: UUID) -> Question:
    """Find one question this person may read, with who asked."""
    return Question.objects.visible_to(person, at).kept().select_related("owner").get(pk=question)


def answer(person: Person, at: datetime, answer: UUID) -> Answer:
    """Find one answer this person may read, with who wrote it."""
    return Answer.objects.visible_to(person, at).kept().select_related("owner").get(pk=answer)


def page_in(circle: UUID, thing: Thing) -> str:
    """Return where something stands in one circle with what was said to it; the same thing may stand in two.

    A question's own address is that of the circle in which it was asked.
    """
    if isinstance(thing, Question) and thing.circle_id == circle:
        return thing.get_absolute_url()
    return reverse("circles:shared", args=[circle, thing.pk])


@dataclass(frozen=True)
class InCircle:
    """Something that stands in a circle, with who wrote it and whether they facilitate, or wear two hats."""

    thing: Thing
    by: Person
    facilitates: bool
    wears_two_hats: bool
    is_own: bool
    texts: list[str]
    url: str
    """Where it stands in this circle."""

    @property
    def title(self) -> str:
        """A few words to recognise it by; for anybody but its owner what says nothing is called by its kind."""
        if any(words_of(self.thing).values()):
            return str(getattr(self.thing, "title", "")) or str(self.thing.KIND_WORD).capitalize()
        return str(self.thing.KIND_WORD).capitalize()


@dataclass(frozen=True)
class QuestionsPage:
    """The questions of a circle, and what members shared into it."""

    open: list[InCircle] = field(default_factory=list)
    closed: list[InCircle] = field(default_factory=list)
    shared: list[InCircle] = field(default_factory=list)

    @property
    def things(self) -> list[Thing]:
        """Everything on the page, to note who looked."""
        return [one.thing for one in (*self.open, *self.closed, *self.shared)]


def questions_page(circle: Circle, person: Person, at: datetime) -> QuestionsPage:
    """Return what stands in a circle for one of its people, the newest first; four queries and one for the keys."""
    elsewhere = [kind.KIND for kind in belongings.kinds().values() if not kind.LISTED_IN_CIRCLES]
    readable = Thing.objects.filter(gate.readable_on(circle.bond_id, person, at))
    on_bond = readable.exclude(kind__in=[Answer.KIND, *elsewhere])
    rows = list(
        on_bond.filter(whole=None).select_related("owner").order_by("-created_at", "-pk")[: SHOWN * 2]
    )
    things = _in_full(rows)
    everything = [_shown(thing, circle, person) for thing in things]
    questions = [one for one in everything if isinstance(one.thing, Question)]
    return QuestionsPage(
        open=[one for one in questions if not cast("Question", one.thing).is_closed][:SHOWN],
        closed=[one for one in questions if cast("Question", one.thing).is_closed][:SHOWN],
        shared=[one for one in everything if not isinstance(one.thing, Question)][:SHOWN],
    )


def _in_full(rows: Iterable[Thing]) -> list[Thing]:
    owners = {row.pk: row.owner for row in rows}
    things = cast("list[Thing]", belongings.in_full(rows))
    for thing in things:
        thing.owner = owners[thing.pk]
    return things


def _shown(thing: Thing, circle: Circle, person: Person) -> InCircle:
    facilitates = thing.owner_id == circle.facilitator_id
    return InCircle(
        thing=thing,
        by=thing.owner,
        facilitates=facilitates,
        wears_two_hats=facilitates and circle.has_double_hat,
        is_own=thing.owner_id == person.pk,
        texts=_texts(thing),
        url=page_in(circle.pk, thing),
    )


def _texts(thing: Thing) -> list[str]:
    """Return its words as they are read; the word of thanks has a place of its own."""
    words = words_of(thing)
    words.pop("thanks", None)
    return type(thing).in_print(words)


@dataclass(frozen=True)
class Beside:
    """A question or a shared thing, and the answers beside it, the oldest first."""

    about: InCircle
    answers: list[InCircle]


def circle_in_which(thing: Thing, person: Person, at: datetime, circle: UUID | None = None) -> Circle | None:
    """Return the circle in which this person reads a thing now, or in which it is their own."""
    seats = gate.open_seats(at).filter(person=person, hat__in=(SeatHat.FACILITATOR, SeatHat.MEMBER))
    shared = gate.live_shares(at).filter(thing=thing.pk, bond__in=seats.values("bond"))
    circles = Circle.objects.filter(bond__in=shared.values("bond")).exclude(state=CircleState.ENDED)
    if circle:
        circles = circles.filter(pk=circle)
    return circles.select_related("bond", "facilitator").order_by("-started_at", "-pk").first()


def circle_of_question(asked: Question, person: Person, at: datetime) -> Circle | None:
    """Return the circle in which a question is read at its own address: where it was asked, or another it is shared with now."""
    where = circle_in_which(asked, person, at, asked.circle_id) if asked.circle_id else None
    return where or circle_in_which(asked, person, at)


def beside(thing: Thing, circle: Circle | None, person: Person, at: datetime) -> Beside:
    """Return what was answered beside something in a circle; two queries. Outside a circle it stands alone."""
    if circle is None:
        alone = InCircle(thing, thing.owner, False, False, thing.owner_id == person.pk, _texts(thing), "")
        return Beside(alone, [])
    on_bond = gate.readable_on(circle.bond_id, person, at)
    mine = Answer.objects.filter(on_bond, about=thing.pk).select_related("owner")
    answers = sorted(mine, key=lambda one: (one.created_at, one.pk))
    return Beside(_shown(thing, circle, person), [_shown(one, circle, person) for one in answers])


def thing_in_circle(person: Person, at: datetime, circle: UUID, thing: UUID) -> Thing:
    """Find something that is shared into a circle this person sits in, in full, with its owner."""
    here = find_circle(person, at, circle)
    on_bond = Thing.objects.filter(gate.readable_on(here.bond_id, person, at)).exclude(kind=Answer.KIND)
    found = _in_full([on_bond.select_related("owner").get(pk=thing)])[0]
    found.circle_here = here  # type: ignore[attr-defined]  # in which circle it was found: `circle_of`
    return found


def circle_of(thing: Thing) -> Circle:
    """Return the circle in which `thing_in_circle` found something."""
    return cast("Circle", thing.circle_here)  # type: ignore[attr-defined]  # put there by the finder


def what_it_answers(answer: Answer, person: Person, at: datetime) -> Thing | None:
    """Return what an answer stands beside, while this person may read that; two queries."""
    if answer.about_id is None:
        return None
    found = Thing.objects.visible_to(person, at).kept().filter(pk=answer.about_id).select_related("owner")
    return next(iter(_in_full(list(found))), None)


def own_piece(person: Person, at: datetime, thing: UUID) -> Question | Answer:
    """Find a question or an answer this person may read."""
    found = belongings.thing(person, at, thing)
    if not isinstance(found, Question | Answer):
        raise Thing.DoesNotExist
    return found


def unanswered_of_others(
    person: Person, circles: Iterable[Circle], at: datetime
) -> list[tuple[Circle, Question]]:
    """Return the open questions of others in these circles beside which this person wrote nothing yet; two queries."""
    bonds = {circle.bond_id: circle for circle in circles}
    if not bonds:
        return []
    mine = Answer.objects.filter(owner=person, removed_at=None, about__isnull=False).values("about")
    shared = gate.live_shares(at).filter(bond__in=list(bonds))
    asked = Question.objects.visible_to(person, at).kept().filter(is_closed=False).exclude(owner=person)
    waiting = asked.filter(pk__in=shared.values("thing")).exclude(pk__in=mine)
    of_circle = {circle.pk: circle for circle in bonds.values()}
    found = waiting.select_related("owner").order_by("-created_at", "-pk")[:SHOWN]
    return [(of_circle[one.circle_id], one) for one in found if one.circle_id in of_circle]


def seats_by_circle(circles: Iterable[Circle], at: datetime) -> dict[UUID, list[Person]]:
    """Return who sits in each of these circles now; one query."""
    of_bond = {circle.bond_id: circle.pk for circle in circles}
    seats: defaultdict[UUID, list[Person]] = defaultdict(list)
    rows = Seat.objects.filter(gate.seat_is_open(at), Q(bond__in=list(of_bond))).select_related("person")
    for seat in sorted(rows, key=lambda one: (one.person.name.casefold(), one.pk)):
        seats[of_bond[seat.bond_id]].append(seat.person)
    return dict(seats)
