"""The catalogue of framework goals (C4): what an institution imported, version by version. Nothing here is a person's.

A version is written once, whole, and never changed afterwards (V4): its goals have no door that edits. An import makes a
new version; what somebody linked is found again by its identifier, in the newest version that knows it.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.programmes.frameworks.choices import ArrivalState, Fault, FileKind
from klimtouw.programmes.frameworks.shapes import LONGEST_STATEMENT
from klimtouw.programmes.models.schools import Institution

LONGEST_TITLE, LONGEST_IDENTIFIER, LONGEST_CODE, LONGEST_WAY_DOWN = 200, 255, 100, 250


class Framework(models.Model):
    """A framework of one institution; its `source` is how the file it came from calls itself, empty for a CSV."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    source = models.CharField(max_length=LONGEST_IDENTIFIER, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["institution", "source"], condition=~Q(source=""), name="framework_once_per_source"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state_now(self) -> str:
        """A framework has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return what somebody is to the institution it belongs to."""
        return self.institution.hats_of(person, at)


class FrameworkVersion(models.Model):
    """One import of a framework. Until `number` is given it is being written, and nobody sees it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=60, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    goals = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    switched_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["framework", "number"], name="framework_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.framework_id} version {self.number}"

    @property
    def state_now(self) -> str:
        """A version has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return what somebody is to the institution it belongs to."""
        return self.framework.hats_of(person, at)

    @property
    def is_offered(self) -> bool:
        """Whether it can be read and linked to, as long as there is no newer one."""
        return self.number is not None and self.switched_off_at is None


class FrameworkGoal(models.Model):
    """A goal as one version words it. `number` is its place in the whole tree, read from top to bottom.

    `under` is the number of the goal it stands under, nothing at the top; `above` are the numbers of all it stands under.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="+")
    identifier = models.CharField(max_length=LONGEST_IDENTIFIER)
    code = models.CharField(max_length=LONGEST_CODE, blank=True)
    statement = models.CharField(max_length=LONGEST_STATEMENT)
    language = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField()
    under = models.PositiveIntegerField(null=True)
    above = models.CharField(max_length=LONGEST_WAY_DOWN, blank=True)
    has_more = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["version", "under", "number"], name="framework_goal_in_tree"),)
        constraints = (
            models.UniqueConstraint(fields=["version", "number"], name="framework_goal_has_one_place"),
            models.UniqueConstraint(fields=["version", "identifier"], name="framework_goal_once_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.statement}".strip()

    @property
    def numbers_above(self) -> list[int]:
        """The numbers of the goals it stands under, the topmost first."""
        return [int(number) for number in self.above.split()]


class FrameworkArrival(models.Model):
    """A file on its way in: read first, said in words, and brought in on a yes. Its content stays no longer than that."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    framework = models.ForeignKey(Framework, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=4, choices=FileKind)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    state = models.CharField(max_length=9, choices=ArrivalState, default=ArrivalState.READING)
    fault = models.CharField(max_length=20, choices=Fault, blank=True)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    goals = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    beside = models.UUIDField(null=True)
    findings = models.JSONField(default=dict)
    content = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.file_name} for {self.institution_id}"

    @property
    def state_now(self) -> str:
        """An arrival has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return what somebody is to the institution it is for."""
        return self.institution.hats_of(person, at)
