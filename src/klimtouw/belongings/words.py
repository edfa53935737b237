"""The one kind of field that holds words written by a person: sealed in the database, plain text in the hand (P3)."""

from typing import Any, Self, cast
from uuid import UUID

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from klimtouw.foundation import sealing
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

    def open(self, *, place: str) -> str:
        """Return the text. Raises `CannotOpen` when it was moved here from elsewhere, `KeyDestroyed` when erased."""
        key = keyring.key_of(self.holder)
        return sealing.unseal(self.stored[SEAL], key=key, place=_bound(self.holder, place)).decode()

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
            field = cast("WordsField", self.field)
            value = row.__dict__[field.attname] = value.open(place=field.place_in(row))
        return value

    def __set__(self, row: models.Model, value: object) -> None:
        row.__dict__[cast("WordsField", self.field).attname] = value


class WordsField(models.Field[str, str]):
    """Text somebody wrote. Its model says whose key seals it (`words_belong_to`); its callers see plain text.

    An empty text stands empty in the database: whether somebody wrote something is no secret, what they wrote is.
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
        name_of_row = getattr(row, "words_stand_in", row.pk)
        return f"{self.model._meta.label_lower}.{self.name} {name_of_row}"

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        """Seal what is about to be written; what was never opened goes back as it came."""
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed) or value == "":
            return value
        holder = cast("UUID", model_instance.words_belong_to)  # type: ignore[attr-defined]  # every model with words says so: guarded
        return Sealed.of(value, holder=holder, place=self.place_in(model_instance))

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


def words_fields_of(model: type[models.Model]) -> list[WordsField]:
    """Return the fields of a model that hold a person's words, in the order they were declared."""
    return [field for field in model._meta.get_fields() if isinstance(field, WordsField)]


def words_of(row: models.Model) -> dict[str, str]:
    """Return every text of one row by the name of its field."""
    return {field.name: getattr(row, field.name) for field in words_fields_of(type(row))}
