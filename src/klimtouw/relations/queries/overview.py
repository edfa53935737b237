"""Read the relations of a person: names, states and what comes next; never what anybody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.belongings.paging import Page
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Relation
from klimtouw.relations.next_act import NextAct, Standing
from klimtouw.relations.queries.contracts import as_it_stands, ends_soon, last_day_of, with_last_day
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


def present(person: Person, at: datetime) -> list[Row]:
    """Return what is going on: what is about to begin first, then by name of the other; one query."""
    rows = [_seen(relation, person, at) for relation in _present(person)]
    return sorted((row for row in rows if row.standing.state not in PAST), key=_what_begins_first)


def coached_by(rows: Sequence[Row], *, page: int = 1) -> Page[Row]:
    """Return, of what is going on, where this person climbs."""
    return _page([row for row in rows if not row.standing.i_coach], page)


def coaching(rows: Sequence[Row], *, page: int = 1) -> Page[Row]:
    """Return, of what is going on, where this person coaches; fifty rows."""
    return _page([row for row in rows if row.standing.i_coach], page)


def past(person: Person, at: datetime, *, page: int = 1) -> Page[Row]:
    """Return the relations that are completed or stopped, the newest first; one query."""
    found = _over(person, localdate(at), max(page, 1))
    rows = [Row(standing := _standing(relation, person, at), standing.next_act) for relation in found]
    return Page(rows[:PAGE], max(page, 1), len(rows) > PAGE)


@composed
def _present(person: Person) -> QuerySet[Relation]:
    return as_seen_by(person).filter(_not_put_away(person)).exclude(state__in=PAST)


@composed
def _over(person: Person, today: date, page: int) -> QuerySet[Relation]:
    over = with_last_day(Relation.objects.select_related("coachee", "coach"))
    over = over.filter(_not_put_away(person), _is_over(today)).order_by("-started_at", "pk")
    start = (page - 1) * PAGE
    return over[start : start + PAGE + 1]


def row_of(relation: Relation, person: Person, at: datetime) -> Row:
    """Return one relation as this person sees it; one query."""
    return _seen(as_seen_by(person).get(pk=relation.pk), person, at)


def _not_put_away(person: Person) -> Q:
    return Q(coachee=person, coachee_put_away=False) | Q(coach=person, coach_put_away=False)


def _what_begins_first(row: Row) -> tuple[int, str, str]:
    standing = row.standing
    return FIRST_TO_LAST.index(standing.state), standing.other.display_name.lower(), str(standing.relation.pk)


def _is_over(today: date) -> Q:
    live = Q(state__in=(State.RUNNING, State.PAUSED))
    return Q(state__in=PAST) | live & Q(last_day__isnull=False) & Q(last_day__lt=today)


def _page(rows: Sequence[Row], number: int) -> Page[Row]:
    start = (max(number, 1) - 1) * PAGE
    return Page(list(rows[start : start + PAGE]), max(number, 1), len(rows) > start + PAGE)


def _seen(relation: Relation, person: Person, at: datetime) -> Row:
    own = own_acts(relation)
    has_proposal, i_signed = own.a_proposal_waits, own.signed_the_newest
    standing = _standing(relation, person, at, has_proposal=has_proposal, i_signed=i_signed)
    return Row(standing, _act(standing, person, at))


def _standing(
    relation: Relation, person: Person, at: datetime, *, has_proposal: bool = False, i_signed: bool = False
) -> Standing:
    as_it_stands(relation, at)
    return Standing(
        relation=relation,
        other=relation.other(person),
        side=Side(relation.side_of(person)),
        state=State(relation.state),
        has_proposal=has_proposal,
        i_signed=i_signed,
        last_day=last_day_of(relation),
        ends_soon=ends_soon(relation, at),
    )


def _act(standing: Standing, person: Person, at: datetime) -> NextAct:
    if standing.state != State.CLICKING:
        return standing.next_act
    # Around the click only one's own answer counts; the other's changes nothing here (V7).
    return next_act_in(standing.relation, person, at) or NextAct(
        _("Nothing is asked of you now"), _("Take your time.")
    )
