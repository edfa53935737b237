"""What of talks ends with a relation: what was still ahead does not take place, and leaves both calendars."""

from datetime import datetime

from django.db.models import Q

from klimtouw.relations.endings import also_ends
from klimtouw.relations.models import Relation
from klimtouw.talks.choices import TalkState
from klimtouw.talks.letters import Letter
from klimtouw.talks.models import Talk
from klimtouw.talks.tasks import write_letter


@also_ends
def let_go_of_what_is_ahead(relation: Relation, at: datetime) -> None:
    """Cancel the talks that are to come, and tell both calendars; a proposal just goes. Nobody is asked why (V9)."""
    to_come = Q(state=TalkState.PROPOSED) | Q(state=TalkState.PLANNED, starts_at__gt=at)
    for talk in Talk.objects.select_for_update().filter(to_come, relation=relation).order_by("pk"):
        talk.state, talk.revision = TalkState.CANCELLED, talk.revision + 1
        talk.save(update_fields=["state", "revision"])
        if talk.starts_at:
            was_at = talk.starts_at.isoformat()
            for reader in (relation.coachee_id, relation.coach_id):
                write_letter.enqueue(Letter.ENDED.value, str(talk.pk), talk.revision, str(reader), was_at)
