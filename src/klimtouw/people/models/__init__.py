"""People, the keys that seal their words, and where they are signed in."""

from klimtouw.people.models.erased import Erased
from klimtouw.people.models.keys import DataKey
from klimtouw.people.models.people import Person, PersonManager
from klimtouw.people.sessions import Session

__all__ = ["DataKey", "Erased", "Person", "PersonManager", "Session"]
