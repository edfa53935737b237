"""The job that writes a letter about a meeting."""

from uuid import UUID

from django_tasks import task

from klimtouw.circles.meeting_letters import MeetingLetter, send_meeting_letter
from klimtouw.circles.queries.meetings import meeting_at_revision
from klimtouw.foundation.clock import now
from klimtouw.people.queries import person_with_id


@task()
def write_meeting_letter(letter: str, meeting_id: str, revision: int, to_id: str) -> None:
    """Write one letter about a meeting; one that speaks of an earlier revision is out of date and stays unsent.

    Who left gets the meeting out of the calendar however it stands now: no later letter about it goes to them (V24).
    """
    kind = MeetingLetter(letter)
    meeting = meeting_at_revision(UUID(meeting_id), revision, or_later=kind is MeetingLetter.LEFT)
    if meeting is not None:
        send_meeting_letter(kind, meeting=meeting, to=person_with_id(to_id), at=now())
