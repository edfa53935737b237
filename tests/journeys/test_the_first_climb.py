"""The first climb: from an invitation to a talk about a shared goal, every step by hand in a real browser."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole, Institution, Membership, Programme
from klimtouw.talks.models import Talk
from tests.journeys.house import House
from tests.journeys.walker import Walker, Way

WAYS = (
    Way("nl", 390, "dark"),
    Way("nl", 1280, "light"),
    Way("en", 1280, "light"),
    Way("nl", 390, "light", has_javascript=False),
)
KEPT_PRIVATE = "Ik bloos snel en dat vind ik lastig."
DREAM = "Later wil ik op een afdeling werken waar kinderen durven lachen."
GOAL = "Ik durf in een volle klas een vraag te stellen."
WHY = "Omdat ik thuis altijd vragen stel en hier zwijg."
MATTERS = "Dat mensen zich gezien voelen."
OWN_WORDS = "Ik spreek met Lotte af dat zij naast mij zit."
QUESTION = "Wanneer lukte het al een klein beetje?"
TRUST = "Ik zag je vorige week helpen aan het bord. Jij kan dit."
SUGGESTED = "Zet je eerst op de voorste rij."
TO_PARK = "Schrijf je vraag vooraf op een kaartje."
NOT_NOW = "Begin met een vraag in een klein groepje."
TAKEAWAY = "Een vraag stellen mag ook met een rood hoofd."
NEXT_STEP = "Woensdag stel ik één vraag in de les anatomie."
SENTENCE = "Je zei zelf wat je nodig hebt, dat is al klimmen."
ENTRY = "Vandaag stak ik mijn hand op en trok ze weer in."
STAGES = ["Ik stel een vraag na de les", "Ik stel een vraag in mijn groepje", "Ik stel een vraag in de aula"]


@dataclass
class Climb:
    """The people of one story, and the keys of what they make on the way."""

    noor: Walker
    bram: Walker
    house: House
    relation: str = ""
    goal: str = ""
    dream: str = ""
    route: str = ""
    talk: str = ""


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_first_climb(walker: Callable[..., Walker], house: House, way: Way) -> None:
    climb = Climb(noor=walker("Noor"), bram=walker("Bram"), house=house)
    programme = they_make_accounts(climb)
    bram_invites_noor(climb)
    they_get_acquainted(climb)
    they_both_say_yes(climb)
    they_sign_a_contract(climb)
    noor_writes_for_herself_alone(climb)
    noor_shares_stops_and_shares_again(climb)
    noor_makes_a_route(climb)
    bram_follows(climb)
    noor_does_something_with_it(climb)
    they_plan_and_prepare_a_talk(climb)
    they_keep_what_the_talk_brought(climb)
    noor_writes_in_her_trail(climb)
    noor_completes_and_keeps_everything(climb)
    vera_sees_names_and_states_alone(walker("Vera"), climb, programme)


def they_make_accounts(climb: Climb) -> Programme:
    """C1: sign up with a code from the mail; language, name and pronouns; a first page that says what is next."""
    bram = climb.bram
    bram.opens("home")
    bram.follows("account_signup")
    bram.signs_up(pronouns="he")
    bram.reads(bram.says("Next for you"))
    bram.follows("people:settings")
    bram.sends(display_name="Bram", pronouns="he", language=bram.way.language)
    bram.opens("home")
    programme = given_a_programme()
    enrol(bram, programme, "staff")
    return programme


def given_a_programme() -> Programme:
    """A programme that Vera coordinates; who belongs to it comes from the school, not from a page."""
    college = Institution.objects.create(name="Hogeschool De Kade", kind="be_higher")
    return Programme.objects.create(institution=college, name="Verpleegkunde")


def enrol(walker: Walker, programme: Programme, hat: str) -> None:
    """Write somebody down in a programme."""
    person = Person.objects.get(email=walker.email)
    Membership.objects.create(person=person, programme=programme, hat=hat)


def bram_invites_noor(climb: Climb) -> None:
    """C2: a light invitation by mail; the link leads Noor to an account and to her own yes."""
    bram, noor = climb.bram, climb.noor
    bram.follows("relations:overview")
    bram.follows_link(reverse("relations:invite") + "?as=coach")
    bram.sends(email=noor.email, how_known="Van de les anatomie", message="Zin om samen te klimmen?")
    bram.reads(noor.email)
    noor.opens_mail(reverse("relations:invitation", args=["x"]).rsplit("/x", 1)[0])
    noor.reads("Bram", "Zin om samen te klimmen?")
    noor.follows("account_signup")
    noor.signs_up(pronouns="she")
    assert noor.is_at("relations:invitation")
    enrol(noor, Programme.objects.latest("pk"), "learner")
    noor.sends("[value=accept]")
    assert noor.is_at("relations:acquaintance")
    climb.relation = noor.here["relation"]


def they_get_acquainted(climb: Climb) -> None:
    """C3: both write what they like; one piece is shared, another stays private; the double hat is declared."""
    bram, noor, relation = climb.bram, climb.noor, climb.relation
    noor.follows("relations:piece", relation, "raakpunt")
    noor.sends("[value=both]", text="We houden allebei van fietsen.")
    noor.follows("relations:piece", relation, "behoeften-wensen-grenzen")
    noor.sends("[value=me]", needs=KEPT_PRIVATE)
    noor.reads(KEPT_PRIVATE)
    noor.follows("relations:piece", relation, "wat-je-helpt-leren")
    noor.sends("[value=both]", text="Tijd om na te denken.")
    bram.opens("home")
    bram.follows("relations:acquaintance", relation)
    bram.reads("We houden allebei van fietsen.", "Tijd om na te denken.")
    bram.cannot_find(KEPT_PRIVATE)
    bram.follows("relations:piece", relation, "zo-werk-ik")
    bram.sends("[value=both]", how_i_work="Rustig, en liefst al wandelend.")
    bram.follows("relations:piece", relation, "behoeften-wensen-grenzen")
    bram.sends("[value=me]", limits="Na zes uur lees ik geen berichten.")
    bram.follows("relations:double_hat", relation)
    bram.sends(has_double_hat="no")
    noor.opens("relations:acquaintance", relation)
    noor.reads(
        "Rustig, en liefst al wandelend.", noor.says("%(name)s does not assess your work.", name="Bram")
    )
    noor.cannot_find("Na zes uur")


def they_both_say_yes(climb: Climb) -> None:
    """C4: the first talk was there; two private answers, and nothing shows before the second."""
    bram, noor, relation = climb.bram, climb.noor, climb.relation
    noor.follows("relations:first_talk", relation)
    noor.sends()
    bram.opens("relations:click", relation)
    before = bram.main_text()
    noor.sends(answer="yes")
    assert noor.is_at("relations:click")
    bram.opens("relations:click", relation)
    assert bram.main_text() == before
    bram.sends(answer="yes")
    assert bram.is_at("relations:relation")


def they_sign_a_contract(climb: Climb) -> None:
    """C5: Bram drafts, Noor changes, both sign; only then can anything be shared."""
    bram, noor, relation = climb.bram, climb.noor, climb.relation
    today = localdate(now())
    bram.follows("relations:contract", relation)
    bram.follows("relations:contract_draft", relation)
    bram.sends(starts_on=today, ends_on=today + timedelta(days=100), talks=5, rhythm="fortnightly")
    bram.sends()
    noor.opens("relations:contract", relation)
    noor.follows("relations:contract_draft", relation)
    noor.sends(availability="Op maandag, in het zwarte lokaal.", talks=4)
    noor.reads("Op maandag, in het zwarte lokaal.")
    noor.sends()
    bram.opens("relations:contract", relation)
    bram.reads("Op maandag, in het zwarte lokaal.")
    bram.sends()
    bram.reads(bram.says("You both signed. These are your agreements now."))


def noor_writes_for_herself_alone(climb: Climb) -> None:
    """C6: what matters, a dream, a goal with why; under every field stands who can read it."""
    noor = climb.noor
    noor.follows("climb:home")
    noor.sends(text=MATTERS)
    assert noor.is_at("climb:compass")
    noor.follows("climb:compass_write", "good_at")
    noor.sends(text="Luisteren, en moppen vertellen.")
    noor.opens("climb:home")
    noor.follows("climb:dream_new")
    noor.reads(noor.says("Only you can read this."))
    noor.sends(text=DREAM)
    climb.dream = noor.here["dream"]
    noor.follows("climb:goal_new")
    noor.reads(noor.says("Only you can read this."))
    noor.sends(text=GOAL, why=WHY, context="course", dream_id=climb.dream)
    climb.goal = noor.here["goal"]
    noor.reads(GOAL, WHY, noor.says("Only you can read this."))
    climb.bram.opens("climb:follow", climb.relation)
    climb.bram.cannot_find(MATTERS, DREAM, GOAL, WHY)


def noor_shares_stops_and_shares_again(climb: Climb) -> None:
    """C6: one goal, until a date; stopping closes it on Bram's very next click."""
    bram, noor = climb.bram, climb.noor
    noor.follows("belongings:share", climb.goal)
    noor.sends(until=localdate(now()) + timedelta(days=30))
    bram.opens("climb:follow", climb.relation)
    bram.reads(GOAL)
    bram.cannot_find(MATTERS, DREAM)
    noor.sends("[name=stop]")
    bram.follows("climb:goal", climb.goal, answers=404)
    bram.cannot_find(GOAL, WHY)
    noor.sends()
    bram.opens("climb:follow", climb.relation)
    bram.follows("climb:goal", climb.goal)
    bram.reads(GOAL, WHY)


def noor_makes_a_route(climb: Climb) -> None:
    """C7: stages and steps; reorder, reached, park, detour; the mountain and the list say the same."""
    noor = climb.noor
    noor.opens("climb:goal", climb.goal)
    noor.follows("climb:route_begin", climb.goal)
    noor.sends(text=STAGES[1])
    climb.route = noor.here["route"]
    noor.sends(text=STAGES[0])
    noor.sends(text=STAGES[2])
    noor.presses_on_stage(STAGES[0], "[value=earlier]")
    assert noor.stages() == STAGES
    if noor.way.has_javascript:
        noor.moves_stage_by_keyboard(STAGES[0], "ArrowDown")
        assert noor.stages() == [STAGES[1], STAGES[0], STAGES[2]]
        noor.moves_stage_by_keyboard(STAGES[0], "ArrowUp")
    noor.unfolds_stage(STAGES[0])
    noor.sends(".button--small", within=".stage__step", text="De vraag thuis luidop zeggen")
    noor.presses_on_stage(STAGES[0], "[name=state][value=reached]")
    noor.unfolds_stage(STAGES[2])
    noor.presses_on_stage(STAGES[2], "[name=state][value=parked]")
    noor.unfolds_stage(STAGES[1])
    noor.follows("climb:stage_detour", noor.key_of_stage(STAGES[1]))
    noor.sends(text="Eerst oefen ik met mijn zus")
    assert noor.stages() == [*STAGES[:2], "Eerst oefen ik met mijn zus", STAGES[2]]
    assert noor.camps_on_the_mountain() == noor.stages()
    noor.cannot_find("%")
    noor.follows("belongings:share", climb.route)
    noor.sends()


def bram_follows(climb: Climb) -> None:
    """C8: Bram sees only what is shared, and leaves a question, trust and suggestions beside it."""
    bram = climb.bram
    bram.opens("climb:follow", climb.relation)
    bram.cannot_find(MATTERS, DREAM)
    bram.follows("climb:goal", climb.goal)
    bram.follows("replies:reply", climb.goal)
    bram.sends(reply_kind="question", text=QUESTION, role=role_key("clarifier"))
    bram.follows("replies:reply", climb.goal)
    bram.sends(reply_kind="confidence", text=TRUST, role=role_key("supporter"))
    bram.reads(QUESTION, TRUST)
    bram.follows("replies:suggest", climb.goal)
    bram.sends(text=TO_PARK)
    bram.follows("climb:route", climb.route)
    assert bram.stages() == [*STAGES[:2], "Eerst oefen ik met mijn zus", STAGES[2]]
    assert bram.page.locator("main form").count() == 0
    bram.follows("replies:suggest", climb.route)
    bram.sends(text=SUGGESTED, role=role_key("expert-at-hand"))
    bram.follows("replies:suggest", climb.route)
    bram.sends(text=NOT_NOW)


def role_key(key: str) -> Any:
    """Return the key of a coach role."""
    return CoachRole.objects.get(key=key).pk


def noor_does_something_with_it(climb: Climb) -> None:
    """C8: one suggestion in her own words, one parked, one not now; every look of Bram stands on her page."""
    noor = climb.noor
    noor.opens("climb:route", climb.route)
    noor.answers_suggestion(NOT_NOW, "replies:leave")
    noor.answers_suggestion(SUGGESTED, "climb:take_suggestion")
    noor.sends(text=OWN_WORDS)
    assert OWN_WORDS in noor.stages()
    assert SUGGESTED not in noor.stages()
    noor.opens("climb:goal", climb.goal)
    noor.reads(QUESTION, TRUST, TO_PARK)
    noor.answers_suggestion(TO_PARK, "replies:park")
    noor.follows("belongings:looks")
    noor.reads("Bram", GOAL)


def they_plan_and_prepare_a_talk(climb: Climb) -> None:
    """C9: three moments, one tap, a calendar file for both, a card with lines of both."""
    bram, noor, day = climb.bram, climb.noor, localdate(now()) + timedelta(days=3)
    bram.opens("talks:of_relation", climb.relation)
    bram.follows("talks:propose", climb.relation)
    bram.sends(
        day_1=day, time_1="10:00", day_2=day, time_2="14:30", day_3=day, time_3="16:00", place="In het park"
    )
    climb.talk = bram.here["talk"]
    noor.opens("home")
    noor.follows("talks:talk", climb.talk)
    noor.sends("[name=moment]:nth-of-type(2)")
    noor.reads("14:30", "In het park")
    assert "DTSTART" in noor.downloads("talks:calendar", climb.talk)
    noor.follows("talks:prepare", climb.talk)
    noor.sends("[name=share]", line_kind="talk_about", text="Hoe begin ik in een volle klas?")
    bram.opens("talks:talk", climb.talk)
    assert "DTSTART" in bram.downloads("talks:calendar", climb.talk)
    bram.reads("Hoe begin ik in een volle klas?")
    bram.follows("talks:prepare", climb.talk)
    bram.sends("[name=share]", line_kind="proud_of", text="Dat je mij schreef.")
    noor.opens("talks:talk", climb.talk)
    noor.reads("Dat je mij schreef.")


def they_keep_what_the_talk_brought(climb: Climb) -> None:
    """C9: afterwards Noor writes what she takes along, Bram one sentence; the count is calm."""
    bram, noor = climb.bram, climb.noor
    Talk.objects.filter(pk=climb.talk).update(starts_at=now() - timedelta(hours=1))
    noor.opens("talks:talk", climb.talk)
    noor.sends(".button--quiet")
    assert noor.is_at("talks:takeaway")
    noor.sends("[name=share]", text=TAKEAWAY, next_step=NEXT_STEP)
    bram.opens("talks:talk", climb.talk)
    bram.reads(TAKEAWAY, NEXT_STEP)
    bram.follows("talks:sentence", climb.talk)
    bram.sends(text=SENTENCE, roles="supporter")
    noor.opens("talks:talk", climb.talk)
    noor.reads(SENTENCE)
    noor.follows("talks:of_relation", climb.relation)
    noor.reads(TAKEAWAY)


def noor_writes_in_her_trail(climb: Climb) -> None:
    """C10: free text first, a form if wanted; Bram sees none of it."""
    noor = climb.noor
    noor.follows("climb:trail")
    noor.sends(text=ENTRY)
    noor.opens("climb:trail")
    noor.opens("climb:entry_new")
    noor.page.locator('button[name="help"][value="what_so_what"]').click()
    noor.page.wait_for_selector('[name="so_what"]')
    noor.sends(what="Ik zat klaar.", so_what="Ik was boos op mezelf.", what_next="Lotte zit naast mij.")
    noor.opens("climb:trail")
    noor.reads(ENTRY, "Ik was boos op mezelf.")
    climb.bram.opens("climb:follow", climb.relation)
    climb.bram.cannot_find(ENTRY, "Ik was boos op mezelf.")


def noor_completes_and_keeps_everything(climb: Climb) -> None:
    """C11: the page Bram had open leads nowhere on his very next click; Noor keeps it all."""
    bram, noor = climb.bram, climb.noor
    noor.opens("relations:relation", climb.relation)
    noor.follows("relations:closing", climb.relation)
    noor.follows("relations:complete", climb.relation)
    noor.sends()
    bram.follows("climb:goal", climb.goal, answers=404)
    bram.cannot_find(GOAL, WHY)
    for name, key in (
        ("climb:route", climb.route),
        ("climb:follow", climb.relation),
        ("talks:talk", climb.talk),
    ):
        bram.opens(name, key, answers=404)
        bram.cannot_find(GOAL, WHY, TAKEAWAY, OWN_WORDS)
    noor.opens("climb:goal", climb.goal)
    noor.reads(GOAL, WHY, QUESTION, TRUST)
    noor.opens("climb:route", climb.route)
    assert OWN_WORDS in noor.stages()
    noor.opens("talks:talk", climb.talk)
    noor.reads(TAKEAWAY, SENTENCE)


def vera_sees_names_and_states_alone(vera: Walker, climb: Climb, programme: Programme) -> None:
    """B4: who arranges sees who is on which rope, and nothing of what anybody wrote."""
    vera.opens("home")
    vera.follows("account_signup")
    vera.signs_up()
    enrol(vera, programme, "coordinator")
    vera.opens("home")
    vera.follows("basecamp:desk", programme.pk)
    vera.reads("Noor", "Bram", vera.says("completed"))
    vera.cannot_find(DREAM, GOAL, WHY, MATTERS, KEPT_PRIVATE, OWN_WORDS, TAKEAWAY, SENTENCE, ENTRY, QUESTION)
    for name, key in (
        ("climb:goal", climb.goal),
        ("climb:route", climb.route),
        ("relations:relation", climb.relation),
    ):
        vera.opens(name, key, answers=404)
