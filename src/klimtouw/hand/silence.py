"""When a hand is reached out, as plain reckoning: from the pair's own rhythm and nothing else (R11).

Nobody keeps how long it is quiet, for whom, or how often a hand was offered: it follows from the agreed weeks and the last
sign between the two each time it is asked, and is forgotten with the answer (V14, V17).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

TURNS = (1.5, 3.5, 7.5)
"""After how many times the agreed weeks: at most three, the gaps between them growing; then rest until a person acts."""
COACH_LATER = timedelta(days=7)
"""The coachee first; the coach gets an idea only when that week went by."""
STANDS_FOR = timedelta(days=14)


def moments(since: datetime, weeks: int) -> Iterator[datetime]:
    """Return when a hand is reached out to the coachee, counted from the last sign between the two."""
    yield from (since + turn * timedelta(weeks=weeks) for turn in TURNS)


def is_out(since: datetime, weeks: int, at: datetime, *, later: timedelta = timedelta()) -> bool:
    """Return whether a hand is out at this moment; it stands for two weeks and is then withdrawn in silence."""
    return any(moment + later <= at < moment + later + STANDS_FOR for moment in moments(since, weeks))


def begins_on(since: datetime, weeks: int, day: date, *, later: timedelta = timedelta()) -> bool:
    """Return whether this is the day on which a hand is reached out."""
    return any(localdate(moment + later) == day for moment in moments(since, weeks))
