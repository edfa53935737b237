"""Vocabulary of strengths and work points."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class StrengthSort(TextChoices):
    """A strength, or something one cannot do yet (C1)."""

    STRENGTH = "strength", _("strength")
    WORK_POINT = "work_point", _("work point")

    @property
    def other(self) -> "StrengthSort":
        """What it can become by an act of its owner."""
        return StrengthSort.WORK_POINT if self == StrengthSort.STRENGTH else StrengthSort.STRENGTH

    @property
    def invitation(self) -> Promise:
        """The question above the field."""
        return INVITATIONS[self]

    @property
    def hint(self) -> Promise:
        """A small push for who does not know where to begin."""
        return HINTS[self]

    @property
    def moved(self) -> Promise:
        """What is said once it became this."""
        return MOVED[self]


INVITATIONS = {
    StrengthSort.STRENGTH: _("What am I strong in?"),
    StrengthSort.WORK_POINT: _("What can I not do yet?"),
}
HINTS = {
    StrengthSort.STRENGTH: _(
        "At home, in a club, at a job: it all counts. For example: I keep calm when it is busy."
    ),
    StrengthSort.WORK_POINT: _("Begin with “not yet”. For example: I do not dare to call a stranger yet."),
}
MOVED = {
    StrengthSort.STRENGTH: _("This is one of your strengths now."),
    StrengthSort.WORK_POINT: _("This is a work point again. You can always turn it back."),
}


class FoundIn(TextChoices):
    """Where somebody knows it from; not only from school."""

    NOWHERE = "", _("I leave this open")
    HOME = "home", _("at home")
    SCHOOL = "school", _("at school")
    WORK = "work", _("at work or on placement")
    CLUB = "club", _("in a club or hobby")
    FRIENDS = "friends", _("among friends")
