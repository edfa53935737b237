"""Versions instead of locks: every wording is kept, two texts stand side by side, nothing typed is lost (C14)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import (
    ChangedMeanwhile,
    erase,
    keep,
    keep_the_other,
    place,
    remove,
    restore,
    reword,
    share,
)
from klimtouw.belongings.both_texts import joined
from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.versions import history_of
from klimtouw.climb.actions.trail import reword_entry, write_entry
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal
from klimtouw.people.kept_forms import WRITER_FIELD, writer_mark
from klimtouw.people.models import Person
from klimtouw.relations.models import NeedsWishesLimits, Relation
from klimtouw.talks.models import PreparationLine, Talk
from tests.marks import unmarked

SignIn = Callable[[Person], Client]
MINUTE = timedelta(minutes=1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1"
MARKUP = "<script>alert(1)</script> 🧗🏽 \u202emarhaba"


@pytest.fixture
def dream(noor: Person, at: datetime) -> Dream:
    """A dream of Noor."""
    return keep(Dream, by=noor, at=at, text="Ik droom van de zee.")


def page_of(client: Client, thing: Thing, **asked: Any) -> str:
    """Return the history of a text as its owner sees it."""
    return client.get(reverse("belongings:versions", args=[thing.pk]), asked).content.decode()


def put_back(client: Client, thing: Thing, number: int, seen: int) -> HttpResponse:
    """Press the button that makes an earlier wording the newest again."""
    return client.post(reverse("belongings:restore", args=[thing.pk, number]), {"seen": seen}, follow=True)


def rewrite(client: Client, thing: Thing, text: str, seen: int, **more: Any) -> HttpResponse:
    """Send the form of a dream."""
    fields = {"text": text, "seen": seen, "id": str(thing.pk), **more}
    return client.post(reverse("climb:dream_edit", args=[thing.pk]), fields)


def texts_of(thing: Thing) -> list[str]:
    """Return every wording of a dream, the oldest first."""
    return [row.wording.whole for row in reversed(history_of(type(thing).objects.get(pk=thing.pk)).rows)]


# The history.


def test_a_text_keeps_every_wording_with_when_and_on_which_device(
    dream: Dream, noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    client.post(
        reverse("climb:dream_edit", args=[dream.pk]),
        {"text": "Ik droom van de bergen.", "seen": 1},
        headers={"user-agent": FIREFOX},
    )
    client.post(
        reverse("climb:dream_edit", args=[dream.pk]),
        {"text": "Ik droom van hoge bergen.", "seen": 2},
        headers={"user-agent": PHONE},
    )
    rows = history_of(Dream.objects.get(pk=dream.pk)).rows
    assert [(row.wording.number, row.wording.device_in_words) for row in rows] == [
        (3, "Safari op iPhone"),
        (2, "Firefox op Linux"),
        (1, ""),
    ]
    assert [row.wording.written_at for row in rows] == sorted(
        (r.wording.written_at for r in rows), reverse=True
    )
    page = page_of(client, dream)
    assert "Safari op iPhone" in page
    assert "Firefox op Linux" in page


def test_a_new_text_knows_its_device_from_the_first_word_on(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    new = {"text": "Een nieuwe droom."}
    answer = client.post(reverse("climb:dream_new"), new, headers={"user-agent": FIREFOX})
    assert answer.status_code == 302
    assert "Firefox op Linux" in page_of(client, Dream.objects.get())


def test_what_changed_is_said_in_words_for_eyes_and_for_ears(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    reword(dream, by=noor, at=at + MINUTE, seen=1, text="Ik droom soms van een berg.")
    page = page_of(sign_in(noor), dream)
    assert (
        '<del><span class="visually-hidden">[weg: </span>de zee<span class="visually-hidden">]</span></del>'
        in page
    )
    assert (
        '<ins><span class="visually-hidden">[erbij: </span>soms <span class="visually-hidden">]</span></ins>'
        in page
    )
    assert "Ik droom van de zee." in page  # the whole text as it was


def test_a_text_that_never_changed_has_one_version_and_no_button(
    dream: Dream, noor: Person, sign_in: SignIn
) -> None:
    page = page_of(sign_in(noor), dream)
    assert "Versie 1" in page
    assert "Maak dit weer de nieuwste" not in page


def test_markup_stays_text_in_the_history(dream: Dream, noor: Person, sign_in: SignIn, at: datetime) -> None:
    dream = reword(dream, by=noor, at=at, seen=1, text=MARKUP)
    reword(dream, by=noor, at=at, seen=2, text=f"Anders {MARKUP}")
    page = page_of(sign_in(noor), dream)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_device_lies_sealed_as_the_words_do(dream: Dream, noor: Person, at: datetime) -> None:
    noor.device = "Firefox|Linux"
    dream = reword(dream, by=noor, at=at, seen=1, text="Anders.")
    reword(dream, by=noor, at=at, seen=2, text="Nog anders.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT device FROM belongings_thing UNION ALL SELECT device FROM belongings_version")
        stored = [bytes(device) for (device,) in cursor.fetchall()]
    assert sorted(map(bool, stored)) == [False, True, True]
    assert not any(b"Firefox" in device for device in stored)


def test_only_the_owner_sees_the_history(
    running_relation: Relation,
    dream: Dream,
    noor: Person,
    bram: Person,
    stan: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    dream = reword(dream, by=noor, at=at, seen=1, text="Ik droom van bergen.")
    share(dream, onto=running_relation.work_bond, by=noor, at=at)
    for other in (bram, stan):
        client = sign_in(other)
        assert client.get(reverse("belongings:versions", args=[dream.pk])).status_code == 404
        assert put_back(client, dream, 1, 2).status_code == 404
    with pytest.raises(Denied):
        restore(dream, by=bram, at=at, seen=2, number=1)
    assert Dream.objects.get(pk=dream.pk).text == "Ik droom van bergen."


# Twenty on a page.


@pytest.mark.parametrize("versions", [3, 50])
def test_the_history_asks_the_database_as_often_for_three_as_for_fifty(
    versions: int, dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    for number in range(1, versions):
        dream = reword(dream, by=noor, at=at + number * MINUTE, seen=number, text=f"Tekst {number + 1}.")
    client = sign_in(noor)
    page_of(client, dream)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, dream)
    assert len(asked) == 7


def test_twenty_stand_on_a_page_and_the_oldest_is_never_thrown_away(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    for number in range(1, 41):
        dream = reword(dream, by=noor, at=at + number * MINUTE, seen=number, text=f"Tekst {number + 1}.")
    pages = [history_of(dream, number) for number in (1, 2, 3, 4)]
    numbers = [[row.wording.number for row in page.rows] for page in pages]
    assert numbers == [list(range(41, 21, -1)), list(range(21, 1, -1)), [1], []]
    assert [page.has_next for page in pages] == [True, True, False, False]
    # On every page each wording is compared with the one after it, also with the last one of the page before.
    told = ["".join(p.text for p in row.change or []) for page in pages for row in page.rows]
    assert told[0] == ""
    assert told[20] == "Tekst 2122."
    assert told[40] == "Ik droom van de zeeTekst 2."
    client = sign_in(noor)
    assert "Ik droom van de zee." in page_of(client, dream, page=3)
    for odd in ("0", "-1", "abc", "99999", "99999999999999", "²"):
        assert client.get(reverse("belongings:versions", args=[dream.pk]), {"page": odd}).status_code == 200


# Putting one back.


def test_an_earlier_wording_becomes_the_newest_as_a_new_version_and_undo_brings_the_other_back(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    reword(dream, by=noor, at=at, seen=1, text="Ik droom van bergen.")
    client = sign_in(noor)
    said = put_back(client, dream, 1, 2).content.decode()
    assert texts_of(dream) == ["Ik droom van de zee.", "Ik droom van bergen.", "Ik droom van de zee."]
    undo = reverse("belongings:restore", args=[dream.pk, 2])
    assert f'<a href="{undo}" data-ask>' in said
    asked = client.get(undo).content.decode()
    assert "Ik droom van bergen." in asked
    put_back(client, dream, 2, 3)
    assert texts_of(dream)[-1] == "Ik droom van bergen."
    assert Dream.objects.get(pk=dream.pk).version == 4


def test_pressing_twice_puts_back_once(dream: Dream, noor: Person, sign_in: SignIn, at: datetime) -> None:
    reword(dream, by=noor, at=at, seen=1, text="Ik droom van bergen.")
    client = sign_in(noor)
    put_back(client, dream, 1, 2)
    put_back(client, dream, 1, 2)
    assert Dream.objects.get(pk=dream.pk).version == 3


def test_putting_back_never_overwrites_what_was_written_meanwhile(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = reword(dream, by=noor, at=at, seen=1, text="Ik droom van bergen.")
    reword(dream, by=noor, at=at, seen=2, text="Op mijn telefoon geschreven.")
    said = put_back(sign_in(noor), dream, 1, 2).content.decode()
    assert "Er is niets verloren" in said
    assert Dream.objects.get(pk=dream.pk).text == "Op mijn telefoon geschreven."


def test_what_never_was_cannot_be_put_back(dream: Dream, noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for number in (0, 2, 10**30):
        assert put_back(client, dream, number, 1).status_code == 404


def test_an_entry_comes_back_with_the_form_its_answers_belong_to(noor: Person, at: datetime) -> None:
    given = {"what": "Ik viel.", "so_what": "Au."}
    entry = write_entry(by=noor, at=at, text="Vandaag", form=EntryForm.WHAT_SO_WHAT, given=given)
    entry = reword_entry(
        entry, by=noor, at=at, seen=1, text="Vandaag", form=EntryForm.FREE, given={}, goal=None
    )
    restore(entry, by=noor, at=at, seen=2, number=1)
    back = Entry.objects.get(pk=entry.pk)
    assert [answer for _question, answer in back.questions_and_answers] == ["Ik viel.", "Au."]


# Two texts at once.


def test_both_texts_stand_side_by_side_with_the_difference_marked_and_three_buttons(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    reword(dream, by=noor, at=at, seen=1, text="Ik droom van de bergen.")
    page = rewrite(sign_in(noor), dream, "Ik droom van de stad.", 1).content.decode()
    assert '<ins><span class="visually-hidden">[alleen hier: </span>bergen' in page
    assert '<ins><span class="visually-hidden">[alleen hier: </span>stad' in page
    assert "Ik droom van de bergen." in unmarked(page)
    for choice in ("mine", "other", "join"):
        assert f'name="choose" value="{choice}"' in page
    assert 'name="seen" value="2"' in page


@pytest.mark.parametrize(
    ("choice", "newest"), [("mine", "Ik droom van de stad."), ("other", "Ik droom van de bergen.")]
)
def test_whatever_is_chosen_both_texts_are_kept(
    choice: str, newest: str, dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    reword(dream, by=noor, at=at, seen=1, text="Ik droom van de bergen.")
    answer = rewrite(sign_in(noor), dream, "Ik droom van de stad.", 2, choose=choice)
    assert answer.status_code == 302
    assert texts_of(dream)[-1] == newest
    assert {"Ik droom van de stad.", "Ik droom van de bergen."} <= set(texts_of(dream))


def test_joining_puts_both_texts_in_the_field_and_keeps_nothing_until_they_are_one(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    reword(dream, by=noor, at=at, seen=1, text="Ik droom van de bergen.\nEn van rust.")
    client = sign_in(noor)
    answer = rewrite(client, dream, "Ik droom van de stad.\nEn van rust.", 2, choose="join")
    both = "Ik droom van de bergen.\nIk droom van de stad.\nEn van rust."
    assert both in answer.content.decode()
    assert Dream.objects.get(pk=dream.pk).version == 2
    assert rewrite(client, dream, both, 2).status_code == 302
    assert texts_of(dream)[-1] == both


@pytest.mark.parametrize("choice", ["mine", "other", "join"])
def test_a_second_conflict_right_after_the_first_loses_nothing_either(
    choice: str, dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = reword(dream, by=noor, at=at, seen=1, text="Eerste telefoon.")
    client = sign_in(noor)
    rewrite(client, dream, "Mijn laptop.", 1)
    reword(dream, by=noor, at=at, seen=2, text="Tweede telefoon.")
    page = rewrite(client, dream, "Mijn laptop.", 2, choose=choice).content.decode()
    assert "Tweede telefoon." in unmarked(page)
    assert "Mijn laptop." in unmarked(page)
    assert 'name="seen" value="3"' in page
    assert texts_of(dream) == ["Ik droom van de zee.", "Eerste telefoon.", "Tweede telefoon."]


def test_keeping_the_other_of_the_same_text_makes_no_version(
    dream: Dream, noor: Person, at: datetime
) -> None:
    keep_the_other(dream.pk, by=noor, at=at, seen=1, text="Ik droom van de zee.")
    assert not Version.objects.exists()


def test_keeping_the_other_is_for_ones_own_text_alone(
    running_relation: Relation, dream: Dream, noor: Person, bram: Person, at: datetime
) -> None:
    share(dream, onto=running_relation.work_bond, by=noor, at=at)
    with pytest.raises(Thing.DoesNotExist):
        keep_the_other(dream.pk, by=bram, at=at, seen=1, text="Van Bram.")


def test_choosing_says_nothing_about_who_may_read(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    url = reverse("relations:piece", args=[running_relation.pk, "behoeften-wensen-grenzen"])
    client = sign_in(noor)
    client.post(url, {"needs": "Rust.", "for": "both"})
    mine = NeedsWishesLimits.objects.get()
    reword(mine, by=noor, at=at, seen=1, needs="Rust en tijd.")
    late = {"needs": "Rust en lucht.", "id": mine.pk}
    page = client.post(url, {**late, "seen": 1, "for": "both"}).content.decode()
    assert 'name="choose" value="mine"' in page
    client.post(url, {**late, "seen": 2, "choose": "mine"})
    assert NeedsWishesLimits.objects.get().needs == "Rust en lucht."
    assert NeedsWishesLimits.objects.visible_to(bram, at + MINUTE).exists()


def test_two_first_answers_to_one_question_can_be_joined_too(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client, url = sign_in(noor), reverse("climb:compass_write", args=["matters"])
    client.post(url, {"text": "Rust.", "id": "0190f5a0-0000-7000-8000-000000000001"})
    again = {"text": "Vrienden.", "id": "0190f5a0-0000-7000-8000-000000000002"}
    page = client.post(url, again).content.decode()
    answer = CompassAnswer.objects.get()
    assert f'name="id" value="{answer.pk}"' in page
    client.post(url, {"text": "Vrienden.", "id": answer.pk, "seen": 1, "choose": "other"})
    answer = CompassAnswer.objects.get()
    assert (answer.text, answer.version) == ("Rust.", 3)


def test_answers_to_another_form_are_shown_and_joined_as_well(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    entry = write_entry(by=noor, at=at, text="Vandaag.")
    given = {"first_word": "moe", "second_word": "blij"}
    reword_entry(
        entry, by=noor, at=at, seen=1, text="Vandaag.", form=EntryForm.THREE_WORDS, given=given, goal=None
    )
    url = reverse("climb:entry_edit", args=[entry.pk])
    sent = {"text": "Gisteren.", "form": "what_so_what", "what": "Ik viel.", "seen": 1}
    client = sign_in(noor)
    page = unmarked(client.post(url, sent).content.decode())
    for words in ("moe", "blij", "Vandaag.", "Gisteren.", "Ik viel."):
        assert words in page


@pytest.mark.parametrize(
    ("stands", "typed", "both"),
    [
        ("a", "a", "a"),
        ("", "b", "b"),
        ("a", "", "a"),
        ("a\nb", "a\nc", "a\nb\nc"),
        ("a\nb\nc", "b", "a\nb\nc"),
    ],
)
def test_joined_texts_hold_every_line_of_both(stands: str, typed: str, both: str) -> None:
    assert joined(stands, typed) == both


# Nothing to write in any more.


def test_what_was_typed_comes_back_when_the_text_was_erased_meanwhile(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    remove(dream, by=noor, at=at)
    erase(dream, by=noor, at=at)
    answer = rewrite(sign_in(noor), dream, f"Lang getypt. {MARKUP}", 1)
    assert answer.status_code == 404
    assert "Lang getypt. &lt;script&gt;" in answer.content.decode()


def test_what_was_typed_lies_in_the_trash_with_its_text_when_that_was_put_away_meanwhile(
    dream: Dream, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    remove(dream, by=noor, at=at)
    client = sign_in(noor)
    rewrite(client, dream, "Lang getypt.", 1)
    assert "Lang getypt." in client.get(reverse("belongings:trash")).content.decode()
    assert texts_of(dream) == ["Ik droom van de zee.", "Lang getypt."]


def test_the_answer_says_no_more_about_a_text_of_another_than_about_none(
    dream: Dream, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(stan)
    there = rewrite(client, dream, "Van Stan.", 1).content
    nowhere = client.post(
        reverse("climb:dream_edit", args=["0190f5a0-0000-7000-8000-000000000009"]),
        {"text": "Van Stan.", "seen": 1, "id": str(dream.pk)},
    ).content
    assert unseen(there) == unseen(nowhere)


def unseen(page: bytes) -> str:
    """Return a page without what is new every time."""
    return page.decode().split("<main")[1].split("</main")[0]


def test_a_line_for_a_talk_that_was_there_meanwhile_is_given_back(
    running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    talk = Talk.objects.create(
        relation=running_relation, state="held", starts_at=at, proposed_by=noor, proposed_at=at
    )
    client = sign_in(noor)
    answer = client.post(
        reverse("talks:prepare", args=[talk.pk]), {"text": "Hierover wil ik praten.", "line_kind": "proud"}
    )
    assert answer.status_code == 409
    assert "Hierover wil ik praten." in answer.content.decode()
    assert not PreparationLine.objects.exists()


def test_a_form_kept_over_a_sign_out_meets_the_other_text_and_stands_beside_it(
    dream: Dream, noor: Person, at: datetime
) -> None:
    client = Client()
    form = {"text": "Uitgelogd getypt.", "seen": 1, "id": str(dream.pk), WRITER_FIELD: writer_mark(noor)}
    client.post(reverse("climb:dream_edit", args=[dream.pk]), form)
    reword(dream, by=noor, at=at, seen=1, text="Intussen op de telefoon.")
    client.force_login(noor)
    kept = client.get(reverse("people:kept_form")).context["kept"]
    page = unmarked(client.post(kept["path"], dict(kept["fields"])).content.decode())
    assert "Uitgelogd getypt." in page
    assert "Intussen op de telefoon." in page


def test_the_longest_texts_of_any_script_survive_a_sign_out(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="doel")
    long = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(20_000))
    client = Client()
    form = {"text": long, "why": long[::-1], "seen": 1, WRITER_FIELD: writer_mark(noor)}
    client.post(reverse("climb:goal_edit", args=[goal.pk]), form)
    client.force_login(noor)
    kept = dict(client.get(reverse("people:kept_form")).context["kept"]["fields"])
    assert (kept["text"], kept["why"]) == (long, long[::-1])


def test_words_are_never_placed(dream: Dream, noor: Person, at: datetime) -> None:
    with pytest.raises(TypeError):
        place(dream, by=noor, at=at, text="Zonder versie.")


def test_a_version_holds_words_alone_and_the_numbers_have_no_gap(
    dream: Dream, noor: Person, at: datetime
) -> None:
    for number in range(1, 6):
        dream = reword(dream, by=noor, at=at, seen=number, text=f"Tekst {number}.")
    with pytest.raises(ChangedMeanwhile):
        reword(dream, by=noor, at=at, seen=3, text="Te laat.")
    versions = Version.objects.filter(thing=dream.pk).order_by("number")
    assert [version.number for version in versions] == [1, 2, 3, 4, 5]
    assert all(set(json.loads(version.words)) == {"text"} for version in versions)
