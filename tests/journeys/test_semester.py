"""One semester of two people, from the invitation to the letter to a next coach; weeks go by between the talks (R1–R14, T1–T3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from klimtouw.relations.choices import State
from klimtouw.relations.models import HandoverLetter, Relation
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Takeaway, Talk
from tests.journeys.acts import Acts
from tests.journeys.later import the_hour_comes, time_goes_by
from tests.journeys.walker import Walker, Way

WAYS = (Way("nl", 390, "light"), Way("en", 1280, "dark"))
TAKEN = (
    "Ik mag er zijn.",
    "Een vraag mag klein.",
    "Lotte wil meedoen.",
    "Het lukte, met rood hoofd.",
    "Ik help nu Sam.",
)
SEEN = ("Je lachte.", "Je zocht zelf.", "Je hield vol.", "Je stak je hand op.", "Je keek achterom.")
PROMISE = "Ik breng mijn verslag mee."
GETS, THANKS = "Hij luistert echt.", "Voor je vragen in de gang."
LETTER = "Beste volgende coach, wat mij helpt is tijd."
A_WEEK = timedelta(days=7)


@dataclass
class Semester:
    """The two, their relation, and how many talks they had."""

    noor: Walker
    bram: Walker
    talks: int = 0

    @property
    def relation(self) -> Relation:
        return Relation.objects.get(coachee__email=self.noor.email)

    @property
    def ahead(self) -> Talk:
        """The talk that is to come."""
        ahead = (TalkState.PROPOSED, TalkState.PLANNED)
        return Talk.objects.get(relation=self.relation, state__in=ahead)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_whole_semester_of_two_people(walker: Callable[..., Walker], way: Way) -> None:
    two = Semester(noor=walker("Noor"), bram=walker("Bram"))
    they_begin(two)
    they_propose(two, two.bram, by=two.noor)
    they_talk(two, again=False)
    they_say_yes_and_sign(two)
    they_propose(two, two.bram, by=two.noor)
    they_talk(two, again=True)
    noor_promises(two)
    two.bram.opens("home")
    they_choose(two, two.bram)
    they_talk(two, again=False, reads=PROMISE)
    it_is_quiet_and_both_find_a_hand(two)
    they_talk(two, again=True, reads=PROMISE)
    they_look_halfway(two)
    they_move_a_talk(two)
    they_talk(two, again=True, cannot_find=PROMISE)
    they_cancel_a_talk(two)
    they_renew(two)
    they_look_back_and_noor_writes_a_letter(two)
    they_close(two)


def they_begin(two: Semester) -> None:
    """Bram invites, Noor says yes from her mail, and both show something of themselves (R2, R3, R8)."""
    noor, bram = two.noor, two.bram
    noor.is_known()
    bram.is_known()
    bram.opens("relations:overview")
    bram.follows_link(reverse("relations:invite") + "?as=coach")
    bram.sends(email=noor.email, message="Zin om samen te klimmen?")
    noor.opens_mail(reverse("relations:invitation", args=["x"]).rsplit("/x", 1)[0])
    noor.sends("[value=accept]")
    key = two.relation.pk
    noor.follows("relations:piece", key, "wat-je-helpt-leren")
    noor.sends("[value=both]", text="Tijd om na te denken.")
    bram.opens("home")
    bram.follows("relations:acquaintance", key)
    bram.reads("Tijd om na te denken.")
    bram.follows("relations:double_hat", key)
    bram.sends(has_double_hat="no")


def they_propose(two: Semester, proposer: Walker, *, by: Walker, page: str = "talks:of_relation") -> None:
    """One of them proposes two moments of next week, the other taps one (T1)."""
    day = localdate() + A_WEEK
    proposer.opens(page, two.relation.pk)
    proposer.follows("talks:propose", two.relation.pk)
    proposer.sends(day_1=day, time_1="10:00", day_2=day, time_2="14:30", place="In het park")
    by.opens("home")
    they_choose(two, by)


def they_choose(two: Semester, chooser: Walker) -> None:
    """One tap from the first page, one on the moment (T1)."""
    chooser.follows("talks:talk", two.ahead.pk)
    chooser.sends("[name=moment]")
    assert two.ahead.state == TalkState.PLANNED


def they_talk(two: Semester, *, again: bool, reads: str = "", cannot_find: str = "") -> None:
    """The hour comes. Each writes down what the talk brought, in three acts at most and under a minute (T2, T3)."""
    noor, bram, talk = two.noor, two.bram, two.ahead
    the_hour_comes(talk)
    taken, seen = TAKEN[two.talks], SEEN[two.talks]
    hers, his = Acts(), Acts()
    noor.opens("home")
    hers.press(lambda: noor.follows("talks:together", talk.pk))
    noor.reads(*filter(None, [reads]))
    hers.type(noor, text=taken, next_step="Donderdag stel ik één vraag.")
    if again:
        hers.press(noor.page.locator('[name="again-moments"]').first.check)
    hers.press(lambda: noor.sends("[name=share]"))
    hers.were_few()
    bram.opens("home")
    his.press(lambda: bram.follows("talks:together", talk.pk))
    bram.reads(*filter(None, [taken, reads]))
    bram.cannot_find(*filter(None, [cannot_find]))
    his.type(bram, text=seen)
    his.press(bram.page.locator('[name="roles"]').nth(two.talks % 3).check)
    his.press(lambda: bram.sends("[name=give]"))
    his.were_few()
    talk.refresh_from_db()
    assert talk.state == TalkState.HELD
    noor.opens("talks:talk", talk.pk)
    noor.reads(seen)
    two.talks += 1


def they_say_yes_and_sign(two: Semester) -> None:
    """After the first talk both answer in private, and both sign until a day (R4, R6)."""
    noor, bram, key, today = two.noor, two.bram, two.relation.pk, localdate()
    for one in (noor, bram):
        one.opens("home")
        one.follows("relations:click", key)
        one.sends(answer="yes")
    bram.follows("relations:contract", key)
    bram.follows("relations:contract_draft", key)
    bram.sends(starts_on=today, ends_on=today + timedelta(days=84), talks=5, rhythm="fortnightly")
    bram.sends()
    noor.opens("home")
    noor.follows("relations:contract", key)
    noor.sends()
    assert two.relation.state == State.RUNNING


def noor_promises(two: Semester) -> None:
    """A promise stands on two cards and then fades; nobody counts it (R10)."""
    talk = Talk.objects.filter(relation=two.relation, state=TalkState.HELD).latest("starts_at")
    two.noor.follows("talks:promise", talk.pk)
    two.noor.sends(text=PROMISE)
    two.noor.reads(PROMISE)


def it_is_quiet_and_both_find_a_hand(two: Semester) -> None:
    """Three weeks: Noor finds a private note and leaves it. A week more: an idea for Bram, who proposes a talk (R11)."""
    noor, bram, key = two.noor, two.bram, two.relation.pk
    time_goes_by(3 * A_WEEK)
    noor.opens("home")
    noor.follows("hand:note", key)
    bram.opens("home")
    bram.cannot_find(reverse("hand:idea", args=[key]))
    time_goes_by(A_WEEK)
    bram.opens("home")
    they_propose(two, bram, by=noor, page="hand:idea")
    noor.opens("home")
    noor.cannot_find(reverse("hand:note", args=[key]))


def they_look_halfway(two: Semester) -> None:
    """Both look halfway, each for themself or also for the other (R14)."""
    noor, bram, key = two.noor, two.bram, two.relation.pk
    noor.opens("home")
    noor.follows("relations:midway", key)
    noor.follows("relations:look", key, "gevoel")
    noor.sends("[value=both]", gets=GETS, more="Iemand leren kennen op de dienst.")
    bram.opens("relations:midway", key)
    bram.reads(GETS)


def they_renew(two: Semester) -> None:
    """The last day comes near; Bram asks to go on, and it holds once both signed (R13, V11)."""
    noor, bram, key = two.noor, two.bram, two.relation.pk
    bram.opens("home")
    bram.follows("relations:ending", key)
    bram.reads(bram.says("Let it end by itself"))
    bram.follows_link(reverse("relations:contract_draft", args=[key]) + "?verlengen")
    bram.sends(ends_on=localdate() + timedelta(days=90))
    bram.sends()
    noor.opens("home")
    noor.follows("relations:contract", key)
    noor.sends()
    noor.reads(noor.says("You both signed this. It holds until the last day, or until one of you stops."))


def they_move_a_talk(two: Semester) -> None:
    """The talk that was proposed is chosen, then moved without blame; both calendars hear of it (T1)."""
    noor, bram = two.noor, two.bram
    bram.opens("home")
    they_choose(two, bram)
    talk, day = two.ahead, localdate() + 2 * A_WEEK
    noor.opens("talks:talk", talk.pk)
    noor.follows("talks:move", talk.pk)
    noor.sends(day_1=day, time_1="16:00")
    bram.opens("home")
    they_choose(two, bram)
    assert _on_the_clock(two.ahead) == f"{day} 16:00"


def _on_the_clock(talk: Talk) -> str:
    assert isinstance(talk.starts_at, datetime)
    return f"{localtime(talk.starts_at):%Y-%m-%d %H:%M}"


def they_cancel_a_talk(two: Semester) -> None:
    """A talk is cancelled in one act, without a reason (T1)."""
    noor, bram = two.noor, two.bram
    bram.opens("home")
    they_choose(two, bram)
    bram.follows("talks:cancel", two.ahead.pk)
    bram.sends()
    bram.reads(bram.says("Cancelled. You can always propose a new talk."))
    noor.opens("talks:of_relation", two.relation.pk)
    noor.reads(noor.says("No talk is planned yet"), *TAKEN)


def they_look_back_and_noor_writes_a_letter(two: Semester) -> None:
    """They say thank you, and Noor writes what a next coach may know; it is hers (R13)."""
    noor, bram, key = two.noor, two.bram, two.relation.pk
    bram.opens("relations:relation", key)
    bram.follows("relations:closing", key)
    bram.follows("relations:look", key, "bedanken")
    bram.sends("[value=both]", text=THANKS)
    noor.opens("relations:closing", key)
    noor.reads(THANKS)
    noor.follows("relations:letter_new", key)
    noor.sends(text=LETTER)
    noor.reads(noor.says("Only you can read this."))


def they_close(two: Semester) -> None:
    """One act closes it: from that moment Bram reads nothing of Noor, and Noor keeps what was given (V24)."""
    noor, bram, relation = two.noor, two.bram, two.relation
    noor.opens("relations:closing", relation.pk)
    noor.follows("relations:complete", relation.pk)
    noor.sends()
    noor.reads(noor.says("You two completed this stretch"))
    talk = Takeaway.objects.filter(talk__relation=relation).latest("talk__starts_at").of_talk
    bram.opens("talks:talk", talk.pk, answers=404)
    bram.opens("relations:relation", relation.pk)
    bram.cannot_find(*TAKEN, GETS, LETTER, PROMISE)
    noor.opens("talks:talk", talk.pk)
    noor.reads(TAKEN[4], SEEN[4])
    assert HandoverLetter.objects.filter(relation=relation).count() == 1
