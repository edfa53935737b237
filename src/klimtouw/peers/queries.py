"""Read the ladder, the attestation, and who stands behind whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.peers.choices import Step
from klimtouw.peers.models import Asked, Attestation, Rung, RungWords, Support, Training, Withdrawn
from klimtouw.people.models import Person
from klimtouw.programmes.staff import is_staff_of

A = TypeVar("A", bound=Asked)


def training(person: Person, at: datetime, training: UUID) -> Training:
    """Find one training; the policy says who may do what with it."""
    return Training.objects.select_related("owner", "staff", "programme__institution").get(pk=training)


def support(person: Person, at: datetime, support: UUID) -> Support:
    """Find the question to stand behind a peer coach, or the yes to it."""
    return Support.objects.select_related("owner", "staff", "programme").get(pk=support)


def attestation(person: Person, at: datetime, attestation: UUID) -> Attestation:
    """Find one attestation; the policy says who may do what with it."""
    return Attestation.objects.select_related("owner", "attested_by").get(pk=attestation)


@dataclass(frozen=True)
class Attesting:
    """One rung of one training, as a trainer attests it."""

    training: Training
    step: Step
    is_attested: bool

    @property
    def state_now(self) -> str:
        """It has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Whoever trains attests."""
        return self.training.hats_of(person, at)


def attesting(person: Person, at: datetime, training: UUID, step: str) -> Attesting:
    """Find one rung of a training; a rung that is on no ladder is not there."""
    found = Training.objects.select_related("owner", "staff", "programme__institution").get(pk=training)
    if step not in Step.values:
        raise Rung.DoesNotExist
    is_attested = Rung.objects.filter(owner=found.owner_id, step=step).exists()
    return Attesting(found, Step(step), is_attested)


@dataclass(frozen=True)
class Place:
    """One rung as a page shows it: attested or not yet."""

    step: Step
    rung: Rung | None
    words: str = ""


def ladder_of(owner: Person) -> list[Place]:
    """Return every rung with who attested it and when, without any words; one query."""
    return _places(rungs_of(owner), ())


def own_ladder(owner: Person) -> list[Place]:
    """Return one's own rungs with the words that came along: for the peer coach's own page alone; two queries."""
    return _places(rungs_of(owner), RungWords.objects.filter(owner=owner))


def rungs_of(owner: Person) -> list[Rung]:
    """Return what is attested of somebody, the first attested first."""
    return list(Rung.objects.filter(owner=owner).select_related("attested_by").order_by("attested_at", "pk"))


def words_of(owner: Person) -> dict[UUID, str]:
    """Return the words with each rung, for their owner."""
    return {row.rung_id: row.text for row in RungWords.objects.filter(owner=owner)}


def _places(rungs: Iterable[Rung], words: Iterable[RungWords]) -> list[Place]:
    by_step = {rung.step: rung for rung in rungs}
    said = {row.rung_id: row.text for row in words}
    found = [(step, by_step.get(step.value)) for step in Step]
    return [Place(step, rung, said.get(rung.pk, "") if rung else "") for step, rung in found]


def training_of(owner: Person) -> Training | None:
    """Return the training of a student, asked for or begun."""
    return Training.objects.filter(owner=owner).select_related("staff", "programme").first()


def support_of(owner: Person) -> Support | None:
    """Return who was asked to stand behind a peer coach, or does so."""
    return Support.objects.filter(owner=owner).select_related("staff", "programme").first()


def attestations_of(owner: Person) -> list[Attestation]:
    """Return one's own attestations, the one that holds longest first."""
    return list(
        Attestation.objects.filter(owner=owner).select_related("attested_by").order_by("-valid_until", "pk")
    )


def attestations_given_by(trainer: Person, at: datetime) -> list[Attestation]:
    """Return the attestations somebody gave that still hold, by name."""
    given = Attestation.objects.filter(attested_by=trainer, valid_until__gt=at).select_related("owner")
    return list(given.order_by("owner__display_name", "pk"))


@dataclass(frozen=True)
class Asking:
    """What students asked of one staff member: what waits for an answer, and what holds."""

    waiting: list[Asked]
    trained: list[Training]
    backed: list[Support]


def asked_of(staff: Person) -> Asking:
    """Return what students asked of somebody, by name; two queries."""
    trainings = _by_name(Training, staff)
    supports = _by_name(Support, staff)
    return Asking(
        waiting=[one for one in (*trainings, *supports) if one.accepted_at is None],
        trained=[one for one in trainings if one.accepted_at],
        backed=[one for one in supports if one.accepted_at],
    )


def _by_name(model: type[A], staff: Person) -> list[A]:
    rows = model._default_manager.filter(staff=staff).select_related("owner", "programme")
    return list(rows.order_by("owner__display_name", "pk"))


@dataclass(frozen=True)
class Standing:
    """Whether somebody may peer-coach now: a valid attestation, and a coach who said yes and still belongs to the programme."""

    attestation: Attestation | None
    support: Support | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing (V22)."""
        return self.attestation is not None and self.support is not None

    @property
    def responsible(self) -> Person | None:
        """Who stands behind this peer coach."""
        return self.support.staff if self.support else None

    @property
    def until(self) -> datetime | None:
        """Until when the attestation holds."""
        return self.attestation.valid_until if self.attestation else None


def standing_of(owner: Person, at: datetime) -> Standing:
    """Return whether somebody may peer-coach at this moment; three queries."""
    valid = next((one for one in attestations_of(owner) if one.is_valid(at)), None)
    behind = support_of(owner)
    holds = behind and behind.accepted_at and behind.staff.is_active
    if not holds or behind is None or not is_staff_of(behind.staff, behind.programme_id):
        return Standing(valid, None)
    return Standing(valid, behind)


def withdrawn(at: datetime) -> list[Withdrawn]:
    """Return the ids of attestations that no longer hold though their document would still say so."""
    return list(Withdrawn.objects.filter(valid_until__gt=at).order_by("pk"))
