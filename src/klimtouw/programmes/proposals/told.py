"""What there is to tell about a proposed circle: that there is one, that it goes on, or that it does not; never who said what."""

from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person
from klimtouw.programmes.choices import ProposalState
from klimtouw.programmes.models import CircleProposal
from klimtouw.programmes.proposals.queries import proposals_for


@kind("circle_proposed", Topic.CIRCLES)
def CIRCLE_PROPOSED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """Somebody is asked whether a circle feels right, and did not answer yet."""
    found = next((one for one in proposals_for(to, at) if one.pk == about), None)
    if found is None:
        return None
    text = _("You are asked for a circle. See who would be in it, and say whether it feels right.")
    text += " " + _("Yes or rather not: nobody sees what you say.")
    day = _("You can answer until %(day)s.") % {"day": date_format(found.answer_by, "l j F")}
    link = Link(_("See who would be in it"), found.get_absolute_url())
    return Line(text=f"{text} {day}", links=(link,))


@kind("circle_goes_on", Topic.CIRCLES)
def CIRCLE_GOES_ON(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A proposed circle goes on, and this person is in it."""
    mine = CircleProposal.objects.filter(pk=about, state=ProposalState.GOES_ON, people__person=to)
    if not mine.exists():
        return None
    return Line(text=_("Your circle goes on. You find it at “Circles”, and make your agreements there."))


@kind("circle_does_not_go_on", Topic.CIRCLES)
def CIRCLE_DOES_NOT_GO_ON(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A proposed circle does not go on: the same words to everybody, and nothing else (V8)."""
    if not CircleProposal.objects.filter(pk=about, state=ProposalState.ENDED).exists():
        return None
    return Line(text=_("The circle you were asked for does not go on. There is nothing you have to do."))
