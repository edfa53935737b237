"""Read the relations of a person: names, states and what comes next; never what anybody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Relation
from klimtouw.relations.next_act import NextAct, Standing
from klimtouw.relations.queries.contracts import as_it_stands, last_day_of
from klimtouw.relations.queries.next_act import next_act_in
from klimtouw.relations.queries.relations import as_seen_by, own_acts

PAGE = 50
PAST = (State.COMPLETED, State.STOPPED)
FIRST_TO_LAST = (
    State.CLICKING,
    State.ACQUAINTING,
    State.CONTRACTING,
    State.RUNNING,
    State.PAUSED,
    State.NOT_STARTED,
)


@dataclass(frozen=True)
class Row:
    """One relation as its person sees it, and the one next act."""

    standing: Standing
    act: NextAct


@dataclass(frozen=True)
class Page:
    """Some rows of a longer list."""

    rows: Sequence[Row]
    number: int
    has_next: bool

    @property
    def previous_number(self) -> int:
        """The page before; nought on the first page."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        """The page after; nought on the last page."""
        return self.number + 1 if self.has_next else 0


def coached_by(person: Person, at: datetime, *, page: int = 1) -> Page:
    """Return the present relations in which this person climbs; one query."""
    return _page(
        _present(person, at, "coach").filter(coachee=person, coachee_put_away=False), person, at, page
    )


def coaching(person: Person, at: datetime, *, page: int = 1) -> Page:
    """Return the present relations in which this person coaches; one query, fifty rows."""
    return _page(_present(person, at, "coachee").filter(coach=person, coach_put_away=False), person, at, page)


def past(person: Person, at: datetime, *, page: int = 1) -> Page:
    """Return the relations that are completed or stopped, the newest first; one query."""
    mine = Q(coachee=person, coachee_put_away=False) | Q(coach=person, coach_put_away=False)
    over = as_seen_by(person).filter(mine).filter(_is_over(at)).order_by("-started_at", "pk")
    return _page(over, person, at, page)


def row_of(relation: Relation, person: Person, at: datetime) -> Row:
    """Return one relation as this person sees it; one query."""
    return _seen(as_seen_by(person).get(pk=relation.pk), person, at)


def _present(person: Person, at: datetime, other: str) -> QuerySet[Relation]:
    """Return what is going on: what is about to begin first, then by name of the other."""
    order = Case(
        *[When(state=s, then=Value(n)) for n, s in enumerate(FIRST_TO_LAST)], output_field=IntegerField()
    )
    return as_seen_by(person).exclude(_is_over(at)).order_by(order, Lower(f"{other}__display_name"), "pk")


def _is_over(at: datetime) -> Q:
    live = Q(state__in=(State.RUNNING, State.PAUSED))
    return Q(state__in=PAST) | live & Q(last_day__isnull=False) & Q(last_day__lt=localdate(at))


def _page(relations: QuerySet[Relation], person: Person, at: datetime, number: int) -> Page:
    start = (max(number, 1) - 1) * PAGE
    rows = list(relations[start : start + PAGE + 1])
    return Page([_seen(relation, person, at) for relation in rows[:PAGE]], max(number, 1), len(rows) > PAGE)


def _seen(relation: Relation, person: Person, at: datetime) -> Row:
    as_it_stands(relation, at)
    own = own_acts(relation)
    standing = Standing(
        relation=relation,
        other=relation.other(person),
        side=Side(relation.side_of(person)),
        state=State(relation.state),
        has_proposal=own.a_proposal_waits,
        i_signed=own.signed_the_newest,
        last_day=last_day_of(relation),
    )
    return Row(standing, _act(standing, person, at))


def _act(standing: Standing, person: Person, at: datetime) -> NextAct:
    if standing.state != State.CLICKING:
        return standing.next_act
    # Around the click only one's own answer counts; the other's changes nothing here (V7).
    return next_act_in(standing.relation, person, at) or NextAct(
        _("Nothing is asked of you now"), _("Take your time.")
    )
