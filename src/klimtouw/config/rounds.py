"""The daily round: what the clock asks of the house, once a day, for as long as a job worker runs."""

from datetime import timedelta

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from klimtouw.belongings.actions import erase_what_lay_long_enough
from klimtouw.circles.actions.proposals import settle_proposals
from klimtouw.circles.tasks import tidy_circles
from klimtouw.config.ledger_tasks import keep_head_of_today
from klimtouw.config.notice_tasks import plan_the_send_round
from klimtouw.foundation.clock import now
from klimtouw.hand.tasks import look_around
from klimtouw.notices.by_mail import forget_used_links
from klimtouw.notices.mailbox import throw_old_mails_away
from klimtouw.people.actions import forget_ended_sessions
from klimtouw.programmes.frameworks.arriving import forget_arrivals
from klimtouw.relations.actions.keeping import keep_no_longer_than_promised
from klimtouw.relations.closing_tasks import complete_ended
from klimtouw.relations.tasks import tidy
from klimtouw.takeaway.erasing import replay_erased
from klimtouw.takeaway.tasks import look_ahead
from klimtouw.talks.actions import tell_of_ending_free_hours

A_DAY = timedelta(days=1)


@task()
def daily_round() -> None:
    """Erase what is over, write down what ended, forget jobs that were done; first of all, plan the next round.

    A job that was done still names ids; forgotten after a day, it leaves no trace of a declined invitation either (V9).
    """
    at = now()
    daily_round.using(run_after=at + A_DAY).enqueue()
    tidy.call()
    tidy_circles.call()
    look_ahead.call()
    complete_ended.call()
    look_around.call()
    keep_head_of_today.call()
    forget_ended_sessions(at)
    throw_old_mails_away(at)
    forget_arrivals(at=at)
    forget_used_links(at)
    settle_proposals(at)
    tell_of_ending_free_hours(at=at)
    plan_the_send_round()
    erase_what_lay_long_enough(at=at)
    keep_no_longer_than_promised(at=at)
    replay_erased(since=at - 2 * A_DAY)
    DBTaskResult.objects.finished().filter(finished_at__lt=at - A_DAY).delete()


def plan_the_daily_round() -> None:
    """Plan a round for now unless one is planned already; every worker that starts calls this."""
    planned = DBTaskResult.objects.filter(task_path=daily_round.module_path, status=TaskResultStatus.READY)
    if not planned.exists():
        daily_round.enqueue()
