"""Jobs about talks."""

from datetime import datetime
from uuid import UUID

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.talks.letters import Letter, send
from klimtouw.talks.queries import talk_at_revision


@task()
def write_letter(letter: str, talk_id: str, revision: int, to_id: str, was_at: str | None = None) -> None:
    """Send one letter about a talk; one that speaks of an earlier revision is out of date and stays unsent."""
    at = now()
    talk = talk_at_revision(UUID(talk_id), revision, at)
    if talk is None:
        return
    to = talk.party(UUID(to_id))
    send(Letter(letter), talk=talk, to=to, at=at, was_at=datetime.fromisoformat(was_at) if was_at else None)
