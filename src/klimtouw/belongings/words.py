"""The one kind of field that holds words written by a person."""

from typing import Any

from django.db import models


class WordsField(models.TextField[str, str]):
    """Text somebody wrote. Every such text lives in this field, so that it can be sealed without its callers knowing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*args, **options)


def words_fields_of(model: type[models.Model]) -> list[WordsField]:
    """Return the fields of a model that hold a person's words, in the order they were declared."""
    return [field for field in model._meta.get_fields() if isinstance(field, WordsField)]


def words_of(row: models.Model) -> dict[str, str]:
    """Return every text of one row by the name of its field."""
    return {field.name: getattr(row, field.name) for field in words_fields_of(type(row))}
