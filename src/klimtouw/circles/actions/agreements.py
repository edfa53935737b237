"""Propose and sign the agreements of a circle. They hold from the moment everybody named in them signed (G3)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import seat
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.queries import seats_of
from klimtouw.circles.actions.held import held
from klimtouw.circles.choices import FEWEST, CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CircleClause, CirclePlace, CircleSignature
from klimtouw.circles.queries.agreements import newest_agreement, terms_of
from klimtouw.circles.terms import CircleTerms, fault_of_last_day
from klimtouw.circles.told_of_circles import BEGUN, TO_SIGN
from klimtouw.foundation.clock import end_of
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.relations.terms import a_year_after

SHORTEST_AGAIN = timedelta(days=7)


class NewerVersion(Exception):
    """Somebody saved a version after the one this writer started from; `agreement` is that version."""

    def __init__(self, agreement: CircleAgreement) -> None:
        super().__init__("a newer version was saved meanwhile")
        self.agreement = agreement


class NotTheNewest(Exception):
    """The version on this page is no longer the one that waits for signatures."""


class HasAGuide(Exception):
    """Somebody guides this circle, or it has no agreements yet."""


@dataclass(frozen=True)
class Guide:
    """Who offers to guide a circle, and whether they also assess somebody in it."""

    person: Person
    has_double_hat: bool


class TooFew(Exception):
    """A circle begins with three members or more; not so many said yes yet."""


class DayDoesNotFit(Exception):
    """The last day breaks a rule; the message says which, in words for the person."""


@transaction.atomic
def draft_agreement(
    circle: Circle,
    *,
    by: Person,
    at: datetime,
    ends_on: date,
    clauses: tuple[str, ...],
    seen: UUID | None = None,
    id: UUID | None = None,
) -> CircleAgreement:
    """Put a new version next to what holds. It is no signature, and it changes nothing until all have signed (V11).

    `seen` is the newest version the writer started from; the same `id` sent twice gives the first one back.
    Raises `TooFew`, `NewerVersion` and `DayDoesNotFit`.
    """
    circle = held(circle)
    demand(by, Action.AGREE_IN_CIRCLE, circle, at)
    hold(by)
    if id and (twice := circle.agreements.filter(pk=id, drafted_by=by).first()):
        return twice
    if circle.state != CircleState.RUNNING and _number_of_members(circle) < FEWEST:
        raise TooFew
    newest = newest_agreement(circle)
    if newest and newest.pk != seen:
        raise NewerVersion(newest)
    if fault := fault_of_last_day(ends_on, localdate(at)):
        raise DayDoesNotFit(fault)
    return _keep_version(circle, by, at, ends_on=ends_on, clauses=clauses, id=id)


def sign_anew(circle: Circle, *, by: Person, at: datetime) -> CircleAgreement | None:
    """Have all sign what stands there again, because something around it changed: somebody comes, or a double hat is told.

    Whoever calls this has asked the policy, and holds the circle.
    """
    with the_house():  # somebody who is about to come does not see it yet
        if newest_agreement(circle) is None:
            return None
        terms = _terms_to_sign_again(circle, at)
        return _keep_version(circle, by, at, ends_on=terms.ends_on, clauses=terms.clauses)


def _terms_to_sign_again(circle: Circle, at: datetime) -> CircleTerms:
    """Return what stands there; a draft of which the last day went by gives way to what holds.

    The end never lies on the very day it is proposed: then it lasts as long as before, a week at least and a year at most.
    """
    today = localdate(at)
    versions = circle.agreements.order_by("-number")
    still = versions.filter(Q(in_force_at__isnull=False) | Q(ends_on__gt=today)).first()
    base = still or versions[0]
    terms = terms_of(base)
    if terms.ends_on > today:
        return terms
    lasted = max(base.ends_on - base.starts_on, SHORTEST_AGAIN)
    return replace(terms, ends_on=min(today + lasted, a_year_after(today)))


def _keep_version(
    circle: Circle,
    by: Person,
    at: datetime,
    *,
    ends_on: date,
    clauses: tuple[str, ...],
    id: UUID | None = None,
    guide: Guide | None = None,
) -> CircleAgreement:
    with the_house():  # an id that is taken by others is not seen, only bumped into
        is_free = id is not None and not CircleAgreement.objects.filter(pk=id).exists()
        newest = newest_agreement(circle)
        guide = guide or _guide_named_in(newest)
        agreement = CircleAgreement.objects.create(
            id=id if is_free else new_id(),
            circle=circle,
            number=newest.number + 1 if newest else 1,
            starts_on=localdate(at),
            ends_on=ends_on,
            drafted_by=by,
            drafted_at=at,
            guide_to_be=guide.person if guide else None,
            guide_has_double_hat=bool(guide and guide.has_double_hat),
        )
        texts = enumerate(clauses, start=1)
        CircleClause.objects.bulk_create(
            CircleClause(agreement=agreement, position=place, text=text) for place, text in texts
        )
        places = CirclePlace.objects.filter(circle=circle).select_related("person")
        CircleSignature.objects.bulk_create(
            CircleSignature(agreement=agreement, person=place.person) for place in places
        )
        if circle.state == CircleState.FORMING:
            circle.state = CircleState.AGREEING
            circle.save(update_fields=["state"])
        for place in places:
            tell(TO_SIGN, place.person, about=circle.pk, by=by, at=at)
    return agreement


def _guide_named_in(newest: CircleAgreement | None) -> Guide | None:
    """A version that follows one nobody finished signing still names who offered to guide."""
    if newest is None or newest.in_force_at or newest.guide_to_be is None:
        return None
    return Guide(newest.guide_to_be, newest.guide_has_double_hat)


@transaction.atomic
def offer_to_guide(
    circle: Circle, *, by: Person, at: datetime, has_double_hat: bool = False
) -> CircleAgreement:
    """Offer to guide a circle that nobody guides any more: a new version names this person, and all sign it (G3).

    Offered twice it is offered once; somebody else may offer as well, and then the newest version names them.
    Raises `HasAGuide`.
    """
    circle = held(circle)
    demand(by, Action.OFFER_TO_GUIDE, circle, at)
    hold(by)
    if circle.facilitator_id is not None:
        raise HasAGuide
    with the_house():
        newest = newest_agreement(circle)
        if newest is None:
            raise HasAGuide
        is_same = (newest.guide_to_be_id, newest.guide_has_double_hat) == (by.pk, has_double_hat)
        if is_same and not newest.in_force_at:
            return newest
        terms = _terms_to_sign_again(circle, at)
        guide = Guide(by, has_double_hat)
        return _keep_version(circle, by, at, ends_on=terms.ends_on, clauses=terms.clauses, guide=guide)


def _let_take_over(circle: Circle, agreement: CircleAgreement) -> None:
    """Let whoever is named in the agreements guide the circle from now on, if they are still in it and nobody else does."""
    place = CirclePlace.objects.filter(circle=circle, person=agreement.guide_to_be_id).first()
    if agreement.guide_to_be_id is None or place is None or circle.facilitator_id is not None:
        return
    place.hat = SeatHat.FACILITATOR
    place.save(update_fields=["hat"])
    circle.facilitator, circle.has_double_hat = agreement.guide_to_be, agreement.guide_has_double_hat
    circle.save(update_fields=["facilitator", "has_double_hat"])


def _number_of_members(circle: Circle) -> int:
    return CirclePlace.objects.filter(circle=circle, hat=SeatHat.MEMBER).count()


@transaction.atomic
def sign_agreement(circle: Circle, *, agreement: UUID | None, by: Person, at: datetime) -> CircleAgreement:
    """Sign the version this person saw; the last signature brings it into force. Signing twice is signing once.

    Raises `NotTheNewest`, and `DayDoesNotFit` when its last day went by meanwhile.
    """
    circle = held(circle)
    demand(by, Action.AGREE_IN_CIRCLE, circle, at)
    hold(by)
    newest = newest_agreement(circle)
    if newest is None or newest.pk != agreement:
        raise NotTheNewest
    if fault := fault_of_last_day(newest.ends_on, localdate(at)):
        raise DayDoesNotFit(fault)
    own = CircleSignature.objects.filter(agreement=newest, person=by, signed_at=None)
    if own.update(signed_at=at):
        bring_into_force_once_all_signed(circle, at)
        newest.refresh_from_db(fields=["in_force_at"])
    return newest


def bring_into_force_once_all_signed(circle: Circle, at: datetime) -> None:
    """Let the newest version hold when everybody named in it signed, and let everybody sit; whoever calls this holds the circle."""
    with the_house():
        newest = newest_agreement(circle)
        if newest is None or newest.in_force_at or newest.signatures.filter(signed_at=None).exists():
            return
        if newest.ends_on < localdate(at):
            return
        if circle.state != CircleState.RUNNING and _number_of_members(circle) < FEWEST:
            return
        newest.in_force_at = at
        newest.save(update_fields=["in_force_at"])
        circle.state = CircleState.RUNNING
        circle.save(update_fields=["state"])
        _let_take_over(circle, newest)
        _let_all_sit(circle, newest, at)


def _let_all_sit(circle: Circle, agreement: CircleAgreement, at: datetime) -> None:
    """Open a seat for everybody until the last day is over; who sat already goes on sitting."""
    closes_at = end_of(agreement.ends_on, ZoneInfo(settings.TIME_ZONE))
    since = {own.person_id: own.opens_at for own in seats_of(circle.bond) if own.closes_at != own.opens_at}
    for place in CirclePlace.objects.filter(circle=circle).select_related("person"):
        opens_at = since.get(place.person_id, at)
        seat(place.person, on=circle.bond, hat=SeatHat(place.hat), opens_at=opens_at, closes_at=closes_at)
        tell(BEGUN, place.person, about=agreement.pk, at=at)
    CirclePlace.objects.filter(circle=circle, seated_at=None).update(seated_at=at)
