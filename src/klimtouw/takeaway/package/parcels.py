"""Find the packages on their way, and say where they stand."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klimtouw.climb.actions.evidence import bytes_of
from klimtouw.people.models import Person
from klimtouw.takeaway.choices import ParcelState, Way
from klimtouw.takeaway.models import Parcel
from klimtouw.takeaway.package.actions import TAKES_AT_MOST
from klimtouw.takeaway.package.planning import Plan, plan_of
from klimtouw.takeaway.package.queries import number_of_things

BYTES_AT_ONCE = 20 * 1024 * 1024
"""More in files than this as well."""
AT_ONCE = 2_000
"""More things than this are gathered by a job, with a page that says how far it is."""


def is_large(person: Person) -> bool:
    """Return whether somebody would have to wait for their package."""
    return number_of_things(person) > AT_ONCE or bytes_of(person) > BYTES_AT_ONCE


def outgoing(person: Person, at: datetime, parcel: UUID) -> Parcel:
    """Find a package that is being made for this person."""
    return Parcel.objects.defer("content").get(pk=parcel, owner=person, way=Way.OUT)


def incoming(person: Person, at: datetime, parcel: UUID) -> Parcel:
    """Find a package this person brought."""
    return Parcel.objects.get(pk=parcel, owner=person, way=Way.IN)


def of(person: Person) -> Parcel | None:
    """Return the package that is being made for this person, or waits for them."""
    return Parcel.objects.defer("content").filter(owner=person, way=Way.OUT).order_by("-asked_at").first()


@dataclass(frozen=True)
class Standing:
    """Where a package stands."""

    is_ready: bool
    is_waiting: bool
    has_no_room: bool


def standing(parcel: Parcel, at: datetime) -> Standing:
    """Say where a package stands; a job that nobody does any more has failed."""
    is_waiting = parcel.state == ParcelState.WAITING and at - parcel.asked_at < TAKES_AT_MOST
    return Standing(parcel.state == ParcelState.READY, is_waiting, parcel.state == ParcelState.NO_ROOM)


def plan_for(parcel: Parcel, person: Person, at: datetime) -> Plan:
    """Return what a package that was brought would change. Raises `NotAPackage`."""
    return plan_of(json.loads(parcel.content), person, at)
