"""How many invitations somebody may send: enough for a coach with a full group, too few to bother anybody (R2, V9)."""

from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.relations.models import LetterSent

MOST_TO_ONE_ADDRESS = 3
MOST_IN_A_DAY = 60
COUNTED_FOR = timedelta(days=7)


class TooManyLetters(Exception):
    """One more letter would be too many; the message says when there is room again."""


def leave_room(by: Person, email: str, at: datetime) -> None:
    """Refuse one letter too many. It counts what this person sent and knows: whether an address has an account is no part of it."""
    lately = LetterSent.objects.filter(inviter=by, sent_on__gt=localdate(at) - COUNTED_FOR)
    to_one = (
        lately.filter(address_mark=_mark(by, email)).order_by("sent_on").values_list("sent_on", flat=True)
    )
    if len(days := list(to_one)) >= MOST_TO_ONE_ADDRESS:
        raise TooManyLetters(_wait_until(days[-MOST_TO_ONE_ADDRESS] + COUNTED_FOR))
    if lately.filter(sent_on=localdate(at)).count() >= MOST_IN_A_DAY:
        raise TooManyLetters(_("You sent many invitations today. Tomorrow you can send this one."))


def note_letter(by: Person, email: str, at: datetime) -> None:
    """Count a letter that leaves now."""
    LetterSent.objects.create(inviter=by, address_mark=_mark(by, email), sent_on=localdate(at))


def forget_letters_sent(at: datetime) -> int:
    """Forget letters that no longer count; return how many."""
    return LetterSent.objects.filter(sent_on__lte=localdate(at) - COUNTED_FOR).delete()[0]


def _wait_until(day: date) -> str:
    words = {"number": MOST_TO_ONE_ADDRESS, "day": date_format(day, "j F")}
    return (
        _("You invited this address %(number)s times in a week. From %(day)s you can invite it again.")
        % words
    )


def _mark(by: Person, email: str) -> str:
    """Two people who write to one address leave different marks: nobody can see from them who is asked often."""
    return salted_hmac("klimtouw.relations.letters_sent", f"{by.pk} {email}", algorithm="sha256").hexdigest()
