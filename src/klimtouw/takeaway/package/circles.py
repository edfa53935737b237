"""The circles somebody is in, with what they signed there, and who read what they shared into one (G3, P4)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from klimtouw.belongings.choices import Purpose
from klimtouw.belongings.models import Seat, Share
from klimtouw.circles.models import Circle, CircleClause, CircleSignature
from klimtouw.circles.queries.circles import circles_of
from klimtouw.people.models import Person
from klimtouw.takeaway.package.fields import opened_or_empty, written

Content = dict[str, Any]


def circles_around(person: Person, at: datetime) -> list[Content]:
    """Return the circles somebody is in now, with the agreements they signed; of a circle one left nothing is read any more (V24)."""
    circles = circles_of(person, at)
    signed = _signed(person, circles)
    return [
        {
            "id": str(circle.pk),
            "name": opened_or_empty(circle, "name"),
            "state": circle.state,
            "facilitates": circle.facilitator_id == person.pk,
            "has_double_hat": circle.has_double_hat,
            "started_at": written(circle.started_at),
            "agreements": signed[circle.pk],
        }
        for circle in circles
    ]


def _signed(person: Person, circles: list[Circle]) -> defaultdict[UUID, list[Content]]:
    mine = CircleSignature.objects.filter(
        person=person, signed_at__isnull=False, agreement__circle__in=circles
    )
    signatures = list(mine.select_related("agreement").order_by("agreement__number"))
    clauses = CircleClause.objects.filter(agreement__in=[one.agreement_id for one in signatures])
    texts = defaultdict(list)
    for clause in clauses.select_related("agreement").order_by("position"):
        texts[clause.agreement_id].append(opened_or_empty(clause, "text"))
    found = defaultdict(list)
    for one in signatures:
        found[one.agreement.circle_id].append(
            {
                "number": one.agreement.number,
                "starts_on": written(one.agreement.starts_on),
                "ends_on": written(one.agreement.ends_on),
                "in_force_at": written(one.agreement.in_force_at),
                "clauses": texts[one.agreement_id],
                "signed_at": written(one.signed_at),
            }
        )
    return found


def seats_that_read(shares: Iterable[Share], person: Person, at: datetime) -> dict[int, list[Seat]]:
    """Return who else could read each share: those whose place on the bond was open while it was shared; one query."""
    shares = list(shares)
    seats = Seat.objects.filter(bond__in={share.bond_id for share in shares}).exclude(person=person)
    on_bond = defaultdict(list)
    for seat in seats.select_related("bond", "person").order_by("person_id"):
        on_bond[seat.bond_id].append(seat)
    return {share.pk: [seat for seat in on_bond[share.bond_id] if _read(seat, share, at)] for share in shares}


def _read(seat: Seat, share: Share, at: datetime) -> bool:
    end = min(moment for moment in (share.until, share.revoked_at, at) if moment)
    has_come = seat.opens_at < end or seat.opens_at == end == at
    return has_come and (seat.closes_at is None or seat.closes_at > share.since)


def first_names(seats: Iterable[Seat]) -> dict[UUID, str]:
    """Return by first name, and no more, who reads along in a circle."""
    people = {seat.person_id: seat.person for seat in seats if seat.bond.purpose == Purpose.CIRCLE}
    return {pk: one.display_name.split()[0] for pk, one in people.items() if one.display_name.strip()}
