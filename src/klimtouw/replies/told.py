"""What there is to tell about replies in the next message (C10, E3): that there is something, never what it says."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klimtouw.belongings.choices import LOOK
from klimtouw.ledger.models import Line as LedgerLine
from klimtouw.notices.by_mail import answer_link
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person
from klimtouw.replies import queries
from klimtouw.replies.queries_asking import still_open

READ_THIS = "read_this"
PROMISE = "promise_reply"


@kind("something_left", Topic.REPLIES)
def SOMETHING_LEFT(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A coach left a reply or a suggestion, and this person has not opened it yet."""
    try:
        left = queries.given(to, at, about)
    except ObjectDoesNotExist:
        return None
    opened = LedgerLine.objects.filter(owner_id=left.owner_id, by_id=to.pk, act=LOOK, about_id=left.pk)
    if left.owner_id == to.pk or opened.exists():
        return None
    text = _("%(name)s left something beside what you shared. You do not have to answer.")
    link = Link(_("Read it when it suits you"), left.get_absolute_url())
    return Line(text=text % {"name": left.owner.name}, links=(link,), whom=left.owner.name)


@kind("reply_asked", Topic.REQUESTS)
def REPLY_ASKED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A coachee asks this coach for a reply, and none was given."""
    asked = still_open(about, at)
    if asked is None or asked.relation.coach_id != to.pk:
        return None
    name, day = asked.relation.coachee.name, asked.day_to_come(at)
    text = _("%(name)s shared something with you, and would like to hear from you.") % {"name": name}
    if day:
        text += " " + _("If you can, by %(day)s.") % {"day": date_format(day, "l j F")}
    text += " " + _("A question, a kind word, or “I have read this” is enough.")
    links = (
        Link(_("Read it, and answer"), asked.get_absolute_url()),
        answer_link(READ_THIS, _("I have read this"), to, about=asked.pk, at=at),
        answer_link(PROMISE, _("I answer later: choose a day"), to, about=asked.pk, at=at),
    )
    return Line(text=text, links=links, whom=name)


@kind("reply_promised", Topic.REPLIES)
def REPLY_PROMISED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A coach said by which day a reply comes, and it did not come yet."""
    asked = still_open(about, at)
    if asked is None or asked.relation.coachee_id != to.pk:
        return None
    day = asked.promised_to_come(at)
    if day is None:
        return None
    words = {"name": asked.relation.coach.name, "day": date_format(day, "l j F")}
    return Line(text=_("%(name)s would like to answer you by %(day)s.") % words, whom=words["name"])
