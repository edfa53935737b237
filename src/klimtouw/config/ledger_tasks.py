"""Jobs for the ledger: keep the head of the day, and let it leave the machine."""

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.ledger.actions import keep_daily_head
from klimtouw.ledger.queries import daily_head
from klimtouw.notices.letters import send_letter


@task()
def keep_head_of_today() -> None:
    """Keep today's head, and mail it when somebody is there to keep it; once a day, however often this is asked."""
    at = now()
    with transaction.atomic():
        head, is_new = keep_daily_head(day=localdate(at), at=at)
        if is_new and settings.LEDGER_MAIL_TO:
            mail_head.enqueue(head.number)


@task()
def mail_head(number: int) -> None:
    """Send one daily head to who keeps them; it says nothing about anybody."""
    head = daily_head(number)
    send_letter(
        to=settings.LEDGER_MAIL_TO,
        language=settings.LANGUAGE_CODE,
        template="ledger/mail/daily_head.txt",
        key=f"ledger.{head.digest[:16]}",
        words={"head": head},
    )
