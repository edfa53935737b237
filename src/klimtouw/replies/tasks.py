"""Tell a coachee that something is left for them, and a coach that a reply is asked. No letter says what was written."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.notices.letters import send_letter
from klimtouw.people.queries import person_with_id
from klimtouw.replies import queries
from klimtouw.replies.queries_asking import still_open


@task()
def tell_something_is_left(given_id: str, to_id: str) -> None:
    """Write the coachee one letter; what can no longer be read meanwhile is not announced."""
    to = person_with_id(to_id)
    try:
        left = queries.given(to, now(), UUID(given_id))
    except ObjectDoesNotExist:
        return
    send_letter(
        to=to.email,
        language=to.language,
        template="replies/mail/something_is_left.txt",
        key=f"reply.{left.pk}",
        words={"coach": left.owner.name, "coachee": to.name, "path": left.get_absolute_url()},
    )


@task()
def tell_of_request(asked_id: str) -> None:
    """Write the coach one letter; what was withdrawn or is no longer shared meanwhile is not announced."""
    at = now()
    asked = still_open(UUID(asked_id), at)
    if asked is None:
        return
    coach, coachee, day = asked.relation.coach, asked.relation.coachee, asked.day_to_come(at)
    send_letter(
        to=coach.email,
        language=coach.language,
        template="replies/mail/asked_for_reply.txt",
        key=f"asked.{asked.pk}.{asked.asked_at:%Y%m%d%H%M%S}",
        words={"coach": coach.name, "coachee": coachee.name, "by_day": day, "path": asked.get_absolute_url()},
    )
