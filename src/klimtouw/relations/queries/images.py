"""Read a coach's own picture of a coachee (R9)."""

from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.models import ImageCheck, Relation


def image_of(relation: Relation, person: Person) -> ImageCheck | None:
    """Return what this person noted beforehand; nothing when an old copy came back whose key is gone."""
    found = ImageCheck.objects.kept().filter(relation=relation, owner=person).first()
    try:
        return found if found and found.text else None
    except keyring.KeyDestroyed:
        return None
