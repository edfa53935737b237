"""What there is to tell about circles in the next message (E3): that there is something, never what it says."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from klimtouw.belongings.choices import LOOK
from klimtouw.belongings.models import Thing
from klimtouw.circles.queries import meetings, questions
from klimtouw.ledger.models import Line as LedgerLine
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person


def _was_opened(thing: Thing, by: Person) -> bool:
    looks = LedgerLine.objects.filter(owner_id=thing.owner_id, by_id=by.pk, act=LOOK, about_id=thing.pk)
    return looks.exists()


@kind("circle_asked", Topic.CIRCLES)
def ASKED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """Somebody asked the circle something, and this person has not opened it yet."""
    try:
        asked = questions.question(to, at, about)
    except ObjectDoesNotExist:
        return None
    circle = questions.circle_of_question(asked, to, at)
    if circle is None or asked.owner_id == to.pk or asked.is_closed or _was_opened(asked, to):
        return None
    text = _("%(name)s asks your circle something. You do not have to answer.") % {"name": asked.owner.name}
    return Line(
        text=text, links=(Link(_("Read the question"), asked.get_absolute_url()),), whom=asked.owner.name
    )


@kind("circle_answered", Topic.CIRCLES)
def ANSWERED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """Somebody in the circle answered beside what this person asked or shared, and it was not opened yet."""
    try:
        given = questions.answer(to, at, about)
    except ObjectDoesNotExist:
        return None
    if given.owner_id == to.pk or _was_opened(given, to):
        return None
    text = _("%(name)s answered you in your circle.") % {"name": given.owner.name}
    link = Link(_("Read it when it suits you"), given.get_absolute_url())
    return Line(text=text, links=(link,), whom=given.owner.name)


@kind("meeting_proposed", Topic.CIRCLES)
def MEETING_PROPOSED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """Somebody proposes moments for a meeting, and this person did not say yet what suits."""
    found = next((one for one in meetings.meetings_waiting_for(to, at) if one.pk == about), None)
    if found is None:
        return None
    text = _("There is a meeting of your circle to plan. Which moments suit you?")
    return Line(text=text, links=(Link(_("Say which moments suit"), found.get_absolute_url()),))
