"""People, and the keys that seal their words."""

from klimtouw.people.models.keys import DataKey
from klimtouw.people.models.people import Person, PersonManager

__all__ = ["DataKey", "Person", "PersonManager"]
