"""What a goal keeps beside its sentence: where its owner works on it, and what small questions brought up (C3).

Both stand in the goal as one text of their own, so that they are sealed, versioned, shared and taken along with it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from klimtouw.climb.choices.goals import SHARPENING, Context


@dataclass(frozen=True)
class GoalContext:
    """One place where somebody works on a goal; its day informs, and never presses (V17)."""

    sort: Context
    name: str = ""
    day: date | None = None

    @property
    def in_words(self) -> str:
        """The place by its own name, or else by its sort."""
        return self.name or str(self.sort.label)


def contexts_in_one_text(contexts: Iterable[GoalContext]) -> str:
    """Return some places as the one text in which a goal keeps them; empty when it has none."""
    rows = [
        {"sort": str(one.sort), "name": one.name, "day": one.day.isoformat() if one.day else ""}
        for one in contexts
    ]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def contexts_in(text: str) -> list[GoalContext]:
    """Read the places of a goal back. Raises `ValueError` or `TypeError` for what is no such text."""
    return [
        GoalContext(
            Context(row["sort"]), _text(row["name"]), date.fromisoformat(row["day"]) if row["day"] else None
        )
        for row in json.loads(text or "[]")
    ]


def answers_in_one_text(answers: Mapping[str, str]) -> str:
    """Return the answers to the small questions as the one text in which a goal keeps them."""
    given = {name: answers[name] for name in SHARPENING if answers.get(name)}
    return json.dumps(given, ensure_ascii=False) if given else ""


def answers_in(text: str) -> dict[str, str]:
    """Read the answers back. Raises `ValueError` or `TypeError` for what is no such text."""
    found = json.loads(text or "{}")
    return {name: _text(found[name]) for name in SHARPENING if name in found}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("words are text")
    return value
