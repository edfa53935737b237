"""Have a coachee told that something is left for them, and a coach that a reply is asked. Nothing says what was written."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django_tasks import task

from klimtouw.foundation.clock import end_of, now
from klimtouw.notices.actions import tell
from klimtouw.people.queries import person_with_id
from klimtouw.relations.queries.relations import live_relation_between
from klimtouw.replies import queries
from klimtouw.replies.queries_asking import still_open
from klimtouw.replies.told import REPLY_ASKED, SOMETHING_LEFT


@task()
def tell_something_is_left(given_id: str, to_id: str) -> None:
    """Have the coachee told once; what can no longer be read meanwhile is not announced."""
    at, to = now(), person_with_id(to_id)
    try:
        left = queries.given(to, at, UUID(given_id))
    except ObjectDoesNotExist:
        return
    relation = live_relation_between(coachee=to, coach=left.owner)
    tell(SOMETHING_LEFT, to, about=left.pk, relation=relation.pk if relation else None, by=left.owner, at=at)


@task()
def tell_of_request(asked_id: str) -> None:
    """Have the coach told once; what was withdrawn or is no longer shared meanwhile is not announced."""
    at = now()
    asked = still_open(UUID(asked_id), at)
    if asked is None:
        return
    relation, day = asked.relation, asked.day_to_come(at)
    before = end_of(day, ZoneInfo(settings.TIME_ZONE)) if day else None
    tell(
        REPLY_ASKED,
        relation.coach,
        about=asked.pk,
        relation=relation.pk,
        by=relation.coachee,
        before=before,
        at=at,
    )
