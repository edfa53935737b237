"""The cards of the coach roles, as they stand in `cards/<key of the role>.toml` (T5, T7)."""

from dataclasses import dataclass

from klimtouw.growth.choices import CardKind, Phase
from klimtouw.growth.texts.wording import Fault, Table, Wording, both, named_tables, one_of, only, tables


@dataclass(frozen=True)
class Card:
    """One card of one role."""

    role: str
    kind: CardKind
    phases: frozenset[Phase]
    text: Wording


@dataclass(frozen=True)
class Deck:
    """The cards of one role, and the phases in which it helps, each with how."""

    role: str
    helps_in: dict[Phase, Wording]
    cards: tuple[Card, ...]

    @property
    def helps(self) -> list[tuple[str, Wording]]:
        """The phases in words, each with how the role helps there."""
        return [(str(phase.label), how) for phase, how in self.helps_in.items()]


def deck(key: str, table: Table) -> Deck:
    """Read the deck of one role. Raises `Fault`."""
    only(table, "phases", "cards")
    stated = {
        _phase(name): both(found, f"phases.{name}") for name, found in named_tables(table, "phases").items()
    }
    in_order = {phase: stated[phase] for phase in Phase if phase in stated}
    found = Deck(key, in_order, tuple(_card(key, one) for one in tables(table, "cards")))
    if not found.cards or not found.helps_in:
        raise Fault("a role needs at least one phase and one card")
    return found


def _card(role: str, table: Table) -> Card:
    only(table, "kind", "phases", "nl", "en")
    text = both({"nl": table.get("nl", ""), "en": table.get("en", "")}, "card")
    if not text:
        raise Fault("a card without words")
    phases = frozenset(_phase(name) for name in table.get("phases", []))
    if not phases:
        raise Fault(f"the card “{text.nl}” names no phase")
    return Card(role, CardKind(one_of(table, "kind", CardKind.values)), phases, text)


def _phase(name: str) -> Phase:
    if name not in Phase.values:
        raise Fault(f"there is no phase {name!r}; known: {', '.join(Phase.values)}")
    return Phase(name)
