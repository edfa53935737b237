"""Write in the trail (C8). Only the owner can (V1); everything starts private (C9)."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.belongings import actions as belongings
from klimtouw.climb.actions.writing import demand_own, keep_words
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.models import Entry, Goal
from klimtouw.people.models import Person


def write_entry(
    *,
    by: Person,
    at: datetime,
    text: str,
    form: EntryForm = EntryForm.FREE,
    given: dict[str, str] | None = None,
    goal: Goal | None = None,
    id: UUID | None = None,
    seen: int = 0,
) -> Entry:
    """Keep a new entry in the trail (C8)."""
    demand_own(goal, by=by, at=at)
    words = {"text": text, "answers": in_one_text(given or {})}
    return keep_words(Entry, by=by, at=at, id=id, seen=seen, words=words, links={"form": form, "goal": goal})


@transaction.atomic
def reword_entry(
    entry: Entry,
    *,
    by: Person,
    at: datetime,
    seen: int,
    text: str,
    form: EntryForm,
    given: dict[str, str],
    goal: Goal | None,
) -> Entry:
    """Say an entry in other words, or hang it on another goal."""
    demand_own(goal, by=by, at=at)
    reworded = belongings.reword(entry, by=by, at=at, seen=seen, text=text, answers=in_one_text(given))
    belongings.place(reworded, by=by, at=at, form=form, goal=goal)
    return reworded


def in_one_text(given: dict[str, str]) -> str:
    """Return the answers of a form as the one text that an entry keeps them in."""
    return json.dumps(given, ensure_ascii=False) if given else ""
