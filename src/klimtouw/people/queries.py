"""Find people."""

from uuid import UUID

from klimtouw.people.models import Person


def person_with_id(id: UUID | str) -> Person:
    """Find one person; for jobs, which are given ids."""
    return Person.objects.get(pk=id)
