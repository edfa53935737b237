"""Read the texts of the axenroos: one file per animal, one per pair, and one about empty places."""

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from klimtouw.axenroos.choices import Animal
from klimtouw.growth.texts.wording import Fault, Table, Wording, both, only, tables, wording

ALONG = Path(__file__).parent


@dataclass(frozen=True)
class AnimalText:
    """One animal: what it brings when it fits, what it looks like overdone, and a question to think with."""

    animal: Animal
    pair: str
    name: Wording
    brief: Wording
    fits: Wording
    overdone: Wording
    question: Wording

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything one reads about it."""
        return (self.name, self.brief, self.fits, self.overdone, self.question)


@dataclass(frozen=True)
class Cards:
    """What a group may talk about: a pair, or the empty places; with a few questions."""

    key: str
    name: Wording
    animals: tuple[Animal, ...]
    about: Wording
    questions: tuple[Wording, ...]

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything one reads on it."""
        return (self.about, *self.questions)


@dataclass(frozen=True)
class Library:
    """All texts of the axenroos."""

    pairs: tuple[Cards, ...]
    empty: Cards
    of: dict[Animal, AnimalText]

    @cached_property
    def animals(self) -> tuple[AnimalText, ...]:
        """The ten animals, pair after pair: none of them is the first."""
        return tuple(self.of[animal] for pair in self.pairs for animal in pair.animals)

    @property
    def decks(self) -> tuple[Cards, ...]:
        """The cards there are: of each pair, and of the empty places."""
        return (*self.pairs, self.empty)

    def beside(self, animal: Animal) -> AnimalText:
        """Return the animal that belongs with this one."""
        pair = next(pair for pair in self.pairs if animal in pair.animals)
        return self.of[next(other for other in pair.animals if other != animal)]


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the texts; read once, until the next start. Raises `Fault`."""
    pairs = {path.stem: _table(path) for path in sorted((ALONG / "pairs").glob("*.toml"))}
    found = Library(
        pairs=tuple(_pair(key, one) for key, one in sorted(pairs.items(), key=lambda pair: pair[1]["order"])),
        empty=_empty(_table(ALONG / "empty.toml")),
        of={animal: _animal(animal, _table(ALONG / "animals" / f"{animal}.toml")) for animal in Animal},
    )
    if sorted(animal for pair in found.pairs for animal in pair.animals) != sorted(Animal):
        raise Fault("every animal stands in one pair")
    return found


def _table(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _animal(animal: Animal, table: Table) -> AnimalText:
    texts = ("name", "brief", "fits", "overdone", "question")
    only(table, "pair", *texts)
    return AnimalText(animal, str(table["pair"]), **{name: wording(table, name) for name in texts})


def _pair(key: str, table: Table) -> Cards:
    only(table, "order", "animals", "name", "about", "cards")
    first, second = (Animal(name) for name in table["animals"])
    name, about = wording(table, "name"), wording(table, "about")
    return Cards(key, name, (first, second), about, _questions(table))


def _empty(table: Table) -> Cards:
    only(table, "name", "about", "cards")
    return Cards("leeg", wording(table, "name"), (), wording(table, "about"), _questions(table))


def _questions(table: Table) -> tuple[Wording, ...]:
    return tuple(both(one, "cards") for one in tables(table, "cards"))
