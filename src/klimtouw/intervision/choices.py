"""Vocabulary of an intervision: in which state a room is, who is what in it, and what is put on the table."""

from django.db.models import TextChoices


class RoomState(TextChoices):
    """Where a room is; when all is over it is gone, with everything in it."""

    GATHERING = "gathering", "gathering"
    MEETING = "meeting", "meeting"
    CHOOSING = "choosing", "choosing"


class Role(TextChoices):
    """What somebody is in one room: it says nothing about them anywhere else (R1)."""

    PRESENTER = "presenter", "presenter"
    GUIDE = "guide", "guide"
    MEMBER = "member", "member"


class Kind(TextChoices):
    """What somebody puts on the table; each phase takes only what fits it (G5)."""

    STORY = "story", "story"
    QUESTION = "question", "question"
    ANSWER = "answer", "answer"
    VIEW = "view", "view"
    ADVICE = "advice", "advice"
    IMAGE = "image", "image"
    REPLY = "reply", "reply"
    TAKEAWAY = "takeaway", "takeaway"


class MethodKey(TextChoices):
    """The ways of working there are; their phases stand in `methods.py`."""

    INCIDENT = "incident", "incident"
    BALINT = "balint", "balint"


FEWEST = 3
"""One who brings something, one who guides, one who thinks along: with two it is a talk."""
AWAY_AFTER_SECONDS = 60
"""So long a guide may be unseen before somebody else may take over."""
SEEN_EVERY_SECONDS = 15
"""So often it is written down that the guide is there."""
LONGER_MINUTES = 2
POLL_EVERY_MS = 1200
"""How often a screen asks whether something changed; it must know within two seconds."""
LONGEST = 1000
MOST_IN_A_ROOM = 300
HOURS_LEFT_OPEN = 24
"""A room in which nothing moved on for so long is erased."""
