"""Read the talks a coach has with everybody they coach, for one day at a glance."""

from datetime import datetime

from django.db.models import Q, QuerySet

from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from klimtouw.talks.queries.talks import as_they_stand, with_relation
from klimtouw.talks.queries.waiting import TALKING_IN


def talks_with_coachees(coach: Person, since: datetime, at: datetime) -> list[Talk]:
    """Return the talks of a coach that look for their moment, and those planned from a moment on, the first one first; one query."""
    found = [
        talk for talk in as_they_stand(list(_of_coach(coach, since)), at) if talk.relation.state in TALKING_IN
    ]
    return sorted(found, key=lambda talk: (talk.starts_at or talk.proposed_at, talk.pk))


@composed
def _of_coach(coach: Person, since: datetime) -> QuerySet[Talk]:
    ahead = Q(state=TalkState.PROPOSED) | Q(state=TalkState.PLANNED, starts_at__gte=since)
    return with_relation(Talk.objects.filter(ahead, relation__coach=coach, relation__state__in=TALKING_IN))
