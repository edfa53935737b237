"""A coach's day: the talks of today, answers promised, who waits for whom; in the order of kindness (R10, V16, V17, V18)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from klimtouw.belongings.actions import keep, share
from klimtouw.climb.models import Entry
from klimtouw.home.day import ON_A_PAGE, Day, Turn, day_of
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import pause_relation
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.models import ReplyRequest
from klimtouw.talks.models import Talk
from tests.stories import make_person, make_relation

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def asks(relation: Relation, at: datetime, promised: int | None = None) -> ReplyRequest:
    """Let a coachee ask for a reply, which the coach promised within so many days, or did not."""
    entry = keep(Entry, by=relation.coachee, at=at, text="Ik durf.")
    share(entry, onto=relation.work_bond, by=relation.coachee, at=at)
    day = None if promised is None else localdate(at) + timedelta(days=promised)
    return ReplyRequest.objects.create(thing_id=entry.pk, relation=relation, asked_at=at, promised_on=day)


def plan(relation: Relation, starts_at: datetime | None, at: datetime, by: Person | None = None) -> Talk:
    """Plan a talk, or propose one."""
    return Talk.objects.create(
        relation=relation,
        state="planned" if starts_at else "proposed",
        proposed_by=by or relation.coach,
        proposed_at=at,
        starts_at=starts_at,
        place="Tuin",
    )


def coachees(bram: Person, at: datetime, *names: str) -> list[Relation]:
    """Let Bram coach some people."""
    return [make_relation(make_person(name), bram, State.RUNNING, at) for name in names]


def lines(day: Day) -> list[tuple[str, Turn, str]]:
    """Return everybody on the page, whose turn it is, and what is said of it."""
    return [(one.person.name, one.turn, one.words) for one in day.coachees]


def noon(at: datetime) -> datetime:
    """Return noon of the same day here."""
    return localtime(at).replace(hour=12, minute=0, second=0, microsecond=0)


def test_r10_the_order_is_one_of_kindness(bram: Person, at: datetime) -> None:
    zoe, yara, xander, wout, anna = coachees(bram, at, "Zoë", "Yara", "Xander", "Wout", "Anna")
    plan(zoe, noon(at), at)
    asks(yara, at, promised=3)
    asks(xander, at, promised=1)
    asks(wout, at)
    plan(anna, None, at)
    day = day_of(bram, at)
    assert [talk.relation for talk in day.today] == [zoe]
    assert [one.coachee.name for one in day.promised] == ["Xander", "Yara"]
    assert [(name, turn) for name, turn, _ in lines(day)] == [
        ("Wout", Turn.MINE),
        ("Anna", Turn.THEIRS),
        ("Xander", Turn.CLIMBING),
        ("Yara", Turn.CLIMBING),
        ("Zoë", Turn.CLIMBING),
    ]


def test_everybody_stands_there_once_with_the_first_thing_that_holds(bram: Person, at: datetime) -> None:
    (both,) = coachees(bram, at, "Noor")
    asks(both, at)
    plan(both, None, at, by=both.coachee)
    plan(both, noon(at) + timedelta(days=2), at)
    assert lines(day_of(bram, at)) == [("Noor", Turn.MINE, "vraagt je om een reactie")]


def test_a_talk_the_coachee_proposes_and_agreements_to_read_look_forward_to_the_coach(
    bram: Person, at: datetime
) -> None:
    (asked,) = coachees(bram, at, "Noor")
    plan(asked, None, at, by=asked.coachee)
    make_relation(make_person("Lena"), bram, State.CLICKING, at)
    make_relation(make_person("Mo"), bram, State.CONTRACTING, at)
    assert [(name, turn) for name, turn, _ in lines(day_of(bram, at))] == [
        ("Lena", Turn.MINE), ("Mo", Turn.MINE), ("Noor", Turn.MINE)
    ]  # fmt: skip


def test_r10_who_was_promised_an_answer_stands_first_on_the_first_page_until_that_day(
    bram: Person, sign_in: SignIn, at: datetime
) -> None:
    early, late = coachees(bram, at - timedelta(days=9), "Anna", "Zoë")
    asks(early, at - timedelta(days=2))
    request = asks(late, at - timedelta(days=1), promised=3)
    page = sign_in(bram).get(reverse("home")).content.decode()
    assert page.index("Je beloofde Zoë een antwoord") < page.index("Anna vraagt je om een reactie")
    ReplyRequest.objects.filter(pk=request.pk).update(promised_on=localdate(at) - timedelta(days=1))
    page = sign_in(bram).get(reverse("home")).content.decode()
    assert "Je beloofde" not in page
    assert "Zoë vraagt je om een reactie" in page


def test_v17_a_day_that_went_by_is_not_spoken_of(bram: Person, sign_in: SignIn, at: datetime) -> None:
    (relation,) = coachees(bram, at, "Noor")
    asks(relation, at, promised=-2)
    day = day_of(bram, at)
    assert day.promised == []
    assert lines(day) == [("Noor", Turn.MINE, "vraagt je om een reactie")]


def test_v16_v17_v18_nothing_is_counted_compared_or_late(bram: Person, sign_in: SignIn, at: datetime) -> None:
    for number, relation in enumerate(coachees(bram, at - timedelta(days=90), "Anna", "Ben", "Cas", "Dirk")):
        asks(relation, at - timedelta(days=80 - number))
    page = sign_in(bram).get(reverse("coach-day")).content.decode()
    main = page.split("<h1>")[1].split("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", main)
    for word in ("te laat", "achter", "wacht al", "dagen", "weken", "open", "nog niet", "%"):
        assert word not in words
    assert re.findall(r"\d+", words.replace(str(localdate(at).day), "")) == []
    for colour in ("attention", "warning", "danger", "pill"):
        assert colour not in main


def test_the_hours_and_places_of_today_stand_on_top_in_their_order(
    bram: Person, sign_in: SignIn, at: datetime
) -> None:
    anna, ben, cas = coachees(bram, at - timedelta(days=9), "Anna", "Ben", "Cas")
    plan(anna, noon(at) + timedelta(hours=2), at)
    plan(ben, noon(at) - timedelta(hours=3), at)
    plan(cas, noon(at) + timedelta(days=1), at)
    page = sign_in(bram).get(reverse("coach-day")).content.decode()
    today = page.split('id="today"')[1].split("</section>")[0]
    assert re.findall(r"\d\d:00 · \w+", today) == ["09:00 · Ben", "14:00 · Anna"]
    assert "Tuin" in today
    assert "Cas" not in today


def test_whom_one_does_not_coach_now_stands_nowhere(
    bram: Person, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    make_relation(bram, noor, State.RUNNING, at)
    for name, state in (("Anna", State.COMPLETED), ("Ben", State.STOPPED), ("Cas", State.NOT_STARTED)):
        make_relation(make_person(name), bram, state, at)
    assert day_of(bram, at).coachees == []
    page = sign_in(bram).get(reverse("coach-day")).content.decode()
    assert "Je coacht nu niemand." in page
    assert reverse("coach-day") not in sign_in(bram).get(reverse("home")).content.decode()


def test_in_a_pause_nobody_is_waited_for(bram: Person, at: datetime) -> None:
    (relation,) = coachees(bram, at, "Noor")
    asks(relation, at)
    plan(relation, None, at, by=relation.coachee)
    pause_relation(relation=relation, by=bram, at=at)
    assert lines(day_of(bram, at)) == [("Noor", Turn.CLIMBING, "pauze")]


def test_a_coach_finds_the_day_from_the_first_page_and_reads_no_words_there(
    bram: Person, sign_in: SignIn, at: datetime
) -> None:
    (relation,) = coachees(bram, at, "Noor")
    asks(relation, at)
    client = sign_in(bram)
    assert reverse("coach-day") in client.get(reverse("home")).content.decode()
    page = client.get(reverse("coach-day")).content.decode()
    assert "Ik durf." not in page
    assert Client().get(reverse("coach-day")).status_code == 302


def test_three_hundred_coachees_come_fifty_at_a_time_for_as_many_questions_as_one(
    bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client, address = sign_in(bram), reverse("coach-day")
    costs = []
    for number in (1, 60):
        for relation in coachees(bram, at, *(f"Coachee{number}-{one:03}" for one in range(number))):
            asks(relation, at, promised=2)
            plan(relation, noon(at), at)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12, costs
    assert "?page=2" in page
    first, second = day_of(bram, at), day_of(bram, at, page=2)
    assert (len(first.coachees), len(second.coachees)) == (ON_A_PAGE, 11)
    assert not {one.person.pk for one in first.coachees} & {one.person.pk for one in second.coachees}
    assert day_of(bram, at, page=9).coachees == []
    assert client.get(address + "?page=x").status_code == 200


def test_names_are_shown_as_typed(bram: Person, sign_in: SignIn, at: datetime) -> None:
    person = make_person("Bo")
    person.display_name = "<b>Bo</b> 🧗"
    person.save(update_fields=["display_name"])
    make_relation(person, bram, State.RUNNING, at)
    assert "&lt;b&gt;Bo&lt;/b&gt; 🧗" in sign_in(bram).get(reverse("coach-day")).content.decode()
