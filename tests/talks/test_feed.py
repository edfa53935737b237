"""The secret address of a calendar: what it shows, that it says nothing, and that it stops (T1)."""

from datetime import datetime, timedelta

import pytest
import vobject
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.takeaway.erasing import erase_everything
from klimtouw.talks import actions
from klimtouw.talks.addresses import address_again, hash_of
from klimtouw.talks.models import Habits, Talk
from klimtouw.talks.views.own import MOST_AN_HOUR
from tests.stories import make_person
from tests.talks.conftest import SignIn, days, make_held, make_planned
from tests.talks.test_afterwards import end

COST = 15
"""Most of it is the counter of how often a calendar asks."""


def fed(address: str) -> list[dict[str, str]]:
    """Return the events a calendar finds at an address, read by other eyes than ours."""
    answer = Client().get(reverse("talks:feed", args=[address]))
    assert answer.status_code == 200
    calendar = vobject.readOne(answer.content.decode())
    calendar.validate(raiseException=True)
    return [
        {line.name: str(line.value) for line in event.lines()}
        for event in calendar.contents.get("vevent", [])
    ]


def gives(address: str) -> int:
    return Client().get(reverse("talks:feed", args=[address])).status_code


@pytest.fixture
def address(noor: Person, at: datetime) -> str:
    """Noor's calendar address."""
    return actions.make_calendar_address(by=noor, at=at)


def test_a_calendar_finds_ones_own_talks_without_a_word_about_them(
    planned: Talk, held: Talk, proposed: Talk, noor: Person, address: str
) -> None:
    events = fed(address)
    assert [event["SUMMARY"] for event in events] == ["Gesprek", "Gesprek"]
    assert {event["UID"].partition("@")[0] for event in events} == {str(planned.pk), str(held.pk)}
    file = Client().get(reverse("talks:feed", args=[address])).content.decode()
    for word in ("Bram", "Noor", "vijver", noor.email, "LOCATION", "ATTENDEE"):
        assert word not in file
    assert "METHOD:PUBLISH" in file


def test_a_first_name_stands_there_once_its_owner_chose_so(
    planned: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    bram.display_name = "Bram Van den Berghe"
    bram.save(update_fields=["display_name"])
    address = actions.make_calendar_address(by=noor, at=at)
    sign_in(noor).post(reverse("talks:habits"), {"shows_names": "on"})
    assert [event["SUMMARY"] for event in fed(address)] == ["Gesprek met Bram"]
    sign_in(noor).post(reverse("talks:habits"), {})
    assert [event["SUMMARY"] for event in fed(address)] == ["Gesprek"]


def test_somebody_makes_an_address_and_takes_it_from_the_page(
    planned: Talk, noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    assert "Maak een adres" in client.get(reverse("talks:own")).content.decode()
    client.post(reverse("talks:address"), {"make": 1})
    feed = client.get(reverse("talks:own")).context["feed"]
    assert len(fed(feed.rpartition("/")[2].removesuffix(".ics"))) == 1


def test_a_leaked_address_stops_with_one_act_and_the_new_one_works(
    planned: Talk, noor: Person, address: str, at: datetime, sign_in: SignIn
) -> None:
    sign_in(noor).post(reverse("talks:address"), {"make": 1})
    assert gives(address) == 404
    row = Habits.objects.get()
    new = address_again(row.secret, row.address_hash)
    assert len(fed(new)) == 1
    sign_in(noor).post(reverse("talks:address"), {"stop": 1})
    assert gives(new) == 404


def test_the_address_stands_nowhere_in_the_database(noor: Person, address: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM talks_habits")
        row = [str(value) for value in cursor.fetchone()]
    assert address not in row
    assert hash_of(address) in row
    assert address_again(Habits.objects.get().secret, hash_of("another")) == ""


@pytest.mark.parametrize("wrong", ["", "x", "a" * 300, "%00", "é", "' OR 1=1"])
def test_a_wrong_address_is_a_page_that_is_not_there(noor: Person, address: str, wrong: str) -> None:
    assert gives(f"{address[:-1]}{wrong}" if wrong else f"{address}A") == 404


def test_an_address_shows_its_owner_alone_and_another_person_signed_in_changes_nothing(
    planned: Talk, noor: Person, stan: Person, address: str, at: datetime, sign_in: SignIn
) -> None:
    theirs = actions.make_calendar_address(by=stan, at=at)
    assert fed(theirs) == []
    answer = sign_in(stan).get(reverse("talks:feed", args=[address]))
    assert answer.content.decode().count("BEGIN:VEVENT") == 1


@pytest.mark.parametrize("state", [State.COMPLETED, State.STOPPED])
def test_v24_after_the_end_a_coachs_calendar_shows_nothing_and_no_planned_talk_stays_for_anybody(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, state: State
) -> None:
    make_held(running_relation, days(-1, at))
    make_planned(running_relation, days(2, at))
    his, hers = (actions.make_calendar_address(by=person, at=at) for person in (bram, noor))
    assert (len(fed(his)), len(fed(hers))) == (2, 2)
    end(running_relation, state, at)
    assert (len(fed(his)), len(fed(hers))) == (0, 1)


def test_a_moved_or_cancelled_talk_is_gone_at_the_next_look(
    planned: Talk, noor: Person, address: str, at: datetime
) -> None:
    actions.propose_other_moments(
        talk=planned, by=noor, at=at, seen=planned.revision, moments=[days(5, at)], minutes=30
    )
    assert fed(address) == []


def test_who_is_erased_has_no_address(planned: Talk, noor: Person, address: str, at: datetime) -> None:
    erase_everything(noor, by=noor, at=at)
    assert gives(address) == 404
    assert not Habits.objects.exists()


def test_a_calendar_that_asks_all_the_time_is_asked_to_wait(noor: Person, address: str) -> None:
    cache.clear()
    answers = [gives(address) for _ in range(MOST_AN_HOUR + 1)]
    assert answers == [200] * MOST_AN_HOUR + [429]
    cache.clear()


def test_a_feed_costs_the_same_with_one_talk_and_with_three(
    running_relation: Relation, noor: Person, address: str, at: datetime, django_assert_num_queries: object
) -> None:
    for number in range(1, 4):
        make_planned(running_relation, days(number, at))
        cache.clear()
        gives(address)
        with django_assert_num_queries(COST):  # type: ignore[operator]  # a fixture of pytest-django
            assert len(fed(address)) == number


def test_two_people_have_two_addresses(db: None, at: datetime) -> None:
    made = {actions.make_calendar_address(by=make_person(name), at=at) for name in ("Ayla", "Wout")}
    assert len(made) == 2


def test_the_feed_reaches_a_month_back(
    running_relation: Relation, noor: Person, at: datetime, address: str
) -> None:
    held = make_held(running_relation, days(-1, at))
    Talk.objects.filter(pk=held.pk).update(starts_at=at - timedelta(days=31))
    assert fed(address) == []
