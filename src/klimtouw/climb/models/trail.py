"""The trail: entries written at any time (C8)."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices import SCALE, EntryForm
from klimtouw.climb.models.goals import Goal
from klimtouw.foundation.text import shortened
from klimtouw.ui.addresses import address_of


class Entry(KindOfThing):
    """A message in the trail, at any time; free text first, a form if wanted (C8)."""

    KIND = "entry"
    KIND_WORD = _("entry")
    INTO_CIRCLES = True
    text = WordsField()
    form = models.CharField(max_length=16, choices=EntryForm, default=EntryForm.FREE)
    answers = WordsField()
    goal = models.ForeignKey(Goal, null=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def title(self) -> str:
        """A few words to recognise it by: of the free text, else of the first answer."""
        return shortened(self.text or next(iter(_as_read(self.given)), ""))

    @property
    def given(self) -> dict[str, str]:
        """What was filled in on the form of this entry, by the name of the small field."""
        given: dict[str, str] = json.loads(self.answers) if self.answers else {}
        return given

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return the free text and the answers; the form keeps those as one text."""
        given = _as_read(json.loads(words["answers"] or "{}"))
        return [text for text in (words["text"], *given) if text]

    @classmethod
    def fitting(cls, words: Mapping[str, str]) -> dict[str, Any]:
        """The answers belong to one form: without it they would not be printed."""
        given = set(json.loads(words["answers"] or "{}"))
        form = next((form for form in EntryForm if given and given <= set(form.questions)), EntryForm.FREE)
        return {"form": form}

    @property
    def questions_and_answers(self) -> list[tuple[Promise, str]]:
        """What was filled in, each after its question."""
        questions = EntryForm(self.form).questions
        return [(questions[name], answer) for name, answer in self.given.items() if name in questions]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return address_of("climb:entry", self.pk)


def _as_read(given: Mapping[str, str]) -> list[str]:
    """Return answers as they are read without their question: a bare number would say nothing."""
    return [
        _("%(number)s, from 0 to 10") % {"number": text} if name == SCALE else text
        for name, text in given.items()
    ]
