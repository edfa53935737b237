"""Free hours: one's own, with an end, and seen by the other only while both are on an open rope (T1, V12)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.table import Hat
from klimtouw.belongings.models import Share
from klimtouw.foundation.clock import end_of, now
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_ended_relations, complete_relation, leave_relation
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks import actions, queries
from klimtouw.talks.hours import Block, blocks_in, meeting, starts_in, text_of, windows, without
from klimtouw.talks.models import FreeHours, Talk
from tests.stories import looks_of_others, make_relation
from tests.talks.conftest import SignIn, make_planned
from tests.talks.test_afterwards import end
from tests.talks.test_pages import queries_of

BRUSSELS = ZoneInfo("Europe/Brussels")
MORNINGS = [Block(day, time(9), time(12)) for day in range(1, 8)]
LUNCH = [Block(day, time(11, 30), time(13)) for day in range(1, 8)]

COST = 10
"""With what a look at the hours of the other costs."""


def is_free(person: Person, at: datetime, blocks: list[Block] = MORNINGS, days: int = 100) -> FreeHours:
    """Let somebody write down their free hours."""
    return actions.add_free_hours(
        by=person, at=at, blocks=blocks, ends_on=localdate(at) + timedelta(days=days)
    )


def free(relation: Relation, person: Person, at: datetime, minutes: int = 30) -> queries.FreeTogether:
    """Return when both are free, for the relation as the doors find it."""
    found = queries.relation_talks(person, at, relation.pk).relation
    return queries.free_together(found, person, at, minutes=minutes)


def propose_page(sign_in: SignIn, person: Person, relation: Relation) -> str:
    return sign_in(person).get(reverse("talks:propose", args=[relation.pk])).content.decode()


def test_somebody_writes_down_adds_and_takes_away_hours(noor: Person, at: datetime, sign_in: SignIn) -> None:
    client, url = sign_in(noor), reverse("talks:free_hours")
    sent = {"days": [1, 3], "begins": "09:00", "ends": "10:30", "ends_on": localdate(at) + timedelta(days=90)}
    client.post(url, sent)
    client.post(url, {**sent, "days": [3], "begins": "10:00", "ends": "12:00"})
    page = client.get(url).content.decode()
    assert "Maandag 09:00–10:30" in page
    assert "Woensdag 09:00–12:00" in page  # what touches is one
    client.post(url, {"take_away": "1 09:00-10:30"})
    assert FreeHours.objects.get().hours == "3 09:00-12:00"


def test_the_same_hours_sent_twice_or_from_two_tabs_are_there_once(noor: Person, at: datetime) -> None:
    for blocks in (MORNINGS, MORNINGS, LUNCH):
        is_free(noor, at, blocks)
    assert FreeHours.objects.get().blocks == [Block(day, time(9), time(13)) for day in range(1, 8)]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"days": []}, "days"),
        ({"days": [8]}, "days"),
        ({"begins": "12:00"}, "ends"),
        ({"ends": ""}, "ends"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
    ],
    ids=["no day", "no such day", "back in time", "no hour", "a day gone by"],
)
def test_what_cannot_be_is_said_at_the_field(
    noor: Person, at: datetime, sign_in: SignIn, sent: dict[str, object], field: str
) -> None:
    fine = {"days": [1], "begins": "09:00", "ends": "10:30", "ends_on": localdate(at) + timedelta(days=9)}
    answer = sign_in(noor).post(reverse("talks:free_hours"), {**fine, **sent})
    assert field in answer.context["form"].errors
    assert not FreeHours.objects.exists()


def test_v12_nobody_sees_them_until_their_owner_shows_them_and_then_only_the_hours(
    running_relation: Relation, noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    hours = is_free(noor, at)
    assert "Dan is Noor vrij" not in propose_page(sign_in, bram, running_relation)
    sign_in(noor).post(reverse("talks:show_hours", args=[running_relation.pk]), {"show": 1})
    assert "Dan is Noor vrij" in propose_page(sign_in, bram, running_relation)
    assert looks_of_others(noor, now()) == [("Bram", hours, Hat.COACH_ONCE_SHARED, 1)]
    sign_in(noor).post(reverse("talks:show_hours", args=[running_relation.pk]), {"stop": 1})
    assert "Dan is Noor vrij" not in propose_page(sign_in, bram, running_relation)
    url = reverse("talks:show_hours", args=[running_relation.pk])
    assert sign_in(stan).post(url, {"show": 1}).status_code == 404


def test_a_coach_shows_free_hours_to_the_coachee_as_well_also_while_getting_acquainted(
    acquainting_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    is_free(bram, at)
    sign_in(bram).post(reverse("talks:show_hours", args=[acquainting_relation.pk]), {"show": 1})
    assert "Dan is Bram vrij" in propose_page(sign_in, noor, acquainting_relation)


@pytest.mark.parametrize("state", [State.COMPLETED, State.STOPPED])
def test_v24_once_the_rope_is_loose_the_coach_sees_no_hours(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, state: State
) -> None:
    is_free(noor, at)
    actions.show_free_hours(relation=running_relation, by=noor, at=at)
    assert free(running_relation, bram, at, 30).theirs
    end(running_relation, state, at)
    assert free(running_relation, bram, at, 30).theirs is None
    with pytest.raises(actions.NothingToShareOnto):
        actions.show_free_hours(relation=running_relation, by=noor, at=at)


@pytest.mark.parametrize("way", ["complete", "leave", "clock"])
def test_v12_the_hours_of_the_coach_are_shown_for_as_long_as_the_two_are_together(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, way: str
) -> None:
    hours = is_free(bram, at, days=300)
    actions.show_free_hours(relation=running_relation, by=bram, at=at)
    assert free(running_relation, noor, at).theirs == hours
    later = at + timedelta(days=1)
    if way == "clock":
        later = at + timedelta(days=130)
        assert complete_ended_relations(at=later) == 1
    else:
        {"complete": complete_relation, "leave": leave_relation}[way](
            relation=running_relation, by=noor, at=later
        )
    assert not Share.objects.filter(thing=hours.pk, revoked_at=None).exists()
    assert not hours.hats_of(noor, later)
    anew = make_relation(noor, bram, State.RUNNING, later)
    assert free(anew, noor, later).theirs is None
    assert not any(each.sees for each in queries.who_sees_hours(hours, bram, later))
    actions.show_free_hours(relation=anew, by=bram, at=later)
    assert free(anew, noor, later).theirs == hours


def test_v24_from_the_second_the_agreements_end_nobody_reads_the_hours_also_before_any_round_came(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    ends_at = end_of(running_relation.contracts.get().ends_on, BRUSSELS)  # as signing sets it
    running_relation.work_bond.seats.filter(person=bram).update(closes_at=ends_at)
    for owner, reader in ((noor, bram), (bram, noor)):
        hours = is_free(owner, at, days=300)
        actions.show_free_hours(relation=running_relation, by=owner, at=at)
        last, over = ends_at - timedelta(seconds=1), ends_at
        assert hours.hats_of(reader, last)
        assert list(FreeHours.objects.visible_to(reader, last).exclude(owner=reader)) == [hours]
        assert free(running_relation, reader, last).theirs == hours
        if reader == bram:  # what a coach gives stands; his hours go with the job of that same second
            assert not hours.hats_of(reader, over)
            assert not FreeHours.objects.visible_to(reader, over).exclude(owner=reader).exists()
        assert free(running_relation, reader, over).theirs is None
        assert not any(each.sees for each in queries.who_sees_hours(hours, owner, over))
    assert (
        Relation.objects.get(pk=running_relation.pk).state == State.RUNNING
    )  # nothing but the clock said so


def test_v12_hours_shown_in_one_relation_make_no_moments_in_another(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    hours = is_free(bram, at)
    other_way = make_relation(bram, noor, State.RUNNING, at)
    actions.show_free_hours(relation=running_relation, by=bram, at=at)
    assert free(running_relation, noor, at).theirs == hours
    assert free(other_way, noor, at).theirs is None


def test_two_who_are_free_are_offered_what_fits_both_and_one_tap_proposes_it(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    is_free(noor, at)
    is_free(bram, at, LUNCH)
    actions.show_free_hours(relation=running_relation, by=noor, at=at)
    answer = sign_in(bram).get(reverse("talks:propose", args=[running_relation.pk]))
    assert "Dan zijn jij en Noor allebei vrij" in answer.content.decode()
    offered = [value for value, _label in answer.context["form"].fields["offered"].choices]
    assert {datetime.fromisoformat(one).astimezone(BRUSSELS).time() for one in offered} == {time(11, 30)}
    sent = {"offered": offered[:2], "minutes": 30, "place": "Wandelend, buiten"}
    sign_in(bram).post(reverse("talks:propose", args=[running_relation.pk]), sent)
    proposed = Talk.objects.get()
    assert [m.starts_at.isoformat() for m in proposed.moments.order_by("starts_at")] == offered[:2]


def test_more_than_three_or_none_is_said_kindly(
    running_relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    is_free(bram, at)
    url = reverse("talks:propose", args=[running_relation.pk])
    offered = [value for value, _ in sign_in(bram).get(url).context["form"].fields["offered"].choices]
    for ticked in (offered[:4], []):
        answer = sign_in(bram).post(url, {"offered": ticked, "minutes": 30})
        assert "offered" in answer.context["form"].errors
    assert not Talk.objects.exists()


def test_ones_own_other_talks_are_left_out_and_those_of_the_other_show_in_nothing(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    is_free(bram, at, MORNINGS)
    first = free(running_relation, bram, at, 60).moments[0]
    make_planned(running_relation, first)
    again = free(running_relation, bram, at, 60).moments[0]
    assert again == first + timedelta(minutes=30)  # the planned talk takes half an hour


def test_hours_that_are_over_are_offered_no_more(
    running_relation: Relation, bram: Person, at: datetime
) -> None:
    is_free(bram, at, days=2)
    later = at + timedelta(days=5)
    assert free(running_relation, bram, later, 30).moments == []


@pytest.mark.parametrize(("days", "is_said"), [(40, False), (13, True), (0, True)])
def test_the_end_is_said_kindly_two_weeks_before_and_one_tap_goes_on(
    running_relation: Relation, bram: Person, at: datetime, sign_in: SignIn, days: int, is_said: bool
) -> None:
    is_free(bram, at, days=days)
    question = "Passen ze nog?"
    assert (question in sign_in(bram).get(reverse("talks:free_hours")).content.decode()) == is_said
    assert (question in propose_page(sign_in, bram, running_relation)) == is_said
    sign_in(bram).post(reverse("talks:free_hours"), {"still": 1})
    assert question not in sign_in(bram).get(reverse("talks:free_hours")).content.decode()


def test_hours_across_both_clock_changes_and_29_february_stay_as_the_clock_shows_them() -> None:
    night = [Block(7, time(2, 30), time(4)), Block(7, time(9), time(10))]
    spring = list(windows(night, date(2027, 3, 28), date(2027, 3, 28), BRUSSELS))
    assert [begins.astimezone(BRUSSELS).hour for begins, _ in spring] == [9]  # half past two does not exist
    autumn = list(windows(night, date(2027, 10, 31), date(2027, 10, 31), BRUSSELS))
    assert [begins.astimezone(BRUSSELS).hour for begins, _ in autumn] == [9]  # half past two comes twice
    leap = list(windows([Block(2, time(9), time(10))], date(2028, 2, 28), date(2028, 3, 1), BRUSSELS))
    assert leap == [(datetime(2028, 2, 29, 8, tzinfo=UTC), datetime(2028, 2, 29, 9, tzinfo=UTC))]


def test_blocks_are_read_as_written_and_nonsense_is_left_out() -> None:
    assert blocks_in("1 09:00-10:00\nmaandag\n9 09:00-10:00\n2 10:00-09:00\n3 9-10") == [
        Block(1, time(9), time(10))
    ]
    assert blocks_in(text_of(MORNINGS)) == MORNINGS
    assert without(MORNINGS, "1 09:00-12:00") == MORNINGS[1:]


def test_windows_meet_only_where_both_are() -> None:
    nine, ten, eleven = (datetime(2027, 1, 4, hour, tzinfo=UTC) for hour in (9, 10, 11))
    assert meeting([(nine, eleven)], [(ten, eleven)]) == [(ten, eleven)]
    assert meeting([(nine, ten)], [(ten, eleven)]) == []
    assert starts_in([(nine, eleven)], 60, [(nine, ten)]) == [ten]
    assert starts_in([(nine, ten)], 61, []) == []


def test_proposing_costs_the_same_with_one_block_and_with_many(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    is_free(noor, at)
    actions.show_free_hours(relation=running_relation, by=noor, at=at)
    url, client = reverse("talks:propose", args=[running_relation.pk]), sign_in(bram)
    is_free(bram, at, LUNCH[:1])
    few = queries_of(client, url)
    is_free(bram, at, LUNCH)
    assert queries_of(client, url) == few == COST
