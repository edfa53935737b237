"""The keys with which words are sealed, wrapped."""

from uuid import UUID

from django.db import models

from klimtouw.foundation.sealing import Wrapped


class DataKey(models.Model):
    """The key that seals the words of one holder: a person, or a relation for what two people wrote together.

    It has the id of its holder and no tie to a row: destroying this row is what makes the words unreadable for good (P3).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    master = models.CharField(max_length=16)
    wrapped = models.BinaryField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=["master"], name="data_key_by_master"),)

    def __str__(self) -> str:
        return f"key of {self.pk}"

    @property
    def as_wrapped(self) -> Wrapped:
        """The key as the master keys lock and unlock it."""
        return Wrapped(self.master, bytes(self.wrapped))

    @property
    def place(self) -> bytes:
        """What this key is wrapped for."""
        return place_of(self.pk)


def place_of(holder: UUID) -> bytes:
    """Return what the key of a holder is wrapped for: the row of another opens nothing."""
    return b"klimtouw data key of " + holder.bytes
