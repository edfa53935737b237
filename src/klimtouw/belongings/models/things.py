"""Things and their earlier versions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.words import MarginField, WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person

T = TypeVar("T", bound=models.Model)


class ThingQuerySet(models.QuerySet[T]):
    """The only way to read things: narrowed to one reader."""

    def visible_to(self, person: Person, at: datetime) -> Self:
        """Keep what this person may read at this moment: one's own, and what is shared onto an open bond."""
        return self.filter(gate.readable_by(person, at))

    def kept(self) -> Self:
        """Leave out what its owner removed."""
        return self.filter(removed_at=None)


class Thing(models.Model):
    """Something a person wrote or made: it has one owner, a version, and nobody else until it is shared.

    Every kind of thing is a model of its own that inherits from this one (one row here, one row there).
    A part (a stage, a step) names the `whole` it is read with: sharing the whole shares its parts.
    """

    KIND: ClassVar[str] = ""
    KIND_WORD: ClassVar[Promise | str] = ""
    MAY_BE_SHARED: ClassVar[bool] = True
    """Whether its owner may let somebody else read it; a few kinds are for the writer alone, always."""
    INTO_CIRCLES: ClassVar[bool] = False
    """Whether its owner may share it with a circle. What is written beside somebody else's, or for one relation, may not (V13)."""
    STAYS_WHERE_WRITTEN: ClassVar[bool] = False
    """Whether only those read it for whom it was written: it stands beside a thing of somebody else, who did not tell others (V13)."""
    COMES_BACK: ClassVar[bool] = True
    """Whether it can be brought back from a package; what is meant to pass away does not."""
    ENDS_WITH_RELATION: ClassVar[bool] = False
    """Whether it is erased when the relation it names ends; then it has a field `relation`, and a key of its own."""
    SHARED_WHILE_TOGETHER: ClassVar[bool] = False
    """Whether sharing it in a relation stops when that relation ends: it is about the days to come, not a gift (V12, V24)."""
    LISTED_IN_CIRCLES: ClassVar[bool] = True
    """Whether it stands in the list of what is shared in a circle; a kind with a page of its own there does not."""
    ONE_PER: ClassVar[tuple[str, ...] | None] = None
    """The fields that name a place where its owner keeps one of this kind; None: as many as they like."""
    MOST_IN: ClassVar[tuple[tuple[str, int], ...]] = ()
    """The fields that name what holds things of this kind, each with how many that can hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    whole = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="parts")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    device = MarginField()
    removed_at = models.DateTimeField(null=True)

    objects = ThingQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["owner", "kind", "created_at"], name="thing_of_owner"),)
        constraints = (
            models.CheckConstraint(condition=~Q(whole=F("id")), name="thing_is_not_its_own_whole"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of its owner seals its words (P3)."""
        return self.owner_id

    @property
    def stands_in(self) -> list[UUID]:
        """The things inside which this one is read; while one of them is put away, this one is not seen."""
        return [self.whole_id] if self.whole_id else []

    def goes_along(self) -> models.QuerySet["Thing"]:
        """Return what is put away, taken back and erased together with this thing, though it is no part of it."""
        return Thing.objects.none()

    def fit_in(self) -> None:
        """Fit in with what is here, when it is brought back from elsewhere; most kinds fit as they are."""

    @property
    def state_now(self) -> str:
        """A thing has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return what this person is to this thing: its owner, or somebody it is shared with on an open bond."""
        return gate.hats_to(self, person, at)

    @classmethod
    def fitting(cls, words: Mapping[str, str]) -> dict[str, Any]:
        """Return what must stand beside one wording for it to be read, by the name of its field; most kinds need nothing."""
        return {}

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return the texts of one wording as they are read, in the order they were declared."""
        return [text for text in words.values() if text]

    def note_look(self, by: Person, hats: frozenset[Hat], at: datetime) -> None:
        """Leave a look when somebody else opens this thing (P2)."""
        gate.note_looks([self], by, at, hats=hats)


class KindOfThing(Thing):
    """The base of every kind of thing: its own row beside the row of the thing, without a name on the other side."""

    thing_ptr = models.OneToOneField(
        Thing, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+", serialize=False
    )

    class Meta:
        abstract = True


class Version(models.Model):
    """An earlier wording of a thing, kept for its owner (C14)."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="versions")
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    words = WordsField()
    device = MarginField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["thing", "number"], name="version_once_per_thing"),)

    def __str__(self) -> str:
        return f"{self.thing_id} version {self.number}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of its owner seals an earlier wording as it does the newest."""
        return self.owner_id

    @property
    def words_stand_in(self) -> tuple[UUID, int]:
        """An earlier wording is known by its thing and number; it has no key before it is written."""
        return self.thing_id, self.number
