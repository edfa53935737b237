"""What opens the words a device keeps without network: a secret that only its signed-in person gets (T4).

The secret is stored nowhere: it follows from the key of the person and the row of the device. While that row is there, signing
in again as the same person gives the same secret back, so that what waited on the device is not lost. Signing out, signing
out elsewhere and a new password destroy the row, and with it every chance to read what that device still holds.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.people import keyring
from klimtouw.people.models import OfflineDevice, Person, Session
from klimtouw.people.register import hold
from klimtouw.people.sessions import LONGEST

KEPT_FOR = LONGEST
"""A device that was not seen for so long is forgotten: as long as the longest session."""


@transaction.atomic
def device_to_write_on(named: str, *, by: Person, at: datetime) -> OfflineDevice:
    """Return the device a browser says it is, when it is one of this person; a new one otherwise."""
    demand(by, Action.WRITE_OWN, by, at)
    hold(by)
    device = device_named(named, by)
    if device is None:
        return OfflineDevice.objects.create(person=by, salt=secrets.token_bytes(32), last_seen_at=at)
    device.last_seen_at = at
    device.save(update_fields=["last_seen_at"])
    return device


def secret_of(device: OfflineDevice) -> bytes:
    """Return the secret of a device; 32 bytes that nobody finds without the key of its person."""
    key = keyring.key_to_seal_for(device.person_id)
    return hmac.digest(key, device.place, hashlib.sha256)


def device_named(named: str, person: Person | None = None) -> OfflineDevice | None:
    """Find a device by what a browser sent: of this person, or of anybody when nobody is signed in."""
    try:
        devices = OfflineDevice.objects.filter(pk=UUID(named))
    except ValueError:
        return None
    return (devices.filter(person=person) if person else devices).first()


def forget_device(named: str | None, person: Person) -> None:
    """Forget the device of a session that ends by signing out."""
    _forget(OfflineDevice.objects.filter(person=person), [named] if named else [])


def forget_devices_of(sessions: QuerySet[Session]) -> None:
    """Forget the devices of sessions that are about to be ended from elsewhere."""
    named = sessions.values_list("offline_device", flat=True)
    _forget(OfflineDevice.objects.all(), [each for each in named if each])


def forget_other_devices(person: Person, sessions: QuerySet[Session]) -> None:
    """Forget every device of a person but those of the sessions that go on, also where the sign-in had expired."""
    staying = Session.objects.filter(person=person).exclude(pk__in=sessions.values("pk"))
    named = staying.exclude(offline_device=None).values_list("offline_device", flat=True)
    OfflineDevice.objects.filter(person=person).exclude(pk__in=list(named)).delete()


def forget_all_devices(person: Person | None) -> None:
    """Forget every device of one person, or of everybody."""
    (OfflineDevice.objects.filter(person=person) if person else OfflineDevice.objects.all()).delete()


def forget_devices_long_unseen(at: datetime) -> None:
    """Forget devices nobody came by on for sixty days."""
    OfflineDevice.objects.filter(last_seen_at__lt=at - KEPT_FOR).delete()


def _forget(devices: QuerySet[OfflineDevice], named: Iterable[UUID | str]) -> None:
    devices.filter(pk__in=named).delete()
