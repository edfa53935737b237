"""Find people, and where they are signed in."""

from datetime import datetime
from uuid import UUID

from klimtouw.people.models import Person
from klimtouw.people.sessions import Session, fingerprint


def person_with_id(id: UUID | str) -> Person:
    """Find one person; for jobs, which are given ids."""
    return Person.objects.get(pk=id)


def person_with_address(address: str) -> Person | None:
    """Find who signs in with an address, whatever its capitals."""
    return Person.objects.filter(email__iexact=address).first()


def sessions_of(person: Person, at: datetime) -> list[Session]:
    """List where somebody is signed in, the latest visit first."""
    return list(
        Session.objects.filter(person=person, expire_date__gt=at)
        .defer("session_data")
        .order_by("-last_seen_at", "session_key")
    )


def session_filed_under(key: str | None) -> str:
    """Return what the session with this key is filed under."""
    return fingerprint(key or "")
