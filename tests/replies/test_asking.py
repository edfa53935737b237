"""For whom: ask a coach for a reply at the end of writing or later, ask again, withdraw (C9, C10, V12, V17)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoCaptureOnCommitCallbacks

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, remove, revoke, share, take_back
from klimtouw.belongings.models import Share
from klimtouw.climb.actions.choice_moments import open_choice
from klimtouw.climb.actions.evidence import add_evidence
from klimtouw.climb.actions.route import add_stage
from klimtouw.climb.actions.starting import answer_start
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import StrengthSort
from klimtouw.climb.choices.starting import StartingQuestion
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Route, Strength
from klimtouw.foundation import clock
from klimtouw.foundation.ids import new_id
from klimtouw.ledger.models import Line
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import (
    complete_relation,
    leave_relation,
    pause_relation,
    resume_relation,
)
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies import actions, actions_asking, queries_asking
from klimtouw.replies.choices import ReplyKind, RequestState
from klimtouw.replies.forms_asking import ForWhom
from klimtouw.replies.models import ReplyRequest
from tests.stories import make_person, make_relation
from tests.told import read_by

SignIn = Callable[[Person], Client]
Captured = DjangoCaptureOnCommitCallbacks
WEEK = timedelta(days=7)


@pytest.fixture
def entry(noor: Person, running_relation: Relation, at: datetime) -> Entry:
    """A line of Noor, of which Bram knows nothing."""
    return write_entry(by=noor, at=at, text="Vandaag durfde ik.")


@pytest.fixture
def asked(entry: Entry, noor: Person, running_relation: Relation, at: datetime) -> ReplyRequest:
    """Bram is asked about that line."""
    return actions_asking.ask(entry, by=noor, at=at, of=running_relation)


def written(client: Client, relation: Relation | None, **more: Any) -> Any:
    """Send a line of the trail, for a coach or only for oneself."""
    whom = str(relation.pk) if relation else ""
    sent = {"id": more.pop("id", uuid4()), "text": "Vandaag durfde ik.", "for_whom": whom, **more}
    return client.post(reverse("climb:entry_new"), sent, follow=True)


def open_to(coach: Person, at: datetime) -> list[Any]:
    """Return which things a coach is asked about now."""
    return [one.thing_id for asked in queries_asking.asked_of(coach, at) for one in asked.requests]


# At the end of writing.


def test_v12_only_me_is_chosen_first_and_whoever_chooses_nothing_shares_nothing(
    noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    form = client.get(reverse("climb:entry_new")).context["whom"]
    assert form["for_whom"].value() == ""
    assert [label for _, label in form.fields["for_whom"].choices] == [
        "Alleen voor mij",
        "Bram, graag een reactie",
    ]
    for sent in ({"text": "a"}, {"text": "b", "for_whom": ""}, {"text": "c", "answer_by": localdate(at)}):
        client.post(reverse("climb:entry_new"), {"id": uuid4(), **sent})
    assert Entry.objects.count() == 3
    assert not Share.objects.exists()
    assert not ReplyRequest.objects.exists()


def test_c9_without_a_coach_to_ask_there_is_no_choice_to_make(noor: Person, sign_in: SignIn) -> None:
    page = sign_in(noor).get(reverse("climb:entry_new")).content.decode()
    assert "for_whom" not in page


def test_c10_please_answer_shares_with_that_coach_asks_and_writes_one_letter(
    noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn,
    django_capture_on_commit_callbacks: Captured,
) -> None:  # fmt: skip
    day = localdate(clock.now()) + timedelta(days=5)
    with django_capture_on_commit_callbacks(execute=True):
        page = written(sign_in(noor), running_relation, answer_by=day.isoformat()).content.decode()
    entry, asked = Entry.objects.get(), ReplyRequest.objects.get()
    assert (asked.thing_id, asked.relation, asked.by_day) == (entry.pk, running_relation, day)
    assert Share.objects.get(thing=entry.pk).until is None
    assert Line.objects.filter(owner_id=noor.pk, about_id=entry.pk, act="shared").count() == 1
    assert "Jij en Bram (coach, tot" in page
    assert "Je vroeg Bram om een reactie tegen" in page
    letter = read_by(bram, clock.now())
    assert "Noor deelde iets met jou" in letter
    assert "durfde" not in letter
    assert reverse("climb:entry", args=[entry.pk]) in letter
    assert mail.outbox[0].subject == "Nieuws van Klimtouw"


@pytest.mark.parametrize(
    ("name", "more", "model"),
    [("goal_new", (), Goal), ("dream_new", (), Dream), ("compass_write", ("matters",), CompassAnswer)],
)
def test_c10_a_goal_a_dream_and_an_answer_of_the_compass_are_asked_about_alike(
    name: str,
    more: tuple[str, ...],
    model: Any,
    noor: Person,
    bram: Person,
    running_relation: Relation,
    sign_in: SignIn,
) -> None:
    sent = {"id": uuid4(), "text": "Rust.", "for_whom": str(running_relation.pk)}
    assert "for_whom" in sign_in(noor).get(reverse(f"climb:{name}", args=more)).content.decode()
    sign_in(noor).post(reverse(f"climb:{name}", args=more), sent)
    assert open_to(bram, clock.now()) == [model.objects.get().pk]


def test_with_two_coaches_only_the_one_who_was_chosen_reads_and_is_asked(
    noor: Person, bram: Person, amir: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    other = make_relation(noor, amir, State.RUNNING, at)
    client = sign_in(noor)
    choices = client.get(reverse("climb:entry_new")).context["whom"].fields["for_whom"].choices
    assert [key for key, _ in choices] == ["", str(other.pk), str(running_relation.pk)]
    written(client, other)
    entry = Entry.objects.get()
    assert (open_to(amir, clock.now()), open_to(bram, clock.now())) == ([entry.pk], [])
    assert sign_in(bram).get(entry.get_absolute_url()).status_code == 404


def test_a_double_click_asks_once_and_writes_one_letter(
    noor: Person, running_relation: Relation, sign_in: SignIn, django_capture_on_commit_callbacks: Captured
) -> None:
    client, id = sign_in(noor), uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        written(client, running_relation, id=id)
        written(client, running_relation, id=id)
    assert (Entry.objects.count(), ReplyRequest.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_c9_a_form_that_comes_in_again_later_shares_nothing_that_was_stopped_since(
    noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    client, id = sign_in(noor), uuid4()
    written(client, running_relation, id=id)
    entry = Entry.objects.get()
    revoke(entry, onto=running_relation.work_bond, by=noor, at=clock.now())
    page = written(client, running_relation, id=id).content.decode()
    assert "Alleen jij" in page
    assert "Bram hoort" not in page
    assert not Share.objects.filter(revoked_at=None).exists()
    assert open_to(bram, clock.now()) == []


def test_by_the_back_button_somebody_may_still_ask(
    noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    client, id = sign_in(noor), uuid4()
    written(client, None, id=id)
    written(client, running_relation, id=id)
    assert open_to(bram, clock.now()) == [Entry.objects.get().pk]


def test_by_the_back_button_the_page_says_who_reads_it_whatever_was_chosen_second(
    noor: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    client, id = sign_in(noor), uuid4()
    written(client, running_relation, id=id)
    assert "Jij en Bram (coach, tot" in written(client, None, id=id).content.decode()


def test_what_was_written_without_network_is_kept_though_the_coach_or_the_day_is_gone(
    noor: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    yesterday = (localdate(at) - timedelta(days=1)).isoformat()
    written(client, running_relation, answer_by=yesterday)
    assert ReplyRequest.objects.get().by_day is None
    written(client, running_relation, answer_by="gisteren")
    leave_relation(relation=running_relation, by=noor, at=clock.now())
    page = written(client, running_relation, text="Later.").content.decode()
    assert "Je kunt deze coach nu niets vragen" in page
    assert (Entry.objects.count(), ReplyRequest.objects.count()) == (3, 2)


@pytest.mark.parametrize("odd", ["", "nobody", "0", "01a20418-1485-7f4e-9409-23b525a932ea", "' OR 1=1"])
def test_odd_choices_share_nothing_and_lose_no_words(
    odd: str, noor: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    sign_in(noor).post(reverse("climb:entry_new"), {"id": uuid4(), "text": "x", "for_whom": odd})
    assert Entry.objects.count() == 1
    assert not Share.objects.exists()


def test_v12_nobody_asks_in_a_relation_of_others(
    stan: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    written(sign_in(stan), running_relation)
    assert not Share.objects.exists()
    with pytest.raises(actions_asking.CannotAsk):
        actions_asking.ask(Entry.objects.get(), by=stan, at=at, of=running_relation)


def test_a_hand_with_writing_keeps_what_was_chosen(
    noor: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    sent = {"text": "Vandaag", "for_whom": str(running_relation.pk), "help": "alact"}
    form = sign_in(noor).post(reverse("climb:entry_new"), sent).context["whom"]
    assert form["for_whom"].value() == str(running_relation.pk)
    assert not Entry.objects.exists()


def test_the_choice_is_escaped_and_in_english_as_well(
    noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    bram.display_name = "Bram <b>&</b> \u202eco 🧗"
    bram.save(update_fields=["display_name"])
    noor.language = "en"
    noor.save(update_fields=["language"])
    page = sign_in(noor).get(reverse("climb:entry_new")).content.decode()
    assert "Bram &lt;b&gt;&amp;&lt;/b&gt;" in page
    assert "Only for me" in page


# The coach.


def test_c10_the_coach_finds_it_first_on_the_first_page_and_on_the_page_to_follow(
    asked: ReplyRequest, noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    start = client.get(reverse("home")).context["start"]
    assert start.next.title == "Noor vraagt je om een reactie"
    assert start.next.url == reverse("climb:entry", args=[asked.thing_id])
    follow = client.get(reverse("climb:follow", args=[running_relation.pk])).content.decode()
    assert follow.index("Noor vraagt je om een reactie") < follow.index("durfde")
    assert "Noor vraagt je om een reactie" in client.get(asked.get_absolute_url()).content.decode()


def test_several_requests_are_one_line_without_a_number(
    asked: ReplyRequest, noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    for text in ("Tweede.", "Derde."):
        actions_asking.ask(write_entry(by=noor, at=at, text=text), by=noor, at=at, of=running_relation)
    start = sign_in(bram).get(reverse("home")).context["start"]
    assert start.next.url == reverse("climb:follow", args=[running_relation.pk])
    assert start.also == []


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_c10_every_kind_of_answer_closes_the_request_and_no_moment_is_kept(
    kind: ReplyKind,
    asked: ReplyRequest,
    entry: Entry,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    sent = {"id": uuid4(), "reply_kind": kind.value, "text": "Knap.", "role": ""}
    assert sign_in(bram).post(reverse("replies:reply", args=[entry.pk]), sent).status_code == 302
    assert open_to(bram, clock.now()) == []
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    moments = [field.name for field in ReplyRequest._meta.get_fields() if field.name.endswith("_at")]
    assert sorted(moments) == ["asked_at", "told_at"]
    assert "Je vroeg Bram" not in sign_in(noor).get(entry.get_absolute_url()).content.decode()


@pytest.mark.parametrize("place", ["goal", "stage"])
def test_c10_a_suggestion_answers_too_beside_what_was_asked_about_or_a_part_of_it(
    place: str, noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    stage = add_stage(goal, by=noor, at=at, text="Meelopen")
    about, beside = (goal, goal) if place == "goal" else (Route.objects.get(), stage)
    asked = actions_asking.ask(about, by=noor, at=at, of=running_relation)
    elsewhere = actions_asking.ask(
        keep(Dream, by=noor, at=at, text="Rust."), by=noor, at=at, of=running_relation
    )
    actions.give_suggestion(beside, by=bram, at=at, id=uuid4(), text="Vraag het per mail.")
    assert open_to(bram, at) == [elsewhere.thing_id]
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    assert "Je vroeg Bram" not in sign_in(noor).get(asked.get_absolute_url()).content.decode()


def test_c10_a_strength_a_route_a_choice_and_where_one_stands_are_asked_about_on_their_own_page(
    noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    add_stage(goal, by=noor, at=at, text="Meelopen")
    things = [
        keep(Strength, by=noor, at=at, text="Ik luister goed.", sort=StrengthSort.STRENGTH),
        Route.objects.get(),
        open_choice(by=noor, at=at, question="Welke stage?", own="Die van mij", other="Een andere"),
        answer_start(by=noor, at=at, question=StartingQuestion.CAN, text="Ik kan luisteren."),
    ]
    client = sign_in(noor)
    for thing in things:
        ask = reverse("replies:ask", args=[thing.pk])
        assert ask in client.get(thing.get_absolute_url()).content.decode()
        client.post(ask, {"of": str(running_relation.pk)})
        assert "Je vroeg Bram" in client.get(thing.get_absolute_url()).content.decode()
    assert open_to(bram, clock.now()) == [thing.pk for thing in things]
    as_coach = sign_in(bram)
    for thing in things:
        assert "vraagt je om een reactie" in as_coach.get(thing.get_absolute_url()).content.decode()
        sent = {"id": uuid4(), "reply_kind": ReplyKind.READ.value, "text": "", "role": ""}
        as_coach.post(reverse("replies:reply", args=[thing.pk]), sent)
    assert open_to(bram, clock.now()) == []


def test_about_evidence_one_asks_on_the_page_of_what_it_hangs_on(
    entry: Entry, noor: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    link = add_evidence(entry, by=noor, at=at, url="https://dekade.example/poster", caption="Mijn poster")
    assert sign_in(noor).get(reverse("replies:ask", args=[link.pk])).status_code == 404


def test_v1_a_coach_neither_asks_again_nor_withdraws(
    asked: ReplyRequest, entry: Entry, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    for name in ("ask_again", "withdraw"):
        assert sign_in(bram).post(reverse(f"replies:{name}", args=[asked.pk])).status_code == 404
    assert sign_in(bram).get(reverse("replies:ask", args=[entry.pk])).status_code == 404
    with pytest.raises(Denied):
        actions_asking.withdraw(asked, by=bram, at=at)
    with pytest.raises(Denied):
        actions_asking.ask_again(asked, by=bram, at=at + 2 * WEEK)


def test_the_other_coach_is_not_told_and_answering_closes_one_request_alone(
    asked: ReplyRequest, entry: Entry, noor: Person, bram: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    other = make_relation(noor, amir, State.RUNNING, at)
    actions_asking.ask(entry, by=noor, at=at, of=other)
    actions.give_reply(entry, by=amir, at=at, id=new_id(), reply_kind=ReplyKind.READ, text="")
    assert (open_to(amir, at), open_to(bram, at)) == ([], [entry.pk])
    assert "Amir" not in sign_in(bram).get(entry.get_absolute_url()).content.decode()


# It goes with the share.


def test_c9_revoked_or_put_away_it_is_gone_and_sharing_again_asks_nothing(
    asked: ReplyRequest, entry: Entry, noor: Person, bram: Person, running_relation: Relation, at: datetime
) -> None:
    later = at + timedelta(minutes=1)
    revoke(entry, onto=running_relation.work_bond, by=noor, at=later)
    assert open_to(bram, later) == []
    share(entry, onto=running_relation.work_bond, by=noor, at=later)
    assert open_to(bram, later) == []
    actions_asking.ask(entry, by=noor, at=later, of=running_relation)
    assert open_to(bram, later) == [entry.pk]
    remove(entry, by=noor, at=later)
    assert open_to(bram, later) == []
    take_back(entry, by=noor, at=later)
    assert open_to(bram, later) == []


def test_in_a_pause_it_rests_and_after_the_end_it_is_gone(
    asked: ReplyRequest,
    entry: Entry,
    noor: Person,
    bram: Person,
    running_relation: Relation,
    at: datetime,
    sign_in: SignIn,
) -> None:
    pause_relation(relation=running_relation, by=noor, at=at)
    assert open_to(bram, at) == []
    assert "Je vroeg Bram" not in sign_in(noor).get(entry.get_absolute_url()).content.decode()
    assert "for_whom" not in sign_in(noor).get(reverse("climb:entry_new")).content.decode()
    with pytest.raises(actions_asking.CannotAsk):
        actions_asking.ask(entry, by=noor, at=at, of=running_relation)
    running_relation.refresh_from_db()
    resume_relation(relation=running_relation, by=noor, at=at)
    assert open_to(bram, at) == [entry.pk]
    running_relation.refresh_from_db()
    complete_relation(relation=running_relation, by=bram, at=at)
    assert open_to(bram, at) == []


def test_v24_past_the_last_day_of_the_contract_nothing_is_asked(
    asked: ReplyRequest, noor: Person, bram: Person, at: datetime
) -> None:
    over = at + timedelta(days=121)
    assert open_to(bram, over) == []
    assert queries_asking.coaches_to_ask(noor, over) == []


# Later, again, withdrawn.


def test_c10_something_written_before_is_asked_about_on_its_own_page(
    entry: Entry, noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    client, url = sign_in(noor), reverse("replies:ask", args=[entry.pk])
    assert url in client.get(entry.get_absolute_url()).content.decode()
    past = (localdate(at) - timedelta(days=1)).isoformat()
    assert "voorbij" in client.post(url, {"of": running_relation.pk, "answer_by": past}).content.decode()
    assert not Share.objects.exists()
    client.post(url, {"of": running_relation.pk, "answer_by": ""})
    assert open_to(bram, clock.now()) == [entry.pk]
    assert url not in client.get(entry.get_absolute_url()).content.decode()


def test_asking_leaves_the_end_of_a_share_as_it_was(
    entry: Entry, noor: Person, running_relation: Relation, at: datetime
) -> None:
    until = at + timedelta(days=3)
    share(entry, onto=running_relation.work_bond, by=noor, at=at, until=until)
    actions_asking.ask(entry, by=noor, at=at, of=running_relation)
    assert Share.objects.get().until == until


@pytest.mark.parametrize(
    ("by_day", "days", "may"),
    [
        (None, 6, False),
        (None, 7, True),
        (3, 6, False),
        (3, 7, True),
        (9, 8, False),
        (9, 9, False),
        (9, 10, True),
    ],
)
def test_v17_it_may_be_asked_again_after_a_week_and_after_the_day_that_was_named(
    by_day: int | None, days: int, may: bool, asked: ReplyRequest, noor: Person, at: datetime
) -> None:
    asked.by_day = localdate(at) + timedelta(days=by_day) if by_day else None
    asked.save(update_fields=["by_day"])
    later = at + timedelta(days=days)
    if may:
        actions_asking.ask_again(asked, by=noor, at=later)
    else:
        with pytest.raises(actions_asking.TooSoon):
            actions_asking.ask_again(asked, by=noor, at=later)


def test_v17_a_day_gone_by_is_not_spoken_of_to_the_coach_and_offers_the_coachee_two_ways(
    asked: ReplyRequest, entry: Entry, noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    now = clock.now()
    ReplyRequest.objects.update(asked_at=now - 2 * WEEK, by_day=localdate(now) - timedelta(days=9))
    Share.objects.update(since=now - 2 * WEEK)
    for page in ("home", entry.get_absolute_url(), reverse("climb:follow", args=[running_relation.pk])):
        text = sign_in(bram).get(page if "/" in page else reverse(page)).content.decode()
        assert "Noor vraagt je om een reactie" in text
        for word in ("tegen ", "te laat", "verstreken", "herinner"):
            assert word not in text
    text = sign_in(noor).get(entry.get_absolute_url()).content.decode()
    assert "Er is er nog geen" in text
    assert reverse("replies:ask_again", args=[asked.pk]) in text
    assert reverse("replies:withdraw", args=[asked.pk]) in text


def test_v17_one_letter_a_week_at_most_whatever_is_withdrawn_and_asked(
    entry: Entry, noor: Person, running_relation: Relation, at: datetime,
    django_capture_on_commit_callbacks: Captured,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        for hour in range(5):
            moment = at + timedelta(hours=hour)
            asked = actions_asking.ask(entry, by=noor, at=moment, of=running_relation)
            actions_asking.withdraw(asked, by=noor, at=moment)
        actions_asking.ask(entry, by=noor, at=at, of=running_relation)
    assert read_by(running_relation.coach, at).count("Noor deelde iets met jou") == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions_asking.ask(entry, by=noor, at=at, of=running_relation)
    assert read_by(running_relation.coach, at) == ""


def test_withdrawn_is_not_seen_any_more_and_the_text_stays_shared(
    asked: ReplyRequest, entry: Entry, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    assert client.get(reverse("replies:withdraw", args=[asked.pk])).status_code == 200
    page = client.post(reverse("replies:withdraw", args=[asked.pk]), follow=True).content.decode()
    assert "Bram kan deze tekst nog lezen" in page
    assert open_to(bram, clock.now()) == []
    assert sign_in(bram).get(entry.get_absolute_url()).status_code == 200
    assert client.post(reverse("replies:withdraw", args=[asked.pk])).status_code == 404


def test_a_letter_about_what_is_withdrawn_meanwhile_is_not_sent(
    asked: ReplyRequest, noor: Person, at: datetime
) -> None:
    actions_asking.withdraw(asked, by=noor, at=at)
    actions_asking.tell_of_request.call(str(asked.pk))
    assert not Notice.objects.exists()


def test_asking_again_too_soon_by_hand_says_so_and_does_nothing(
    asked: ReplyRequest, entry: Entry, noor: Person, sign_in: SignIn
) -> None:
    url = reverse("replies:ask_again", args=[asked.pk])
    page = sign_in(noor).post(url, {"answer_by": ""}, follow=True).content.decode()
    assert "Een week later" in page
    assert "Een week later" in sign_in(noor).get(url).content.decode()


# What stays the same.


def test_p5_what_was_asked_goes_with_the_text_and_with_the_relation(
    asked: ReplyRequest, entry: Entry, noor: Person, running_relation: Relation, at: datetime
) -> None:
    Entry.objects.get(pk=entry.pk).delete()
    assert not ReplyRequest.objects.exists()


def test_the_first_page_of_a_coach_asks_the_database_the_same_for_one_as_for_three(
    asked: ReplyRequest, noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
        counts.append(len(queries))
        for one in range(3):
            other = make_person(f"Coachee{number}{one}")
            relation = make_relation(other, bram, State.RUNNING, at)
            line = write_entry(by=other, at=at, text="Lees je mee?")
            actions_asking.ask(line, by=other, at=at, of=relation)
    assert counts[0] == counts[1] <= 12


def test_the_form_offers_each_coach_by_name_and_nothing_that_does_not_work(
    noor: Person, running_relation: Relation, at: datetime
) -> None:
    form = ForWhom(None, relations=[], today=localdate(at))
    assert form.choices == ""
    assert form.asks == {"of": None, "by_day": None}


def test_what_belongs_to_somebody_else_is_not_asked_about(
    noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    of_bram = keep(Goal, by=bram, at=at, text="Van mij.")
    assert sign_in(noor).get(reverse("replies:ask", args=[of_bram.pk])).status_code == 404
    with pytest.raises(Denied):
        actions_asking.ask(of_bram, by=noor, at=at, of=running_relation)


# By which day the coach answers.


def test_c10_v2_a_coach_names_the_day_on_a_page_and_both_read_it_until_it_is_over(
    asked: ReplyRequest, entry: Entry, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    promise, day = reverse("replies:promise", args=[entry.pk]), localdate(clock.now()) + timedelta(days=4)
    coach = sign_in(bram)
    assert promise in coach.get(entry.get_absolute_url()).content.decode()
    assert "Kies vandaag of een latere dag" in coach.post(promise, {"day": "2020-01-01"}).content.decode()
    assert coach.post(promise, {"day": day.isoformat()}).status_code == 302
    assert "Jij antwoordt tegen" in coach.get(entry.get_absolute_url()).content.decode()
    assert (
        "Bram wil je graag antwoorden tegen" in sign_in(noor).get(entry.get_absolute_url()).content.decode()
    )
    asked.refresh_from_db()
    assert (asked.promised_on, asked.may_be_asked_again(at + WEEK)) == (day, True)
    assert asked.promised_to_come(at + WEEK) is None
    assert sign_in(noor).post(promise, {"day": day.isoformat()}).status_code == 404


def test_where_nothing_is_asked_any_more_there_is_nothing_to_promise(
    asked: ReplyRequest, entry: Entry, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    actions_asking.withdraw(asked, by=noor, at=at)
    promise = reverse("replies:promise", args=[entry.pk])
    assert sign_in(bram).get(promise).status_code == 302
    assert sign_in(bram).post(promise, {"day": "2999-01-01"}).status_code == 302
    asked.refresh_from_db()
    assert asked.promised_on is None
