"""Tell a coachee that something is left for them. The letter names the coach and never what was written."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.notices.letters import send_letter
from klimtouw.people.queries import person_with_id
from klimtouw.replies import queries


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
