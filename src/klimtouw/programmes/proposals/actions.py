"""Propose a circle, say in private whether it feels right, and let it go on or not (G3). A no leaves no trace (V8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.choices import FEWEST_MEMBERS, MOST_MEMBERS, ProposalState
from klimtouw.programmes.models import CircleProposal, Programme, ProposalAnswer, ProposedPerson
from klimtouw.programmes.proposals.queries import people_of
from klimtouw.programmes.proposals.told import CIRCLE_DOES_NOT_GO_ON, CIRCLE_GOES_ON, CIRCLE_PROPOSED

SHORTEST_TO_ANSWER, LONGEST_TO_ANSWER = timedelta(days=1), timedelta(days=60)
SHOWN_AFTERWARDS = timedelta(days=30)


class WrongProposal(ValueError):
    """These people cannot be proposed together, or the last day to answer lies too near or too far."""


@dataclass(frozen=True)
class AgreedCircle:
    """Those for whom a circle feels right: who facilitates it, and its members."""

    programme: Programme
    facilitator: Person
    members: list[Person]
    has_double_hat: bool = False
    """Whether the facilitator also assesses a member (R8)."""


@transaction.atomic
def propose_circle(
    programme: Programme,
    *,
    by: Person,
    at: datetime,
    facilitator: UUID,
    members: Collection[UUID],
    answer_by: date,
    id: UUID | None = None,
) -> CircleProposal:
    """Propose a circle of people of one programme; each is asked in private. The same `id` sent twice is one proposal.

    Raises `WrongProposal`.
    """
    demand(by, Action.PROPOSE_CIRCLE, programme, at)
    if id and (twice := CircleProposal.objects.filter(pk=id, programme=programme).first()):
        return twice
    people = {person.pk: person for person in people_of(programme)}
    chosen = set(members)
    _demand_that_it_fits({facilitator, *chosen} <= people.keys(), facilitator, chosen, answer_by, at)
    proposal = CircleProposal.objects.create(
        id=id or new_id(), programme=programme, proposed_at=at, answer_by=answer_by
    )
    ProposedPerson.objects.bulk_create(
        ProposedPerson(proposal=proposal, person_id=one, is_facilitator=one == facilitator)
        for one in (facilitator, *sorted(chosen))
    )
    for one in (facilitator, *sorted(chosen)):
        tell(CIRCLE_PROPOSED, people[one], about=proposal.pk, at=at)
    return proposal


def _demand_that_it_fits(
    belong: bool, facilitator: UUID, members: set[UUID], answer_by: date, at: datetime
) -> None:
    today = localdate(at)
    is_in_time = today + SHORTEST_TO_ANSWER <= answer_by <= today + LONGEST_TO_ANSWER
    is_a_circle = facilitator not in members and FEWEST_MEMBERS <= len(members) <= MOST_MEMBERS
    if not (belong and is_a_circle and is_in_time):
        raise WrongProposal


@transaction.atomic
def answer_proposal(
    proposal: CircleProposal, *, by: Person, at: datetime, feels_right: bool, has_double_hat: bool = False
) -> AgreedCircle | None:
    """Say in private whether a proposed circle feels right, or say otherwise; no reason is asked (V8).

    Only when everybody says yes it is settled at once; with a no in it, it waits for the last day, so that nobody
    can tell from the moment who said no (V7, V8). Returns the circle that goes on, if it does.
    """
    hold(by)
    proposal = _held(proposal.pk)
    demand(by, Action.ANSWER_PROPOSAL, proposal, at)
    guides = ProposedPerson.objects.filter(proposal=proposal, person=by, is_facilitator=True).exists()
    ProposalAnswer.objects.update_or_create(
        proposal=proposal,
        person=by,
        defaults={"feels_right": feels_right, "has_double_hat": feels_right and has_double_hat and guides},
    )
    with the_house():  # what the others said is not for the one who answers to see
        yeses = ProposalAnswer.objects.filter(proposal=proposal, feels_right=True).values("person")
        is_all_yes = not ProposedPerson.objects.filter(proposal=proposal).exclude(person__in=yeses).exists()
        return _settle(proposal, at) if is_all_yes else None


def settle_what_is_due(at: datetime) -> list[UUID]:
    """Return the proposals whose last day to answer has gone by."""
    due = CircleProposal.objects.filter(state=ProposalState.FORMING, answer_by__lt=localdate(at))
    return list(due.order_by("answer_by", "pk").values_list("pk", flat=True))


@transaction.atomic
def settle(proposal: UUID, *, at: datetime) -> AgreedCircle | None:
    """Let a proposal go on with whoever said yes, or not; who did not answer does not join. For the clock, not for a person."""
    with the_house():
        held = _held(proposal)
        return None if held.is_open(at) else _settle(held, at)


def _held(proposal: UUID) -> CircleProposal:
    with the_house():
        held = CircleProposal.objects.select_for_update(of=("self",)).select_related("programme")
        return held.get(pk=proposal)


def _settle(proposal: CircleProposal, at: datetime) -> AgreedCircle | None:
    """Erase everybody for whom it is not a yes, and every answer; then tell what is so, in the same words to all."""
    if proposal.state != ProposalState.FORMING:
        return None
    rows = ProposedPerson.objects.filter(proposal=proposal)
    everybody = sorted(rows.select_related("person"), key=lambda row: (row.person.name.casefold(), row.pk))
    yeses = ProposalAnswer.objects.filter(proposal=proposal, feels_right=True)
    right = dict(yeses.values_list("person", "has_double_hat"))
    ProposalAnswer.objects.filter(proposal=proposal).delete()
    facilitator = next(
        (row.person for row in everybody if row.is_facilitator and row.person_id in right), None
    )
    members = [row.person for row in everybody if not row.is_facilitator and row.person_id in right]
    goes_on = facilitator is not None and len(members) >= FEWEST_MEMBERS
    proposal.state = ProposalState.GOES_ON if goes_on else ProposalState.ENDED
    proposal.settled_at = at
    proposal.save(update_fields=["state", "settled_at"])
    if facilitator is None or not goes_on:
        rows.delete()
        for row in everybody:
            tell(CIRCLE_DOES_NOT_GO_ON, row.person, about=proposal.pk, at=at)
        return None
    rows.exclude(person__in=right).delete()
    for one in (facilitator, *members):
        tell(CIRCLE_GOES_ON, one, about=proposal.pk, at=at)
    return AgreedCircle(proposal.programme, facilitator, members, right[facilitator.pk])


def forget_settled_proposals(*, at: datetime) -> int:
    """Erase what was settled a month ago or longer; return how many."""
    old = CircleProposal.objects.filter(settled_at__lt=at - SHOWN_AFTERWARDS)
    count = old.count()
    old.delete()
    return count


def leave_proposals(person: Person) -> None:
    """Take somebody who erases everything out of every proposal. Whoever calls this has asked the policy."""
    with the_house():
        ProposalAnswer.objects.filter(person=person).delete()
        ProposedPerson.objects.filter(person=person).delete()
