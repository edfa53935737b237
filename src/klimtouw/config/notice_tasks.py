"""Jobs that send what there is to tell; they know ids alone, and bear being done twice."""

from datetime import timedelta

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from klimtouw.circles import told as _meetings
from klimtouw.circles import told_of_circles as _circles
from klimtouw.foundation.clock import now
from klimtouw.hand import told as _hand
from klimtouw.intervision.tasks import erase_left_open
from klimtouw.notices.queries import people_with_something_due
from klimtouw.notices.sending import send_what_is_due
from klimtouw.peers import told as _peers
from klimtouw.people.queries import person_with_id
from klimtouw.programmes.proposals import told as _proposals
from klimtouw.relations import told as _relations
from klimtouw.replies import told as _replies
from klimtouw.talks import told as _talks
from klimtouw.talks import told_ahead as _talks_ahead

SAID_BY = (_circles, _hand, _meetings, _peers, _proposals, _relations, _replies, _talks, _talks_ahead)
"""What can be told is said beside the letters of each package; a worker that sends knows all of it."""
EVERY = timedelta(minutes=2)


@task()
def send_to(person_id: str) -> None:
    """Send one person what is due."""
    send_what_is_due(person_with_id(person_id), now())


@task()
def send_round() -> None:
    """See for whom something is due, and what passes within the day; first of all, plan the next round."""
    at = now()
    send_round.using(run_after=at + EVERY).enqueue()
    erase_left_open.call()
    for person in people_with_something_due(at):
        send_to.enqueue(str(person))


def plan_the_send_round() -> None:
    """Plan a round for now unless one is planned already; every worker that starts calls this, and the daily round."""
    planned = DBTaskResult.objects.filter(task_path=send_round.module_path, status=TaskResultStatus.READY)
    if not planned.exists():
        send_round.enqueue()
