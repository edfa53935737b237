"""The gate says the same in its two wordings: about a list (in SQL) and about one thing (asked with `hats_to`)."""

from datetime import datetime, timedelta
from itertools import product

from klimtouw.belongings.actions import keep, seat, tie_bond
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.belongings.gate import readable_on
from klimtouw.belongings.models import Bond, Share, Thing
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.people.models import Person

BEFORE, AFTER = timedelta(microseconds=-1), timedelta(microseconds=1)
BEGINS = (BEFORE, timedelta(0), AFTER)
ENDS = (None, AFTER, timedelta(0))
"""An end that lies at this very moment closes; one that lies later, or is not there, does not."""


def bond_with(person: Person, at: datetime, opens: timedelta, closes: timedelta | None) -> Bond:
    bond = tie_bond(Purpose.WORK)
    ends = None if closes is None else max(at + closes, at + opens)
    seat(person, on=bond, hat=SeatHat.COACH, opens_at=at + opens, closes_at=ends)
    return bond


def test_every_window_of_a_seat_and_of_a_share_opens_and_closes_alike_in_both(
    noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    bonds = {window: bond_with(bram, at, *window) for window in product(BEGINS, ENDS)}
    expected: dict[Thing, bool] = {}
    for (window, bond), since, until, is_revoked in product(bonds.items(), BEGINS, ENDS, (False, True)):
        goal = keep(Goal, by=noor, at=at, text="Ik durf.")
        ends = None if until is None else max(at + until, at + since + AFTER)
        revoked_at = at if is_revoked else None
        Share.objects.create(thing=goal, bond=bond, since=at + since, until=ends, revoked_at=revoked_at)
        has_begun = since <= timedelta(0) and window[0] <= timedelta(0)
        holds = (until is None or (ends or at) > at) and window[1] != timedelta(0)
        expected[goal] = has_begun and holds and not is_revoked
    listed = set(Goal.objects.visible_to(bram, at))
    assert len(expected) == 162
    assert {goal: goal in listed for goal in expected} == expected
    assert {goal: bool(goal.hats_of(bram, at)) for goal in expected} == expected
    assert set(Goal.objects.visible_to(noor, at)) == set(expected)
    assert not Goal.objects.visible_to(stan, at).exists()


def test_a_part_goes_with_its_whole_and_what_is_put_away_goes_with_nobody(
    noor: Person, bram: Person, at: datetime
) -> None:
    bond = bond_with(bram, at, BEFORE, None)
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    route = keep(Route, by=noor, at=at, goal=goal)
    kept, away = (keep(Stage, by=noor, at=at, whole=route, position=place, text="Eerst.") for place in (1, 2))
    Thing.objects.filter(pk=away.pk).update(removed_at=at)
    Share.objects.create(thing=route, bond=bond, since=at)
    assert set(Thing.objects.visible_to(bram, at).values_list("pk", flat=True)) == {route.pk, kept.pk}
    assert [bool(Thing.objects.get(pk=one.pk).hats_of(bram, at)) for one in (kept, away)] == [True, False]
    Thing.objects.filter(pk=route.pk).update(removed_at=at)
    assert not Thing.objects.visible_to(bram, at).exists()
    assert not any(thing.hats_of(bram, at) for thing in Thing.objects.filter(pk__in=[route.pk, kept.pk]))


def test_what_is_shared_onto_one_bond_is_not_read_on_another(
    noor: Person, bram: Person, at: datetime
) -> None:
    here, there = (bond_with(bram, at, BEFORE, None) for _ in range(2))
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    Share.objects.create(thing=goal, bond=here, since=at)
    assert Goal.objects.filter(readable_on(here.pk, bram, at)).exists()
    assert not Goal.objects.filter(readable_on(there.pk, bram, at)).exists()
    assert not Goal.objects.filter(readable_on(here.pk, noor, at)).exists()
