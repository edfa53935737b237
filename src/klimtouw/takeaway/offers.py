"""Tell people in good time that everything can come along: once, before the last day of a contract (P4)."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.timezone import localdate

from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract
from klimtouw.takeaway.models import Offer
from klimtouw.takeaway.offer_tasks import write_offer

BEFORE_THE_END = timedelta(days=30)


def ending_contracts(at: datetime) -> QuerySet[Contract]:
    """Return the contracts in force whose last day comes within thirty days, or that are no longer than that."""
    today = localdate(at)
    newest = Max("relation__contracts__number", filter=Q(relation__contracts__in_force_at__isnull=False))
    in_force = Contract.objects.annotate(newest=newest).filter(in_force_at__isnull=False, number=F("newest"))
    live = in_force.filter(relation__state__in=(State.RUNNING, State.PAUSED))
    near = live.filter(starts_on__lte=today, ends_on__gte=today, ends_on__lte=today + BEFORE_THE_END)
    return near.select_related("relation__coachee", "relation__coach").order_by("pk")


def offer_packages(*, at: datetime) -> int:
    """Have a letter written to both of every contract that ends soon; who had one for this contract gets no other."""
    count = 0
    for contract in ending_contracts(at):
        for person in (contract.relation.coachee, contract.relation.coach):
            count += _offer(contract, person, at)
    return count


@transaction.atomic
def _offer(contract: Contract, person: Person, at: datetime) -> int:
    if not person.is_active:
        return 0
    _row, is_new = Offer.objects.get_or_create(contract=contract, person=person, defaults={"offered_at": at})
    if is_new:
        transaction.on_commit(partial(write_offer.enqueue, str(contract.pk), str(person.pk)))
    return int(is_new)
