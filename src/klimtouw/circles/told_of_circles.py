"""What there is to tell about a circle itself in the next message (E3): who it is of stands on its page, never in the mail."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CirclePlace
from klimtouw.circles.queries.agreements import agreement_page
from klimtouw.circles.queries.circles import circle as circle_of
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house


def _seen(to: Person, at: datetime, about: UUID, action: Action) -> Circle | None:
    """Return a circle of this person if this may be done there now."""
    try:
        found = circle_of(to, at, about)
    except Circle.DoesNotExist:
        return None
    return found if may(to, action, found, at) else None


def _to(circle: Circle) -> Link:
    return Link(_("Go to the circle"), circle.get_absolute_url())


@kind("circle_said_yes", Topic.CIRCLES)
def SAID_YES(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """Somebody said yes to a circle this person guides."""
    circle = _seen(to, at, about, Action.INVITE_TO_CIRCLE)
    return Line(text=_("Somebody said yes to your circle."), links=(_to(circle),)) if circle else None


@kind("circle_to_sign", Topic.CIRCLES)
def TO_SIGN(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """There is a version of the agreements that this person did not sign yet."""
    circle = _seen(to, at, about, Action.AGREE_IN_CIRCLE)
    if circle is None:
        return None
    page = agreement_page(circle, to)
    if page.proposal is None or page.i_signed:
        return None
    text = _("Your circle has agreements to read. They hold once all of you have signed.")
    return Line(text=text, links=(_to(circle),))


@kind("circle_begun", Topic.CIRCLES)
def BEGUN(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """Everybody signed this version of the agreements."""
    agreement = CircleAgreement.objects.filter(pk=about).first()
    circle = _seen(to, at, agreement.circle_id, Action.WRITE_IN_CIRCLE) if agreement else None
    text = _("All of you have signed. Your circle is on the way.")
    return Line(text=text, links=(_to(circle),)) if circle else None


@kind("circle_left", Topic.CIRCLES)
def LEFT(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """Somebody left a circle of this person; who, stands on its page."""
    circle = _seen(to, at, about, Action.SEE_CIRCLE)
    text = _("Your circle is one person smaller. Anybody may always leave, and nobody asks why.")
    return Line(text=text, links=(_to(circle),)) if circle else None


@kind("circle_ended", Topic.CIRCLES)
def ENDED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A circle this person was in until the end is over."""
    with the_house():  # what is over nobody sees any more; that it is over may be said
        was_in = CirclePlace.objects.filter(circle=about, person=to, circle__state=CircleState.ENDED).exists()
    text = _("Your circle is over. Nobody reads along there any more, and what is yours stays yours.")
    return Line(text=text) if was_in else None
