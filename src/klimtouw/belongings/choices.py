"""Vocabulary of what belongs to a person."""

from django.db.models import TextChoices

from klimtouw.access.table import Hat


class Purpose(TextChoices):
    """What a bond is for."""

    ACQUAINTANCE = "acquaintance", "acquaintance"
    WORK = "work", "work"
    CIRCLE = "circle", "circle"


class SeatHat(TextChoices):
    """The hat a person wears on a bond."""

    COACHEE = "coachee", "coachee"
    COACH = "coach", "coach"
    FACILITATOR = "facilitator", "facilitator"
    MEMBER = "member", "member"

    @property
    def once_shared(self) -> Hat:
        """The hat this seat gives to a thing that is shared onto the bond."""
        return {
            SeatHat.COACH: Hat.COACH_ONCE_SHARED,
            SeatHat.COACHEE: Hat.COACHEE_ONCE_SHARED,
            SeatHat.FACILITATOR: Hat.FACILITATOR_ONCE_SHARED,
            SeatHat.MEMBER: Hat.MEMBER_ONCE_SHARED,
        }[self]


LOOK = "look"
SHARED = "shared"
REVOKED = "revoked"
ERASED = "erased"
