"""Read whom a coordinator can propose for a circle, and how proposals stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klimtouw.people.models import Person
from klimtouw.programmes.choices import MembershipHat, ProposalState
from klimtouw.programmes.models import CircleProposal, Membership, Programme, ProposalAnswer, ProposedPerson

IN_CIRCLES = (MembershipHat.LEARNER, MembershipHat.STAFF)


def people_of(programme: Programme) -> list[Person]:
    """Return the learners and the staff of a programme, by name; one query."""
    rows = Membership.objects.filter(programme=programme, hat__in=IN_CIRCLES, person__is_active=True)
    people = {row.person_id: row.person for row in rows.select_related("person")}
    return sorted(people.values(), key=lambda person: (person.name.casefold(), person.pk))


@dataclass(frozen=True)
class Proposed:
    """A proposed circle: how it stands, and the names in it; of one that does not go on there are none."""

    proposal: CircleProposal
    facilitator: Person | None
    members: list[Person]

    @property
    def words(self) -> str:
        """How it stands."""
        return str(ProposalState(self.proposal.state).label)


def proposals_in(programme: Programme) -> list[Proposed]:
    """Return the proposed circles of a programme, the newest first; two queries, and never an answer (V8)."""
    proposals = CircleProposal.objects.filter(programme=programme).order_by("-proposed_at", "-pk")
    return [_with_names(one) for one in proposals.prefetch_related("people__person")]


def _with_names(proposal: CircleProposal) -> Proposed:
    rows = sorted(proposal.people.all(), key=lambda row: (row.person.name.casefold(), row.pk))
    facilitator = next((row.person for row in rows if row.is_facilitator), None)
    return Proposed(proposal, facilitator, [row.person for row in rows if not row.is_facilitator])


def proposal(person: Person, at: datetime, proposal: UUID) -> CircleProposal:
    """Find one proposal; the door asks whether this person is in it."""
    return CircleProposal.objects.select_related("programme__institution").get(pk=proposal)


def names_in(proposal: CircleProposal) -> Proposed:
    """Return who would be in a circle; one query."""
    rows = list(ProposedPerson.objects.filter(proposal=proposal).select_related("person"))
    rows.sort(key=lambda row: (row.person.name.casefold(), row.pk))
    facilitator = next((row.person for row in rows if row.is_facilitator), None)
    return Proposed(proposal, facilitator, [row.person for row in rows if not row.is_facilitator])


def own_answer(person: Person, proposal: CircleProposal) -> ProposalAnswer | None:
    """Return what this person said, if anything."""
    return ProposalAnswer.objects.filter(proposal=proposal, person=person).first()


def proposals_for(person: Person, at: datetime) -> list[CircleProposal]:
    """Return the proposals this person has not answered yet; one query."""
    mine = CircleProposal.objects.filter(people__person=person, state=ProposalState.FORMING)
    answered = ProposalAnswer.objects.filter(person=person).values("proposal")
    waiting = mine.exclude(pk__in=answered).order_by("answer_by", "pk")
    return [one for one in waiting if one.is_open(at)]
