"""Say that one is open for a new match, take that back, and forget it once a match is there (R5)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.choices import MembershipHat
from klimtouw.programmes.models import Membership, OpenToMatch


@transaction.atomic
def open_to_match(*, by: Person, at: datetime, programme: UUID) -> None:
    """Let the coordinator of one's own programme see that one is open for a new match; a second time changes nothing."""
    demand(by, Action.OPEN_FOR_MATCH, by, at)
    hold(by)
    if Membership.objects.filter(person=by, programme=programme, hat=MembershipHat.LEARNER).exists():
        OpenToMatch.objects.get_or_create(person=by, programme_id=programme, defaults={"since": at})


@transaction.atomic
def close_to_match(*, by: Person, at: datetime, programme: UUID) -> None:
    """Take it back, at once; nothing of it remains."""
    demand(by, Action.OPEN_FOR_MATCH, by, at)
    OpenToMatch.objects.filter(person=by, programme=programme).delete()


def forget_open_to_match(person: Person) -> None:
    """Forget that somebody was open for a match: a new relation begins, or they leave. Whoever calls this has asked the policy."""
    with the_house():  # whoever says yes may be the other one
        OpenToMatch.objects.filter(person=person).delete()
