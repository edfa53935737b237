"""Read how somebody has their talks in their own calendar and mail, and what a calendar that asks may show."""

from datetime import datetime, timedelta

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.talks.addresses import hash_of
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Habits, Talk
from klimtouw.talks.queries.talks import talks_as_they_stand

SHOWN_BACK = timedelta(days=30)
MOST_IN_CALENDAR = 500


def habits_of(person: Person) -> Habits:
    """Return what somebody chose, or that nothing was chosen yet."""
    return Habits.objects.filter(owner=person).first() or Habits(owner=person)


def habits_behind(address: str) -> Habits | None:
    """Return whose calendar is asked for; nobody's when the address is wrong, was stopped, or its owner left."""
    with the_house():  # a calendar that asks is not signed in
        found = Habits.objects.filter(address_hash=hash_of(address), owner__is_active=True)
        return found.select_related("owner").first()


def talks_in_calendar(person: Person, at: datetime) -> list[Talk]:
    """Return the talks with a moment that somebody may see now, from a month back; one query."""
    of_both = Talk.objects.filter(relation__coachee=person) | Talk.objects.filter(relation__coach=person)
    timed = of_both.filter(state__in=(TalkState.PLANNED, TalkState.HELD), starts_at__gt=at - SHOWN_BACK)
    found = talks_as_they_stand(timed.order_by("starts_at", "pk")[:MOST_IN_CALENDAR], at)
    return [talk for talk in found if _is_shown(talk, person, at)]


def _is_shown(talk: Talk, person: Person, at: datetime) -> bool:
    """A planned talk of a relation that is over takes place no more, also for the one who may still see it."""
    takes_place = talk.state == TalkState.HELD or may(person, Action.MARK_TALK_HELD, talk, at)
    return takes_place and may(person, Action.SEE_TALKS, talk, at)
