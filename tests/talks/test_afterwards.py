"""After a talk: it was there, the coachee keeps a takeaway, the coach gives one sentence (T3, R4)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.access.table import Hat
from klimtouw.belongings.actions import close_seats
from klimtouw.belongings.choices import SeatHat
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import CoachSentence, Takeaway, Talk
from tests.stories import looks_of_others, texts_beside
from tests.talks.conftest import SignIn, days, make_planned

WORDS = {"text": "Vragen stellen mag.", "next_step": "Donderdag stel ik er één."}
SENTENCE = "Ik zag je rustig worden toen je vertelde."


def take(sign_in: SignIn, person: Person, talk: Talk, button: str = "keep", **fields: object) -> object:
    return sign_in(person).post(reverse("talks:takeaway", args=[talk.pk]), {**WORDS, button: 1, **fields})


def give(sign_in: SignIn, person: Person, talk: Talk, **fields: object) -> object:
    return sign_in(person).post(reverse("talks:sentence", args=[talk.pk]), {"text": SENTENCE, **fields})


@pytest.fixture
def role(db: None) -> CoachRole:
    """A coach role."""
    fields = {
        "name_nl": "klankbord",
        "name_en": "sounding board",
        "help_nl": "",
        "help_en": "",
        "source": "test",
    }
    return CoachRole.objects.update_or_create(key="sounding_board_of_test", defaults=fields)[0]


def test_either_says_that_a_talk_was_there(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    for number, person in enumerate((noor, bram), start=1):
        talk = make_planned(running_relation, days(-number, at))
        assert "Dit gesprek was er" in sign_in(person).get(talk.get_absolute_url()).content.decode()
        sign_in(person).post(reverse("talks:held", args=[talk.pk]))
        talk.refresh_from_db()
        assert talk.state == TalkState.HELD


def test_a_talk_cannot_have_been_there_before_it_began(
    planned: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    assert "Dit gesprek was er" not in sign_in(noor).get(planned.get_absolute_url()).content.decode()
    answer = sign_in(noor).post(reverse("talks:held", args=[planned.pk]), follow=True)
    assert "moet nog beginnen" in answer.content.decode()
    assert planned.starts_at
    with pytest.raises(actions.NotYetBegun):
        actions.mark_talk_held(talk=planned, by=noor, at=planned.starts_at - timedelta(seconds=1))
    actions.mark_talk_held(talk=planned, by=noor, at=planned.starts_at)


def test_a_cancelled_or_only_proposed_talk_was_not_there(proposed: Talk, noor: Person, at: datetime) -> None:
    with pytest.raises(actions.Overtaken):
        actions.mark_talk_held(talk=proposed, by=noor, at=days(5, at))
    actions.cancel_talk(talk=proposed, by=noor, at=at, seen=0)
    with pytest.raises(actions.WasCancelled):
        actions.mark_talk_held(talk=proposed, by=noor, at=days(5, at))


def test_the_first_talk_opens_the_click_question(
    acquainting_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    talk = make_planned(acquainting_relation, days(-1, at))
    for _ in range(2):
        sign_in(noor).post(reverse("talks:held", args=[talk.pk]))
    acquainting_relation.refresh_from_db()
    talk.refresh_from_db()
    assert (acquainting_relation.state, talk.state) == (State.CLICKING, TalkState.HELD)


def test_a_second_talk_before_the_click_moves_nothing(
    acquainting_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    first, second = (make_planned(acquainting_relation, days(-number, at)) for number in (3, 1))
    actions.mark_talk_held(talk=first, by=noor, at=at)
    actions.mark_talk_held(talk=second, by=bram, at=at)
    acquainting_relation.refresh_from_db()
    assert acquainting_relation.state == State.CLICKING


def test_the_coachee_goes_on_to_the_takeaway_and_the_coach_to_the_talk(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    one, two = make_planned(running_relation, days(-1, at)), make_planned(running_relation, days(-2, at))
    assert sign_in(noor).post(reverse("talks:held", args=[one.pk])).url == reverse(
        "talks:takeaway", args=[one.pk]
    )
    assert sign_in(bram).post(reverse("talks:held", args=[two.pk])).url == two.get_absolute_url()


def test_v12_a_takeaway_is_private_until_it_is_shared_in_so_many_words(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    form = sign_in(noor).get(reverse("talks:takeaway", args=[held.pk])).content.decode()
    assert "Alleen jij kan dit lezen." in form
    assert "Bewaar en deel met Bram" in form
    take(sign_in, noor, held)
    assert WORDS["text"] in sign_in(noor).get(held.get_absolute_url()).content.decode()
    for name in ("talks:talk", "talks:of_relation"):
        key = held.pk if name == "talks:talk" else held.relation_id
        assert WORDS["text"] not in sign_in(bram).get(reverse(name, args=[key])).content.decode()
    mine = Takeaway.objects.get()
    take(sign_in, noor, held, "share", id=mine.pk, seen=mine.version)
    for name, key in (("talks:talk", held.pk), ("talks:of_relation", held.relation_id)):
        assert WORDS["text"] in sign_in(bram).get(reverse(name, args=[key])).content.decode()
    assert looks_of_others(noor, now()) == [("Bram", mine, Hat.COACH_ONCE_SHARED, 2)]


def test_sharing_a_takeaway_stops_with_one_button(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    take(sign_in, noor, held, "share")
    mine = Takeaway.objects.get()
    take(sign_in, noor, held, "unshare", id=mine.pk, seen=mine.version)
    assert WORDS["text"] not in sign_in(bram).get(held.get_absolute_url()).content.decode()


def test_v1_a_coach_never_writes_or_changes_a_takeaway(
    held: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    take(sign_in, noor, held, "share")
    url = reverse("talks:takeaway", args=[held.pk])
    assert sign_in(bram).get(url).status_code == 404
    assert sign_in(bram).post(url, {**WORDS, "text": "Anders."}).status_code == 404
    with pytest.raises(Denied):
        actions.write_takeaway(talk=held, by=bram, at=at, seen=1, **WORDS)
    assert Takeaway.objects.get().text == WORDS["text"]


def test_a_takeaway_asks_for_a_word_and_keeps_either_field(held: Talk, noor: Person, sign_in: SignIn) -> None:
    answer = take(sign_in, noor, held, text="", next_step="")
    assert "Eén woord is genoeg" in answer.content.decode()
    take(sign_in, noor, held, text="")
    assert Takeaway.objects.get().title == WORDS["next_step"]


def test_there_is_one_takeaway_whatever_the_number_of_tabs(held: Talk, noor: Person, sign_in: SignIn) -> None:
    take(sign_in, noor, held)
    take(sign_in, noor, held)
    answer = take(sign_in, noor, held, text="Andere tab.")
    assert (WORDS["text"], "Andere tab.") in texts_beside(answer)
    take(sign_in, noor, held, text="Samengevoegd.", seen=answer.context["form"]["seen"].value())
    assert Takeaway.objects.get().text == "Samengevoegd."


def test_a_takeaway_waits_until_the_talk_has_begun(
    planned: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    assert sign_in(noor).get(reverse("talks:takeaway", args=[planned.pk])).url == planned.get_absolute_url()
    with pytest.raises(actions.NotYetBegun):
        actions.write_takeaway(talk=planned, by=noor, at=at, seen=0, **WORDS)


def test_a_coach_gives_one_sentence_in_a_role(
    held: Talk, noor: Person, bram: Person, role: CoachRole, sign_in: SignIn
) -> None:
    form = sign_in(bram).get(reverse("talks:sentence", args=[held.pk])).content.decode()
    assert "Geef aan Noor" in form
    assert "Jij en Noor kunnen dit lezen." in form
    give(sign_in, bram, held, roles=[role.pk])
    page = sign_in(noor).get(held.get_absolute_url()).content.decode()
    assert SENTENCE in page
    assert "Als klankbord" in page
    assert [(who, hat) for who, _, hat, _ in looks_of_others(bram, now())] == [
        ("Noor", Hat.COACHEE_ONCE_SHARED)
    ]


def test_a_sentence_is_one_line_of_at_most_300_signs(held: Talk, bram: Person, sign_in: SignIn) -> None:
    give(sign_in, bram, held, text="Eerst.\nDan.")
    assert CoachSentence.objects.get().text == "Eerst. Dan."
    answer = give(sign_in, bram, held, text="a" * 301)
    assert "text" in answer.context["form"].errors
    assert "text" in give(sign_in, bram, held, text=" ").context["form"].errors


def test_a_second_sentence_takes_the_place_of_the_first(held: Talk, bram: Person, sign_in: SignIn) -> None:
    give(sign_in, bram, held)
    give(sign_in, bram, held)
    first = CoachSentence.objects.get()
    give(sign_in, bram, held, id=first.pk, seen=1, text="Beter gezegd.")
    assert CoachSentence.objects.get().text == "Beter gezegd."


def test_a_sentence_can_be_taken_back(held: Talk, noor: Person, bram: Person, sign_in: SignIn) -> None:
    give(sign_in, bram, held)
    sign_in(bram).post(reverse("talks:sentence", args=[held.pk]), {"take_back": 1})
    assert SENTENCE not in sign_in(noor).get(held.get_absolute_url()).content.decode()
    assert not CoachSentence.objects.kept().exists()


def test_the_coachee_cannot_write_the_coachs_sentence(
    held: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    assert give(sign_in, noor, held).status_code == 404
    with pytest.raises(Denied):
        actions.give_sentence(talk=held, by=noor, at=at, seen=0, text="Ik was goed.")


def end(relation: Relation, state: State, at: datetime) -> None:
    """End a relation as its page does: the coach's seats close."""
    Relation.objects.filter(pk=relation.pk).update(state=state, ended_at=at)
    for bond in (relation.acquaintance_bond, relation.work_bond):
        close_seats(bond, at=at, hats=[SeatHat.COACH])


@pytest.mark.parametrize("state", [State.COMPLETED, State.STOPPED])
def test_v24_after_the_end_the_coachee_keeps_all_and_the_coach_opens_nothing(
    held: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn, state: State
) -> None:
    take(sign_in, noor, held, "share")
    give(sign_in, bram, held)
    coach = sign_in(bram)
    assert WORDS["text"] in coach.get(held.get_absolute_url()).content.decode()
    end(held.relation, state, at)
    names = ("talk", "calendar", "sentence", "choose", "move", "cancel", "prepare", "held", "takeaway")
    for url in [reverse(f"talks:{name}", args=[held.pk]) for name in names]:
        assert coach.get(url).status_code == 404, url
    assert coach.get(reverse("talks:of_relation", args=[held.relation_id])).status_code == 404
    page = sign_in(noor).get(held.get_absolute_url()).content.decode()
    assert WORDS["text"] in page
    assert SENTENCE in page
    assert "Alleen jij kan dit lezen." in page
    mine = Takeaway.objects.get()
    form = sign_in(noor).get(reverse("talks:takeaway", args=[held.pk])).content.decode()
    assert "deel met Bram" not in form
    take(sign_in, noor, held, id=mine.pk, seen=mine.version, text="Later nog bedacht.")
    mine.refresh_from_db()
    assert mine.text == "Later nog bedacht."


def test_v24_past_the_last_day_the_coach_opens_nothing_before_any_job_ran(
    held: Talk, bram: Person, noor: Person, at: datetime
) -> None:
    from_then = at + timedelta(days=125)
    talk = actions.held_tight(held, from_then)
    assert talk.hats_of(bram, from_then) == frozenset()
    assert talk.hats_of(noor, from_then)


def test_sharing_after_the_end_keeps_the_words_and_says_so(
    held: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    end(held.relation, State.STOPPED, at)
    answer = sign_in(noor).post(reverse("talks:takeaway", args=[held.pk]), {**WORDS, "share": 1}, follow=True)
    assert "Delen lukt nu niet." in answer.content.decode()
    assert Takeaway.objects.get().text == WORDS["text"]
    assert not Takeaway.objects.get().shares.exists()


def test_in_a_pause_a_takeaway_can_be_written_of_a_talk_nobody_marked(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    talk = make_planned(running_relation, days(-1, at))
    Relation.objects.filter(pk=running_relation.pk).update(state=State.PAUSED)
    take(sign_in, noor, talk)
    assert Takeaway.objects.get().text == WORDS["text"]
