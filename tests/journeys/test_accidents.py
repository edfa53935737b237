"""What goes wrong in real life: old links, double clicks, two tabs, odd texts, wrong days, signed-out pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from klimtouw.climb.models import Entry, Goal
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract, Invitation, Relation
from klimtouw.relations.queries.invitations import open_invitations_to
from klimtouw.talks.models import Talk
from tests.journeys.house import text_of
from tests.journeys.scenes import a_goal_of, a_letter_to, on_a_rope
from tests.journeys.walker import Walker, Way
from tests.journeys.watch import SIDEWAYS

Somebody = Callable[..., Walker]
PHONE = Way(width=390)
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script><b>vet</b>"
ODD = f"{{{{ 7 }}}} {MARKUP} \"'&amp; 🧗🏽‍♀️ مرحبا بالعالم שלום \u202eomgekeerd\u202c "
LONG = "Een lange zin over mijn klim. " * 640 + "zonder" * 60


def link_in_letter(noor: Walker, letter: Invitation) -> str:
    """Return the path of the link in an invitation."""
    return open_invitations_to(Person(email=noor.email), letter.sent_at)[0].url


# Links.


def test_an_expired_link_opens_nothing(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    letter = a_letter_to(noor, bram)
    link = link_in_letter(noor, letter)
    Invitation.objects.filter(pk=letter.pk).update(expires_at=now())
    noor.opens(link, answers=410)
    noor.reads(noor.says("This invitation is no longer open"))
    noor.cannot_find("Zin om samen te klimmen?", "Bram")


def test_a_link_opens_once(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    link = link_in_letter(noor, a_letter_to(noor, bram))
    noor.is_known()
    noor.opens(link)
    noor.sends("[value=accept]")
    noor.opens(link, answers=410)
    noor.cannot_find("Zin om samen te klimmen?")
    assert Relation.objects.filter(coachee__email=noor.email).count() == 1


def test_a_forged_link_opens_nothing(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    link = link_in_letter(noor, a_letter_to(noor, bram))
    noor.opens(link[:-6] + "AAAAA/", answers=410)
    noor.cannot_find("Zin om samen te klimmen?", "Bram")


def test_a_link_for_somebody_else_asks_to_sign_in_as_them(walker: Somebody) -> None:
    noor, bram, stan = walker("Noor"), walker("Bram"), walker("Stan")
    link = link_in_letter(noor, a_letter_to(noor, bram))
    stan.is_known()
    stan.opens(link)
    stan.cannot_find("Zin om samen te klimmen?", 'value="accept"', 'value="decline"')
    stan.reads(stan.email)
    assert not Relation.objects.filter(coachee__email=stan.email).exists()


# Twice.


@pytest.mark.parametrize("way", [Way(), Way(has_javascript=False)], ids=str)
def test_a_double_click_and_the_back_button_make_one(walker: Somebody, way: Way) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    noor.opens("climb:goal_new")
    noor.fills(text="Ik vraag één keer om hulp.")
    noor.presses_twice()
    assert Goal.objects.filter(owner=person).count() == 1
    noor.goes_back()
    put_back = noor.value_of("text")
    assert put_back or way.has_javascript  # without scripts the browser puts the words back, in a fresh form
    noor.presses_again(text="Ik vraag één keer om hulp.")
    assert Goal.objects.filter(owner=person).count() == 1
    assert noor.is_at("climb:goal" if put_back else "climb:goal_new")


def test_a_double_click_on_a_yes_begins_one_relation(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    link = link_in_letter(noor, a_letter_to(noor, bram))
    noor.is_known()
    noor.opens(link)
    noor.presses_twice("[value=accept]")
    assert noor.is_at("relations:acquaintance")
    assert Relation.objects.filter(coachee__email=noor.email).count() == 1


def test_a_double_click_plans_one_talk(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    bram.opens("talks:propose", relation.pk)
    bram.fills(day_1=localdate(now()) + timedelta(days=2), time_1="10:00")
    bram.presses_twice()
    assert Talk.objects.filter(relation=relation).count() == 1


@pytest.mark.parametrize("way", [PHONE, Way(has_javascript=False)], ids=str)
def test_two_tabs_stand_side_by_side(walker: Somebody, way: Way) -> None:
    noor = walker("Noor")
    goal = a_goal_of(noor.is_known(), "Ik durf te beginnen.", stages=0)
    other_tab = noor.in_another_tab()
    noor.opens("climb:goal_edit", goal.pk)
    other_tab.opens("climb:goal_edit", goal.pk)
    noor.sends(text="Ik durf te beginnen met bellen.")
    other_tab.sends(text="Ik durf te beginnen met schrijven.")
    other_tab.reads("[alleen hier: bellen", "[alleen hier: schrijven")
    assert other_tab.value_of("text") == "Ik durf te beginnen met schrijven."
    other_tab.sends("[value=join]")
    both = "Ik durf te beginnen met bellen.\nIk durf te beginnen met schrijven."
    assert other_tab.value_of("text") == both
    assert Goal.objects.get(pk=goal.pk).text == "Ik durf te beginnen met bellen."
    other_tab.sends(text="Ik durf te bellen en te schrijven.")
    other_tab.follows("belongings:versions", goal.pk)
    other_tab.reads("Ik durf te beginnen met bellen.", "Ik durf te beginnen.")
    other_tab.sends("", within="main form[action$='/1/terug/']")
    assert Goal.objects.get(pk=goal.pk).text == "Ik durf te beginnen."
    other_tab.follows("belongings:restore", goal.pk, 3)
    other_tab.sends()
    assert Goal.objects.get(pk=goal.pk).text == "Ik durf te bellen en te schrijven."


# Texts.


@pytest.mark.parametrize("way", [PHONE], ids=str)
def test_odd_and_long_texts_are_texts(walker: Somebody, way: Way) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    noor.opens("climb:goal_new")
    noor.sends(text=ODD, why=LONG)
    goal = noor.here["goal"]
    assert Goal.objects.get(pk=goal).why == LONG.strip()
    noor.shows_as_text(MARKUP)
    noor.follows("climb:route_begin", goal)
    noor.sends(text=ODD)
    noor.shows_as_text(MARKUP)
    assert noor.page.locator("main svg.mountain").count() >= 1
    route = noor.here["route"]
    for name, key in (("climb:goal", goal), ("climb:route", route)):
        noor.opens(name, key)
        noor.follows("belongings:share", key)
        noor.sends()
    noor.opens("climb:trail")
    noor.sends(text=ODD)
    noor.opens("climb:trail")
    noor.shows_as_text(MARKUP)
    for name, key in (("climb:follow", relation.pk), ("climb:goal", goal), ("climb:route", route)):
        bram.opens(name, key)
        bram.shows_as_text(MARKUP)
    noor.opens("belongings:looks")
    noor.shows_as_text(MARKUP)


def test_too_long_a_text_is_kept_on_the_screen(walker: Somebody) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    noor.opens("climb:entry_new")
    noor.page.locator("#id_text").evaluate("field => field.removeAttribute('maxlength')")
    noor.sends(text="x" * 20_001)
    expect(noor.page.locator("#id_text_error")).to_be_visible()
    assert noor.value_of("text") == "x" * 20_001
    assert not Entry.objects.filter(owner=person).exists()


def test_days_in_the_wrong_order_are_told_at_the_field(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram, State.CONTRACTING)
    today = localdate(now())
    typed = {
        "starts_on": today + timedelta(days=9),
        "ends_on": today,
        "talks": 7,
        "availability": "Elke dinsdag.",
    }
    bram.opens("relations:contract_draft", relation.pk)
    bram.sends(**typed, rhythm="weekly")
    expect(bram.page.locator("#id_ends_on_error, #id_starts_on_error").first).to_be_visible()
    assert {name: bram.value_of(name) for name in typed} == {
        name: str(value) for name, value in typed.items()
    }
    assert bram.page.locator('[name=rhythm][value="weekly"]').is_checked()
    assert not Contract.objects.filter(relation=relation).exists()


def test_a_moment_gone_by_is_told_at_the_field(walker: Somebody) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    noor.opens("talks:propose", relation.pk)
    noor.sends(day_1=localdate(now()) - timedelta(days=1), time_1="10:00", place="In het park")
    expect(noor.page.locator("#id_time_1_error")).to_be_visible()
    assert noor.value_of("place") == "In het park"
    assert not Talk.objects.filter(relation=relation).exists()


# Accounts.


def test_an_address_that_has_an_account_gets_a_mail_and_no_second_account(walker: Somebody) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.page.context.clear_cookies()
    noor.opens("account_signup")
    noor.sends(display_name="Noor", email=noor.email, password1="een andere lange zin", is_old_enough="yes")
    assert noor.is_at("account_email_verification_sent")
    assert "/account/" in text_of(noor.house.mail_to(noor.email, ""))
    assert Person.objects.filter(email=noor.email).count() == 1


@pytest.mark.parametrize("way", [Way(), Way(has_javascript=False)], ids=str)
def test_a_signed_out_tab_loses_nothing(walker: Somebody, way: Way) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    noor.opens("climb:entry_new")
    other_tab = noor.in_another_tab()
    other_tab.opens("home")
    other_tab.signs_out()
    noor.sends(text="Wat ik net schreef, blijft van mij.")
    noor.signs_in()
    noor.reads("Wat ik net schreef, blijft van mij.")
    noor.sends()
    assert [entry.text for entry in Entry.objects.filter(owner=person)] == [
        "Wat ik net schreef, blijft van mij."
    ]


def test_a_signed_out_tab_gives_nothing_to_somebody_else(walker: Somebody) -> None:
    noor, stan = walker("Noor"), walker("Stan")
    noor.is_known(), stan.is_known()
    noor.opens("climb:entry_new")
    other_tab = noor.in_another_tab()
    other_tab.opens("home")
    other_tab.signs_out()
    noor.sends(text="Alleen van Noor.")
    noor.email = stan.email
    noor.signs_in()
    noor.cannot_find("Alleen van Noor.")
    noor.opens("people:kept_form")
    noor.cannot_find("Alleen van Noor.")


# Reading.


@pytest.mark.parametrize("way", [PHONE], ids=str)
def test_large_letters_and_wide_spaces_keep_the_phone_upright(walker: Somebody, way: Way) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    goal = a_goal_of(Person.objects.get(email=noor.email))
    noor.opens("people:settings")
    noor.sends(reading_size="large", reading_spacing="wide")
    noor.opens("climb:goal", goal.pk)
    noor.follows("climb:route", noor.key_in_link("climb:route"))
    for name, key in PAGES_OF_NOOR:
        noor.opens(name, *([relation.pk] if key else []))
        assert noor.page.locator("html[data-type=large][data-spacing=wide]").count() == 1
        assert noor.page.evaluate(SIDEWAYS) <= 0, name


PAGES_OF_NOOR = (
    ("home", False),
    ("climb:home", False),
    ("climb:compass", False),
    ("climb:goal_new", False),
    ("climb:trail", False),
    ("belongings:looks", False),
    ("people:settings", False),
    ("who-may-do-what", False),
    ("programmes:help", False),
    ("relations:overview", False),
    ("relations:relation", True),
    ("relations:contract", True),
    ("relations:contract_draft", True),
    ("relations:acquaintance", True),
    ("talks:of_relation", True),
    ("talks:propose", True),
)


@pytest.mark.parametrize(("theme", "is_dark"), [("dark", True), ("light", False), ("cream", False)])
def test_the_chosen_colours_win_from_the_device(walker: Somebody, theme: str, is_dark: bool) -> None:
    noor = walker("Noor")
    noor.is_known(theme=theme)
    noor.page.emulate_media(color_scheme="light" if is_dark else "dark")
    noor.watch.kind = ("Noor", theme)
    for name in ("home", "climb:home", "people:settings"):
        noor.opens(name)
        assert (noor.brightness() < 100) == is_dark, name
