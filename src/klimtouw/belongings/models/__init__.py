"""Things, their versions, and the bonds onto which their owner may share them."""

from klimtouw.belongings.models.bonds import Bond, Seat, Share
from klimtouw.belongings.models.contents import Piece
from klimtouw.belongings.models.things import KindOfThing, Thing, ThingQuerySet, Version

__all__ = ["Bond", "KindOfThing", "Piece", "Seat", "Share", "Thing", "ThingQuerySet", "Version"]
