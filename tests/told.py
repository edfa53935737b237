"""What somebody would read in their next message, if it came now."""

from datetime import datetime

from django.core import mail

from klimtouw.notices.models import Notice
from klimtouw.notices.sending import send_what_is_due
from klimtouw.people.models import Person


def read_by(person: Person, at: datetime) -> str:
    """Send somebody their next message now and return what it says; nothing to tell gives no message, and no text."""
    Notice.objects.filter(person=person, is_alone=False).update(due_at=at)
    before = len(mail.outbox)
    send_what_is_due(Person.objects.get(pk=person.pk), at)
    return "\n".join(f"{letter.subject}\n{letter.body}" for letter in mail.outbox[before:])
