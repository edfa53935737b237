"""The forms of an entry: free text first, each form in its own questions, and a number that stays a mark of the person alone (C8)."""

import re
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import HIGHEST, LOWEST, EntryForm
from klimtouw.climb.models import Entry
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared

SignIn = Callable[[Person], Client]
WITH_QUESTIONS = [form for form in EntryForm if form.questions]


@pytest.mark.parametrize("form", WITH_QUESTIONS)
def test_c8_every_form_puts_the_free_text_first_and_keeps_each_answer(
    form: EntryForm, noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    page = client.get(reverse("climb:entry_new"), {"form": form}).content.decode()
    places = [page.index(f'name="{name}"') for name in ("text", *form.questions)]
    assert places == sorted(places)
    given = {name: "7" if name == "scale" else f"Over {name}" for name in form.questions}
    sent(client, "entry_new", text="Eerst vrij.", form=form, id=uuid4(), **given)
    entry = Entry.objects.get()
    assert (entry.text, entry.form, entry.given) == ("Eerst vrij.", form, given)
    page = seen(client, "entry", entry.pk)
    assert all(answer in page for answer in given.values())


@pytest.mark.parametrize("form", WITH_QUESTIONS)
def test_one_answer_is_enough(form: EntryForm, noor: Person, sign_in: SignIn) -> None:
    name = list(form.questions)[-1]
    sent(sign_in(noor), "entry_new", form=form, id=uuid4(), **{name: "Dit alleen."})
    assert Entry.objects.get().given == {name: "Dit alleen."}


def test_from_its_answers_alone_one_can_tell_which_form_an_entry_had() -> None:
    names = [name for form in EntryForm for name in form.questions]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_e1_every_question_is_short_and_in_both_languages(language: str) -> None:
    with translation.override(language):
        questions = [str(question) for form in EntryForm for question in form.questions.values()]
    assert all(len(question.split()) <= 13 for question in questions)
    with translation.override("en"):
        assert language == "en" or not set(questions) & {
            str(q) for form in EntryForm for q in form.questions.values()
        }


@pytest.mark.parametrize("odd", ["11", "-1", "7,5", "zeven", "<b>7</b>", "7" * 400])
def test_an_odd_number_gets_a_kind_word_and_the_rest_stays(odd: str, noor: Person, sign_in: SignIn) -> None:
    page = sent(
        sign_in(noor), "entry_new", form="scale", scale=odd, not_lower="Ik vroeg hulp.", id=uuid4()
    ).content.decode()
    assert "Kies een getal van 0 tot 10, of geen getal." in page
    assert "Ik vroeg hulp." in page
    assert not Entry.objects.exists()


@pytest.mark.parametrize("number", [LOWEST, HIGHEST])
def test_nought_and_ten_are_numbers_too(number: int, noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    sent(client, "entry_new", form="scale", scale=number, id=uuid4())
    entry = Entry.objects.get()
    assert (entry.given, entry.title) == ({"scale": str(number)}, f"{number}, van 0 tot 10")
    form = client.get(reverse("climb:entry_edit", args=[entry.pk])).context["form"]
    assert form["scale"].value() == str(number)


def test_two_tabs_with_two_numbers_show_both_and_nothing_is_lost(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    entry = write_entry(by=noor, at=at, text="Stap.", form=EntryForm.SCALE, given={"scale": "4"})
    client, fields = sign_in(noor), {"text": "Stap.", "form": "scale", "seen": 1, "id": entry.pk}
    sent(client, "entry_edit", entry.pk, scale="5", **fields)
    page = sent(client, "entry_edit", entry.pk, scale="6", **fields)
    assert [(one.stands, one.typed) for one in page.context["form"].beside] == [("5", "6")]
    joined = sent(client, "entry_edit", entry.pk, scale="6", choose="join", **{**fields, "seen": 2})
    assert joined.status_code in (200, 302)
    assert Entry.objects.get().given["scale"] in ("5", "6")


def test_v5_v16_a_number_is_only_text_of_its_writer_and_nothing_reckons_with_it(
    noor: Person, bram: Person, running_relation: Relation, sign_in: SignIn, at: datetime
) -> None:
    """No column holds it, so nothing can sort, count, average or compare it; a coach reads it as a line of an answer."""
    numbers = ("3", "8")
    entries = [
        write_entry(by=noor, at=at, text="", form=EntryForm.SCALE, given={"scale": number})
        for number in numbers
    ]
    counted = (models.IntegerField, models.FloatField, models.DecimalField)
    own = {field.name for field in Entry._meta.local_fields if isinstance(field, counted)}
    assert own == set()
    shared(running_relation, at, *entries)
    for page in (
        seen(sign_in(noor), "trail"),
        sign_in(bram).get(reverse("climb:follow", args=[running_relation.pk])).content.decode(),
    ):
        assert all(f">{number}<" in page for number in numbers)
        assert "5,5" not in page
        for word in ("<meter", "<progress", "gemiddeld", "hoger dan", "lager dan", '<svg class="chart'):
            assert word not in page


def test_v14_a_low_number_changes_nothing_for_anybody(noor: Person, sign_in: SignIn) -> None:
    """The page after a nought is the page after a ten, but for the number itself: nothing is read into it."""
    client, pages = sign_in(noor), []
    for number in ("0", "10"):
        Entry.objects.all().delete()
        answer = client.post(
            reverse("climb:entry_new"), {"form": "scale", "scale": number, "id": uuid4()}, follow=True
        )
        page = answer.content.decode()
        pages.append(re.sub(r'datetime="[^"]*"', "", page[page.index("<main") : page.index("<dl")]))
    assert pages[0] == pages[1]


def test_help_is_one_button_on_the_trail_and_keeps_what_was_typed(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    assert 'name="help"' in seen(client, "trail")
    page = sent(client, "entry_new", text="Half af", help="free", id=uuid4()).content.decode()
    assert "Half af" in page
    assert all(f'value="{form}"' in page for form in WITH_QUESTIONS)
    assert not Entry.objects.exists()
