"""The hour a person means, on a clock that jumps twice a year."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks.forms import MomentsForm
from klimtouw.talks.models import Talk
from klimtouw.talks.moments import HourComesTwice, HourDoesNotExist, MomentGoneBy, moment_on_clock
from tests.talks.conftest import SignIn

BRUSSELS = ZoneInfo("Europe/Brussels")


def test_an_hour_is_read_on_the_clock_of_brussels() -> None:
    assert moment_on_clock(date(2027, 1, 14), time(14), BRUSSELS) == datetime(2027, 1, 14, 13, tzinfo=UTC)
    assert moment_on_clock(date(2027, 7, 1), time(14), BRUSSELS) == datetime(2027, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("hour", [time(2), time(2, 30), time(2, 59)])
def test_the_hour_that_is_skipped_in_march_does_not_exist(hour: time) -> None:
    with pytest.raises(HourDoesNotExist):
        moment_on_clock(date(2027, 3, 28), hour, BRUSSELS)


@pytest.mark.parametrize("hour", [time(2), time(2, 30), time(2, 59)])
def test_the_hour_that_comes_twice_in_october_is_asked_again(hour: time) -> None:
    with pytest.raises(HourComesTwice):
        moment_on_clock(date(2027, 10, 31), hour, BRUSSELS)


def test_the_hours_around_a_jump_are_ordinary_hours() -> None:
    assert moment_on_clock(date(2027, 3, 28), time(1, 59), BRUSSELS) == datetime(
        2027, 3, 28, 0, 59, tzinfo=UTC
    )
    assert moment_on_clock(date(2027, 3, 28), time(3), BRUSSELS) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert moment_on_clock(date(2027, 10, 31), time(3), BRUSSELS) == datetime(2027, 10, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "answer"), [("2027-03-28", "bestaat dit uur niet"), ("2027-10-31", "komt dit uur twee keer")]
)
def test_the_form_explains_what_the_clock_does_that_night(day: str, answer: str) -> None:
    data = {"day_1": day, "time_1": "02:30", "minutes": 30}
    form = MomentsForm(data, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert answer in str(form.errors["time_1"])


def test_what_is_no_day_or_hour_is_answered_and_kept(
    running_relation: Relation, bram: Person, sign_in: SignIn
) -> None:
    data = {"day_1": "31-02-2027", "time_1": "25:00", "minutes": 30, "place": "Op het dak"}
    page = sign_in(bram).post(reverse("talks:propose", args=[running_relation.pk]), data)
    assert set(page.context["form"].errors) == {"day_1", "time_1"}
    assert "Op het dak" in page.content.decode()
    assert not Talk.objects.exists()


@pytest.mark.parametrize("minutes", ["0", "-30", "99999", "x", ""])
def test_a_talk_takes_one_of_the_offered_lengths(minutes: str) -> None:
    form = MomentsForm(
        {"day_1": "2027-01-14", "time_1": "10:00", "minutes": minutes}, at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    assert "minutes" in form.errors


def test_the_first_day_of_all_has_gone_by() -> None:
    with pytest.raises(MomentGoneBy):
        moment_on_clock(date.min, time(0), BRUSSELS)
