"""What there is to tell about talks in the next message (E3). What a calendar must know at once goes in a letter of its own."""

from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.notices.by_mail import answer_link
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Moment, Talk
from klimtouw.talks.queries import talks_as_they_stand

CHOOSE = "choose_moment"


def _talk_of(person: Person, about: UUID, at: datetime) -> Talk | None:
    """Return a talk if this person may see it now."""
    found = next(iter(talks_as_they_stand(Talk.objects.filter(pk=about), at)), None)
    return found if found and may(person, Action.SEE_TALKS, found, at) else None


def links_to_choose(talk: Talk, to: Person, at: datetime) -> tuple[Link, ...]:
    """Return one link per moment that is still to come, and one to propose others."""
    ahead = talk.moments.filter(starts_at__gt=at).order_by("starts_at")
    links = [
        answer_link(CHOOSE, moment_in_words(moment), to, about=talk.pk, at=at, value=str(moment.pk))
        for moment in ahead
    ]
    return (*links, Link(_("See the talk, or propose other moments"), talk.get_absolute_url()))


def moment_in_words(moment: Moment) -> str:
    """Return a moment as people say it."""
    starts_at = localtime(moment.starts_at)
    return f"{date_format(starts_at, 'l j F')}, {date_format(starts_at, 'H:i')}"


def _how_long_and_where(talk: Talk) -> str:
    minutes = _("%(minutes)s minutes") % {"minutes": talk.minutes}
    return f"{minutes} · {' '.join(talk.place.split())}" if talk.place else minutes


@kind("talk_proposed", Topic.TALKS)
def TALK_PROPOSED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """Somebody proposes moments, while they still wait for this person."""
    talk = _talk_of(to, about, at)
    if talk is None or not talk.waits_for(to) or not may(to, Action.PLAN_TALK, talk, at):
        return None
    name = talk.relation.other(to).name
    asks = _("%(name)s proposes a talk. Which moment suits you?") % {"name": name}
    return Line(text=f"{asks}\n\n{_how_long_and_where(talk)}", links=links_to_choose(talk, to, at), whom=name)


@kind("talk_withdrawn", Topic.TALKS)
def TALK_WITHDRAWN(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A proposal this person heard of before is taken back."""
    talk = _talk_of(to, about, at)
    if talk is None or talk.state != TalkState.CANCELLED:
        return None
    text = _("The proposed talk does not take place for now. There is nothing you have to do.")
    return Line(text=text, whom=talk.relation.other(to).name)
