"""The history of a dream or a goal, told as a story for its owner alone (C2): what was written, and what became of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.belongings.models import Version
from klimtouw.belongings.queries import thing as thing_of
from klimtouw.belongings.words import words_of
from klimtouw.climb.choices import GoalState
from klimtouw.climb.models import Dream, Goal
from klimtouw.climb.moves import moves_in
from klimtouw.foundation.text import shortened
from klimtouw.people.models import Person

Telling = Callable[[str], str]
"""A sentence that is told once it is known when."""


@dataclass(frozen=True)
class Chapter:
    """One sentence of the story, and the day it is about."""

    at: datetime
    sentence: str


def with_a_story(person: Person, at: datetime, thing: UUID) -> Dream | Goal:
    """Find a dream or goal this person may read; other things have no story."""
    found = thing_of(person, at, thing)
    if not isinstance(found, Dream | Goal):
        raise Goal.DoesNotExist
    return found


def story_of(thing: Dream | Goal) -> list[Chapter]:
    """Return the story of a dream or goal from the beginning; one query."""
    events = sorted([*_written(thing), *_moved(thing)], key=lambda event: event[0])
    chapters, month = [], ""
    for moment, tell in events:
        this_month = date_format(localtime(moment), "F Y")
        when = _("Then") if this_month == month else _("In %(month)s") % {"month": this_month}
        chapters.append(Chapter(moment, tell(when)))
        month = this_month
    return chapters


def _written(thing: Dream | Goal) -> Iterator[tuple[datetime, Telling]]:
    earlier = Version.objects.filter(thing_id=thing.pk).order_by("number")
    wordings = [(one.written_at, json.loads(one.words)) for one in earlier]
    wordings.append((thing.changed_at, words_of(thing)))
    first_at, first = wordings[0]
    yield first_at, _telling(_("%(when)s you wrote: “%(text)s”"), first.get("text", ""))
    for (_before_at, before), (moment, words) in pairwise(wordings):
        if words.get("text") != before.get("text"):
            yield moment, _telling(_("%(when)s you said it like this: “%(text)s”"), words.get("text", ""))
        else:
            yield moment, _telling(_("%(when)s you wrote more around it."))


def _moved(thing: Dream | Goal) -> Iterator[tuple[datetime, Telling]]:
    sentences = {
        "alive": _("%(when)s you took it up again."),
        GoalState.OPEN.value: _("%(when)s you took it up again."),
        GoalState.RESTING.value: _("%(when)s you let it rest."),
        GoalState.REACHED.value: _("%(when)s you were there."),
        GoalState.LET_GO.value: _("%(when)s you let it go."),
    }
    for moment, state in moves_in(thing.moves):
        if state in sentences:
            yield moment, _telling(sentences[state])


def _telling(sentence: str, text: str = "") -> Telling:
    return lambda when: sentence % {"when": when, "text": shortened(text)}
