"""The page "who looked": who, in which hat, what and when; folded per day, and nothing left out in silence (P2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.actions import keep, revoke, share
from klimtouw.belongings.choices import LOOK, SeatHat
from klimtouw.belongings.looks import asked_for, looks_at, looks_by
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Dream, Goal
from klimtouw.ledger.actions import Act, record
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.models import Reply
from tests.circles.stories import make_circle
from tests.stories import make_relation

SignIn = Callable[[Person], Client]


@pytest.fixture
def noon(at: datetime) -> datetime:
    """Twelve o'clock yesterday: a day lies around it on both sides."""
    return (localtime(at) - timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def goal(running_relation: Relation, noor: Person, noon: datetime, at: datetime) -> Goal:
    """Noor's goal, shared with Bram."""
    goal = keep(Goal, by=noor, at=noon, text="Ik durf een vraag te stellen")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    return goal


def opened(by: Person, *things: Thing, at: datetime, hat: str = "coach_once_shared") -> None:
    """Leave looks, as the gate does."""
    for thing in things:
        act = Act(by_id=by.pk, hat=hat, act=LOOK, about_id=thing.pk)
        record(owner_id=thing.owner_id, acts=[act], at=at)


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(f"belongings:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_similar_looks_are_one_line_a_day(goal: Goal, noor: Person, bram: Person, noon: datetime) -> None:
    for minutes in (0, 5, 30):
        opened(bram, goal, at=noon + timedelta(minutes=minutes))
    days = dict(looks_at(noor, noon).days)
    (visit,) = [visit for visit in days[noon.date()] if visit.act == LOOK]
    assert [(look.thing, look.times, localtime(look.at).minute) for look in visit.looks] == [(goal, 3, 30)]


def test_the_hat_is_said_in_words_to_both(
    goal: Goal, noor: Person, bram: Person, sign_in: SignIn, noon: datetime
) -> None:
    opened(bram, goal, at=noon)
    assert "Bram opende, als jouw coach:" in page(sign_in(noor), "looks")
    assert "Je opende, als coach van Noor:" in page(sign_in(bram), "looks_by_me")


def test_the_hat_of_a_coachee_is_said_too(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, sign_in: SignIn, noon: datetime
) -> None:
    reply = keep(Reply, by=bram, at=noon, about_id=goal.pk, reply_kind="support", text="Mooi.")
    opened(noor, reply, at=noon, hat="coachee_once_shared")
    assert "Noor opende, als jouw coachee:" in page(sign_in(bram), "looks")
    assert "Je opende, als coachee van Bram:" in page(sign_in(noor), "looks_by_me")


@pytest.mark.parametrize("hat", list(Hat))
def test_every_hat_has_words(goal: Goal, noor: Person, bram: Person, noon: datetime, hat: Hat) -> None:
    opened(bram, goal, at=noon, hat=hat)
    newest, *_ = [visit for _, visits in looks_at(noor, noon).days for visit in visits if visit.act == LOOK]
    assert hat.value not in newest.sentence.replace("coachee", "").replace("coach", "") or hat in (
        "coach",
        "coachee",
    )
    assert newest.sentence.startswith("Bram opende, ")


def test_what_you_shared_and_stopped_sharing_stands_there(
    running_relation: Relation, goal: Goal, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    revoke(goal, onto=running_relation.work_bond, by=noor, at=at + timedelta(hours=1))
    record(
        owner_id=noor.pk,
        acts=[Act(by_id=noor.pk, hat="coachee", act="signed", about_id=running_relation.pk)],
        at=at,
    )
    shown = page(sign_in(noor), "looks")
    for words in ("Je deelde:", "Je deelt niet meer:", "Je tekende coachafspraken:"):
        assert words in shown
    assert "iets wat gewist is" not in shown


def test_the_viewer_sees_no_words_of_others(
    goal: Goal, bram: Person, sign_in: SignIn, noon: datetime
) -> None:
    opened(bram, goal, at=noon)
    shown = page(sign_in(bram), "looks_by_me")
    assert "doel" in shown
    assert goal.text not in shown


def test_an_erased_thing_and_a_person_who_left_keep_their_line(
    goal: Goal, noor: Person, stan: Person, sign_in: SignIn, noon: datetime
) -> None:
    dream = keep(Dream, by=noor, at=noon, text="Weg")
    opened(stan, dream, at=noon)
    Dream.objects.filter(pk=dream.pk).delete()
    stan.delete()
    shown = page(sign_in(noor), "looks")
    assert "Iemand die er niet meer is opende, als jouw coach:" in shown
    assert "iets wat gewist is" in shown


def test_the_page_of_one_thing_shows_that_thing_alone(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, sign_in: SignIn, noon: datetime
) -> None:
    dream = keep(Dream, by=noor, at=noon, text="Ver weg")
    opened(bram, goal, at=noon)
    opened(bram, dream, dream, at=noon - timedelta(days=3))
    shown = page(sign_in(noor), "looks_at", goal.pk)
    assert "Bram opende, als jouw coach:" in shown
    assert "2 keer die dag" not in shown
    assert "2 keer die dag" in page(sign_in(noor), "looks_at", dream.pk)


def test_nobody_but_the_owner_sees_who_looked_at_a_thing(
    goal: Goal, bram: Person, stan: Person, sign_in: SignIn
) -> None:
    for other in (bram, stan):
        assert sign_in(other).get(reverse("belongings:looks_at", args=[goal.pk])).status_code == 404
    assert not Line.objects.filter(act=LOOK).exists()


@pytest.mark.parametrize("name", ["looks", "looks_by_me"])
def test_an_empty_page_is_kind(noor: Person, sign_in: SignIn, name: str) -> None:
    assert "Nog niemand opende iets van jou" in page(sign_in(noor), "looks") or name == "looks_by_me"
    assert "Je opende nog niets van iemand" in page(sign_in(noor), "looks_by_me")


def walk(client: Client, name: str, *args: Any) -> list[str]:
    """Follow "older" to the end and return every page."""
    pages, address = [], reverse(f"belongings:{name}", args=args)
    while address:
        pages.append(client.get(address).content.decode())
        found = pages[-1].split('href="?before=')
        address = (
            f"{reverse(f'belongings:{name}', args=args)}?before={found[1].split(chr(34))[0]}"
            if len(found) > 1
            else ""
        )
    return pages


@pytest.fixture
def long_chain(goal: Goal, noor: Person, bram: Person, noon: datetime) -> int:
    """Five hundred looks on ten days, each at something else, and one day with three hundred."""
    acts = [Act(by_id=bram.pk, hat="coach_once_shared", act=LOOK, about_id=goal.pk)]
    for day in range(10, 0, -1):
        for minute in range(50):
            record(owner_id=noor.pk, acts=acts, at=noon - timedelta(days=day, minutes=-minute))
    others = [Act(by_id=bram.pk, hat="coach_once_shared", act=LOOK, about_id=goal.pk)] * 300
    record(owner_id=noor.pk, acts=others, at=noon + timedelta(hours=1))
    return 800


def test_a_long_chain_is_paged_and_no_line_is_left_out(
    long_chain: int, goal: Goal, noor: Person, bram: Person, noon: datetime
) -> None:
    for read, reader in ((looks_at, noor), (looks_by, bram)):
        times, older, days = 0, None, []
        while True:
            found = read(reader, noon, older)
            for day, visits in found.days:
                looks = [look for visit in visits for look in visit.looks if visit.act == LOOK]
                times += sum(look.times for look in looks)
                days += [day] if looks else []
            if (older := found.older) is None:
                break
        assert times == long_chain
        assert sorted(days, reverse=True) == days
        # A day stands whole on one page, unless it is longer than a page.
        assert len(days) - len(set(days)) <= 1


def test_the_links_lead_through_all_pages(
    long_chain: int, noor: Person, bram: Person, goal: Goal, sign_in: SignIn
) -> None:
    for client, name, args in (
        (sign_in(noor), "looks", []),
        (sign_in(noor), "looks_at", [goal.pk]),
        (sign_in(bram), "looks_by_me", []),
    ):
        pages = walk(client, name, *args)
        assert len(pages) >= 4
        assert "Naar het nieuwste" not in pages[0]
        assert all("Naar het nieuwste" in older for older in pages[1:])


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 40, "²", "0"])
def test_an_odd_address_is_no_fault(noor: Person, goal: Goal, sign_in: SignIn, odd: str) -> None:
    for name, args in (("looks", []), ("looks_by_me", []), ("looks_at", [goal.pk])):
        assert page(sign_in(noor), name, *args, before=odd)
    assert asked_for(odd) in (None, 0)


def queries_of(client: Client, name: str, *args: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, name, *args)
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_the_lines(
    running_relation: Relation,
    goal: Goal,
    noor: Person,
    bram: Person,
    amir: Person,
    sign_in: SignIn,
    noon: datetime,
) -> None:
    opened(bram, goal, at=noon)
    clients = (sign_in(noor), "looks"), (sign_in(noor), "looks_at", goal.pk), (sign_in(bram), "looks_by_me")
    one = [queries_of(*asked) for asked in clients]
    for day in range(3):
        more = keep(Goal, by=noor, at=noon, text=f"Doel {day}")
        opened(bram, more, more, goal, at=noon - timedelta(days=day))
        opened(amir, more, goal, at=noon - timedelta(days=day))
    assert [queries_of(*asked) for asked in clients] == one
    assert max(one) <= 8


def test_every_hat_that_reads_but_the_owner_leaves_a_look(noor: Person, bram: Person, at: datetime) -> None:
    """No role reads unseen: whoever the table lets read leaves a line, with that very hat."""
    reading = LINE_OF[Action.READ].hats - {Hat.OWNER}
    assert {hat.once_shared for hat in SeatHat} == reading
    work, circle = make_relation(noor, bram, State.RUNNING, at).work_bond, make_circle(bram, [noor], at).bond
    for hat in SeatHat:
        owner, reader = (noor, bram) if hat in (SeatHat.COACH, SeatHat.FACILITATOR) else (bram, noor)
        thing = keep(Goal, by=owner, at=at, text="Van mij")
        share(thing, onto=work if hat in (SeatHat.COACH, SeatHat.COACHEE) else circle, by=owner, at=at)
        worn = thing.hats_of(reader, at)
        assert worn == {hat.once_shared}
        thing.note_look(reader, worn, at)
        line = Line.objects.get(act=LOOK, about_id=thing.pk)
        assert (line.owner_id, line.by_id, line.hat) == (owner.pk, reader.pk, hat.once_shared)
    said = [
        visit.sentence for _day, visits in looks_at(noor, at).days for visit in visits if visit.act == LOOK
    ]
    assert any("als kringbegeleider" in one for one in said)


def test_a_day_is_a_day_in_brussels(goal: Goal, noor: Person, bram: Person, at: datetime) -> None:
    late = localtime(at).replace(hour=23, minute=59) - timedelta(days=2)
    opened(bram, goal, at=late)
    opened(bram, goal, at=late + timedelta(minutes=2))
    looked = [day for day, visits in looks_at(noor, at).days for visit in visits if visit.act == LOOK]
    assert looked == [localdate(late) + timedelta(days=1), localdate(late)]


def test_one_tap_leads_from_everywhere_to_all_looks_and_from_a_thing_to_its_own(
    goal: Goal, noor: Person, sign_in: SignIn
) -> None:
    shown = sign_in(noor).get(goal.get_absolute_url()).content.decode()
    assert f'href="{reverse("belongings:looks")}"' in shown
    assert f'href="{reverse("belongings:looks_at", args=[goal.pk])}"' in shown
    assert f'href="{reverse("belongings:looks_at", args=[goal.pk])}"' in page(sign_in(noor), "share", goal.pk)


def test_v8_after_thirty_days_somebody_with_whom_it_never_started_has_no_name_here(
    running_relation: Relation,
    goal: Goal,
    noor: Person,
    bram: Person,
    amir: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    for days in (31, 29):
        opened(amir, goal, at=at - timedelta(days=days))
        opened(bram, goal, at=at - timedelta(days=days))
    shown = page(sign_in(noor), "looks")
    assert shown.count("Amir opende, als jouw coach:") == 1
    assert shown.count("Iemand uit een kennismaking opende, als jouw coach:") == 1
    assert shown.count("Bram opende, als jouw coach:") == 2
    assert "Je opende, als coach van iemand uit een kennismaking:" in page(sign_in(amir), "looks_by_me")
