"""Change how a person is called and how they read, and what opens their account."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.people.choices import Language, Pronouns, ReadingSize, ReadingSpacing, Theme
from klimtouw.people.models import Person, no_address
from klimtouw.people.offline import (
    forget_all_devices,
    forget_devices_long_unseen,
    forget_devices_of,
    forget_other_devices,
)
from klimtouw.people.register import hold
from klimtouw.people.sessions import Session, fingerprint


@transaction.atomic
def change_settings(*, person: Person, by: Person, at: datetime, **fields: Any) -> None:
    """Change name, language, pronouns and reading settings."""
    demand(by, Action.CHANGE_OWN_SETTINGS, person, at)
    hold(person)
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


@transaction.atomic
def sign_out_of(*, session: str, person: Person, by: Person, at: datetime) -> None:
    """End one session of this person; a session that is over already, or somebody else's, is left as it is."""
    demand(by, Action.SIGN_OUT_ELSEWHERE, person, at)
    _end(Session.objects.filter(person=person, session_key=session))


@transaction.atomic
def sign_out_elsewhere(*, person: Person, but: str | None, by: Person, at: datetime) -> None:
    """End every session of this person but the one with this key."""
    demand(by, Action.SIGN_OUT_ELSEWHERE, person, at)
    _end_others(person, but)


def end_sessions_at_new_password(*, person: Person, but: str | None) -> None:
    """End every other session: whoever knew the old password may have begun it.

    Asks no policy: also somebody who forgot their password, and so is not signed in, comes here by a link in a mail.
    """
    _end_others(person, but)


def end_sessions(*, of: Person | None) -> int:
    """End every session of one person, or of everybody, and say how many; for whoever runs this installation."""
    forget_all_devices(of)
    sessions = Session.objects.filter(person__isnull=False)
    return (sessions.filter(person=of) if of else sessions).delete()[0]


def forget_ended_sessions(at: datetime) -> None:
    """Erase sessions that are over; a device keeps what waits on it, for whoever signs in there again in time."""
    Session.objects.filter(expire_date__lt=at).delete()
    forget_devices_long_unseen(at)


def erase_account(person: Person, *, at: datetime) -> None:
    """Leave of a person nothing but an id: no name, no address, no password, no session. Whoever calls this has asked the policy.

    The row stays because what others keep points to it; the address is free for a new account at once (P5).
    """
    Session.objects.filter(person=person).delete()
    forget_all_devices(person)
    EmailAddress.objects.filter(user=person).delete()
    person.set_unusable_password()
    nothing = {
        "email": no_address(person.pk),
        "display_name": "",
        "password": person.password,
        "pronouns": Pronouns.NONE,
        "language": Language.DUTCH,
        "theme": Theme.AUTO,
        "reading_size": ReadingSize.NORMAL,
        "reading_spacing": ReadingSpacing.NORMAL,
        "has_mirror": False,
        "is_active": False,
        "last_login": None,
        "agreed_at": None,
        "joined_at": at,
    }
    for name, value in nothing.items():
        setattr(person, name, value)
    person.save(update_fields=list(nothing))


def _end(sessions: QuerySet[Session]) -> None:
    """End sessions; what their devices still hold is unreadable from here on."""
    forget_devices_of(sessions)
    sessions.delete()


def _end_others(person: Person, but: str | None) -> None:
    others = _others(person, but)
    forget_other_devices(person, others)
    others.delete()


def _others(person: Person, but: str | None) -> QuerySet[Session]:
    return Session.objects.filter(person=person).exclude(session_key=fingerprint(but or ""))
