"""Counting what somebody does: recording a talk takes three acts at most, and under a minute (T3)."""

from collections.abc import Callable

from tests.journeys.walker import Walker

MOST_ACTS, SHORTER_THAN = 3, 60
LETTERS_A_SECOND = 4
"""Typing on a phone, and not fast."""


class Acts:
    """Count what somebody presses; what they type is counted in letters."""

    def __init__(self) -> None:
        self.pressed, self.letters = 0, 0

    def press(self, act: Callable[[], object]) -> None:
        self.pressed += 1
        act()

    def type(self, walker: Walker, **words: str) -> None:
        self.letters += sum(len(text) for text in words.values())
        walker.fills(**words)

    @property
    def seconds(self) -> float:
        """How long it takes: the typing, and five seconds to look before every act."""
        return self.letters / LETTERS_A_SECOND + 5 * self.pressed

    def were_few(self) -> None:
        """There were no more acts than promised, and they took less than a minute."""
        assert self.pressed <= MOST_ACTS
        assert self.seconds < SHORTER_THAN
