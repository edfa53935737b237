"""When a dream or goal was let rest, taken up, reached or let go: a note in the margin, for its owner alone (decision 12)."""

import json
from datetime import datetime

KEPT = 400
"""More moves than this nobody reads back; the oldest fall away."""


def with_move(moves: str, state: str, at: datetime) -> str:
    """Return the moves there were, with one more."""
    return json.dumps([*_rows(moves), [at.isoformat(), state]][-KEPT:])


def moves_in(moves: str) -> list[tuple[datetime, str]]:
    """Read the moves back; a line that is no move is left out."""
    found = []
    for row in _rows(moves):
        try:
            moment, state = row
            found.append((datetime.fromisoformat(moment), str(state)))
        except (ValueError, TypeError):
            continue
    return [(moment, state) for moment, state in found if moment.tzinfo]


def _rows(moves: str) -> list[list[str]]:
    try:
        rows = json.loads(moves or "[]")
    except ValueError:
        return []
    return rows if isinstance(rows, list) else []
