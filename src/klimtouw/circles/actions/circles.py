"""Start a circle, say how it is called and which hats its facilitator wears, leave it, end it (G3)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.actions import close_seats, end_all_shares_on, seat, tie_bond
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.belongings.models import Bond
from klimtouw.circles.actions.agreements import bring_into_force_once_all_signed, sign_anew
from klimtouw.circles.actions.held import held
from klimtouw.circles.actions.meetings import cancel_what_is_ahead, take_out_of_calendar
from klimtouw.circles.choices import CircleState
from klimtouw.circles.leavings import let_go_of_what_goes_with
from klimtouw.circles.models import Circle, CircleAgreement, CircleInvitation, CirclePlace, CircleSignature
from klimtouw.circles.told_of_circles import ENDED, LEFT
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import forget_messages_about, tell
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.people.register import hold, register_erased_relation
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.models import Programme

ENDED_IS_KEPT = timedelta(days=30)
FEWEST_TO_GO_ON = 2


@transaction.atomic
def start_circle(
    *,
    by: Person,
    at: datetime,
    name: str,
    has_double_hat: bool = False,
    programme: Programme | None = None,
    id: UUID | None = None,
) -> Circle:
    """Begin a circle with nobody in it but its facilitator. The same `id` sent twice is one circle."""
    demand(by, Action.START_CIRCLE, by, at)
    hold(by)
    with the_house():  # an id that is taken by others is not seen, only bumped into
        taken = Circle.objects.filter(pk=id).first() if id else None
    if taken is not None and taken.facilitator_id == by.pk:
        return taken
    circle = Circle.objects.create(
        id=id if id and taken is None else new_id(),
        bond=tie_bond(Purpose.CIRCLE),
        name=name,
        facilitator=by,
        has_double_hat=has_double_hat,
        programme=programme,
        started_at=at,
    )
    CirclePlace.objects.create(circle=circle, person=by, hat=SeatHat.FACILITATOR, came_at=at, seated_at=at)
    seat(by, on=circle.bond, hat=SeatHat.FACILITATOR, opens_at=at)
    return circle


@transaction.atomic
def arrange_circle(circle: Circle, *, by: Person, at: datetime, name: str, has_double_hat: bool) -> Circle:
    """Name a circle, and say which hats its facilitator wears. Who signed before a double hat was told signs again (R8)."""
    circle = held(circle)
    demand(by, Action.ARRANGE_CIRCLE, circle, at)
    is_news = has_double_hat != circle.has_double_hat
    circle.name, circle.has_double_hat = name, has_double_hat
    circle.save(update_fields=["name", "has_double_hat"])
    if is_news:
        sign_anew(circle, by=by, at=at)
    return circle


@transaction.atomic
def leave_circle(circle: Circle, *, by: Person, at: datetime) -> None:
    """Leave in one act and without a reason: what is yours stays yours and is shared here no longer (V24).

    Two who leave at once wait for each other. Leaving twice is leaving once.
    """
    circle = held(circle)
    demand(by, Action.LEAVE_CIRCLE, circle, at)
    take_out(circle, by, at=at)


def take_out(circle: Circle, person: Person, *, at: datetime) -> None:
    """Take somebody out of a circle and look what is left; whoever calls this has asked the policy, and holds the circle."""
    with the_house():  # the seats and signatures of the others are looked at as well
        take_out_of_calendar(circle, person, at=at)
        let_go_of_what_goes_with(circle, person, at)
        end_all_shares_on(circle.bond, at=at, of=person)
        close_seats(circle.bond, at=at, of=person)
        CirclePlace.objects.filter(circle=circle, person=person).delete()
        CircleSignature.objects.filter(
            agreement__circle=circle, agreement__in_force_at=None, person=person
        ).delete()
        waiting = CircleAgreement.objects.filter(circle=circle, in_force_at=None, guide_to_be=person)
        waiting.update(guide_to_be=None)
        CircleInvitation.objects.filter(circle=circle, inviter=person).delete()
        if circle.facilitator_id == person.pk:
            circle.facilitator, circle.has_double_hat = None, False
            circle.save(update_fields=["facilitator", "has_double_hat"])
        _go_on_or_end(circle, at)


def _go_on_or_end(circle: Circle, at: datetime) -> None:
    """With two left a circle goes on, resting until others come; alone nobody is a circle (decision 18)."""
    left = CirclePlace.objects.filter(circle=circle).select_related("person")
    sitting = gate.open_seats(at).filter(bond=circle.bond).count()
    has_begun = circle.state == CircleState.RUNNING
    if (has_begun and sitting < FEWEST_TO_GO_ON) or (not has_begun and circle.facilitator_id is None):
        end(circle, at=at)
        return
    bring_into_force_once_all_signed(circle, at)
    for place in left:
        tell(LEFT, place.person, about=circle.pk, at=at)


@transaction.atomic
def end_circle(circle: Circle, *, by: Person, at: datetime) -> None:
    """Round off a circle: from this moment nobody reads anything in it, and everybody keeps what is theirs (V24)."""
    circle = held(circle)
    demand(by, Action.ARRANGE_CIRCLE, circle, at)
    end(circle, at=at, by=by)


def end(circle: Circle, *, at: datetime, by: Person | None = None) -> None:
    """End a circle that is held; whoever calls this has asked the policy, or is the clock."""
    with the_house():
        sat = CirclePlace.objects.filter(circle=circle, seated_at__isnull=False).select_related("person")
        cancel_what_is_ahead(circle, [place.person for place in sat], at=at)
        let_go_of_what_goes_with(circle, None, at)
        end_all_shares_on(circle.bond, at=at)
        close_seats(circle.bond, at=at)
        CircleInvitation.objects.filter(circle=circle).delete()
        circle.state, circle.ended_at = CircleState.ENDED, at
        circle.save(update_fields=["state", "ended_at"])
        forget_messages_about(circle.pk)
        for place in CirclePlace.objects.filter(circle=circle).select_related("person"):
            tell(ENDED, place.person, about=circle.pk, by=by, at=at)


@transaction.atomic
def end_circles_on_time(at: datetime) -> int:
    """Write down the end of the circles whose last day is over; return how many. Their seats closed at that very moment."""
    running = Circle.objects.filter(state=CircleState.RUNNING)
    goes_on = gate.open_seats(at).values("bond")
    over = list(running.exclude(bond__in=goes_on).order_by("pk").select_for_update(of=("self",)))
    for circle in over:
        end(circle, at=at)
    return len(over)


@transaction.atomic
def erase_ended_circles(at: datetime) -> int:
    """Erase the circles that ended thirty days ago or longer; return how many."""
    over = list(Circle.objects.filter(state=CircleState.ENDED, ended_at__lte=at - ENDED_IS_KEPT))
    for circle in over:
        erase_circle(circle, at=at)
    return len(over)


def erase_circle(circle: Circle, *, at: datetime) -> None:
    """Erase a circle with its bond and the key of what it wrote together; what each wrote stays with its writer.

    The register remembers it: an old copy that is put back has those words, and nothing to open them.
    Whoever calls this has asked the policy, or is the clock.
    """
    bond = circle.bond_id
    with the_house():
        forget_messages_about(circle.pk)
        let_go_of_what_goes_with(circle, None, at)
        if keyring.destroy(circle.pk):
            register_erased_relation(circle.pk, at)
        CircleAgreement.objects.filter(circle=circle).delete()
        circle.delete()
        Bond.objects.filter(pk=bond).delete()
