"""A text in both languages, and the small questions one asks of a file while reading it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

Table = dict[str, Any]


class Fault(ValueError):
    """Something in a file that cannot stay so; the message says what, to whoever edits it."""


@dataclass(frozen=True)
class Wording:
    """One text in Dutch and in English; it prints in the language of the page."""

    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.nl

    def __bool__(self) -> bool:
        return bool(self.nl)

    @property
    def paragraphs(self) -> list[str]:
        """The text in pieces, where its writer left a line empty."""
        return [" ".join(part.split()) for part in str(self).split("\n\n") if part.strip()]


NOTHING = Wording("", "")


def wording(table: Table, name: str) -> Wording:
    """Return a text that must be there, in both languages."""
    found = maybe_wording(table, name)
    if not found:
        raise Fault(f"“{name}” is missing")
    return found


def maybe_wording(table: Table, name: str) -> Wording:
    """Return a text that may be left out, but not in one language alone."""
    return both(table.get(name, {}), name)


def both(found: Any, name: str) -> Wording:
    """Return a table with nl and en as a text."""
    if not isinstance(found, dict) or set(found) - {"nl", "en"}:
        raise Fault(f"“{name}” needs a text in nl and one in en, and nothing else")
    texts = {language: found.get(language, "") for language in ("nl", "en")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise Fault(f"“{name}” is no text")
    texts = {language: text.strip() for language, text in texts.items()}
    if bool(texts["nl"]) != bool(texts["en"]):
        raise Fault(f"“{name}” is there in one language only")
    return Wording(**texts)


def one_of(table: Table, name: str, known: list[str], *, default: str = "") -> str:
    """Return a word that must be one of a few."""
    value = table.get(name, default)
    if value != default and value not in known:
        raise Fault(f"“{name}” is {value!r}; it can be {', '.join(known)}")
    if not value and default == "" and "" not in known:
        raise Fault(f"“{name}” is missing; it can be {', '.join(known)}")
    return str(value)


def tables(table: Table, name: str) -> list[Table]:
    """Return a list of tables, such as every [[cards]]."""
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Fault(f"“{name}” is no list of [[{name}]]")
    return found


def named_tables(table: Table, name: str) -> dict[str, Table]:
    """Return tables by their name, such as every [nodes.…]."""
    found = table.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise Fault(f"“{name}” is no group of [{name}.…]")
    return found


def only(table: Table, *names: str) -> None:
    """Refuse what nobody would read: most often a slip of the pen."""
    if odd := sorted(set(table) - set(names)):
        raise Fault(f"nobody reads “{odd[0]}”; known here: {', '.join(names)}")
