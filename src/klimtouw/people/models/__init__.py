"""People, the keys that seal their words, and where they are signed in."""

from klimtouw.people.models.erased import Erased
from klimtouw.people.models.keys import DataKey
from klimtouw.people.models.offline import OfflineDevice
from klimtouw.people.models.people import NO_HOST, Person, PersonManager, no_address
from klimtouw.people.sessions import Session

__all__ = [
    "NO_HOST",
    "DataKey",
    "Erased",
    "OfflineDevice",
    "Person",
    "PersonManager",
    "Session",
    "no_address",
]
