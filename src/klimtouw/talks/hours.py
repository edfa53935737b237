"""Free hours of a week: blocks on the clock, and the moments in which they meet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS

from klimtouw.talks.moments import WrongMoment, moment_on_clock

MOST_BLOCKS = 40
SUNDAY = 7
Window = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class Block:
    """Free on one day of the week (1 is Monday), from one hour to another, as the clock on the wall shows them."""

    weekday: int
    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M}-{self.ends:%H:%M}"

    @property
    def day(self) -> str:
        """The name of the day."""
        return str(WEEKDAYS[self.weekday - 1])

    @property
    def in_words(self) -> str:
        """The block as people say it."""
        return f"{self.day} {self.begins:%H:%M}–{self.ends:%H:%M}"


def blocks_in(text: str) -> list[Block]:
    """Return the blocks that stand in a text, one on a line; what is no block is left out."""
    return sorted({block for line in text.splitlines() if (block := _block_in(line))})


def _block_in(line: str) -> Block | None:
    try:
        weekday, hours = line.split()
        begins, ends = (time.fromisoformat(hour) for hour in hours.split("-"))
        block = Block(int(weekday), begins.replace(tzinfo=None), ends.replace(tzinfo=None))
    except ValueError:
        return None
    return block if 1 <= block.weekday <= SUNDAY and block.begins < block.ends else None


def text_of(blocks: Iterable[Block]) -> str:
    """Return blocks as a text; those that touch on one day become one."""
    joined: list[Block] = []
    for block in sorted(blocks):
        last = joined[-1] if joined else None
        if last and last.weekday == block.weekday and block.begins <= last.ends:
            joined[-1] = Block(last.weekday, last.begins, max(last.ends, block.ends))
        else:
            joined.append(block)
    return "\n".join(str(block) for block in joined)


def without(blocks: Iterable[Block], gone: str) -> list[Block]:
    """Return the blocks but the one that is written like this."""
    return [block for block in blocks if str(block) != gone]


def windows(blocks: Sequence[Block], first: date, last: date, zone: ZoneInfo) -> Iterator[Window]:
    """Give every window in which somebody is free, from one day until another. A window with an odd hour at its edge is left out."""
    for number in range(max(0, (last - first).days + 1)):
        day = first + timedelta(days=number)
        for block in blocks:
            if block.weekday == day.isoweekday():
                try:
                    yield moment_on_clock(day, block.begins, zone), moment_on_clock(day, block.ends, zone)
                except WrongMoment:
                    continue


def meeting(mine: Iterable[Window], theirs: Sequence[Window]) -> list[Window]:
    """Return where two rows of windows meet."""
    pairs = ((max(a, c), min(b, d)) for a, b in mine for c, d in theirs)
    return sorted((begins, ends) for begins, ends in pairs if begins < ends)


def starts_in(free: Iterable[Window], minutes: int, taken: Sequence[Window]) -> list[datetime]:
    """Return per window the first moment at which a talk of some minutes fits beside what is taken already."""
    length = timedelta(minutes=minutes)
    found = (_first_fit(begins, ends, length, taken) for begins, ends in free)
    return sorted({moment for moment in found if moment})


def _first_fit(
    begins: datetime, ends: datetime, length: timedelta, taken: Sequence[Window]
) -> datetime | None:
    for busy_from, busy_until in sorted(taken):
        if busy_from < begins + length and begins < busy_until:
            begins = busy_until
    return begins if begins + length <= ends else None
