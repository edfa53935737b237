"""Vocabulary of messages: what they are about, and how often somebody wants them."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a message is about: what somebody mutes or not (E3)."""

    TALKS = "talks", _("proposals for a talk")
    REMINDERS = "reminders", _("the card just before a talk")
    REPLIES = "replies", _("something a coach left for you")
    REQUESTS = "requests", _("a reply somebody asks of you")
    TOGETHER = "together", _("getting acquainted, contract and pause")
    CIRCLES = "circles", _("your circles: questions, meetings and agreements")
    HAND = "hand", _("a kind word when it has been quiet")


class Rhythm(TextChoices):
    """How often the messages come together."""

    DAY = "day", _("once a day")
    WEEK = "week", _("once a week")


class Weekday(IntegerChoices):
    """The day of a weekly message, as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
