"""Ask, answer, attest, revoke and give up. What follows for a relation is done above, in `relations.actions.peers`."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klimtouw.access.decide import Denied, demand
from klimtouw.access.table import Action
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import tell
from klimtouw.peers import told
from klimtouw.peers.choices import Step
from klimtouw.peers.models import Asked, Attestation, Rung, RungWords, Support, Training, Withdrawn
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.models import Programme
from klimtouw.programmes.staff import is_staff_of, programmes_learned_by

A = TypeVar("A", bound=Asked)


class AskedAlready(Exception):
    """There is one already; the message says so to whoever asks."""


class AttestedAlready(Exception):
    """The rung was attested before, with other words or none; the message says so to whoever sends these words."""


class NotAllRungs(Exception):
    """The attestation needs every rung (G2)."""


@transaction.atomic
def ask_trainer(*, by: Person, at: datetime, staff: Person, programme: Programme) -> Training:
    """Ask a staff member of one's programme as a trainer; asking the same person again changes nothing."""
    return _ask(Training, by, at, staff, programme)


@transaction.atomic
def ask_support(*, by: Person, at: datetime, staff: Person, programme: Programme) -> Support:
    """Ask a staff member of one's programme to stand behind one's peer coaching."""
    return _ask(Support, by, at, staff, programme)


def _ask(model: type[A], by: Person, at: datetime, staff: Person, programme: Programme) -> A:
    demand(by, Action.ASK_STAFF, by, at)
    hold(by)
    learns_there = programmes_learned_by(by).filter(pk=programme.pk).exists()
    if by.pk == staff.pk or not learns_there or not is_staff_of(staff, programme.pk):
        raise Denied("only somebody of the staff of one's own programme can be asked")
    rows = model._default_manager
    if there := rows.filter(owner=by).first():
        if there.staff_id != staff.pk:
            raise AskedAlready(_("You asked somebody already. Stop that first, and then ask somebody else."))
        return there
    asked = rows.create(owner=by, staff=staff, programme=programme, asked_at=at)
    tell(told.ASKED, staff, about=asked.pk, by=by, at=at)
    return asked


@transaction.atomic
def say_yes(asked: Asked, *, by: Person, at: datetime) -> None:
    """Say yes to a student who asks."""
    demand(by, Action.ANSWER_PEER_ASK, asked, at)
    if type(asked)._default_manager.filter(pk=asked.pk, accepted_at=None).update(accepted_at=at):
        tell(told.SAID_YES, asked.owner, about=asked.pk, by=by, at=at)


@transaction.atomic
def say_no(asked: Asked, *, by: Person, at: datetime) -> None:
    """Say no, without a reason; nothing of the question stays (V8)."""
    demand(by, Action.ANSWER_PEER_ASK, asked, at)
    type(asked)._default_manager.filter(pk=asked.pk).delete()


@transaction.atomic
def stop_training(training: Training, *, by: Person, at: datetime) -> None:
    """Stop a training, or take the question back; what was attested stays."""
    demand(by, Action.STOP_TRAINING, training, at)
    Training.objects.filter(pk=training.pk).delete()


@transaction.atomic
def attest_rung(training: Training, *, by: Person, at: datetime, step: Step, text: str = "") -> Rung:
    """Attest one rung by name and date; the words are sealed for the peer coach alone. Attested once is attested.

    Raises `AttestedAlready` when words come later: nothing somebody wrote is dropped in silence.
    """
    demand(by, Action.ATTEST_RUNG, training, at)
    hold(training.owner)
    fields = {"attested_by": by, "attested_at": at}
    rung, is_new = Rung.objects.get_or_create(owner=training.owner, step=step, defaults=fields)
    if is_new:
        if text:
            RungWords.objects.create(rung=rung, owner=training.owner, text=text)
        tell(told.RUNG_ATTESTED, training.owner, about=rung.pk, by=by, at=at)
    elif text and not _is_sent_twice(rung, by, text):
        raise AttestedAlready(
            _(
                "This rung was attested already, and these words were not kept. You find them here, to take along."
            )
        )
    return rung


def _is_sent_twice(rung: Rung, by: Person, text: str) -> bool:
    """Whether the same person sends the same words again; nothing of what is kept reaches whoever sends them."""
    if rung.attested_by_id != by.pk:
        return False
    with the_house():  # the words are the peer coach's
        kept = RungWords.objects.filter(rung=rung).first()
    return kept is not None and kept.text == text


@transaction.atomic
def attest(
    training: Training, *, by: Person, at: datetime, until: datetime, id: UUID | None = None
) -> Attestation:
    """Give the attestation until a moment; it needs every rung. The same `id` sent twice is one. Raises `NotAllRungs`."""
    demand(by, Action.ATTEST_TRAINING, training, at)
    hold(training.owner)
    if id and (twice := Attestation.objects.filter(pk=id, attested_by=by, owner=training.owner).first()):
        return twice
    attested = set(Rung.objects.filter(owner=training.owner).values_list("step", flat=True))
    if attested != {step.value for step in Step}:
        raise NotAllRungs
    given = Attestation.objects.create(
        id=_free(id),
        owner=training.owner,
        attested_by=by,
        school=training.programme.institution.name,
        programme_name=training.programme.name,
        valid_from=at,
        valid_until=until,
    )
    tell(told.ATTESTED, training.owner, about=given.pk, by=by, at=at)
    return given


def _free(id: UUID | None) -> UUID:
    """Never give an id anew: a document that was withdrawn stays withdrawn."""
    with the_house():
        is_free = id is not None and not any(
            model._default_manager.filter(pk=id).exists() for model in (Attestation, Withdrawn)
        )
    return id if is_free and id else new_id()


def hold_peer_coach(owner: UUID) -> None:
    """Let what makes or breaks somebody's peer coaching wait for each other; taken before any relation is held (V22)."""
    with the_house():
        list(Person.objects.select_for_update(no_key=True).filter(pk=owner).values_list("pk"))


def revoke(attestation: Attestation, *, by: Person, at: datetime) -> None:
    """Revoke an attestation one gave; nobody asks why, and nothing stays but its id. Whoever calls this holds the peer coach."""
    demand(by, Action.REVOKE_ATTESTATION, attestation, at)
    _withdraw(attestation, at)


def give_up(attestation: Attestation, *, by: Person, at: datetime) -> None:
    """Give up one's own attestation. Whoever calls this holds the peer coach."""
    demand(by, Action.SHOW_ATTESTATION, attestation, at)
    _withdraw(attestation, at)


def _withdraw(attestation: Attestation, at: datetime) -> None:
    Withdrawn.objects.filter(valid_until__lte=at).delete()
    if Attestation.objects.filter(pk=attestation.pk).delete()[0] and attestation.valid_until > at:
        Withdrawn.objects.get_or_create(pk=attestation.pk, defaults={"valid_until": attestation.valid_until})


def step_back(support: Support, *, by: Person, at: datetime) -> None:
    """End standing behind a peer coach, or having somebody there. Whoever calls this holds the peer coach."""
    demand(by, Action.STEP_BACK, support, at)
    Support.objects.filter(pk=support.pk).delete()


def backed_by(staff: Person) -> list[Person]:
    """Return whom somebody stands behind."""
    rows = Support.objects.filter(staff=staff, accepted_at__isnull=False).select_related("owner")
    return [row.owner for row in rows.order_by("pk")]


def erase_peers_of(person: Person) -> None:
    """Erase somebody's rungs, their words, attestations and questions, and what others asked of them (P5).

    What they attested of others stays with those others. A document they hold stays good until its day: it is theirs.
    Whoever calls this has asked the policy.
    """
    for asked in (Training, Support):
        asked.objects.filter(owner=person).delete()
        asked.objects.filter(staff=person).delete()
    for own in (RungWords, Rung, Attestation):
        own.objects.filter(owner=person).delete()
