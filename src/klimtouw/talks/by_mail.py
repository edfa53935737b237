"""Choose a moment of a talk from a mail (T1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Action, Hat
from klimtouw.notices.by_mail import Answer, NoLongerAsked, Question
from klimtouw.notices.kinds import Link
from klimtouw.people.models import Person
from klimtouw.talks.actions import Overtaken, choose_moment
from klimtouw.talks.models import Moment, Talk
from klimtouw.talks.queries import talk as talk_of
from klimtouw.talks.told import CHOOSE, moment_in_words


@dataclass(frozen=True)
class Proposed:
    """One moment of a talk; the policy is asked about the talk."""

    talk: Talk
    moment: Moment

    @property
    def state_now(self) -> str:
        """The state of the relation."""
        return self.talk.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats at the talk."""
        return self.talk.hats_of(person, at)


def _find(person: Person, at: datetime, about: UUID, value: str) -> Proposed:
    found = talk_of(person, at, about)
    moment = found.moments.filter(pk=int(value), starts_at__gt=at).first()
    if moment is None or not found.waits_for(person):
        raise NoLongerAsked
    return Proposed(found, moment)


def _ask(person: Person, proposed: Proposed, value: str) -> Question:
    words = {"moment": moment_in_words(proposed.moment), "name": proposed.talk.relation.other(person).name}
    return Question(
        title=_("A talk on %(moment)s?") % words,
        text=_("%(name)s proposed this moment. Choose it, and it comes in both your calendars.") % words,
        button=_("This moment suits me"),
        further=Link(_("See the talk, or propose other moments"), proposed.talk.get_absolute_url()),
    )


def _act(person: Person, at: datetime, proposed: Proposed, value: str, filled_in: Mapping[str, Any]) -> str:
    try:
        choose_moment(talk=proposed.talk, by=person, at=at, moment_id=proposed.moment.pk)
    except Overtaken as overtaken:
        raise NoLongerAsked from overtaken
    words = {"moment": moment_in_words(proposed.moment)}
    return _("Your talk is planned: %(moment)s. You both get a mail for your calendar.") % words


MOMENT = Answer(name=CHOOSE, action=Action.PLAN_TALK, find=_find, ask=_ask, act=_act)
