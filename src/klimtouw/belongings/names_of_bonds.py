"""How a bond of several people is called: whoever makes such bonds says so, and it stands where one shares (C9)."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

NamesOf = Callable[[Collection[UUID]], Mapping[UUID, str]]
_said_by: list[NamesOf] = []


def names_bonds(names: NamesOf) -> NamesOf:
    """Let a package say how its bonds are called."""
    _said_by.append(names)
    return names


def names_of_bonds(bonds: Collection[UUID]) -> dict[UUID, str]:
    """Return how these bonds are called; nothing is asked when there are none."""
    called = {bond: name for names in _said_by if bonds for bond, name in names(bonds).items()}
    return {bond: called.get(bond) or _("your circle") for bond in bonds}
