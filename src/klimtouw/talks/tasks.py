"""Jobs about talks."""

from datetime import datetime
from uuid import UUID

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.talks.letters import Letter, send_or_tell
from klimtouw.talks.queries import talk_at_revision


@task()
def write_letter(letter: str, talk_id: str, revision: int, to_id: str, was_at: str | None = None) -> None:
    """Write one letter about a talk, or have it told; one that speaks of an earlier revision is out of date and stays unsent."""
    at = now()
    talk = talk_at_revision(UUID(talk_id), revision, at)
    if talk is None:
        return
    to = talk.party(UUID(to_id))
    before = datetime.fromisoformat(was_at) if was_at else None
    send_or_tell(Letter(letter), talk=talk, to=to, at=at, was_at=before)
