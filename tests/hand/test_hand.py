"""The outstretched hand (R11): from the pair's own rhythm, first to the coachee, three times at most, and kept nowhere."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoCaptureOnCommitCallbacks

from klimtouw.access.decide import Denied
from klimtouw.basecamp import queries as desk
from klimtouw.hand.actions import (
    ask_no_more,
    forget_what_was_said,
    reach_out,
    say_all_is_well,
    take_the_hand,
)
from klimtouw.hand.models import AllIsWell
from klimtouw.hand.queries import hand_between, hands_out_to
from klimtouw.hand.silence import STANDS_FOR, TURNS, moments
from klimtouw.hand.tasks import look_around
from klimtouw.hand.told import HAND_IDEA, HAND_NOTE
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import leave_relation, pause_relation, resume_relation
from klimtouw.relations.choices import Rhythm, Side, State
from klimtouw.relations.models import Contract, Relation
from klimtouw.talks.actions import propose_talk
from klimtouw.talks.models import Talk
from tests.stories import make_relation

SignIn = Callable[[Person], Client]
WEEK = timedelta(weeks=1)
A_BIT = timedelta(hours=1)
HOME = reverse("home")


@pytest.fixture
def quiet(noor: Person, bram: Person, programme: Any, at: datetime) -> Relation:
    """Noor and Bram agreed on every two weeks, a year long, and have not planned a talk since."""
    relation = make_relation(noor, bram, State.RUNNING, at, programme)
    Contract.objects.update(ends_on=localdate(at) + timedelta(days=365))
    relation.work_bond.seats.filter(hat="coach").update(closes_at=at + timedelta(days=365))
    return relation


def out_to(person: Person, at: datetime) -> bool:
    """Return whether a hand is out to somebody."""
    return bool(hands_out_to(person, at))


def page(sign_in: SignIn, person: Person, address: str, at: datetime) -> str:
    """Return a page as it is at a moment, to who signs in then."""
    with time_machine.travel(at, tick=False):
        answer = sign_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# When


def test_r11_it_follows_the_rhythm_of_the_pair_first_to_the_coachee_and_a_week_later_to_the_coach(
    quiet: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    out = [
        (week, out_to(noor, at + week * WEEK + A_BIT), out_to(bram, at + week * WEEK + A_BIT))
        for week in range(0, 20)
    ]
    assert [week for week, to_noor, _ in out if to_noor] == [3, 4, 7, 8, 15, 16]
    assert [week for week, _, to_bram in out if to_bram] == [4, 5, 8, 9, 16, 17]


def test_r11_at_most_three_with_growing_gaps_and_then_rest(
    quiet: Relation, noor: Person, at: datetime
) -> None:
    due = list(moments(at, 2))
    gaps = [b - a for a, b in zip([at, *due], due, strict=False)]
    assert len(due) == len(TURNS) == 3
    assert gaps == sorted(gaps)
    assert gaps[0] < gaps[1] < gaps[2]
    after = due[-1] + STANDS_FOR
    assert not any(out_to(noor, after + days * timedelta(days=1)) for days in range(0, 200, 3))


@pytest.mark.parametrize("rhythm", Rhythm)
def test_r11_another_rhythm_is_another_silence_and_whoever_waits_by_choice_is_left_alone(
    rhythm: Rhythm, quiet: Relation, noor: Person, at: datetime
) -> None:
    Contract.objects.update(rhythm=rhythm)
    weeks = rhythm.weeks
    if weeks is None:
        assert not any(out_to(noor, at + week * WEEK) for week in range(50))
        return
    assert not out_to(noor, at + 1.5 * weeks * WEEK - A_BIT)
    assert out_to(noor, at + 1.5 * weeks * WEEK + A_BIT)


def test_a_talk_that_is_ahead_or_was_there_is_a_sign(quiet: Relation, noor: Person, at: datetime) -> None:
    later = at + 3 * WEEK + A_BIT
    assert out_to(noor, later)
    talk = Talk.objects.create(
        relation=quiet,
        proposed_by=noor,
        proposed_at=at + WEEK,
        state="planned",
        starts_at=later + timedelta(days=2),
    )
    assert not out_to(noor, later)
    assert not out_to(noor, later + timedelta(days=20)), "the talk was there, and the weeks begin anew"
    assert out_to(noor, later + timedelta(days=24))
    Talk.objects.filter(pk=talk.pk).update(state="cancelled")
    assert out_to(noor, at + 4 * WEEK + A_BIT), "proposing was a sign too, at week one"
    assert not out_to(noor, later)


def test_a_contract_that_begins_later_is_not_silent_before_it_begins(
    quiet: Relation, noor: Person, at: datetime
) -> None:
    Contract.objects.update(starts_on=localdate(at) + timedelta(days=28))
    assert not out_to(noor, at + 3 * WEEK + A_BIT)
    assert out_to(noor, at + timedelta(days=28) + 3 * WEEK + A_BIT)


@pytest.mark.parametrize("state", [s for s in State if s != State.RUNNING])
def test_only_on_the_way_is_anybody_asked(state: State, noor: Person, bram: Person, at: datetime) -> None:
    relation = make_relation(noor, bram, state, at)
    assert not any(out_to(who, at + week * WEEK) for who in (noor, bram) for week in range(20))
    assert hand_between(relation.pk, at) is None


def test_after_the_last_day_nobody_is_asked_also_before_any_job(
    running_relation: Relation, noor: Person, at: datetime
) -> None:
    Contract.objects.update(ends_on=localdate(at) + timedelta(days=20))
    assert not out_to(noor, at + 3 * WEEK + A_BIT)


def test_the_night_the_clock_changes_moves_nothing_by_an_hour(noor: Person, bram: Person) -> None:
    start = datetime.fromisoformat("2026-10-05T12:00:00+02:00")
    relation = make_relation(noor, bram, State.RUNNING, start)
    Contract.objects.update(starts_on=localdate(start), in_force_at=start, rhythm="fortnightly")
    assert relation.state == State.RUNNING
    due = start + 3 * WEEK
    assert [out_to(noor, due - timedelta(seconds=1)), out_to(noor, due)] == [False, True]


# What one sees and does


def test_the_coachee_finds_a_note_with_three_answers_and_the_coach_an_idea_without_words(
    quiet: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    noon = at + 4 * WEEK + A_BIT
    note, idea = (reverse(f"hand:{name}", args=[quiet.pk]) for name in ("note", "idea"))
    assert note in page(sign_in, noor, HOME, noon)
    assert idea in page(sign_in, bram, HOME, noon)
    text = page(sign_in, noor, note, noon)
    assert re.findall(r'name="wish" value="(\w+)"', text) == ["well", "plan", "other", "mute"]
    text = page(sign_in, bram, idea, noon)
    assert "De woorden zijn van jou. Wij sturen niets in jouw naam." in text
    assert "<textarea" not in text, "V19: nothing is sent as if theirs"


@pytest.mark.parametrize("name", ["note", "idea", "other"])
def test_v14_v17_v18_no_page_counts_blames_or_says_for_how_long(
    name: str, quiet: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    reader = bram if name == "idea" else noor
    early = page(sign_in, reader, reverse(f"hand:{name}", args=[quiet.pk]), at + A_BIT)
    late = page(sign_in, reader, reverse(f"hand:{name}", args=[quiet.pk]), at + 16 * WEEK + A_BIT)
    main = re.compile(r"<main.*</main>", re.DOTALL)
    without_token = [
        re.sub(r'value="[\w-]{40,}"|data-\w+="[^"]*"', "", found[0])
        for found in (main.search(early), main.search(late))
        if found
    ]
    assert without_token[0] == without_token[1], "the page is the same however long it is quiet"
    words = re.sub(r"<[^>]+>", " ", without_token[1]).lower()
    for blame in (
        "weken geleden",
        "dagen",
        "al lang",
        "risico",
        "te laat",
        "vergeten",
        "je moet",
        "niets van je gehoord",
    ):
        assert blame not in words
    assert not re.search(r"\d", words.replace("112", ""))


def test_r11_all_is_well_counts_anew_and_the_coach_hears_nothing(
    quiet: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    then = at + 3 * WEEK + A_BIT
    reach_out(at=at + 3 * WEEK)
    assert Notice.objects.filter(person=noor, kind=HAND_NOTE.name).count() == 1
    with time_machine.travel(then, tick=False):
        sign_in(noor).post(reverse("hand:note", args=[quiet.pk]), {"wish": "well"})
    assert not Notice.objects.filter(kind__startswith="hand").exists()
    assert not out_to(noor, then)
    assert not any(out_to(bram, then + days * timedelta(days=1)) for days in range(27))
    assert out_to(noor, then + 3 * WEEK)


@pytest.mark.parametrize(("wish", "leads_to"), [("plan", "talks:propose"), ("other", "hand:other")])
def test_r11_v17_the_other_two_answers_lead_on_and_never_bring_the_next_hand_sooner(
    wish: str, leads_to: str, quiet: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    say_all_is_well(quiet, by=noor, at=at + 3 * WEEK)
    then = at + 6 * WEEK + A_BIT
    with time_machine.travel(then, tick=False):
        answer = sign_in(noor).post(reverse("hand:note", args=[quiet.pk]), {"wish": wish})
    assert answer["Location"] == reverse(leads_to, args=[quiet.pk])
    assert AllIsWell.objects.get().said_at == then, "when, and not which of the answers it was"
    assert not any(out_to(noor, then + days * timedelta(days=1)) for days in range(21))
    assert not any(out_to(bram, then + days * timedelta(days=1)) for days in range(28))
    assert out_to(noor, then + 3 * WEEK)


def test_v8_to_somebody_else_asks_no_reason_and_changes_nothing_by_itself(
    quiet: Relation, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    answer = sign_in(noor).post(reverse("hand:note", args=[quiet.pk]), {"wish": "other"}, follow=True)
    text = answer.content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    assert reverse("relations:leave", args=[quiet.pk]) in main
    assert reverse("programmes:help") in main
    assert "<textarea" not in main
    quiet.refresh_from_db()
    assert quiet.state == State.RUNNING
    assert not Notice.objects.exists()


def test_each_can_say_ask_me_no_more(
    quiet: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    noon = at + 4 * WEEK + A_BIT
    sign_in(noor).post(reverse("hand:note", args=[quiet.pk]), {"wish": "mute"})
    assert (out_to(noor, noon), out_to(bram, noon)) == (False, True)
    sign_in(bram).post(reverse("hand:idea", args=[quiet.pk]), {"wish": "mute"})
    assert not out_to(bram, noon)


def test_v1_only_the_coachee_answers_and_only_the_coach_gets_an_idea(
    quiet: Relation, noor: Person, bram: Person, stan: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    for who in (bram, stan, vera):
        for act in (say_all_is_well, take_the_hand):
            with pytest.raises(Denied):
                act(quiet, by=who, at=at)
        assert sign_in(who).get(reverse("hand:note", args=[quiet.pk])).status_code == 404
    for who in (noor, stan, vera):
        assert sign_in(who).get(reverse("hand:idea", args=[quiet.pk])).status_code == 404
        with pytest.raises(Denied):
            ask_no_more(quiet, by=who, at=at, as_coach=True)


def test_said_twice_or_on_a_page_that_is_old_it_is_said_once(
    quiet: Relation, noor: Person, at: datetime
) -> None:
    for _ in range(2):
        say_all_is_well(quiet, by=noor, at=at)
    assert AllIsWell.objects.count() == 1
    leave_relation(relation=quiet, by=noor, at=at)
    quiet.refresh_from_db()
    with pytest.raises(Denied):
        say_all_is_well(quiet, by=noor, at=at)


# What is told


def test_r11_on_the_day_it_goes_along_in_the_next_message_once(
    quiet: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    told = []
    for day in range(140):
        for _twice in range(2):
            reach_out(at=at + timedelta(days=day))
        told += [
            (day, "note" if kind == HAND_NOTE.name else "idea", person == noor.pk)
            for kind, person in Notice.objects.values_list("kind", "person")
        ]
        Notice.objects.all().delete()
    assert told == [
        (21, "note", True), (28, "idea", False), (49, "note", True), (56, "idea", False), (105, "note", True),
        (112, "idea", False),
    ]  # fmt: skip


def test_what_is_told_is_asked_again_at_the_moment_of_sending(
    quiet: Relation, noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    then = at + 4 * WEEK + A_BIT
    for kind, reader, other in ((HAND_NOTE, noor, bram), (HAND_IDEA, bram, noor)):
        line = kind.say(reader, then, quiet.pk)
        assert line is not None
        assert line.whom == other.display_name
        assert [kind.say(who, then, quiet.pk) for who in (other, stan)] == [None, None]
        assert kind.say(reader, at, quiet.pk) is None
    propose_talk(relation=quiet, by=bram, at=then - A_BIT, moments=[then + WEEK], place="", minutes=30)
    assert HAND_NOTE.say(noor, then, quiet.pk) is None


# What is kept: nothing


def every_row() -> set[tuple[str, str]]:
    """Return every row of every table."""
    with connection.cursor() as cursor:
        found = set()
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of our own
            found |= {(table, repr(row)) for row in cursor.fetchall()}
    return found


def test_v14_v17_v18_no_table_holds_a_trace_of_silence_however_often_a_hand_was_out(
    quiet: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """All pages are opened and every hand of a whole semester goes out and is sent: the database is as it was."""
    before = every_row()
    for day in range(0, 130):
        moment = at + timedelta(days=day, hours=1)
        reach_out(at=moment)
        forget_what_was_said(at=moment)
        Notice.objects.all().delete()  # as it is once it was sent
        if day % 7 == 0:
            for person in (noor, bram):
                page(sign_in, person, HOME, moment)
    sessions = {
        "people_session",
        "people_person",
    }  # who signs in has a session, and was here last at a moment
    assert {row for row in every_row() ^ before if row[0] not in sessions} == set()


def test_v14_no_column_anywhere_could_hold_it() -> None:
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label == "hand"
        for field in model._meta.concrete_fields
    }
    assert columns == {"AllIsWell.relation", "AllIsWell.said_at"}


def test_v6_v14_those_who_arrange_see_the_same_of_a_quiet_pair_as_of_any(
    quiet: Relation, noor: Person, bram: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    address = reverse("basecamp:desk", args=[quiet.programme_id])
    late = at + 5 * WEEK

    def desk_now() -> str:
        text = page(sign_in, vera, address, late)
        return re.sub(r'value="[\w-]{40,}"', "", text[text.index("<main") : text.index("</main>")])

    as_quiet = desk_now()
    say_all_is_well(quiet, by=noor, at=at + 3 * WEEK)
    assert desk_now() == as_quiet
    Talk.objects.create(
        relation=quiet, proposed_by=noor, proposed_at=at + 4 * WEEK, state="planned", starts_at=late + WEEK
    )
    assert desk_now() == as_quiet
    assert "hand" not in dir(desk)


def test_v14_no_export_holds_it(
    quiet: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    say_all_is_well(quiet, by=noor, at=at)
    for person in (noor, bram):
        answer = sign_in(person).post(reverse("takeaway:package"))
        with ZipFile(BytesIO(answer.content)) as package:
            text = "".join(package.read(name).decode(errors="replace") for name in package.namelist())
        assert "all_is_well" not in text
        assert "said_at" not in text


def test_what_was_said_is_forgotten_when_a_person_acts_and_at_the_end(
    quiet: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    say_all_is_well(quiet, by=noor, at=at)
    assert forget_what_was_said(at=at + A_BIT) == 0
    Talk.objects.create(relation=quiet, proposed_by=bram, proposed_at=at + A_BIT)
    assert forget_what_was_said(at=at + 2 * A_BIT) == 1
    say_all_is_well(quiet, by=noor, at=at + 3 * A_BIT)
    leave_relation(relation=quiet, by=bram, at=at + 4 * A_BIT)
    assert forget_what_was_said(at=at + 5 * A_BIT) == 1
    assert not AllIsWell.objects.exists()


def test_r11_v17_a_pause_is_no_silence_and_the_weeks_begin_when_they_go_on(
    quiet: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    then = at + 3 * WEEK + A_BIT
    pause_relation(relation=quiet, by=noor, at=at)
    assert not out_to(noor, then)
    quiet.refresh_from_db()
    resume_relation(relation=quiet, by=noor, at=then)
    assert not any(out_to(noor, then + days * timedelta(days=1)) for days in range(21))
    assert not any(out_to(bram, then + days * timedelta(days=1)) for days in range(28))
    assert out_to(noor, then + 3 * WEEK)


def test_the_first_page_asks_one_query_more_for_one_pair_as_for_three(
    quiet: Relation,
    noor: Person,
    amir: Person,
    stan: Person,
    at: datetime,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    then = at + 4 * WEEK
    out_to(noor, then)
    with django_assert_num_queries(1):
        assert len(hands_out_to(noor, then)) == 1
    for coach in (amir, stan):
        make_relation(noor, coach, State.RUNNING, at)
    with django_assert_num_queries(1):
        assert len(hands_out_to(noor, then)) == 3


def test_the_job_of_the_day_looks_around(quiet: Relation, noor: Person, at: datetime) -> None:
    with time_machine.travel(at + 3 * WEEK, tick=False):
        look_around.call()
    assert Notice.objects.filter(person=noor, kind=HAND_NOTE.name).exists()
    assert quiet.side_of(noor) == Side.COACHEE
