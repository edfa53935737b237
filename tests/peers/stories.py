"""Small builders: a peer coach with everything it takes, and a peer relation in any state."""

from datetime import datetime, timedelta

from klimtouw.peers.actions import ask_support, ask_trainer, attest, attest_rung, say_yes
from klimtouw.peers.choices import Step
from klimtouw.peers.models import Attestation, Rung, Support, Training
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, Programme
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from tests.stories import make_relation

A_YEAR = timedelta(days=365)


def belong(person: Person, programme: Programme, hat: str) -> None:
    """Let somebody belong to a programme."""
    Membership.objects.get_or_create(person=person, programme=programme, hat=hat)


def train(student: Person, trainer: Person, programme: Programme, at: datetime) -> Training:
    """Let a student of a programme ask a staff member as a trainer, who says yes."""
    belong(student, programme, "learner")
    belong(trainer, programme, "staff")
    training = ask_trainer(by=student, at=at, staff=trainer, programme=programme)
    if training.accepted_at is None:
        say_yes(training, by=trainer, at=at)
    training.refresh_from_db()
    return training


def walk(training: Training, at: datetime) -> None:
    """Have every rung attested that is not yet, the last first: the order is free (V21)."""
    there = set(Rung.objects.filter(owner=training.owner).values_list("step", flat=True))
    for step in (one for one in reversed(Step) if one.value not in there):
        attest_rung(training, by=training.staff, at=at, step=step, text=f"Over {step.value}")


def make_peer_coach(
    student: Person, behind: Person, programme: Programme, at: datetime, *, until: datetime | None = None
) -> tuple[Attestation, Support]:
    """Make somebody a peer coach, trained by and with the same coach behind."""
    training = train(student, behind, programme, at)
    walk(training, at)
    attestation = attest(training, by=behind, at=at, until=until or at + A_YEAR)
    support = ask_support(by=student, at=at, staff=behind, programme=programme)
    if support.accepted_at is None:
        say_yes(support, by=behind, at=at)
    support.refresh_from_db()
    return attestation, support


def make_peer_relation(
    coachee: Person, peer: Person, behind: Person, programme: Programme, state: State, at: datetime
) -> Relation:
    """Make a peer relation as it stands in a state; the peer coach has everything it takes."""
    attestation, _support = make_peer_coach(peer, behind, programme, at)
    belong(coachee, programme, "learner")
    relation = make_relation(coachee, peer, state, at, programme)
    relation.is_peer, relation.responsible = True, behind
    relation.backed_until = attestation.valid_until
    relation.save()
    return relation
