"""What there is to tell of learning to peer-coach in the next message (E3): who asks, who said yes, what was attested."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.peers.models import Asked, Attestation, Rung, Support, Training
from klimtouw.people.models import Person


def _asked(about: UUID) -> Asked | None:
    training = Training.objects.filter(pk=about).select_related("owner", "staff").first()
    return training or Support.objects.filter(pk=about).select_related("owner", "staff").first()


@kind("peer_asked", Topic.TOGETHER)
def ASKED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A student asks this person to train them, or to stand behind them."""
    asked = _asked(about)
    if asked is None or asked.accepted_at or asked.staff_id != to.pk:
        return None
    name = asked.owner.name
    text = (
        _("%(name)s would like to learn to peer-coach, and asks you as a trainer.")
        if isinstance(asked, Training)
        else _("%(name)s asks you to be the coach who stands behind their peer coaching.")
    )
    link = Link(_("Read the question"), reverse("peers:trainees"))
    return Line(text=text % {"name": name}, links=(link,), whom=name)


@kind("peer_said_yes", Topic.TOGETHER)
def SAID_YES(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A staff member said yes to this student."""
    asked = _asked(about)
    if asked is None or not asked.accepted_at or asked.owner_id != to.pk:
        return None
    name = asked.staff.name
    text = (
        _("%(name)s said yes, and goes with you on your way to peer coach.")
        if isinstance(asked, Training)
        else _("%(name)s said yes, and stands behind your peer coaching.")
    )
    return Line(text=text % {"name": name}, links=(_my_way(),), whom=name)


@kind("rung_attested", Topic.TOGETHER)
def RUNG_ATTESTED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A rung of this student was attested."""
    rung = Rung.objects.filter(pk=about, owner=to).select_related("attested_by").first()
    if rung is None:
        return None
    name = rung.attested_by.name
    text = _("%(name)s attested a rung on your way to peer coach.") % {"name": name}
    return Line(text=text, links=(_my_way(),), whom=name)


@kind("attested", Topic.TOGETHER)
def ATTESTED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """This student has an attestation."""
    given = Attestation.objects.filter(pk=about, owner=to).select_related("attested_by").first()
    if given is None or not given.is_valid(at):
        return None
    name = given.attested_by.name
    text = _("%(name)s gave you your attestation of training. It is yours.") % {"name": name}
    link = Link(_("See it"), reverse("peers:attestation", args=[given.pk]))
    return Line(text=text, links=(link,), whom=name)


def _my_way() -> Link:
    return Link(_("See my way to peer coach"), reverse("peers:home"))
