"""Devices on which somebody may write without network."""

from uuid import UUID

from django.conf import settings
from django.db import models

from klimtouw.foundation.ids import new_id


class OfflineDevice(models.Model):
    """One browser of one person that keeps sealed words: half of what its key is made from (T4).

    The other half is the key of the person. Destroying this row is what makes everything on that device unreadable for good.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    salt = models.BinaryField(max_length=32)
    last_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"device {self.pk}"

    @property
    def place(self) -> bytes:
        """What the key of this device is made for: another row makes another key."""
        return b"klimtouw offline device " + UUID(str(self.pk)).bytes + bytes(self.salt)
