"""How a relation begins, reaches its first talk, or does not start; and how one that did not start disappears."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import close_seats, seat, tie_bond
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.belongings.models import Bond
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import forget_messages_about
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.people.register import register_erased_relation
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.matching.actions import forget_open_to_match
from klimtouw.programmes.models import Programme
from klimtouw.programmes.staff import coaches_as_fellow_learner
from klimtouw.relations.actions.images import end_images_of
from klimtouw.relations.actions.peers import demand_backed, open_as_far, write_down
from klimtouw.relations.choices import Origin, Side, State
from klimtouw.relations.endings import end_what_goes_with
from klimtouw.relations.letter_tasks import ask_for_the_click, tell_not_started
from klimtouw.relations.lifecycle import Event, NoSuchMove, after
from klimtouw.relations.models import ClickAnswer, Invitation, Relation
from klimtouw.relations.queries.relations import live_relation_between

NOT_STARTED_IS_KEPT = timedelta(days=14)


@transaction.atomic
def begin_relation(
    *,
    coachee: Person,
    coach: Person,
    origin: Origin,
    at: datetime,
    programme: Programme | None = None,
    id: UUID | None = None,
) -> Relation:
    """Bring two people together: both get an open seat on the acquaintance bond, and nobody yet on the work bond.

    Whoever calls this has asked the policy. When the two are in a live relation already, that one is returned.
    A fellow learner coaches as a peer coach. Raises `NotBacked` without an attestation and a coach behind (V22).
    """
    let_one_at_a_time(coachee, coach)
    if already := live_relation_between(coachee=coachee, coach=coach):
        return already
    is_peer = coaches_as_fellow_learner(coach, coachee)
    standing = demand_backed(coach, at) if is_peer else None
    relation = Relation.objects.create(
        id=_free(id),
        coachee=coachee,
        coach=coach,
        origin=origin,
        state=State.ACQUAINTING,
        programme=programme,
        acquaintance_bond=_acquaintance_bond(coachee, coach, at),
        work_bond=tie_bond(Purpose.WORK),
        started_at=at,
        is_peer=is_peer,
    )
    if standing:
        write_down(relation, standing)
        open_as_far(relation, None)
    _erase_invitations_between(coachee, coach)
    forget_open_to_match(coachee)
    return relation


def let_one_at_a_time(*people: Person) -> None:
    """Two beginnings between the same people wait for each other, always in the same order."""
    list(
        Person.objects.select_for_update()
        .filter(pk__in=[p.pk for p in people])
        .order_by("pk")
        .values_list("pk")
    )


def _free(id: UUID | None) -> UUID:
    return new_id() if id is None or Relation.objects.filter(pk=id).exists() else id


def _acquaintance_bond(coachee: Person, coach: Person, at: datetime) -> Bond:
    bond = tie_bond(Purpose.ACQUAINTANCE)
    seat(coachee, on=bond, hat=SeatHat.COACHEE, opens_at=at)
    seat(coach, on=bond, hat=SeatHat.COACH, opens_at=at)
    return bond


def _erase_invitations_between(coachee: Person, coach: Person) -> None:
    """The letters that asked for what now exists are done, also when both wrote one."""
    asked = Q(inviter=coachee, inviter_side=Side.COACHEE, email__iexact=coach.email)
    invited = Q(inviter=coach, inviter_side=Side.COACH, email__iexact=coachee.email)
    Invitation.objects.filter(asked | invited).delete()


def locked(relation: Relation) -> Relation:
    """Return the relation as it stands now, with its two people; another change of it waits until this one is done."""
    rows = Relation.objects.select_for_update(of=("self",)).select_related(
        "coachee", "coach", "acquaintance_bond"
    )
    return rows.get(pk=relation.pk)


@transaction.atomic
def mark_first_talk_held(relation: Relation, *, by: Person, at: datetime) -> Relation:
    """Say that the first talk was held: the click question comes next. Saying it twice changes nothing (R4)."""
    demand(by, Action.SEE_RELATION, relation, at)
    relation = locked(relation)
    if relation.state != State.ACQUAINTING:
        return relation
    demand(by, Action.MARK_FIRST_TALK_HELD, relation, at)
    relation.state = after(relation.state, Event.HOLD_FIRST_TALK)
    relation.save(update_fields=["state"])
    ask_for_the_click.enqueue(str(relation.pk))
    return relation


@transaction.atomic
def end_before_start(relation: Relation, at: datetime, *, event: Event = Event.LEAVE) -> Relation:
    """End a relation that did not start: both hear the same, no answer or reason stays (R4, V8).

    Whoever calls this has asked the policy. Raises `NoSuchMove` for a relation that has started.
    """
    relation = locked(relation)
    end = after(relation.state, event)
    if end != State.NOT_STARTED:
        raise NoSuchMove(f"{event} in {relation.state} is not an end before the start")
    relation.state, relation.ended_at = end, at
    relation.save(update_fields=["state", "ended_at"])
    ClickAnswer.objects.filter(relation=relation).delete()
    close_seats(relation.acquaintance_bond, at=at)
    end_images_of(relation)
    end_what_goes_with(relation, at)
    forget_messages_about(relation.pk)
    tell_not_started.enqueue(str(relation.pk))
    return relation


@transaction.atomic
def put_away(relation: Relation, *, by: Person, at: datetime) -> None:
    """Put away a relation that did not start; once both did, nothing of it remains (V8)."""
    demand(by, Action.DISMISS_RELATION, relation, at)
    relation = locked(relation)
    if relation.side_of(by) == Side.COACH:
        relation.coach_put_away = True
    else:
        relation.coachee_put_away = True
    relation.save(update_fields=["coach_put_away", "coachee_put_away"])
    if relation.coach_put_away and relation.coachee_put_away:
        erase_relation(relation, at=at)


@transaction.atomic
def erase_not_started(at: datetime) -> int:
    """Erase the relations that did not start two weeks ago or longer; return how many."""
    over = Relation.objects.filter(state=State.NOT_STARTED, ended_at__lte=at - NOT_STARTED_IS_KEPT)
    relations = list(over.select_for_update())
    for relation in relations:
        erase_relation(relation, at=at)
    return len(relations)


def erase_relation(relation: Relation, *, at: datetime) -> None:
    """Erase a relation with its bonds and the key of what the two wrote together; what each wrote stays with its writer.

    Where there was a key the register remembers it: an old copy that is put back has those words, and nothing to open them.
    Whoever calls this has asked the policy, or is the clock.
    """
    bonds = [relation.acquaintance_bond_id, relation.work_bond_id]
    with the_house():  # the cards of both let go of the relation
        end_images_of(relation)
        forget_messages_about(relation.pk)
        if keyring.destroy(relation.pk):
            register_erased_relation(relation.pk, at)
        relation.delete()
        Bond.objects.filter(pk__in=bonds).delete()
