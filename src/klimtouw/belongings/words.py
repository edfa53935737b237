"""The one kind of field that holds words written by a person: sealed in the database, plain text in the hand (P3)."""

from collections.abc import Sequence
from typing import Any, Self, cast
from uuid import UUID

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute

from klimtouw.foundation import sealing
from klimtouw.foundation.sealing import CannotOpen
from klimtouw.people import keyring

FORMAT = b"\x01"
HOLDER = slice(1, 17)
SEAL = slice(17, None)


class NotForQueries(TypeError):
    """Sealed words cannot be compared, sorted or changed by the database; read the row and use its attribute."""


class Sealed:
    """Words as they lie in the database: the format (1 byte), whose key sealed them (16 bytes), and the seal."""

    __slots__ = ("stored",)

    def __init__(self, stored: bytes) -> None:
        self.stored = stored
        keyring.will_want(self.holder)

    @property
    def holder(self) -> UUID:
        """Whose key opens this."""
        return UUID(bytes=self.stored[HOLDER])

    @classmethod
    def of(cls, text: str, *, holder: UUID, place: str) -> Self:
        """Seal a text for one place."""
        key = keyring.key_to_seal_for(holder)
        return cls(FORMAT + holder.bytes + sealing.seal(text.encode(), key=key, place=_bound(holder, place)))

    def open(self, *, holder: UUID, place: str) -> str:
        """Return the text. Raises `CannotOpen` when it was moved here from elsewhere, `KeyDestroyed` when erased."""
        if self.holder != holder:
            raise CannotOpen(f"{place} was sealed for somebody else")
        key = keyring.key_of(holder)
        return sealing.unseal(self.stored[SEAL], key=key, place=_bound(holder, place)).decode()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.stored == self.stored

    def __hash__(self) -> int:
        return hash(self.stored)

    def __str__(self) -> str:
        raise NotForQueries("sealed words were taken from a query without their row")


def _bound(holder: UUID, place: str) -> bytes:
    return FORMAT + holder.bytes + place.encode()


class _Opened(DeferredAttribute):
    """Opens the seal when the words are asked for, once; what is never printed is never opened."""

    def __get__(self, row: models.Model | None, kind: Any = None) -> Any:
        value = super().__get__(row, kind)
        if row is not None and isinstance(value, Sealed):
            value = row.__dict__[self.field.attname] = cast("WordsField", self.field).opened(value, row)
        return value

    def __set__(self, row: models.Model, value: object) -> None:
        row.__dict__[self.field.attname] = value


class WordsField(models.Field[str, str]):
    """Text somebody wrote. Its model says whose key seals it (`words_belong_to`); its callers see plain text.

    An empty text stands empty in the database: whether somebody wrote something is no secret, what they wrote is.
    The words are bound to the name of the model and of the field, and to the row: who renames one of these, or changes a
    key, seals the words anew in the same migration.
    """

    descriptor_class = _Opened

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*args, **options)

    def get_internal_type(self) -> str:
        """Stand in the database as bytes."""
        return "BinaryField"

    def place_in(self, row: models.Model) -> str:
        """Return the one place in the database for which the words of this field in this row are sealed."""
        return f"{self.model._meta.label_lower}.{self.name} {' '.join(map(str, _name_of(row, self.model)))}"

    def opened(self, value: Sealed, row: models.Model) -> str:
        """Return the words that stand sealed in a row. Raises `CannotOpen` and `KeyDestroyed`."""
        return value.open(holder=_holder_of(row), place=self.place_in(row))

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        """Seal what is about to be written; what was never opened goes back as it came, into the row it came from."""
        if self.attname not in model_instance.__dict__:
            getattr(
                model_instance, self.attname
            )  # left out of the query, and now wanted: never write it empty
        value = model_instance.__dict__[self.attname]
        if isinstance(value, Sealed) and add:
            value = self.opened(
                value, model_instance
            )  # refuses a copy of another row, which could not be read there
        if isinstance(value, Sealed) or value == "":
            return value
        return Sealed.of(value, holder=_holder_of(model_instance), place=self.place_in(model_instance))

    def get_prep_value(self, value: object) -> object:
        """Let through what is sealed, and nothing; refuse words that would lie open in the database or in a question."""
        if isinstance(value, Sealed):
            return value.stored
        if value in ("", b"", None):
            return b""
        raise NotForQueries(f"{self.name} is sealed; only a row can be saved with it")

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | str:
        """Keep the seal on until somebody asks for the words."""
        return Sealed(bytes(value)) if value else ""

    def get_lookup(self, lookup_name: str) -> type[Exact[Any]]:
        """Let a query ask whether somebody wrote something, and nothing about what they wrote."""
        if lookup_name != "exact":
            raise NotForQueries(f"{self.name} is sealed; a query cannot ask for {self.name}__{lookup_name}")
        return Exact

    def get_transform(self, lookup_name: str) -> None:
        """Have no parts to ask about."""
        raise NotForQueries(f"{self.name} is sealed; a query cannot ask for {self.name}__{lookup_name}")

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse to write words into a file of Django's `dumpdata`, where they would lie open."""
        raise NotForQueries(f"{self.name} is sealed; `klimtouw backup` makes a copy that stays so")


class MarginField(WordsField):
    """A note in the margin of somebody's words, such as the device they were written on: sealed as they are, read beside them."""


def words_fields_of(model: type[models.Model]) -> list[WordsField]:
    """Return the fields of a model that hold a person's words, in the order they were declared."""
    fields = model._meta.get_fields()
    return [f for f in fields if isinstance(f, WordsField) and not isinstance(f, MarginField)]


def words_of(row: models.Model) -> dict[str, str]:
    """Return every text of one row by the name of its field."""
    return {field.name: getattr(row, field.name) for field in words_fields_of(type(row))}


def _holder_of(row: models.Model) -> UUID:
    # Every model with words says so; a guard looks after that.
    return _as_read(row.words_belong_to)  # type: ignore[attr-defined,no-any-return]


def _name_of(row: models.Model, model: type[models.Model]) -> Sequence[object]:
    """Return by what a row is known: its key, or what stands in for it where that is not known before it is written."""
    # A new thing of a kind has the key of its thing before it has its own, and its margin is written with its thing.
    key = getattr(row, model._meta.pk.attname)
    name: Sequence[object] = getattr(row, "words_stand_in", (key,))
    if None in name:
        raise NotForQueries(f"a {row._meta.verbose_name} without a key cannot hold words yet")
    return [_as_read(part) for part in name]


def _as_read(part: Any) -> Any:
    """Return an id as the database gives it back, also where it was given as text."""
    return UUID(part) if isinstance(part, str) else part
