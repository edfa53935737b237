"""The page that is open in the talk: the card, the pen of the coachee, the coach's roles, and the next talk in one act (T2, T3)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied
from klimtouw.access.table import Hat
from klimtouw.foundation.clock import now
from klimtouw.growth.choices import Phase
from klimtouw.people.models import Person
from klimtouw.relations.choices import Rhythm, State
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.choices import LineKind, TalkState
from klimtouw.talks.models import CoachSentence, Impression, Takeaway, Talk
from klimtouw.talks.queries import moments_to_talk_again, talk
from klimtouw.talks.starters import WITH_A_FIRST_TALK
from tests.stories import looks_of_others, make_relation
from tests.talks.conftest import SignIn, days, make_held, make_planned
from tests.talks.test_pages import queries_of

COST = [11, 12]
"""Of the coachee and of the coach: eleven or twelve to read, the keys of two people, and what a look at the other's lines costs."""
WORDS = {"text": "Vragen stellen mag.", "next_step": "Donderdag stel ik er één."}


def page_of(sign_in: SignIn, person: Person, talk: Talk) -> str:
    return sign_in(person).get(reverse("talks:together", args=[talk.pk])).content.decode()


@pytest.fixture
def now_on(running_relation: Relation, at: datetime) -> Talk:
    """A talk that is going on."""
    return make_planned(running_relation, days(-0.01, at), place="Bij de vijver")


def test_the_coachee_holds_the_pen_and_one_act_keeps_the_talk_the_words_and_the_next_moment(
    now_on: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    assert "Jij houdt de pen vast." in page_of(sign_in, noor, now_on)
    offered = moments_to_talk_again(talk(noor, at, now_on.pk), at)
    sent = {**WORDS, "share": 1, "again-moments": [moment.isoformat() for moment in offered[:2]]}
    answer = sign_in(noor).post(reverse("talks:takeaway", args=[now_on.pk]), sent, follow=True)
    assert "Je voorstel is onderweg. Bram kiest een moment." in answer.content.decode()
    now_on.refresh_from_db()
    assert now_on.state == TalkState.HELD
    assert Takeaway.objects.get().next_step == WORDS["next_step"]
    proposed = Talk.objects.get(state=TalkState.PROPOSED)
    assert [moment.starts_at for moment in proposed.moments.order_by("starts_at")] == offered[:2]
    assert (proposed.proposed_by, proposed.place) == (noor, "Bij de vijver")
    assert WORDS["text"] in page_of(sign_in, bram, now_on)


def test_v1_the_coach_looks_along_and_has_no_field_of_the_coachee(
    now_on: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    page = page_of(sign_in, bram, now_on)
    assert "Noor houdt de pen vast." in page
    assert reverse("talks:takeaway", args=[now_on.pk]) not in page
    assert 'name="next_step"' not in page
    assert reverse("talks:sentence", args=[now_on.pk]) in page


def test_a_coach_records_a_talk_with_one_sentence_and_several_roles(
    now_on: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    sent = {"text": "Ik zag moed.", "roles": ["challenger", "supporter"]}
    sign_in(bram).post(reverse("talks:sentence", args=[now_on.pk]), sent)
    now_on.refresh_from_db()
    assert now_on.state == TalkState.HELD
    assert CoachSentence.objects.get().role_keys == ["supporter", "challenger"]
    assert "Als supporter en uitdager" in sign_in(noor).get(now_on.get_absolute_url()).content.decode()
    again = sign_in(bram).get(reverse("talks:sentence", args=[now_on.pk])).content.decode()
    assert again.count("checked") == 2


def test_an_unknown_role_is_refused_and_no_role_is_fine(held: Talk, bram: Person, sign_in: SignIn) -> None:
    url = reverse("talks:sentence", args=[held.pk])
    assert "roles" in sign_in(bram).post(url, {"text": "Mooi.", "roles": ["boss"]}).context["form"].errors
    sign_in(bram).post(url, {"text": "Mooi."})
    assert CoachSentence.objects.get().roles == ""


def test_before_its_hour_there_is_a_card_and_nothing_to_write(
    planned: Talk, noor: Person, sign_in: SignIn
) -> None:
    page = page_of(sign_in, noor, planned)
    assert "kan je hier opschrijven wat het gesprek bracht" in page
    assert 'name="next_step"' not in page


def test_what_was_agreed_last_time_stands_there_with_what_became_of_it(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    before = make_held(running_relation, days(-8, at))
    kept = actions.write_takeaway(talk=before, by=noor, at=days(-8, at) + timedelta(hours=2), seen=0, **WORDS)
    actions.share_with_other(kept, by=noor, at=at)
    today = make_planned(running_relation, days(-0.01, at))
    line = {"line_kind": LineKind.WHAT_BECAME, "text": "Ik stelde er twee!", "on_card": True}
    actions.write_line(talk=today, by=noor, at=at, **line)
    for person in (noor, bram):
        page = page_of(sign_in, person, today)
        assert WORDS["next_step"] in page
        assert page.count("Ik stelde er twee!") == 1
    assert (bram.name, kept, Hat.COACH_ONCE_SHARED, 1) in looks_of_others(noor, now())


def test_v19_v21_a_first_talk_has_a_loose_list_for_the_coach_alone_of_which_nothing_is_sent(
    acquainting_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    first = make_planned(acquainting_relation, days(-0.01, at))
    his, hers = page_of(sign_in, bram, first), page_of(sign_in, noor, first)
    starter = "Een rustige plek, en een telefoon die zwijgt"
    assert starter in his
    assert starter not in hers
    assert "Kennismaken is genoeg." in hers
    assert his.count('<input type="checkbox" autocomplete="off">') == len(WITH_A_FIRST_TALK)


def test_a_later_talk_has_no_such_list(now_on: Talk, bram: Person, sign_in: SignIn) -> None:
    assert "Een eerste gesprek" not in page_of(sign_in, bram, now_on)


def test_in_the_last_weeks_the_one_question_card_of_the_coach_is_about_closing(
    now_on: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    about_closing = reverse("growth:card") + "?fase=closing"
    assert about_closing not in page_of(sign_in, bram, now_on)
    now_on.relation.contracts.update(ends_on=localdate(at) + timedelta(days=7))
    assert about_closing in page_of(sign_in, bram, now_on)
    assert about_closing not in page_of(sign_in, noor, now_on)
    card = sign_in(bram).get(about_closing)
    assert Phase.CLOSING in card.context["hand"].card.phases


def test_writing_down_the_first_talk_opens_the_click_question(
    acquainting_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    first = make_planned(acquainting_relation, days(-0.01, at))
    sign_in(noor).post(reverse("talks:takeaway", args=[first.pk]), WORDS)
    acquainting_relation.refresh_from_db()
    assert acquainting_relation.state == State.CLICKING


def test_v12_an_impression_is_for_oneself_until_each_shares_their_own(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    url = reverse("talks:impression", args=[held.pk])
    sign_in(noor).post(url, {"text": "Spannend en warm.", "keep": 1})
    sign_in(bram).post(url, {"text": "Rustig.", "share": 1})
    assert "Spannend" not in sign_in(bram).get(held.get_absolute_url()).content.decode()
    assert "Rustig." in sign_in(noor).get(held.get_absolute_url()).content.decode()
    mine = Impression.objects.get(owner=noor)
    sign_in(noor).post(url, {"id": mine.pk, "seen": 1, "text": mine.text, "share": 1})
    assert "Spannend" in sign_in(bram).get(held.get_absolute_url()).content.decode()
    sign_in(noor).post(url, {"remove": 1})
    assert "Spannend" not in sign_in(bram).get(held.get_absolute_url()).content.decode()


def test_a_stranger_writes_no_impression(held: Talk, stan: Person, at: datetime, sign_in: SignIn) -> None:
    assert sign_in(stan).post(reverse("talks:impression", args=[held.pk]), {"text": "Ha."}).status_code == 404
    with pytest.raises(Denied):
        actions.write_impression(talk=held, by=stan, at=at, seen=0, text="Ha.")


def test_the_same_hour_is_offered_in_the_rhythm_the_two_agreed_and_not_after_the_end(
    running_relation: Relation, noor: Person, at: datetime
) -> None:
    held = make_held(running_relation, days(-1, at))
    contract = running_relation.contracts.get()
    contract.rhythm = Rhythm.WEEKLY
    contract.save(update_fields=["rhythm"])
    weeks = [(moment - held.starts_at).days // 7 for moment in offers(held, noor, at)]  # type: ignore[operator]
    assert weeks == [1, 2]
    contract.rhythm, contract.ends_on = Rhythm.MONTHLY, localdate(at + timedelta(days=25))
    contract.save(update_fields=["rhythm", "ends_on"])
    assert [(moment - held.starts_at).days for moment in offers(held, noor, at)] in ([21], [20])  # type: ignore[operator]


def offers(held: Talk, person: Person, at: datetime) -> list[datetime]:
    return moments_to_talk_again(talk(person, at, held.pk), at)


def test_the_offered_hour_stays_the_same_on_the_clock_across_both_changes_and_is_left_out_where_it_is_odd(
    noor: Person, bram: Person
) -> None:
    at = datetime(2027, 3, 20, 12, tzinfo=UTC)
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    talk_of_spring = Talk(relation=relation, starts_at=datetime(2027, 3, 21, 13, tzinfo=UTC), state="planned")
    talk_of_spring.relation.last_day = talk_of_spring.rhythm = None  # type: ignore[attr-defined]  # as its finder adds them
    hours = [moment.hour for moment in moments_to_talk_again(talk_of_spring, at)]
    assert hours == [12, 12, 12]  # 14:00 on the clock, one hour earlier in UTC
    talk_of_spring.starts_at = datetime(2027, 3, 21, 1, 30, tzinfo=UTC)  # 02:30, which 28 March skips
    days_on = [moment.day for moment in moments_to_talk_again(talk_of_spring, at)]
    assert days_on == [4, 11]


def test_nothing_is_offered_when_a_next_talk_is_there(
    now_on: Talk, running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    make_planned(running_relation, days(6, at))
    page = page_of(sign_in, noor, now_on)
    assert "again-moments" not in page
    assert "Jullie volgende gesprek" in page


@pytest.mark.parametrize("sent", ["gisteren", "2020-01-01T10:00:00+00:00", "2026-01-01T10:00", "<b>"])
def test_a_moment_that_makes_no_sense_keeps_the_words_and_proposes_nothing(
    now_on: Talk, noor: Person, sign_in: SignIn, sent: str
) -> None:
    sign_in(noor).post(reverse("talks:takeaway", args=[now_on.pk]), {**WORDS, "again-moments": [sent]})
    assert Takeaway.objects.get().text == WORDS["text"]
    assert not Talk.objects.filter(state=TalkState.PROPOSED).exists()


def test_sent_twice_proposes_once(now_on: Talk, noor: Person, at: datetime, sign_in: SignIn) -> None:
    client, url = sign_in(noor), reverse("talks:takeaway", args=[now_on.pk])
    form = client.get(reverse("talks:together", args=[now_on.pk])).context
    sent = {**WORDS, "id": form["form"]["id"].value(), "again-id": form["again"]["id"].value()}
    sent["again-moments"] = offers(now_on, noor, at)[0].isoformat()
    for _ in range(2):
        client.post(url, sent)
    assert Talk.objects.filter(state=TalkState.PROPOSED).count() == 1


def test_after_a_long_first_talk_a_usual_one_is_proposed(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    first = make_planned(running_relation, days(-0.01, at))
    Talk.objects.filter(pk=first.pk).update(minutes=60)
    moment = offers(first, noor, at)[0].isoformat()
    sign_in(noor).post(reverse("talks:takeaway", args=[first.pk]), {**WORDS, "again-moments": [moment]})
    assert Talk.objects.get(state=TalkState.PROPOSED).minutes == 30


def test_the_page_in_the_talk_costs_the_same_with_one_line_and_with_three(
    now_on: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    url, costs = reverse("talks:together", args=[now_on.pk]), []
    for number in range(3):
        for person in (noor, bram):
            line = {"line_kind": LineKind.PROUD_OF, "text": f"Regel {number}", "on_card": True}
            actions.write_line(talk=now_on, by=person, at=at, **line)
        costs.append([queries_of(sign_in(person), url) for person in (noor, bram)])
    assert costs[0] == costs[2] == COST
