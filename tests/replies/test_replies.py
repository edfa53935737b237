"""What a coach lays beside something of a coachee, and what the coachee does with it (C10, C11, T5)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from klimtouw.access.decide import Denied
from klimtouw.access.table import Hat
from klimtouw.belongings.actions import close_seats, keep, revoke, share
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.belongings.models import Share, Thing
from klimtouw.climb.actions import route as climb
from klimtouw.climb.models import Dream, Entry, Goal, Route, Stage, Step
from klimtouw.foundation import clock
from klimtouw.foundation.ids import new_id
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.programmes.roles import ROLES
from klimtouw.relations.models import Relation
from klimtouw.replies import actions
from klimtouw.replies.choices import Outcome, ReplyKind
from klimtouw.replies.forms import ReplyForm, SuggestionForm
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.replies.queries import beside, coach_roles
from klimtouw.replies.tasks import tell_something_is_left
from tests.stories import looks_of_others, make_bond
from tests.told import read_by

SignIn = Callable[[Person], Client]


@pytest.fixture
def goal(noor: Person, running_relation: Relation, at: datetime) -> Goal:
    """A goal of Noor, shared with Bram."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    return goal


@pytest.fixture
def stage(goal: Goal, noor: Person, running_relation: Relation, at: datetime) -> Stage:
    """A stage on the route to that goal, shared with Bram."""
    stage = climb.add_stage(goal, by=noor, at=at, text="Eerst één vraag per week.")
    share(route_of(stage), onto=running_relation.work_bond, by=noor, at=at)
    return stage


@pytest.fixture
def suggestion(goal: Goal, bram: Person, at: datetime) -> Suggestion:
    """A suggestion of Bram beside the goal."""
    return actions.give_suggestion(goal, by=bram, at=at, id=new_id(), text="Vraag het eerst per mail.")


def route_of(stage: Stage) -> Route:
    """Return the route a stage is part of."""
    return Route.objects.get(pk=stage.whole_id)


def now(suggestion: Suggestion) -> str:
    """Return what has become of a suggestion."""
    return Suggestion.objects.get(pk=suggestion.pk).outcome


# Giving.


@pytest.mark.parametrize("kind", ["question", "support", "confidence", "read"])
def test_a_coach_gives_each_kind_of_reply_and_the_coachee_reads_it(
    kind: str, goal: Goal, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    url, role = reverse("replies:reply", args=[goal.pk]), CoachRole.objects.get(key="supporter")
    sent = {
        "id": uuid4(),
        "reply_kind": kind,
        "text": "" if kind == "read" else "Dat zie ik.",
        "role": role.pk,
    }
    assert "Geef aan Noor" in sign_in(bram).get(url).content.decode()
    answer = sign_in(bram).post(url, sent)
    assert answer.url == goal.get_absolute_url()  # type: ignore[attr-defined]  # a redirect
    reply = Reply.objects.get()
    assert (reply.owner, reply.reply_kind, reply.role, reply.about_id) == (bram, kind, role, goal.pk)
    assert beside([goal], noor, clock.now())[goal.pk].replies == (reply,)


def test_sending_a_reply_twice_gives_it_once(goal: Goal, bram: Person, sign_in: SignIn) -> None:
    client, url, id = sign_in(bram), reverse("replies:reply", args=[goal.pk]), uuid4()
    for text in ("Eén keer", "Eén keer", "Terugknop en andere woorden"):
        client.post(url, {"id": id, "reply_kind": "question", "text": text})
    assert [reply.text for reply in Reply.objects.order_by("created_at")] == [
        "Eén keer",
        "Terugknop en andere woorden",
    ]


@pytest.mark.parametrize("kind", ["question", "support", "confidence"])
def test_v19_no_words_are_written_in_place_of_the_coach(
    kind: str, goal: Goal, bram: Person, sign_in: SignIn
) -> None:
    url = reverse("replies:reply", args=[goal.pk])
    answer = sign_in(bram).post(url, {"id": uuid4(), "reply_kind": kind, "text": "   "})
    assert "Schrijf een paar eigen woorden" in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_reply_can_stand_beside_anything_that_is_shared(
    goal: Goal,
    stage: Stage,
    noor: Person,
    bram: Person,
    running_relation: Relation,
    at: datetime,
    sign_in: SignIn,
) -> None:
    step = climb.add_step(stage, by=noor, at=at, text="Vooraan zitten")
    dream, entry = keep(Dream, by=noor, at=at, text="Droom"), keep(Entry, by=noor, at=at, text="Vandaag")
    for thing in (dream, entry):
        share(thing, onto=running_relation.work_bond, by=noor, at=at)
    for thing in (goal, route_of(stage), stage, step, dream, entry):
        url = reverse("replies:reply", args=[thing.pk])
        answer = sign_in(bram).post(url, {"id": uuid4(), "reply_kind": "support", "text": "Mooi begin."})
        assert answer.status_code == 302, thing.kind
    readable = Reply.objects.visible_to(noor, clock.now()).values_list("about", flat=True)
    assert set(readable) == {thing.pk for thing in (goal, route_of(stage), stage, step, dream, entry)}


def test_c11_a_suggestion_stands_beside_a_goal_a_route_or_a_stage_and_nothing_else(
    goal: Goal,
    stage: Stage,
    noor: Person,
    bram: Person,
    running_relation: Relation,
    at: datetime,
    sign_in: SignIn,
) -> None:
    step, entry = (
        climb.add_step(stage, by=noor, at=at, text="Stap"),
        keep(Entry, by=noor, at=at, text="Vandaag"),
    )
    share(entry, onto=running_relation.work_bond, by=noor, at=at)
    client = sign_in(bram)
    answers = {
        thing.kind: client.post(
            reverse("replies:suggest", args=[thing.pk]), {"id": uuid4(), "text": "Zo kan het ook."}
        )
        for thing in (goal, route_of(stage), stage, step, entry)
    }
    assert {kind: answer.status_code for kind, answer in answers.items()} == {
        "goal": 302,
        "route": 302,
        "stage": 302,
        "step": 404,
        "entry": 404,
    }


def test_v2_a_coach_can_set_no_deadline_and_no_task(goal: Goal, bram: Person, sign_in: SignIn) -> None:
    for form in (ReplyForm, SuggestionForm):
        fields = form(roles=coach_roles(), readers="").fields
        assert set(fields) <= {"id", "seen", "reply_kind", "role", "text"}
    client = sign_in(bram)
    for name in ("replies:reply", "replies:suggest"):
        url = reverse(name, args=[goal.pk])
        assert 'type="date' not in client.get(url).content.decode()
        client.post(
            url, {"id": uuid4(), "reply_kind": "support", "text": "Zo.", "due": "2027-01-01", "deadline": "1"}
        )
    columns = {field.name for model in (Reply, Suggestion) for field in model._meta.get_fields()}
    assert not {
        name for name in columns if any(part in name for part in ("due", "deadline", "until", "task"))
    }
    assert not Stage.objects.exists() and not Step.objects.exists()


def test_v12_only_the_coachee_of_this_rope_reads_what_is_given(
    goal: Goal,
    noor: Person,
    bram: Person,
    amir: Person,
    stan: Person,
    vera: Person,
    running_relation: Relation,
    at: datetime,
) -> None:
    other = make_bond(Purpose.WORK, noor, amir, at)
    share(goal, onto=other, by=noor, at=at)
    reply = actions.give_reply(
        goal, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text="Voor jou."
    )
    assert [
        who.display_name for who in (noor, bram, amir, stan, vera) if beside([goal], who, at)[goal.pk]
    ] == ["Noor", "Bram"]
    assert [one.bond for one in Share.objects.filter(thing=reply.pk)] == [running_relation.work_bond]


def test_v24_after_the_end_the_coachee_keeps_the_reply_and_the_coach_gives_no_more(
    goal: Goal, noor: Person, bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    actions.give_reply(goal, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text="Voor jou.")
    later = at + timedelta(seconds=1)
    close_seats(running_relation.work_bond, at=later, hats=[SeatHat.COACH])
    assert beside([goal], noor, later)[goal.pk].replies
    with pytest.raises(Denied):
        actions.give_reply(goal, by=bram, at=later, id=new_id(), reply_kind=ReplyKind.READ, text="")


def test_v1_v6_nobody_replies_to_what_is_not_shared_with_them(
    goal: Goal,
    noor: Person,
    bram: Person,
    stan: Person,
    vera: Person,
    ines: Person,
    running_relation: Relation,
    at: datetime,
    sign_in: SignIn,
) -> None:
    sent = {"id": uuid4(), "reply_kind": "support", "text": "Hallo"}
    urls = [reverse(name, args=[goal.pk]) for name in ("replies:reply", "replies:suggest")]
    for person in (noor, stan, vera, ines):
        assert {sign_in(person).post(url, sent).status_code for url in urls} == {404}
    revoke(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert {sign_in(bram).post(url, sent).status_code for url in urls} == {404}
    assert not Reply.objects.exists() and not Suggestion.objects.exists()


def test_odd_words_of_a_coach_are_shown_as_they_are(
    goal: Goal, stage: Stage, bram: Person, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    odd = "<img src=x onerror=alert(1)> 🧗 مرحبا"
    actions.give_reply(stage, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text=odd)
    html = sign_in(noor).get(route_of(stage).get_absolute_url()).content.decode()
    assert "<img src=x" not in html and "&lt;img src=x" in html


# The letter.


def test_the_coachee_gets_one_letter_without_the_words_and_the_coach_none(
    goal: Goal,
    noor: Person,
    bram: Person,
    sign_in: SignIn,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    url, id = reverse("replies:reply", args=[goal.pk]), uuid4()
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(bram).post(url, {"id": id, "reply_kind": "question", "text": "KANARIEWOORD"})
    assert (mailoutbox, read_by(bram, clock.now())) == ([], "")
    letter = read_by(noor, clock.now())
    assert "Bram liet iets achter" in letter
    assert letter.count(reverse("replies:given", args=[id])) == 1
    assert "KANARIEWOORD" not in letter and "Ik durf een vraag" not in letter


def test_what_is_no_longer_shared_is_not_announced(
    goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    reply = actions.give_reply(
        goal, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text="Voor jou."
    )
    tell_something_is_left.enqueue(str(reply.pk), str(noor.pk))
    Share.objects.filter(thing=reply.pk).update(revoked_at=at)
    assert read_by(noor, at) == ""
    tell_something_is_left.enqueue(str(reply.pk), str(noor.pk))
    assert not Notice.objects.exists()


def test_e3_what_was_read_on_its_page_already_is_not_announced(
    goal: Goal, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    reply = actions.give_reply(
        goal, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text="Voor jou."
    )
    tell_something_is_left.enqueue(str(reply.pk), str(noor.pk))
    assert sign_in(noor).get(reply.get_absolute_url()).status_code == 200
    assert read_by(noor, clock.now()) == ""


# What the coachee does with a suggestion.


def test_v3_a_suggestion_never_enters_by_itself(suggestion: Suggestion, goal: Goal) -> None:
    assert now(suggestion) == Outcome.OPEN
    assert not Route.objects.exists()


def test_c11_the_coachee_takes_a_suggestion_over_in_own_words(
    suggestion: Suggestion, goal: Goal, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    client, url, id = sign_in(noor), reverse("climb:take_suggestion", args=[suggestion.pk]), uuid4()
    page = client.get(url).content.decode()
    assert "Vraag het eerst per mail." in page and page.count("Vraag het eerst per mail.") == 1
    same = client.post(url, {"id": id, "text": "  vraag HET eerst per mail "}).content.decode()
    assert "Zeg het in je eigen woorden." in same and now(suggestion) == Outcome.OPEN
    for _twice in range(2):
        client.post(url, {"id": id, "text": "Ik mail mijn lector een vraag."})
    assert [stage.text for stage in Stage.objects.all()] == ["Ik mail mijn lector een vraag."]
    assert Stage.objects.get().owner == noor
    assert now(suggestion) == Outcome.TAKEN


def test_beside_a_stage_it_becomes_a_step(
    stage: Stage, bram: Person, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    given = actions.give_suggestion(stage, by=bram, at=at, id=new_id(), text="Op een briefje.")
    sign_in(noor).post(
        reverse("climb:take_suggestion", args=[given.pk]), {"id": uuid4(), "text": "Ik schrijf het op."}
    )
    assert [(step.text, step.stage_id) for step in Step.objects.all()] == [("Ik schrijf het op.", stage.pk)]


def test_every_answer_can_be_changed_and_no_reason_is_asked(
    suggestion: Suggestion, noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    for name, outcome in (
        ("park", Outcome.PARKED),
        ("park", Outcome.PARKED),
        ("leave", Outcome.NOT_NOW),
        ("reopen", Outcome.OPEN),
        ("park", Outcome.PARKED),
    ):
        url = reverse(f"replies:{name}", args=[suggestion.pk])
        page = client.get(url).content.decode()
        assert "<textarea" not in page and 'type="text"' not in page
        client.post(url)
        assert now(suggestion) == outcome
    client.post(reverse("climb:take_suggestion", args=[suggestion.pk]), {"id": uuid4(), "text": "Ik mail."})
    assert now(suggestion) == Outcome.TAKEN


def test_v3_after_not_now_the_same_words_are_kindly_refused(
    suggestion: Suggestion, goal: Goal, bram: Person, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    actions.answer_suggestion(suggestion, by=noor, at=at, outcome=Outcome.NOT_NOW)
    client, url = sign_in(bram), reverse("replies:suggest", args=[goal.pk])
    answer = client.post(url, {"id": uuid4(), "text": "VRAAG het  eerst\nper mail"})
    assert "Een ander idee is welkom." in answer.content.decode()
    assert Suggestion.objects.count() == 1
    assert client.post(url, {"id": uuid4(), "text": "Vraag het aan Yara."}).status_code == 302


def test_v3_nobody_but_the_coachee_answers_or_reopens(
    suggestion: Suggestion,
    noor: Person,
    bram: Person,
    stan: Person,
    vera: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    actions.answer_suggestion(suggestion, by=noor, at=at, outcome=Outcome.NOT_NOW)
    for person in (bram, stan, vera):
        for name in ("replies:park", "replies:leave", "replies:reopen", "climb:take_suggestion"):
            answer = sign_in(person).post(reverse(name, args=[suggestion.pk]), {"text": "x", "id": uuid4()})
            assert answer.status_code == 404
    assert now(suggestion) == Outcome.NOT_NOW
    assert not Stage.objects.exists()


def test_the_coach_sees_what_became_of_it_in_plain_words(
    stage: Stage, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    given = actions.give_suggestion(stage, by=bram, at=at, id=new_id(), text="Op een briefje.")
    url, seen = route_of(stage).get_absolute_url(), {}
    for outcome in Outcome:
        actions.answer_suggestion(given, by=noor, at=at, outcome=outcome)
        html = sign_in(bram).get(url).content.decode()
        seen[outcome] = [
            words
            for words in (
                "nog geen antwoord",
                "overgenomen in eigen woorden",
                "geparkeerd voor later",
                "niet nu</p>",
            )
            if words in html
        ]
        assert reverse("replies:park", args=[given.pk]) not in html
    assert list(seen.values()) == [
        ["nog geen antwoord"],
        ["overgenomen in eigen woorden"],
        ["geparkeerd voor later"],
        ["niet nu</p>"],
    ]


# Reading.


def test_p2_reading_a_reply_leaves_one_look_a_day_and_the_coach_sees_it_was_read(
    stage: Stage, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    reply = actions.give_reply(
        stage, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text="Goed bezig."
    )
    url = route_of(stage).get_absolute_url()
    assert "gezien" not in sign_in(bram).get(url).content.decode()
    for _twice in range(2):
        assert "Goed bezig." in sign_in(noor).get(url).content.decode()
    assert looks_of_others(bram, clock.now()) == [("Noor", reply, Hat.COACHEE_ONCE_SHARED, 1)]
    assert "gezien" in sign_in(bram).get(url).content.decode()


def test_the_page_of_one_reply(
    goal: Goal,
    suggestion: Suggestion,
    noor: Person,
    bram: Person,
    stan: Person,
    running_relation: Relation,
    at: datetime,
    sign_in: SignIn,
) -> None:
    url = suggestion.get_absolute_url()
    assert "Vraag het eerst per mail." in sign_in(noor).get(url).content.decode()
    assert "gezien" in sign_in(bram).get(url).content.decode()
    assert sign_in(stan).get(url).status_code == 404
    close_seats(running_relation.work_bond, at=at, hats=[SeatHat.COACH])
    html = sign_in(bram).get(url).content.decode()
    assert "Vraag het eerst per mail." in html and "Ik durf een vraag" not in html
    assert sign_in(noor).get(reverse("replies:given", args=[goal.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_what_stands_beside_things_takes_the_same_queries_for_one_and_for_three(
    number: int,
    goal: Goal,
    noor: Person,
    bram: Person,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    things: list[Thing] = [goal]
    for text in "abc"[:number]:
        stage = climb.add_stage(goal, by=noor, at=at, text=text)
        things.append(stage)
        if text == "a":
            bond = Share.objects.get(thing=goal.pk).bond
            share(route_of(stage), onto=bond, by=noor, at=at)
        actions.give_reply(
            stage, by=bram, at=at, id=new_id(), reply_kind=ReplyKind.SUPPORT, text=text, role=coach_roles()[0]
        )
        actions.give_suggestion(stage, by=bram, at=at, id=new_id(), text=text)
    for person, queries in ((noor, 2), (bram, 3)):
        with django_assert_num_queries(queries):
            found = beside(things, person, at)
            assert [
                one.owner.name and one.role.name
                for here in found.values()
                for one in here.replies
                if one.role
            ]


# The six roles.


def test_t5_the_six_roles_are_in_place_in_both_languages(db: None) -> None:
    roles = list(coach_roles())
    assert [role.key for role in roles] == [role.key for role in ROLES]
    assert [role.is_working_label for role in roles] == [False, False, False, True, True, True]
    assert all(
        role.name_nl and role.name_en and role.help_nl and role.help_en and role.source for role in roles
    )


def test_t5_putting_the_roles_in_place_again_keeps_what_a_school_edited(db: None) -> None:
    CoachRole.objects.filter(key="supporter").update(name_nl="ruggensteun")
    CoachRole.objects.filter(key="challenger").delete()
    import_module("klimtouw.programmes.migrations.0002_six_coach_roles").put_roles_in_place(apps, None)
    assert CoachRole.objects.get(key="supporter").name_nl == "ruggensteun"
    assert CoachRole.objects.count() == 6


def test_v24_after_the_end_the_coach_no_longer_hears_what_becomes_of_a_suggestion(
    suggestion: Suggestion,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    page = reverse("replies:given", args=[suggestion.pk])
    assert "nog geen antwoord" in sign_in(bram).get(page).content.decode()
    close_seats(running_relation.work_bond, at=at, hats=[SeatHat.COACH])
    actions.answer_suggestion(suggestion, by=noor, at=at, outcome=Outcome.NOT_NOW)
    sign_in(noor).get(page)
    text = sign_in(bram).get(page).content.decode()
    assert suggestion.text in text
    assert "niet nu" not in text
    assert "gezien" not in text
    assert "niet nu" in sign_in(noor).get(page).content.decode()
