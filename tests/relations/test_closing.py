"""Pause, go on, complete, stop, and the end that comes by itself: one act, no reason, and the coach's access is gone."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from klimtouw.access.decide import Denied, may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.gate import open_seats
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import end_of
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import (
    LastDayWasBefore,
    complete_ended_relations,
    complete_relation,
    leave_relation,
    pause_relation,
    resume_relation,
)
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.choices import State
from klimtouw.relations.closing_tasks import complete_ended
from klimtouw.relations.models import CommonGround, Contract, Relation
from klimtouw.relations.queries.contracts import newest_contract
from klimtouw.relations.queries.relations import relation as relation_now
from klimtouw.relations.terms import Terms
from tests.stories import make_relation
from tests.told import read_by

ZONE = ZoneInfo("Europe/Brussels")
MICROSECOND = timedelta(microseconds=1)
EACH_END_BY_EACH = [
    (end, side) for end in (complete_relation, leave_relation) for side in ("coachee", "coach")
]


def signed(relation: Relation, at: datetime, days: int = 30) -> datetime:
    """Let both sign a contract; return the first moment after its last day."""
    today = localdate(at)
    newest = newest_contract(relation)
    terms = Terms(starts_on=today, ends_on=today + timedelta(days=days), talks=5, rhythm="weekly")
    contract = draft_contract(
        relation=relation, by=relation.coach, at=at, terms=terms, seen=newest and newest.pk
    )
    for person in (relation.coachee, relation.coach):
        sign_contract(relation=relation, contract=contract.pk, by=person, at=at)
    return end_of(contract.ends_on, ZONE)


@pytest.fixture
def relation(noor: Person, bram: Person, at: datetime) -> Relation:
    """Noor and Bram signed for thirty days."""
    relation = make_relation(noor, bram, State.CONTRACTING, at)
    signed(relation, at)
    relation.refresh_from_db()
    return relation


@pytest.fixture
def goal(relation: Relation, noor: Person, at: datetime) -> Goal:
    """A goal Noor shares with Bram."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    share(goal, onto=relation.work_bond, by=noor, at=at)
    return goal


def seats_open(relation: Relation, person: Person, at: datetime) -> set[str]:
    """Return the bonds of a relation on which somebody has an open seat."""
    bonds = (relation.work_bond, relation.acquaintance_bond)
    return set(open_seats(at).filter(person=person, bond__in=bonds).values_list("bond__purpose", flat=True))


def post(client: Client, name: str, relation: Relation) -> int:
    """Send one of the small forms and return the status."""
    return client.post(reverse(f"relations:{name}", args=[relation.pk])).status_code


# The end, by one of the two


@pytest.mark.parametrize(("end", "side"), EACH_END_BY_EACH)
def test_v24_the_coach_reads_nothing_from_the_very_moment_and_the_coachee_keeps_everything(
    relation: Relation,
    goal: Goal,
    noor: Person,
    bram: Person,
    at: datetime,
    end: Callable[..., None],
    side: str,
) -> None:
    given = keep(Goal, by=bram, at=at, text="Wat ik je gun.")
    share(given, onto=relation.work_bond, by=bram, at=at)
    moment = at + timedelta(days=2)
    assert may(bram, Action.READ, goal, moment)
    end(relation=relation, by=getattr(relation, side), at=moment)
    assert not may(bram, Action.READ, goal, moment)
    assert not may(bram, Action.READ, goal, moment - MICROSECOND), "also when a clock jumps back"
    assert not Thing.objects.visible_to(bram, moment).filter(owner=noor).exists()
    assert may(noor, Action.READ, goal, moment)
    assert may(noor, Action.READ, given, moment), "what the coach gave stays"
    assert (seats_open(relation, bram, moment), seats_open(relation, noor, moment)) == (set(), {"work"})
    assert not Thing.objects.visible_to(bram, moment + timedelta(days=3_000)).filter(owner=noor).exists()


@pytest.mark.parametrize(
    ("end", "state"), [(complete_relation, State.COMPLETED), (leave_relation, State.STOPPED)]
)
def test_completed_and_stopped_are_written_down_with_their_moment(
    relation: Relation, noor: Person, at: datetime, end: Callable[..., None], state: State
) -> None:
    end(relation=relation, by=noor, at=at + timedelta(days=1))
    relation.refresh_from_db()
    assert (relation.state, relation.ended_at) == (state, at + timedelta(days=1))


def test_the_acquaintance_closes_for_both(
    relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    grounds = [
        keep(CommonGround, by=person, at=at, relation=relation, text="Fietsers.") for person in (noor, bram)
    ]
    for ground in grounds:
        share(ground, onto=relation.acquaintance_bond, by=ground.owner, at=at)
    leave_relation(relation=relation, by=noor, at=at + MICROSECOND)
    for reader, other in ((noor, bram), (bram, noor)):
        seen = Thing.objects.visible_to(reader, at + MICROSECOND).filter(kind="common_ground")
        assert not seen.filter(owner=other).exists()
        assert seen.filter(owner=reader).exists(), "each keeps what they wrote"


def test_a_relation_without_signatures_can_be_left_too(noor: Person, bram: Person, at: datetime) -> None:
    relation = make_relation(noor, bram, State.CONTRACTING, at)
    leave_relation(relation=relation, by=bram, at=at)
    relation.refresh_from_db()
    assert relation.state == State.STOPPED
    assert seats_open(relation, bram, at) == seats_open(relation, noor, at) == set()


@pytest.mark.parametrize("state", [State.ACQUAINTING, State.CLICKING])
def test_leaving_before_the_contract_is_not_starting(
    state: State, noor: Person, bram: Person, at: datetime
) -> None:
    relation = make_relation(noor, bram, state, at)
    leave_relation(relation=relation, by=noor, at=at)
    relation.refresh_from_db()
    assert relation.state == State.NOT_STARTED
    assert seats_open(relation, bram, at) == set()


# Every open tab


TABS = ("contract", "contract_draft", "pause", "complete", "leave")


@pytest.mark.parametrize("closer", ["complete", "leave"])
def test_v24_in_tabs_that_were_open_the_coachs_next_click_finds_nothing(
    relation: Relation,
    goal: Goal,
    noor: Person,
    bram: Person,
    sign_in: Callable[[Person], Client],
    closer: str,
) -> None:
    of_bram, of_noor = sign_in(bram), sign_in(noor)
    for name in TABS:
        assert of_bram.get(reverse(f"relations:{name}", args=[relation.pk])).status_code == 200
    assert post(of_noor, closer, relation) == 302
    for name in (*TABS[1:], "sign_contract", "resume"):
        assert of_bram.get(reverse(f"relations:{name}", args=[relation.pk])).status_code == 404
        assert post(of_bram, name, relation) == 404
    for name in ("share", "versions"):
        assert of_bram.get(reverse(f"belongings:{name}", args=[goal.pk])).status_code == 404
    text = of_bram.get(relation.get_absolute_url()).content.decode()
    assert "Wat met jou gedeeld was, lees je niet meer." in text
    assert "Ik durf een vraag te stellen." not in text


def test_the_closing_page_is_kind_and_plain_to_the_coachee(
    relation: Relation, noor: Person, bram: Person, sign_in: Callable[[Person], Client]
) -> None:
    post(sign_in(bram), "complete", relation)
    text = sign_in(noor).get(relation.get_absolute_url()).content.decode()
    assert "Jullie rondden dit stuk af" in text
    assert "Alles wat je schreef, is van jou en blijft." in text
    assert "Je coach leest niets meer van jou." in text


# No reason, no trace, no blame


@pytest.mark.parametrize("name", ["pause", "complete", "leave"])
def test_v8_v9_every_confirm_page_has_one_button_and_asks_nothing(
    relation: Relation, noor: Person, sign_in: Callable[[Person], Client], name: str
) -> None:
    text = sign_in(noor).get(reverse(f"relations:{name}", args=[relation.pk])).content.decode()
    form = re.search(r'<main.*?<form method="post".*?</form>', text, re.S)
    assert form is not None
    asked = re.findall(r"<(?:input|textarea|select)[^>]*>", form[0])
    assert all('type="hidden"' in field for field in asked)
    assert form[0].count("<button") == 1


def test_v9_stopping_leaves_no_line_about_who_or_why(relation: Relation, noor: Person, at: datetime) -> None:
    before = Line.objects.count()
    leave_relation(relation=relation, by=noor, at=at)
    assert Line.objects.count() == before
    fields = {field.name for field in Relation._meta.get_fields()}
    assert not {name for name in fields if re.search("reason|ended_by|left_by|stopped_by", name)}


@pytest.mark.parametrize(("end", "side"), EACH_END_BY_EACH)
def test_v9_the_letter_is_the_same_whoever_acted_and_never_goes_to_the_actor(
    relation: Relation,
    at: datetime,
    end: Callable[..., None],
    side: str,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    actor = getattr(relation, side)
    with django_capture_on_commit_callbacks(execute=True):
        end(relation=relation, by=actor, at=at)
    (letter,) = mail.outbox
    assert letter.to == [relation.other(actor).email]
    assert not re.search(r"besloot|beslist|wil niet|wilde|stopte|door jou", str(letter.body))
    assert re.search(r"houdt alles|blijft van jou", str(letter.body))


def test_a_job_done_twice_writes_the_same_letter(
    relation: Relation,
    noor: Person,
    at: datetime,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks() as jobs:
        leave_relation(relation=relation, by=noor, at=at)
    for job in jobs * 2:
        job()
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1


def test_only_the_two_close_anything(
    relation: Relation,
    stan: Person,
    vera: Person,
    ines: Person,
    at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:
    for outsider in (stan, vera, ines):
        for act in (pause_relation, complete_relation, leave_relation):
            with pytest.raises(Denied):
                act(relation=relation, by=outsider, at=at)
        for name in ("relation", "pause", "resume", "complete", "leave"):
            assert sign_in(outsider).get(reverse(f"relations:{name}", args=[relation.pk])).status_code == 404
            assert post(sign_in(outsider), name, relation) in (404, 405)
    relation.refresh_from_db()
    assert relation.state == State.RUNNING


def test_a_page_that_shows_changes_nothing(
    relation: Relation, noor: Person, sign_in: Callable[[Person], Client]
) -> None:
    for name in ("pause", "complete", "leave"):
        sign_in(noor).get(reverse(f"relations:{name}", args=[relation.pk]))
    relation.refresh_from_db()
    assert relation.state == State.RUNNING


def test_stopping_twice_ends_it_once(
    relation: Relation, noor: Person, sign_in: Callable[[Person], Client]
) -> None:
    assert [post(sign_in(noor), "leave", relation) for _time in range(2)] == [302, 404]
    relation.refresh_from_db()
    assert relation.state == State.STOPPED


# Pause


def test_a_pause_rests_the_planning_and_keeps_the_rope(
    relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    pause_relation(relation=relation, by=bram, at=at)
    relation.refresh_from_db()
    assert relation.state == State.PAUSED
    assert not may(noor, Action.PLAN_TALK, relation, at)
    assert may(bram, Action.READ, goal, at)
    resume_relation(relation=relation, by=noor, at=at)
    relation.refresh_from_db()
    assert relation.state == State.RUNNING


def test_going_on_after_the_last_day_is_refused_with_a_clear_sentence(
    relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    pause_relation(relation=relation, by=noor, at=at)
    relation.refresh_from_db()
    over = at + timedelta(days=40)
    with pytest.raises(LastDayWasBefore):
        resume_relation(relation=relation, by=noor, at=over)
    with time_machine.travel(over, tick=False):
        answer = sign_in(bram).post(reverse("relations:resume", args=[relation.pk]), follow=True)
    assert "De laatste dag van jullie afspraken is voorbij." in answer.content.decode()


def test_a_pause_and_a_going_on_are_told_to_the_other_unless_both_were_over_before_the_message(
    relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        pause_relation(relation=relation, by=noor, at=at)
    assert (read_by(noor, at), "Jij en Noor nemen pauze." in read_by(bram, at)) == ("", True)
    relation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        resume_relation(relation=relation, by=bram, at=at)
    assert ("Jij en Bram gaan verder." in read_by(noor, at), read_by(bram, at)) == (True, "")
    relation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        pause_relation(relation=relation, by=noor, at=at)
    relation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        resume_relation(relation=relation, by=noor, at=at)
    assert (read_by(noor, at), read_by(bram, at)) == ("", "")


# The end that comes by itself


@pytest.mark.parametrize("state", [State.RUNNING, State.PAUSED])
def test_v24_access_ends_with_the_last_day_to_the_microsecond_without_any_job(
    relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime, state: State
) -> None:
    if state == State.PAUSED:
        pause_relation(relation=relation, by=noor, at=at)
    over = end_of(localdate(at) + timedelta(days=30), ZONE)
    assert may(bram, Action.READ, goal, over - MICROSECOND)
    assert not may(bram, Action.READ, goal, over)
    assert seats_open(relation, bram, over - MICROSECOND) == {"work", "acquaintance"}
    assert seats_open(relation, bram, over) == set()
    assert relation_now(noor, over - MICROSECOND, relation.pk).state == state
    assert relation_now(noor, over, relation.pk).state == State.COMPLETED


def test_the_job_completes_what_is_over_and_nothing_else(
    relation: Relation, noor: Person, amir: Person, at: datetime, settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    longer = make_relation(noor, amir, State.CONTRACTING, at)
    signed(longer, at, days=90)
    over = end_of(localdate(at) + timedelta(days=30), ZONE)
    assert complete_ended_relations(at=over - MICROSECOND) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert complete_ended_relations(at=over + timedelta(hours=5)) == 1
        assert complete_ended_relations(at=over + timedelta(hours=5)) == 0
    relation.refresh_from_db()
    longer.refresh_from_db()
    assert (relation.state, relation.ended_at, longer.state) == (State.COMPLETED, over, State.RUNNING)
    assert seats_open(relation, noor, over) == {"work"}
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bram@school.example", "noor@school.example"]


def test_a_renewed_contract_is_not_completed_on_the_old_day(relation: Relation, at: datetime) -> None:
    signed(relation, at + timedelta(days=1), days=60)
    assert complete_ended_relations(at=end_of(localdate(at) + timedelta(days=30), ZONE)) == 0


def test_v11_an_unsigned_renewal_does_not_keep_a_relation_going(
    relation: Relation, noor: Person, at: datetime
) -> None:
    now_holds = Contract.objects.get()
    terms = Terms(
        starts_on=now_holds.starts_on,
        ends_on=now_holds.ends_on + timedelta(days=60),
        talks=5,
        rhythm="weekly",
    )
    renewal = draft_contract(
        relation=relation, by=noor, at=at, terms=replace(terms, talks=6), seen=now_holds.pk
    )
    sign_contract(relation=relation, contract=renewal.pk, by=noor, at=at)
    assert complete_ended_relations(at=end_of(now_holds.ends_on, ZONE)) == 1


def test_the_second_signature_plans_the_end(
    noor: Person,
    bram: Person,
    at: datetime,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    relation = make_relation(noor, bram, State.CONTRACTING, at)
    with django_capture_on_commit_callbacks(execute=True):
        over = signed(relation, at)
    planned = DBTaskResult.objects.filter(task_path=complete_ended.module_path).values_list(
        "run_after", flat=True
    )
    assert list(planned) == [over]
