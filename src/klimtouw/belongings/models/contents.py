"""The contents of a file that belongs to somebody: sealed, in pieces, in the database and nowhere else (P3)."""

from django.db import models

from klimtouw.belongings.models.things import Thing


class Piece(models.Model):
    """One piece of the contents of a thing, sealed with the key of the thing's owner for this one place.

    A thing may have contents in more than one size: a photo has a small one beside it. See `belongings/contents.py`.
    """

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="+")
    size = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thing", "size", "number"], name="piece_once_per_thing"),
        )

    def __str__(self) -> str:
        return f"piece {self.number} of {self.thing_id}"
