"""What an operator can ask of the ledger. Import this only after Django is set up."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management import CommandError
from django.utils.timezone import localdate

from klimtouw.foundation.clock import now
from klimtouw.ledger.actions import keep_daily_head
from klimtouw.ledger.verify import Report, find_heads, verify

DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def verify_ledger(heads: Sequence[str]) -> None:
    """Verify the whole ledger, and that it continues from heads that left this machine; end with 1 when it is not whole."""
    digests = {digest for given in heads for digest in digests_in(given)}
    found = verify()
    find_heads(digests, found)
    sys.stdout.write(_in_words(found, len(digests)))
    if not found.is_whole:
        sys.exit(1)


def digests_in(given: str) -> set[str]:
    """Return the digests in a file, or the one that was typed, with or without spaces between its characters."""
    is_file = len(given) < 4096 and Path(given).is_file()  # noqa: PLR2004 (the longest path there is)
    text = Path(given).read_text(encoding="utf-8", errors="replace") if is_file else "".join(given.split())
    if found := set(DIGEST.findall(text.lower())):
        return found
    raise CommandError(
        f"in {given} there is no head: 64 characters from 0-9 and a-f. Is the name of the file right?"
    )


def _in_words(found: Report, asked: int) -> str:
    newest = found.newest_head
    lines = [
        f"Read {found.lines} lines in {found.chains} chains.",
        f"The newest daily head, {newest.digest}, is of {newest.day}."
        if newest
        else "There is no daily head yet.",
    ]
    if found.is_whole:
        lines.append("The ledger is whole: every line is as it was written, and none is missing.")
        if asked:
            lines.append("It continues from what you gave: every line up to there is still the same.")
    else:
        lines += ["THE LEDGER IS NOT WHOLE:", *(f"  {fault}" for fault in found.faults)]
        if found.more_faults:
            lines.append(f"  and {found.more_faults} more")
    return "\n".join(lines) + "\n"


def print_head() -> None:
    """Print the newest daily head, to keep on paper; make that of today when there is none yet."""
    at = now()
    head, _is_new = keep_daily_head(day=localdate(at), at=at)
    groups = " ".join(head.digest[place : place + 8] for place in range(0, 64, 8))
    sys.stdout.write(
        f"Klimtouw, look ledger: daily head {head.number}, {head.day}\n\n{groups}\n\n"
        "Keep this outside the machine. Later, this shows whether the ledger still continues from it:\n"
        f"klimtouw ledger verify --head {head.digest}\n"
    )
