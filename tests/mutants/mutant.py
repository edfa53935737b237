"""A mutant: one small fault, laid into the running product, that a test has to notice."""

from collections.abc import Callable
from dataclasses import dataclass

from klimtouw.access.table import Action


@dataclass(frozen=True)
class Mutant:
    """A fault by name, how it is laid in, and (for a line of the policy) which pages could show it."""

    where: str
    fault: str
    lay: Callable[[], None]
    action: Action | None = None
    who: frozenset[str] = frozenset()
    """The members of the cast on whose pages it could show; empty: on nobody's."""

    @property
    def name(self) -> str:
        """Where it is and what is wrong; survivors are named by it."""
        return f"{self.where}: {self.fault}"


def unchanged() -> Mutant:
    """Return a mutant in which nothing is wrong: it has to survive, or the tests accuse the innocent."""
    return Mutant("control", "nothing is changed", lambda: None)
