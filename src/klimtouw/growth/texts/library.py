"""Find the texts for coaches: those that come along with Klimtouw, and over them those of a folder of one's own."""

import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from klimtouw.growth.texts.cards import Card, Deck, deck
from klimtouw.growth.texts.chapters import Chapter, chapter
from klimtouw.growth.texts.practice import PracticeTalk, practice_talk
from klimtouw.growth.texts.wording import Fault, Table

T = TypeVar("T")

ALONG = Path(__file__).parent
FOLDERS: dict[str, Callable[[str, Table], Any]] = {
    "cards": deck,
    "chapters": chapter,
    "practice": practice_talk,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Library:
    """Every text for coaches there is here."""

    decks: dict[str, Deck]
    chapters: dict[str, Chapter]
    talks: dict[str, PracticeTalk]

    @property
    def cards(self) -> list[Card]:
        """Every card of every role."""
        return [card for deck in self.decks.values() for card in deck.cards]


def library() -> Library:
    """Return the texts of this installation; read once, until the next start."""
    return _library(settings.COACHING_TEXTS)


@lru_cache(maxsize=4)
def _library(own: Path | None) -> Library:
    read = {folder: _read(folder, own) for folder in FOLDERS}
    return Library(read["cards"], _in_order(read["chapters"]), _in_order(read["practice"]))


def _read(folder: str, own: Path | None) -> dict[str, Any]:
    found = {path.stem: read_file(path) for path in files_in(ALONG / folder)}
    for path in files_in(own / folder) if own else []:
        try:
            found[path.stem] = read_file(path)
        except (
            Fault
        ) as fault:  # the pages go on with what came along; `klimtouw manage coaching_texts` says the same
            log.warning("%s/%s is left out: %s", folder, path.name, fault)
    return found


def faults_in(place: Path) -> list[str]:
    """Return what is not right in a folder of texts, a sentence per file; empty when all is well."""
    found = [] if any((place / folder).is_dir() for folder in FOLDERS) else [f"{place} holds no texts"]
    for path in (path for folder in FOLDERS for path in files_in(place / folder)):
        try:
            read_file(path)
        except Fault as fault:
            found.append(f"{path.parent.name}/{path.name}: {fault}")
    return found


def files_in(folder: Path) -> list[Path]:
    """Return the files of texts in a folder, by name."""
    return sorted(folder.glob("*.toml"))


def read_file(path: Path) -> Any:
    """Read one file; the folder it stands in says what it is. Raises `Fault`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Fault(f"it cannot be read: {error}") from error
    return FOLDERS[path.parent.name](path.stem, table)


def _in_order(found: dict[str, T]) -> dict[str, T]:
    ordered: Any = sorted(found.items(), key=lambda one: (one[1].order, one[0]))
    return dict(ordered)
