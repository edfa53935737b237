"""Vocabulary of taking along and bringing back."""

from django.db.models import TextChoices


class Way(TextChoices):
    """Whether a package leaves, or comes in."""

    OUT = "out", "out"
    IN = "in", "in"


class ParcelState(TextChoices):
    """Where a package stands."""

    WAITING = "waiting", "waiting"
    READY = "ready", "ready"
    NO_ROOM = "no_room", "no room"
    FAILED = "failed", "failed"
