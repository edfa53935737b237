"""Read what somebody may go on with when there is no network."""

from datetime import datetime
from typing import Any

from klimtouw.climb.choices import StageState
from klimtouw.climb.models import Step
from klimtouw.people.models import Person
from klimtouw.talks.models import Takeaway, Talk
from klimtouw.talks.queries import readable, talks_waiting_for

MOST_STEPS, MOST_TALKS = 30, 8


def steps_to_take(person: Person) -> list[Step]:
    """List one's own steps that are not done yet, in the order of the routes; a device takes no more than thirty along."""
    ahead = Step.objects.kept().filter(owner=person, is_done=False, whole__removed_at=None)
    standing = ahead.filter(stage__removed_at=None, stage__state=StageState.AHEAD)
    return list(standing.order_by("whole", "stage__position", "position", "pk")[:MOST_STEPS])


def talks_to_write_about(person: Person, at: datetime) -> list[Talk]:
    """List the talks to prepare, and those of which something may still be taken along; one query."""
    waiting = talks_waiting_for(person, at)
    every = {talk.pk: talk for talk in (*waiting.ahead, *waiting.begun, *waiting.without_takeaway)}
    return list(every.values())[:MOST_TALKS]


def takeaways_of(person: Person, talks: list[Talk], at: datetime) -> dict[Any, Takeaway]:
    """Return what somebody already took from these talks, by talk."""
    found = readable(Takeaway, person, at).filter(owner=person, talk__in=[talk.pk for talk in talks])
    return {takeaway.talk_id: takeaway for takeaway in found}
