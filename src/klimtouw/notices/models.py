"""What waits to be told, and how each person wants to hear. No row here holds a word of anybody."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.ids import new_id
from klimtouw.notices.choices import Rhythm, Topic, Weekday
from klimtouw.notices.hours import Hours
from klimtouw.people.models import Person
from klimtouw.people.row_lock import NOBODY, RowLock

OWN = "person_id = klimtouw_person()"
OF_ITS_READER = RowLock(read=OWN, add=OWN, change=OWN, erase=OWN)
TOLD_BY_THE_HOUSE = RowLock(read=OWN, add=NOBODY, change=NOBODY, erase=OWN)
"""What is told to somebody is laid down by the house: a page of another adds nothing to their rows."""
LAST_HOUR = 23


def usual_zone() -> str:
    """Return the time zone of the house."""
    return settings.TIME_ZONE


class Wishes(models.Model):
    """How one person wants to hear: how often, at which hour, and when it is quiet (E3)."""

    ROW_LOCK: ClassVar = OF_ITS_READER
    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    rhythm = models.CharField(_("How often?"), max_length=4, choices=Rhythm, default=Rhythm.DAY)
    weekday = models.PositiveSmallIntegerField(
        _("Which day, when once a week?"), choices=Weekday, default=Weekday.FRIDAY
    )
    hour = models.PositiveSmallIntegerField(
        _("Around which hour?"), default=17, validators=[MaxValueValidator(LAST_HOUR)]
    )
    quiet_from = models.PositiveSmallIntegerField(
        _("Quiet from"), default=20, validators=[MaxValueValidator(LAST_HOUR)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("until"), default=8, validators=[MaxValueValidator(LAST_HOUR)]
    )
    zone = models.CharField(_("My time zone"), max_length=64, default=usual_zone)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(hour__lte=LAST_HOUR, quiet_from__lte=LAST_HOUR, quiet_until__lte=LAST_HOUR),
                name="hours_on_the_clock",
            ),
        )

    def __str__(self) -> str:
        return f"wishes of {self.person_id}"

    @property
    def hours(self) -> Hours:
        """The same, to reckon with."""
        zone = ZoneInfo(self.zone)
        return Hours(zone, self.rhythm, self.weekday, self.hour, self.quiet_from, self.quiet_until)


class Mute(models.Model):
    """Something somebody does not want mail about: a topic, or one relation."""

    ROW_LOCK: ClassVar = OF_ITS_READER
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=16, choices=Topic, blank=True)
    relation = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "topic"], condition=Q(relation=None), name="topic_muted_once"
            ),
            models.UniqueConstraint(
                fields=["person", "relation"], condition=Q(relation__isnull=False), name="relation_muted_once"
            ),
        )

    def __str__(self) -> str:
        return f"mute of {self.person_id}"


class Parcel(models.Model):
    """One mail that is being sent: it gives the mail its name, so that one that leaves twice arrives as one."""

    ROW_LOCK: ClassVar = TOLD_BY_THE_HOUSE
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    again_at = models.DateTimeField(db_index=True)
    """When it is tried again, if it is still here then."""
    tries = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"parcel {self.pk}"


class Notice(models.Model):
    """One thing to tell somebody: ids, and when. What it says is asked when it is sent, and then it is gone."""

    ROW_LOCK: ClassVar = TOLD_BY_THE_HOUSE
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    about = models.UUIDField()
    relation = models.UUIDField(null=True)
    due_at = models.DateTimeField(db_index=True)
    before = models.DateTimeField(null=True)
    """The moment by which it has to be read, if there is one."""
    is_alone = models.BooleanField(default=False)
    """Whether it is a mail of its own at its own moment, such as the card before a talk."""
    parcel = models.ForeignKey(Parcel, null=True, on_delete=models.CASCADE, related_name="notices")

    class Meta:
        constraints = (
            # What is on its way in a parcel was asked already: news of the same thing is told anew.
            models.UniqueConstraint(
                fields=["person", "kind", "about"], condition=Q(parcel=None), name="told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class UsedLink(models.Model):
    """The mark of a link in a mail that was used: a second time it does nothing. It does not say whose it was."""

    ROW_LOCK: ClassVar = RowLock(read=NOBODY, add=NOBODY, change=NOBODY, erase=NOBODY)
    id = models.UUIDField(primary_key=True, editable=False)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"used link {self.pk}"
