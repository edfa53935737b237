"""Change how a person is called and how they read, and what opens their account."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
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


@transaction.atomic
def forget_unproven_password(person: Person) -> None:
    """Forget a password that was chosen before its chooser proved that the address is theirs.

    Anybody can sign up with the address of another. Its owner, who later signs in by a code in a mail, must not share
    the account with whoever chose that password.
    """
    if person.has_usable_password() and not EmailAddress.objects.filter(user=person, verified=True).exists():
        person.set_unusable_password()
        person.save(update_fields=["password"])
