"""Verify the ledger: find any line, chain or daily head that was changed, removed, moved or added afterwards.

Lines are read once, in the order in which they were written, a piece at a time, and without making objects of them: a
million takes seconds. What is reported names keys and numbers of lines, and never a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import CharField
from django.db.models.functions import Cast

from klimtouw.ledger.chain import SumOfLines, digest_of_parts
from klimtouw.ledger.models import DailyHead, Line
from klimtouw.ledger.queries import Standing, standing

AT_ONCE = 20_000
FAULTS_KEPT = 1_000
DASHED = 36

Row = tuple[int, str, int, str, str, str, str, str, str, str]
"""Key, owner, number, moment, by, hat, act, about, previous, digest: text, as the database writes it."""


@dataclass
class Report:
    """What verifying found; a fault says where (a chain and a line, or a day) and what."""

    lines: int = 0
    chains: int = 0
    newest_head: DailyHead | None = None
    faults: list[str] = field(default_factory=list)
    more_faults: int = 0
    """Faults beyond the first thousand are only counted."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def note(self, where: str, what: str) -> None:
        """Keep a fault."""
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(f"{where}: {what}")
        else:
            self.more_faults += 1


def verify() -> Report:
    """Read the whole ledger and return what is wrong with it; people may go on writing meanwhile."""
    found, now = Report(), standing()
    days = _Days(found)
    chains = _read_lines(now.last_line, days, found)
    days.close()
    _judge_ends(chains, now, found)
    found.chains = len(chains)
    return found


def find_heads(digests: set[str], found: Report) -> None:
    """Note a fault for each digest that left the machine and that is no daily head of this ledger.

    `verify` holds the daily heads against the lines, so one that is found and whole proves every line up to it.
    """
    here = set(DailyHead.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for digest in sorted(digests - here):
        found.note(f"head {digest}", "this ledger does not continue from it")


class _Days:
    """Hold the daily heads against the lines that come by."""

    def __init__(self, found: Report) -> None:
        self.found, self.sum = found, SumOfLines()
        self.heads = iter(DailyHead.objects.order_by("number"))
        self.before = DailyHead(number=0, last_line=0, digest="")
        self.head = next(self.heads, None)

    def pass_by(self, key: int, digest: str) -> None:
        """Take a line in, once the heads that ended before it are judged."""
        while self.head and key > self.head.last_line:
            self._judge(self.head)
        self.sum.add(digest)

    def close(self) -> None:
        """Judge the heads after which no line was written."""
        while self.head:
            self._judge(self.head)

    def _judge(self, head: DailyHead) -> None:
        where, before = f"head of {head.day}", self.before
        if head.number != before.number + 1 or head.previous != before.digest:
            self.found.note(where, "does not join the head before it")
        if self.sum.lines != head.lines:
            self.found.note(where, f"stands for {head.lines} lines, and {self.sum.lines} are here")
        elif self.sum.digest_of(head) != head.digest:
            self.found.note(where, "the lines or the head itself are no longer what they were")
        self.found.newest_head = self.before = head
        self.sum, self.head = SumOfLines(), next(self.heads, None)


def _read_lines(last_line: int, days: _Days, found: Report) -> dict[str, tuple[int, str]]:
    """Hold every line against its contents and the line before it; return the end of each chain that was met."""
    chains: dict[str, tuple[int, str]] = {}
    for key, owner, number, at, by, hat, act, about, previous, digest in _rows_until(last_line):
        whose = _dashed(owner)
        before, ahead = chains.get(whose, (0, ""))
        words = (previous, whose, number, _moment(at), _dashed(by), hat, act, _dashed(about))
        if digest != digest_of_parts(*words):
            found.note(_line(whose, number), "was altered")
        elif number != before + 1:
            found.note(_line(whose, number), _gap(before, number))
        elif previous != ahead:
            found.note(_line(whose, number), "does not join the line before it")
        chains[whose] = number, digest
        days.pass_by(key, digest)
        found.lines += 1
    return chains


def _judge_ends(chains: dict[str, tuple[int, str]], now: Standing, found: Report) -> None:
    """Hold the end of each chain against its head, so that lines missing at the end show as well."""
    heads = {str(owner): head for owner, head in now.heads.items()}
    for owner, (end, digest) in heads.items():
        number, ahead = chains.get(owner, (0, ""))
        if number < end:
            found.note(f"chain {owner}", f"lines {number + 1} to {end} are missing at the end")
        elif number > end:
            found.note(f"chain {owner}", f"lines after {end} were added, or the head was put back")
        elif ahead != digest:
            found.note(f"chain {owner}", "its head was altered")
    for owner in sorted(chains.keys() - heads.keys()):
        found.note(f"chain {owner}", "its head is missing")


def _rows_until(last_line: int) -> Iterator[Row]:
    """Go through the lines in the order of writing, in pieces, so that nothing waits for us and memory stays small."""
    owner, at, by, about = (Cast(name, CharField()) for name in ("owner_id", "at", "by_id", "about_id"))
    columns = Line.objects.values_list(
        "pk", owner, "number", at, by, "hat", "act", about, "previous", "digest"
    )
    key = 0
    while rows := list(columns.filter(pk__gt=key, pk__lte=last_line).order_by("pk")[:AT_ONCE]):
        yield from rows
        key = rows[-1][0]


def _line(owner: str, number: int) -> str:
    return f"chain {owner}, line {number}"


def _gap(before: int, number: int) -> str:
    if number == before + 2:
        return f"line {before + 1} before it is missing"
    if number > before:
        return f"lines {before + 1} to {number - 1} before it are missing"
    return "stands in another place than where it was written"


def _dashed(key: str) -> str:
    """Return a UUID as it stands in a digest; SQLite keeps it without dashes."""
    return key if len(key) == DASHED else f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _moment(text: str) -> str:
    """Return a moment as it stands in a digest; databases leave out noughts at the end, and UTC or its sign."""
    fraction = text[19:].removesuffix("+00")[1:]
    return f"{text[:10]}T{text[11:19]}.{fraction:0<6}+00:00"
