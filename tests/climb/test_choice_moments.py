"""Choice moments (C12): options incl. always an own one, weighed, decided and looked back on; by the coachee alone."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import remove
from klimtouw.belongings.models import Share, Version
from klimtouw.climb.actions.choice_moments import (
    NotAChoice,
    add_option,
    decide,
    open_choice,
    remove_option,
    reword_option,
)
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.models import ChoiceMoment, Option
from klimtouw.climb.queries.choice_moments import options_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared
from tests.stories import texts_beside

SignIn = Callable[[Person], Client]
FIELDS = {
    "question": "Waar doe ik mijn stage?",
    "own": "In het rusthuis om de hoek.",
    "other": "In het ziekenhuis.",
}


def a_choice(by: Person, at: datetime) -> tuple[ChoiceMoment, Option, Option]:
    """Let somebody stand before a choice: the moment, the own idea, and the other option."""
    moment = open_choice(by=by, at=at, **FIELDS)
    own, other = options_of(moment, by, at)
    return moment, own, other


def test_c12_noor_weighs_two_options_chooses_and_looks_back(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client, goal = sign_in(noor), write_goal(by=noor, at=at, text="Ik leer zorgen.")
    answer = sent(client, "choice_new", **FIELDS, goal_id=goal.pk, id=uuid4())
    moment = ChoiceMoment.objects.get()
    assert answer.url == moment.get_absolute_url()
    own, other = options_of(moment, noor, at)
    assert (own.text, own.is_own, other.is_own) == ("In het rusthuis om de hoek.", True, False)
    sent(client, "option", own.pk, text=own.text, pros="Dichtbij.", cons="Klein.", is_own="on", seen=1)
    sent(client, "choice_edit", moment.pk, question=moment.question, asked="Els: volg je buik.", seen=1)
    sent(client, "choice_decide", moment.pk, option=own.pk, decision="Ik wil ze kennen.", seen=2)
    page = seen(client, "choice", moment.pk)
    for text in (
        "Dichtbij.",
        "Klein.",
        "Els: volg je buik.",
        "Ik wil ze kennen.",
        "Hoe zie je deze keuze nu?",
    ):
        assert text in page
    sent(client, "choice_look_back", moment.pk, look_back="Goed gekozen.", seen=3)
    assert "Goed gekozen." in seen(client, "choice", moment.pk)
    moment.refresh_from_db()
    assert [one.is_chosen for one in options_of(moment, noor, at)] == [True, False]
    assert Version.objects.filter(thing=moment.pk).count() == 3
    assert not Share.objects.exists()


def test_c12_there_are_always_two_options_and_one_is_an_own_idea(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    for missing in ("own", "other", "question"):
        assert sent(client, "choice_new", **{**FIELDS, missing: " "}, id=uuid4()).status_code == 200
    assert not ChoiceMoment.objects.exists()
    moment, own, other = a_choice(noor, at)
    for option in (own, other):
        with pytest.raises(NotAChoice):
            remove_option(option, by=noor, at=at)
    add_option(moment, by=noor, at=at, text="Niets doen.", is_own=False)
    with pytest.raises(NotAChoice):
        remove_option(own, by=noor, at=at)
    with pytest.raises(NotAChoice):
        reword_option(own, by=noor, at=at, seen=1, text=own.text, is_own=False)
    page = sent(client, "option", own.pk, text="Toch anders.", seen=1).content.decode()
    assert "Hou minstens één idee van jezelf bij de mogelijkheden." in page
    assert "Toch anders." in page
    page = client.post(reverse("climb:option_remove", args=[own.pk]), follow=True).content.decode()
    assert "Er blijven twee mogelijkheden, en één is je eigen idee." in page
    remove_option(other, by=noor, at=at)
    assert [one.text for one in options_of(moment, noor, at)] == [own.text, "Niets doen."]


def test_c12_who_lost_the_own_idea_in_the_trash_adds_one_before_deciding(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    moment, own, other = a_choice(noor, at)
    remove(own, by=noor, at=at)
    with pytest.raises(NotAChoice):
        decide(moment, by=noor, at=at, seen=1, option=other, decision="")
    page = sent(sign_in(noor), "choice_decide", moment.pk, option=other.pk, seen=1).content.decode()
    assert "Er blijven twee mogelijkheden, en één is je eigen idee." in page


def test_choosing_again_is_always_possible_and_only_among_its_own_options(noor: Person, at: datetime) -> None:
    moment, own, other = a_choice(noor, at)
    moment = decide(moment, by=noor, at=at, seen=1, option=own, decision="Zo.")
    moment = decide(moment, by=noor, at=at, seen=moment.version, option=other, decision="Toch zo.")
    assert [one.is_chosen for one in options_of(moment, noor, at)] == [False, True]
    _, elsewhere, _ = a_choice(noor, at)
    with pytest.raises(Option.DoesNotExist):
        decide(moment, by=noor, at=at, seen=moment.version, option=elsewhere, decision="")


def test_v12_a_choice_is_private_and_shared_with_its_options_at_once(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    moment, own, _ = a_choice(noor, at)
    hidden, *_ = a_choice(noor, at)
    coach = sign_in(bram)
    seen(coach, "choice", moment.pk, status=404)
    shared(running_relation, at, moment)
    assert own.text in seen(coach, "choice", moment.pk)
    follow = seen(coach, "follow", running_relation.pk)
    assert str(moment.pk) in follow
    assert str(hidden.pk) not in follow


@pytest.mark.parametrize(
    "name", ["choice_edit", "option_new", "choice_decide", "choice_look_back", "option", "option_remove"]
)
def test_v1_a_coach_who_reads_a_choice_can_change_nothing_about_it(
    name: str, running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    moment, own, other = a_choice(noor, at)
    shared(running_relation, at, moment)
    thing = own if name in ("option", "option_remove") else moment
    fields = {"text": "Van Bram.", "option": other.pk, "question": "Van Bram?", "look_back": "Van Bram."}
    assert sent(sign_in(bram), name, thing.pk, **fields, seen=1).status_code == 404
    assert "<form" not in seen(sign_in(bram), "choice", moment.pk).split("<main")[1].split("</main>")[0]
    assert not Version.objects.exists()
    with pytest.raises(Denied):
        decide(moment, by=bram, at=at, seen=1, option=other, decision="")
    with pytest.raises(Denied):
        add_option(moment, by=bram, at=at, text="Van Bram.", is_own=True)


def test_v17_an_open_choice_is_not_asked_for_again_and_a_look_back_is_only_offered_when_it_is_opened(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    moment, own, _ = a_choice(noor, at)
    decide(moment, by=noor, at=at, seen=1, option=own, decision="")
    client = sign_in(noor)
    for address in (reverse("home"), reverse("climb:home")):
        page = client.get(address).content.decode()
        assert moment.question not in page
    assert "Kijk terug" in seen(client, "choice", moment.pk)


def test_sending_twice_keeps_one_and_the_back_button_loses_no_words(noor: Person, sign_in: SignIn) -> None:
    client, id = sign_in(noor), uuid4()
    for _ in range(2):
        assert sent(client, "choice_new", **FIELDS, id=id).status_code == 302
    assert (ChoiceMoment.objects.count(), Option.objects.count()) == (1, 2)
    assert sent(client, "choice_new", **{**FIELDS, "other": "Thuiszorg."}, id=id).status_code == 302
    assert sorted(one.text for one in Option.objects.all()) == sorted(
        [FIELDS["own"], FIELDS["other"], "Thuiszorg."]
    )
    again = sent(client, "choice_new", **{**FIELDS, "question": "Anders?"}, id=id)
    assert texts_beside(again) == [(FIELDS["question"], "Anders?")]


def test_two_tabs_on_one_option_stand_side_by_side(noor: Person, sign_in: SignIn, at: datetime) -> None:
    _, own, _ = a_choice(noor, at)
    client = sign_in(noor)
    sent(client, "option", own.pk, text="Eerste tab.", is_own="on", seen=1)
    page = sent(client, "option", own.pk, text="Tweede tab.", is_own="on", seen=1)
    assert texts_beside(page) == [("Eerste tab.", "Tweede tab.")]


def test_a_choice_hangs_on_ones_own_goal_alone_and_its_words_are_never_mark_up(
    noor: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    theirs = write_goal(by=stan, at=at, text="Van Stan.")
    client = sign_in(noor)
    assert sent(client, "choice_new", **FIELDS, goal_id=theirs.pk, id=uuid4()).status_code == 200
    with pytest.raises(Denied):
        open_choice(by=noor, at=at, goal=theirs, **FIELDS)
    nasty = "<script>alert(1)</script> 🧗🏽 مرحبا"
    moment = open_choice(by=noor, at=at, question=nasty, own=nasty + "1", other=nasty + "2")
    for page in (seen(client, "choice", moment.pk), seen(client, "choices")):
        assert "<script>alert" not in page
        assert "🧗🏽 مرحبا" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_database_as_often_for_one_as_for_three(
    number: int, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    for _ in range(number):
        moment, *_ = a_choice(noor, at)
    for place in range(number):
        add_option(moment, by=noor, at=at, text=f"Nog {place}", is_own=False)
    client, asked = sign_in(noor), []
    for name, keys in (("choices", []), ("choice", [moment.pk])):
        with CaptureQueriesContext(connection) as queries:
            seen(client, name, *keys)
        asked.append(len(queries))
    assert asked == [4, 7]
