"""Small helpers for texts that people typed."""

import re
import unicodedata

MANY_LETTERS = 2
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Every control character of Unicode but the tab and the end of a line."""


def tidy(text: str) -> str:
    """Return the text with one kind of line end, no control characters and no space around it."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return CONTROL.sub("", unified).strip()


def on_one_line(text: str) -> str:
    """Return the text tidied, every stretch of space and every line end made one space; for names and subjects."""
    return " ".join(tidy(text).split())


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word of a name, at most two."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "·"
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in chosen).upper()


# Words that do not stand alone: "Hello Mrs" is no greeting, "Hello Van" neither.
NOT_ALONE = {
    "juf", "juffrouw", "meester", "mevrouw", "meneer", "mw", "mvr", "dhr", "mr", "mrs", "ms", "miss", "sir", "prof",
    "professor", "dr", "ing", "van", "den", "de", "der", "het", "ten", "ter", "la", "le", "les", "el", "al", "san", "st", "sint",
}  # fmt: skip


def name_to_greet_with(name: str) -> str:
    """Return the first word of a name when that greets well by itself, otherwise the name as its bearer gave it."""
    first, _, rest = name.partition(" ")
    is_short = len(first) < MANY_LETTERS or first.endswith((".", ","))
    stands_alone = first[:1].isupper() and not is_short and first.lower() not in NOT_ALONE
    return first if rest and stands_alone else name


def shortened(text: str, length: int = 80) -> str:
    """Return the first line of a text, cut at a word when it is longer than `length` characters."""
    first = text.strip().split("\n", 1)[0]
    if len(first) <= length:
        return first
    return first[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
