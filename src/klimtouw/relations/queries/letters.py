"""Read what a letter about a relation needs: to whom, and with whom."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from klimtouw.people.models import Person
from klimtouw.relations.models import Relation


def address_of(reader: UUID) -> Person:
    """Return whom the letter is for."""
    return Person.objects.get(pk=reader)


def words_about(relation: UUID, *, reader: UUID) -> dict[str, Any]:
    """Return the names and addresses in a letter about a relation; nobody's words."""
    found = Relation.objects.select_related("coachee", "coach").get(pk=relation)
    i_coach = found.coach_id == reader
    return {
        "reader": found.coach if i_coach else found.coachee,
        "other": found.coachee if i_coach else found.coach,
        "i_coach": i_coach,
        "goes_on": found.goes_on,
        "relation_path": found.get_absolute_url(),
        "contract_path": reverse("relations:contract", args=[found.pk]),
    }
