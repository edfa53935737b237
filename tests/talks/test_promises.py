"""Promises of both, the coach's first; only who promised says it is done; after two talks they fade (R10)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import StandsAsGiven, erase, keep, remove
from klimtouw.belongings.models import Share
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_relation, pause_relation
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.actions.promises import make_promise, reword_promise, tick_promise
from klimtouw.talks.models import Promise, Talk
from klimtouw.talks.queries import talk_page
from tests.stories import looks_of_others, make_relation, texts_beside
from tests.talks.conftest import days, make_held, make_planned

SignIn = Callable[[Person], Client]


@pytest.fixture
def both(held: Talk, noor: Person, bram: Person, at: datetime) -> tuple[Promise, Promise]:
    """Noor promised first, and Bram too."""
    hers = make_promise(talk=held, by=noor, at=at, text="Ik bel het bedrijf.")
    his = make_promise(talk=held, by=bram, at=at, text="Ik zoek het artikel.")
    return hers, his


def on(talk: Talk, reader: Person, at: datetime) -> list[str]:
    """Return which promises stand on the page of a talk, in their order."""
    return [promise.text for promise in talk_page(talk, reader, at).promises]


def page_of(client: Client, talk: Talk) -> str:
    """Return the page of a talk."""
    return client.get(reverse("talks:talk", args=[talk.pk])).content.decode()


def test_r10_both_promise_and_the_coachs_promise_stands_first_for_both(
    both: tuple[Promise, Promise], held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    for reader in (noor, bram):
        page = page_of(sign_in(reader), held)
        assert page.index("Ik zoek het artikel.") < page.index("Ik bel het bedrijf.")


def test_r10_promising_takes_one_form_and_the_other_reads_it(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client, address = sign_in(noor), reverse("talks:promise", args=[held.pk])
    page = client.get(address).content.decode()
    assert "Beloof het aan Bram" in page
    assert 'type="date"' not in page
    sent = {"id": str(new_id()), "text": "Ik bel het bedrijf."}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert Promise.objects.count() == 1
    assert "Ik bel het bedrijf." in page_of(sign_in(bram), held)
    assert [look[1] for look in looks_of_others(noor, at)] == [Promise.objects.get()]


def test_r10_only_who_promised_says_that_it_is_done(
    both: tuple[Promise, Promise], held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    hers, his = both
    address = reverse("talks:promise_done", args=[hers.pk, held.pk])
    assert sign_in(bram).post(address, {"done": "1"}).status_code == 404
    with pytest.raises(Denied):
        tick_promise(promise=hers, by=bram, at=at, is_kept=True)
    with pytest.raises(Denied):
        tick_promise(promise=his, by=noor, at=at, is_kept=True)
    client = sign_in(noor)
    assert client.post(address, {"done": "1"}).status_code == 302
    hers.refresh_from_db()
    assert hers.is_kept
    assert "Gedaan" in page_of(sign_in(bram), held)
    client.post(address, {"not_yet": "1"})
    hers.refresh_from_db()
    assert not hers.is_kept


def test_r10_they_stand_on_the_cards_of_two_talks_and_then_fade(
    both: tuple[Promise, Promise],
    held: Talk,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
) -> None:
    first = make_planned(running_relation, days(2, at))
    assert on(first, noor, at) == on(first, bram, at) == ["Ik zoek het artikel.", "Ik bel het bedrijf."]
    Talk.objects.filter(pk=first.pk).update(state="held")
    second = make_planned(running_relation, days(9, at))
    assert len(on(second, noor, at)) == 2
    Talk.objects.filter(pk=second.pk).update(state="held")
    third = make_planned(running_relation, days(16, at))
    assert on(third, noor, at) == on(third, bram, at) == []
    assert on(held, noor, at) == ["Ik bel het bedrijf."]
    assert on(held, bram, at) == ["Ik zoek het artikel."]
    Talk.objects.filter(pk=third.pk).update(state="held")
    for reader in (noor, bram):
        assert (
            talk_page(held, reader, at, is_example=True).promises == []
        )  # neither sees the faded one of the other


def test_r10_a_talk_that_was_cancelled_takes_no_place_among_the_two(
    both: tuple[Promise, Promise], running_relation: Relation, noor: Person, at: datetime
) -> None:
    for number in (2, 9):
        cancelled = make_planned(running_relation, days(number, at))
        Talk.objects.filter(pk=cancelled.pk).update(state="cancelled")
    assert len(on(make_planned(running_relation, days(16, at)), noor, at)) == 2


def test_r10_what_is_promised_later_does_not_stand_on_an_earlier_card(
    held: Talk, running_relation: Relation, noor: Person, at: datetime
) -> None:
    planned = make_planned(running_relation, days(2, at))
    make_promise(talk=planned, by=noor, at=at, text="Ik lees het.")
    assert on(held, noor, at) == []
    assert on(planned, noor, at) == ["Ik lees het."]


def test_r10_another_talk_that_looks_for_its_moment_shows_them_too(
    both: tuple[Promise, Promise], proposed: Talk, noor: Person, at: datetime
) -> None:
    assert len(on(proposed, noor, at)) == 2


def test_v17_an_open_promise_is_no_debt_no_count_no_colour_and_nothing_on_the_first_page(
    both: tuple[Promise, Promise], running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    first = make_planned(running_relation, days(-0.5, at))
    Talk.objects.filter(pk=first.pk).update(state="held")
    second = make_planned(running_relation, days(5, at))
    client = sign_in(noor)
    part = page_of(client, second).split('id="promises"')[1].split("</section>")[0]
    for word in ("te laat", "nog niet gedaan", "open", "attention", "warning", "dagen"):
        assert word not in part
    assert "belofte" not in client.get(reverse("home")).content.decode().lower()


def test_v2_nobody_promises_for_another(
    held: Talk, noor: Person, bram: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    assert sign_in(stan).post(reverse("talks:promise", args=[held.pk]), {"text": "x"}).status_code == 404
    data = {"id": str(new_id()), "text": "Ik.", "owner": str(noor.pk), "by": str(noor.pk)}
    sign_in(bram).post(reverse("talks:promise", args=[held.pk]), data)
    assert Promise.objects.get().owner == bram


def test_a_promise_is_worded_anew_or_taken_back_by_its_writer_alone(
    both: tuple[Promise, Promise], held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    hers, _ = both
    address = reverse("talks:promise_words", args=[hers.pk, held.pk])
    assert sign_in(bram).get(address).status_code == 404
    client = sign_in(noor)
    assert client.post(address, {"seen": "1", "text": "Ik bel woensdag."}).status_code == 302
    page = page_of(sign_in(bram), held)
    assert "Ik bel woensdag." in page
    client.post(address, {"remove": "1"})
    assert "Ik bel woensdag." not in page_of(sign_in(bram), held)
    assert not Share.objects.filter(thing=hers.pk, revoked_at=None).exists()


def test_two_tabs_that_reword_stand_side_by_side(
    both: tuple[Promise, Promise], held: Talk, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    hers, _ = both
    reword_promise(promise=hers, by=noor, at=at, seen=1, text="Ik mail.")
    address = reverse("talks:promise_words", args=[hers.pk, held.pk])
    answer = sign_in(noor).post(address, {"seen": "1", "text": "Ik bel."})
    assert answer.status_code == 200
    assert texts_beside(answer) == [("Ik mail.", "Ik bel.")]


def test_in_a_pause_and_after_the_end_nothing_is_promised_and_v24_the_coach_reads_nothing(
    both: tuple[Promise, Promise],
    held: Talk,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    pause_relation(relation=running_relation, by=noor, at=at)
    with pytest.raises(Denied):
        make_promise(talk=held, by=bram, at=at, text="Later.")
    complete_relation(relation=running_relation, by=noor, at=at)
    assert sign_in(bram).get(reverse("talks:talk", args=[held.pk])).status_code == 404
    assert talk_page(held, bram, at).promises == [both[1]]
    assert {promise.pk for promise in talk_page(held, noor, at).promises} == {one.pk for one in both}


def test_v24_after_the_end_what_the_coach_promised_stands_as_it_was_given(
    both: tuple[Promise, Promise],
    held: Talk,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    hers, his = both
    complete_relation(relation=running_relation, by=noor, at=at)
    coach = sign_in(bram)
    words, done = (
        reverse(f"talks:{name}", args=[his.pk, held.pk]) for name in ("promise_words", "promise_done")
    )
    assert coach.get(words).status_code == 404
    sent: list[tuple[str, dict[str, str]]] = [
        (words, {"seen": "1", "text": "Bel mij."}),
        (words, {"remove": "1"}),
    ]
    for address, data in [*sent, (done, {"done": "1"})]:
        assert coach.post(address, data).status_code == 404
    with pytest.raises(StandsAsGiven):
        reword_promise(promise=his, by=bram, at=at, seen=1, text="Bel mij.")
    with pytest.raises(StandsAsGiven):
        tick_promise(promise=his, by=bram, at=at, is_kept=True)
    his.refresh_from_db()
    assert (his.text, his.is_kept) == ("Ik zoek het artikel.", False)
    assert "Ik zoek het artikel." in page_of(sign_in(noor), held)
    tick_promise(promise=hers, by=noor, at=at, is_kept=True)  # her own climb goes on


def test_a_talk_that_looks_for_its_moment_or_is_cancelled_takes_no_promise_and_gives_the_words_back(
    proposed: Talk, noor: Person, sign_in: SignIn
) -> None:
    for state in ("proposed", "cancelled"):
        Talk.objects.filter(pk=proposed.pk).update(state=state)
        client = sign_in(noor)
        answer = client.post(
            reverse("talks:promise", args=[proposed.pk]), {"text": "Ik bel woensdag."}, follow=True
        )
        assert "Ik bel woensdag." in answer.content.decode()
    assert not Promise.objects.exists()


def test_a_promise_of_another_relation_stands_on_no_other_talk(
    both: tuple[Promise, Promise], held: Talk, amir: Person, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    other = make_relation(noor, amir, State.RUNNING, at - timedelta(days=9))
    elsewhere = make_held(other, days(-1, at))
    address = reverse("talks:promise_words", args=[both[0].pk, elsewhere.pk])
    assert sign_in(noor).get(address).status_code == 404
    assert on(elsewhere, noor, at) == []


def test_the_page_asks_the_same_number_of_questions_with_one_promise_and_with_six(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client, counts = sign_in(noor), []
    for number in (1, 5):
        for one in range(number):
            make_promise(talk=held, by=noor, at=at, text=f"Ik doe {one}.")
        with CaptureQueriesContext(connection) as asked:
            page_of(client, held)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_markup_emoji_and_right_to_left_words_are_shown_as_typed(
    held: Talk, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    make_promise(talk=held, by=noor, at=at, text="<b>Ik</b> 🧗 אני")
    page = page_of(sign_in(noor), held)
    assert "&lt;b&gt;Ik&lt;/b&gt; 🧗 אני" in page


def test_the_words_go_with_the_trash_and_come_back_private(
    both: tuple[Promise, Promise], held: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    remove(both[0], by=noor, at=at)
    assert on(held, noor, at) == ["Ik zoek het artikel."]
    erase(both[0], by=noor, at=at)
    assert Promise.objects.count() == 1
    keep(Promise, by=noor, at=at, talk=held, text="Alleen van mij.")
    assert on(held, bram, at) == ["Ik zoek het artikel."]
