"""Change how a person is called and how they read."""

from datetime import datetime
from typing import Any

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.people.models import Person


@transaction.atomic
def change_settings(*, person: Person, by: Person, at: datetime, **fields: Any) -> None:
    """Change name, language, pronouns and reading settings."""
    demand(by, Action.CHANGE_OWN_SETTINGS, person, at)
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
