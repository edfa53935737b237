"""Small helpers for texts that people typed."""

import unicodedata


def tidy(text: str) -> str:
    """Return the text with one kind of line end, no control characters and no space around it."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in unified if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


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


def shortened(text: str, length: int = 80) -> str:
    """Return the first line of a text, cut at a word when it is longer than `length` characters."""
    first = text.strip().split("\n", 1)[0]
    if len(first) <= length:
        return first
    return first[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
