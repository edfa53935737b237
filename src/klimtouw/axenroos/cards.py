"""One card to talk about in a circle: one, not a library."""

import re
from dataclasses import dataclass

from klimtouw.axenroos.texts.library import Cards, library
from klimtouw.growth.texts.wording import Wording

NUMBER = re.compile("[0-9]{1,3}")


@dataclass(frozen=True)
class Hand:
    """One question of one deck, and how to come by the next."""

    deck: Cards
    question: Wording
    number: int

    @property
    def next_number(self) -> int:
        """The number of another card about the same."""
        return (self.number + 1) % len(self.deck.questions)


def card_for(about: str, number: str) -> Hand:
    """Return one card; whatever is odd asks for nothing in particular."""
    decks = library().decks
    deck = next((deck for deck in decks if deck.key == about), decks[0])
    at = int(number) % len(deck.questions) if NUMBER.fullmatch(number) else 0
    return Hand(deck, deck.questions[at], at)
