"""Two journeys about talks: planning one from free hours into a calendar, and the page that is open in the talk (T1, T2, T3)."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils.timezone import localdate

from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.choices import TalkState
from klimtouw.talks.hours import Block
from klimtouw.talks.models import CoachSentence, FreeHours, Takeaway, Talk
from tests.journeys.acts import Acts
from tests.journeys.scenes import on_a_rope
from tests.journeys.walker import Walker, Way

WAYS = (
    Way("nl", 390, "dark"),
    Way("en", 1280, "light"),
    Way("nl", 390, "light", has_javascript=False),
)
WITHOUT_SCRIPTS = WAYS[2:]
"""With scripts, on a phone and a desk, talks are recorded in the journey of a whole semester."""


def a_talk_of_now(relation: Relation, minutes_ago: int = 20) -> Talk:
    """A talk that is going on."""
    at = now()
    moment = (at - timedelta(minutes=minutes_ago)).replace(second=0, microsecond=0)
    earlier = min(at - timedelta(days=1), moment - timedelta(hours=1))
    talk = actions.propose_talk(
        relation=relation, by=relation.coach, at=earlier, moments=[moment], minutes=30
    )
    return actions.choose_moment(talk=talk, by=relation.coachee, at=earlier, moment_id=talk.moments.get().pk)


@pytest.mark.parametrize("way", WITHOUT_SCRIPTS, ids=str)
def test_t3_a_talk_is_recorded_in_three_acts_and_under_a_minute_by_each(
    walker: Callable[..., Walker], way: Way
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    talk = a_talk_of_now(on_a_rope(noor, bram))
    noor.opens("home")
    hers = Acts()
    hers.press(lambda: noor.follows("talks:together", talk.pk))
    noor.reads(noor.says("Look together. You hold the pen."))
    hers.type(noor, text="Vragen stellen mag. Niemand lacht.", next_step="Donderdag stel ik één vraag.")
    hers.press(noor.page.locator('[name="again-moments"]').first.check)
    hers.press(lambda: noor.sends("[name=share]"))
    hers.were_few()
    noor.reads("Vragen stellen mag.", noor.says("You can both read this."))
    bram.opens("home")
    his = Acts()
    his.press(lambda: bram.follows("talks:together", talk.pk))
    bram.reads("Donderdag stel ik één vraag.")
    his.type(bram, text="Ik zag je rustig worden toen je het vertelde.")
    his.press(bram.page.locator('[name="roles"]').nth(1).check)
    his.press(lambda: bram.sends("[name=give]"))
    his.were_few()
    talk.refresh_from_db()
    assert talk.state == TalkState.HELD
    assert (Takeaway.objects.filter(talk=talk).count(), CoachSentence.objects.get(talk=talk).roles) != (1, "")
    assert Talk.objects.filter(relation=talk.relation, state=TalkState.PROPOSED).count() == 1
    noor.opens("talks:together", talk.pk)
    noor.reads("Ik zag je rustig worden toen je het vertelde.")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_v19_a_first_talk_with_a_loose_list_for_the_coach_and_how_it_was_for_each(
    walker: Callable[..., Walker], way: Way
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    talk = a_talk_of_now(on_a_rope(noor, bram, State.ACQUAINTING))
    bram.opens("talks:together", talk.pk)
    bram.page.locator(".card details summary").first.click()
    bram.page.locator('.card input[type="checkbox"]').first.check()
    bram.reads(bram.says("Only you see this list. Ticks are not kept, and there is no order."))
    noor.opens("talks:together", talk.pk)
    assert noor.page.locator('.card input[type="checkbox"]').count() == 0
    noor.sends("[name=keep]", text="Ik durf terugkomen.")
    noor.follows("talks:impression", talk.pk)
    noor.sends("[name=keep]", text="Spannend en warm.")
    noor.reads("Spannend en warm.", noor.says("Only you can read this."))
    bram.opens("talks:talk", talk.pk)
    bram.cannot_find("Spannend en warm.", "Ik durf terugkomen.")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_t1_free_hours_of_both_make_a_talk_that_stands_in_a_calendar(
    walker: Callable[..., Walker], way: Way
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    blocks = [Block(day, time(9), time(12)) for day in range(1, 8)]
    me, until = Person.objects.get(email=bram.email), localdate() + timedelta(days=90)
    actions.add_free_hours(by=me, at=now(), blocks=blocks, ends_on=until)
    noor.opens("talks:of_relation", relation.pk)
    noor.follows("talks:own")
    noor.follows("talks:free_hours")
    for day in ("1", "3", "5"):
        noor.page.locator(f'[name="days"][value="{day}"]').check()
    noor.sends(begins="10:00", ends="11:00", ends_on=f"{localdate() + timedelta(days=120):%Y-%m-%d}")
    assert len(FreeHours.objects.get(owner__email=noor.email).blocks) == 3
    noor.sends("[name=show]")
    bram.opens("talks:propose", relation.pk)
    bram.reads(bram.says("Then you and %(name)s are both free. Tick up to three.", name="Noor"))
    for number in (0, 1):
        bram.page.locator('[name="offered"]').nth(number).check()
    bram.sends(place="Wandelend, buiten")
    proposed = Talk.objects.get(relation=relation)
    noor.opens("talks:talk", proposed.pk)
    noor.sends("[name=moment]")
    proposed.refresh_from_db()
    assert proposed.state == TalkState.PLANNED
    noor.opens("talks:own")
    noor.sends("[name=make]")
    feed = noor.page.locator("#feed").input_value()
    file = noor.page.request.get(feed).text()
    assert file.count("BEGIN:VEVENT") == 1
    assert "Bram" not in file
    noor.sends("[name=make]")
    assert noor.page.request.get(feed).status == 404
    noor.opens("talks:move", proposed.pk)
    noor.opens("talks:cancel", proposed.pk)
    noor.sends()
    noor.reads(noor.says("Cancelled. You can always propose a new talk."))
