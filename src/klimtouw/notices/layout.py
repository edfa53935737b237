"""Lay a letter out: its HTML is made of its text, so that both say the same and every letter is written once.

What the text of a letter may hold, and what becomes of it:

    a paragraph                             lines that belong together, with an empty line around them
    A title                                 a line with dashes under it: a heading
    -------
    - a line                                a list
    Read it here:                           an address alone on its line, after words that end in a colon: the words
    https://school.example/doel/…/          become the link, and the address is not shown
    K7QX-2M9D                               a code alone in its paragraph: in large letters

Everything else is shown as it is typed; no name or place can become a link or markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

CODE = re.compile(r"[A-Z0-9]{3,}-?[A-Z0-9]{3,}")
LAST_SENTENCE = re.compile(r"(?P<before>.*[.!?]\s)?(?P<words>[^.!?]+[.!?]?)", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One part of a letter: what it is, and what it says."""

    kind: str
    words: str = ""
    address: str = ""


def as_html(text: str, *, subject: str, language: str, home: str) -> str:
    """Return the HTML of a letter with this text; only addresses that begin with `home` become links."""
    parts = list(_parts(text.strip(), home))
    return render_to_string(
        "notices/mail/letter.html", {"parts": parts, "subject": subject, "language": language}
    )


def _parts(text: str, home: str) -> Iterator[Part]:
    """Yield the parts of a letter, one after the other."""
    blocks = [block.splitlines() for block in re.split(r"\n[ \t]*\n+", text) if block.strip()]
    while blocks:
        lines = blocks.pop(0)
        if lines[-1].endswith(":") and blocks and _is_address(blocks[0][0], home):
            lines += blocks.pop(0)
        yield from _parts_of(lines, home)


def _parts_of(lines: list[str], home: str) -> Iterator[Part]:
    if len(lines) > 1 and not lines[1].strip("-"):
        yield Part("title", lines[0])
        lines = lines[2:]
    for line in _joined(lines, home):
        words, _tab, address = line.partition("\t")
        if words.startswith("- "):
            yield Part("item", words[2:].rstrip(":") if address else words[2:], address)
        elif address:
            yield from _link(words, address)
        elif CODE.fullmatch(words):
            yield Part("code", words)
        else:
            yield Part("words", words)


def _joined(lines: list[str], home: str) -> list[str]:
    """Put an address behind the line it belongs to."""
    joined: list[str] = []
    for line in (each.strip() for each in lines):
        if _is_address(line, home) and joined and joined[-1].endswith(":"):
            joined[-1] += "\t" + line
        elif _is_address(line, home):
            joined.append(f"{line}\t{line}")
        elif line:
            joined.append(line.replace("\t", " "))
    return joined


def _link(words: str, address: str) -> Iterator[Part]:
    """The last sentence before an address is what one presses; what stands before it stays as it is."""
    found = LAST_SENTENCE.fullmatch(words.rstrip(":"))
    before, pressed = (found["before"] or "", found["words"]) if found else ("", words)
    if before:
        yield Part("words", before.strip())
    yield Part("link", pressed, address)


def _is_address(line: str, home: str) -> bool:
    return line.strip().startswith(f"{home}/") and " " not in line.strip()
