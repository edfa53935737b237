"""A peer relation begins only with an attestation and a coach behind it, and rests at once when one of these goes (G1, V22)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Goal
from klimtouw.notices.sending import send_everything_that_waits
from klimtouw.peers.actions import ask_support, say_yes
from klimtouw.peers.models import Attestation, Support
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from klimtouw.programmes.models import Membership, Programme
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import CannotInvite, accept_invitation, invite
from klimtouw.relations.actions.peers import (
    NotBacked,
    UpToTheCoachee,
    give_up_attestation,
    rest_what_lost_its_backing,
    rest_where_nothing_holds,
    revoke_attestation,
    step_back,
    take_up,
)
from klimtouw.relations.choices import Rhythm, Side, State
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.relations.terms import Terms
from klimtouw.relations.tokens import token_for
from klimtouw.takeaway.erasing import erase_everything
from klimtouw.talks.actions.planning import cancel_talk
from tests.peers.stories import belong, make_peer_coach, make_peer_relation
from tests.stories import make_person, make_relation
from tests.talks.conftest import make_planned

SignIn = Callable[[Person], Client]


def terms(at: datetime, days: int = 100) -> Terms:
    """A plain contract."""
    return Terms(
        starts_on=localdate(at),
        ends_on=localdate(at) + timedelta(days=days),
        talks=5,
        rhythm=Rhythm.FORTNIGHTLY,
        availability="",
        coachee_may_expect="",
        coach_may_expect="",
        clauses=("Wat we zeggen, blijft hier.",),
    )


def reads(person: Person, goal: Goal, at: datetime) -> set[bool]:
    """Return what the gate, the gate in SQL and the second lock say of one goal: one answer, if they agree."""
    with page_of(person.pk, at):
        behind_lock = Thing.objects.filter(pk=goal.pk).exists()
    answers = {
        may(person, Action.READ, goal, at),
        Goal.objects.visible_to(person, at).filter(pk=goal.pk).exists(),
    }
    return answers | {behind_lock} if connection.vendor == "postgresql" else answers


@pytest.fixture
def running(noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime) -> Relation:
    """Amir peer-coaches Noor, with Bram behind him; both signed."""
    return make_peer_relation(noor, amir, bram, programme, State.RUNNING, at)


@pytest.fixture
def goal(running: Relation, noor: Person, at: datetime) -> Goal:
    """What Noor shares with Amir."""
    kept = keep(Goal, by=noor, at=at, text="Ik wil durven vragen")
    share(kept, onto=running.work_bond, by=noor, at=at)
    return kept


def test_v22_a_student_cannot_invite_without_both_and_then_can(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime
) -> None:
    belong(amir, programme, "learner")
    with pytest.raises(CannotInvite, match="bewijs"):
        invite(by=amir, at=at, side=Side.COACH, email=noor.email)
    _attestation, support = make_peer_coach(amir, bram, programme, at)
    Support.objects.update(accepted_at=None)
    with pytest.raises(CannotInvite):
        invite(by=amir, at=at, side=Side.COACH, email=noor.email)
    say_yes(Support.objects.get(pk=support.pk), by=bram, at=at)
    assert invite(by=amir, at=at, side=Side.COACH, email=noor.email)


def test_v22_nobody_accepts_when_something_went_meanwhile_and_the_letter_stays_open(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    attestation, _support = make_peer_coach(amir, bram, programme, at)
    belong(noor, programme, "learner")
    letter = invite(by=amir, at=at, side=Side.COACH, email=noor.email)
    page = reverse("relations:invitation", args=[token_for(letter)])
    told = sign_in(noor).get(page).content.decode()
    assert "Bram" in told and bram.email in told
    revoke_attestation(attestation, by=bram, at=at)
    sign_in(noor).post(page, {"answer": "accept"})
    assert not Relation.objects.exists()
    make_again = Attestation.objects.create(
        owner=amir,
        attested_by=bram,
        school="De Kade",
        programme_name="V",
        valid_from=at,
        valid_until=at + timedelta(days=9),
    )
    sign_in(noor).post(page, {"answer": "accept"})
    relation = Relation.objects.get()
    assert (relation.is_peer, relation.responsible, relation.backed_until) == (
        True,
        bram,
        make_again.valid_until,
    )
    assert relation.acquaintance_bond.seats.get(person=amir).closes_at == make_again.valid_until


def test_v22_who_is_asked_as_a_coach_needs_both_as_well(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    belong(amir, programme, "learner")
    belong(noor, programme, "learner")
    letter = invite(by=noor, at=at, side=Side.COACHEE, email=amir.email)
    with pytest.raises(NotBacked):
        accept_invitation(letter, by=amir, at=at)
    page = reverse("relations:invitation", args=[token_for(letter)])
    assert sign_in(amir).post(page, {"answer": "accept"}).url == reverse("peers:home")
    make_peer_coach(amir, bram, programme, at)
    assert accept_invitation(letter, by=amir, at=at).is_peer


def test_v22_nobody_signs_while_something_is_missing(
    noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    relation = make_peer_relation(noor, amir, bram, programme, State.CONTRACTING, at)
    contract = draft_contract(relation=relation, by=amir, at=at, terms=terms(at, 300))
    sign_contract(relation=relation, contract=contract.pk, by=amir, at=at)
    step_back(Support.objects.get(), by=bram, at=at)
    relation.refresh_from_db()
    with pytest.raises(NotBacked):
        sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    page = reverse("relations:sign_contract", args=[relation.pk])
    sign_in(noor).post(page, {"contract": str(contract.pk)})
    relation.refresh_from_db()
    assert relation.state == State.CONTRACTING
    again = ask_support(by=amir, at=at, staff=bram, programme=programme)
    say_yes(again, by=bram, at=at)
    with pytest.raises(NotBacked):
        sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    Attestation.objects.update(valid_until=at + timedelta(days=200))
    take_up(relation, by=noor, at=at)
    relation.refresh_from_db()
    sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    relation.refresh_from_db()
    assert relation.state == State.RUNNING
    seat = relation.work_bond.seats.get(person=amir)
    assert seat.closes_at == Attestation.objects.get().valid_until  # sooner than the contract


ENDS: dict[str, Callable[[Any], None]] = {
    "revoked": lambda on: revoke_attestation(Attestation.objects.get(), by=on.bram, at=on.at),
    "given up": lambda on: give_up_attestation(Attestation.objects.get(), by=on.amir, at=on.at),
    "stepped back": lambda on: step_back(Support.objects.get(), by=on.bram, at=on.at),
    "erased": lambda on: erase_everything(on.bram, by=on.bram, at=on.at),
    "left": lambda on: (
        (Membership.objects.filter(person=on.bram).delete(), rest_what_lost_its_backing(at=on.at))[1] and None
    ),
}


class On:
    """Who is there, and when."""

    def __init__(self, amir: Person, bram: Person, at: datetime) -> None:
        self.amir, self.bram, self.at = amir, bram, at


@pytest.mark.parametrize("end", ENDS)
def test_v22_whatever_ends_it_the_peer_coach_reads_nothing_from_that_moment(
    end: str, running: Relation, goal: Goal, noor: Person, amir: Person, bram: Person, at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    later = at + timedelta(days=1)
    assert reads(amir, goal, later) == {True}
    with django_capture_on_commit_callbacks(execute=True):
        ENDS[end](On(amir, bram, later))
    assert reads(amir, goal, later) == {False}
    assert reads(noor, goal, later) == {True}
    running.refresh_from_db()
    assert running.state == State.PAUSED
    with pytest.raises(NotBacked):
        take_up(running, by=noor, at=later)
    mail.outbox.clear()
    send_everything_that_waits(later + timedelta(days=8))
    told = {(one.to[0], line) for one in mail.outbox for line in str(one.body).splitlines() if "rust" in line}
    words = "Jullie peercoachen, {} en jij, rust even. Wat je schreef, blijft, en niemand leest mee."
    assert told == {(noor.email, words.format("Amir")), (amir.email, words.format("Noor"))}


def test_v22_an_attestation_that_runs_out_closes_by_itself_at_that_very_moment(
    running: Relation,
    goal: Goal,
    amir: Person,
    noor: Person,
    bram: Person,
    programme: Programme,
    at: datetime,
) -> None:
    ends = at + timedelta(days=30)
    Attestation.objects.update(valid_until=ends)
    rest_where_nothing_holds(amir, at=at)  # the window follows the attestation
    assert reads(amir, goal, ends - timedelta(seconds=1)) == {True}
    assert reads(amir, goal, ends) == {False}
    assert relation_of(amir, ends, running.pk).state == State.PAUSED
    assert rest_what_lost_its_backing(at=ends + timedelta(hours=3)) == 1
    assert rest_what_lost_its_backing(at=ends + timedelta(hours=4)) == 0
    Attestation.objects.create(
        owner=amir, attested_by=bram, school="De Kade", programme_name="V",
        valid_from=ends, valid_until=ends + timedelta(days=400),
    )  # fmt: skip
    mended = ends + timedelta(days=1)
    assert reads(amir, goal, mended) == {False}  # never by itself
    running.refresh_from_db()
    take_up(running, by=amir, at=mended)
    assert reads(amir, goal, mended) == {True}
    assert relation_of(noor, mended, running.pk).state == State.RUNNING
    assert reads(amir, goal, at + timedelta(days=122)) == {False}  # the contract is over (V24)


def test_v22_when_somebody_else_stands_behind_it_is_for_the_coachee_to_say(
    running: Relation, goal: Goal, amir: Person, noor: Person, bram: Person, programme: Programme, at: datetime,
    sign_in: SignIn,
) -> None:  # fmt: skip
    lotte = make_person("Lotte")
    belong(lotte, programme, "staff")
    step_back(Support.objects.get(), by=amir, at=at)
    say_yes(ask_support(by=amir, at=at, staff=lotte, programme=programme), by=lotte, at=at)
    with pytest.raises(UpToTheCoachee):
        take_up(running, by=amir, at=at)
    page = reverse("relations:take_up", args=[running.pk])
    assert "Lotte" in sign_in(noor).get(page).content.decode()
    sign_in(noor).post(page)
    running.refresh_from_db()
    assert (running.state, running.responsible) == (State.RUNNING, lotte)
    shown = sign_in(noor).get(running.get_absolute_url()).content.decode()
    assert "Lotte" in shown and lotte.email in shown


def test_v6_the_coach_behind_sees_names_states_and_days_and_opens_nothing(
    running: Relation,
    goal: Goal,
    noor: Person,
    amir: Person,
    bram: Person,
    vera: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    support = Support.objects.get()
    client = sign_in(bram)
    page = client.get(reverse("relations:peer_coach", args=[support.pk])).content.decode()
    assert "Noor" in page and "durven vragen" not in page
    assert str(running.pk) not in page  # no way to what is theirs
    for name in ("relation", "contract", "acquaintance", "take_up"):
        assert client.get(reverse(f"relations:{name}", args=[running.pk])).status_code == 404
    assert client.get(reverse("climb:follow", args=[running.pk])).status_code == 404
    assert client.get(goal.get_absolute_url()).status_code == 404
    for other in (amir, noor, vera):
        assert sign_in(other).get(reverse("relations:peer_coach", args=[support.pk])).status_code == 404
    contract = sign_in(noor).get(reverse("relations:contract", args=[running.pk])).content.decode()
    assert "de coach achter een peercoach" in contract.lower()
    assert bram.email in sign_in(amir).get(running.get_absolute_url()).content.decode()


def test_v22_both_read_on_their_page_that_it_rests(
    running: Relation, noor: Person, amir: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    revoke_attestation(Attestation.objects.get(), by=bram, at=at)
    for who, other in ((noor, amir), (amir, noor)):
        page = sign_in(who).get(running.get_absolute_url()).content.decode()
        assert f"Jullie peercoachen, {other.name} en jij, rust even." in page
        assert reverse("relations:take_up", args=[running.pk]) in page
        assert sign_in(who).get(reverse("relations:resume", args=[running.pk])).url == reverse(
            "relations:take_up", args=[running.pk]
        )


def test_v8_the_coach_behind_sees_nothing_of_what_has_not_clicked(
    noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    relation = make_peer_relation(noor, amir, bram, programme, State.ACQUAINTING, at)
    page = reverse("relations:peer_coach", args=[Support.objects.get().pk])
    for state in (State.ACQUAINTING, State.CLICKING, State.NOT_STARTED, State.STOPPED):
        Relation.objects.filter(pk=relation.pk).update(state=state)
        assert "Noor" not in sign_in(bram).get(page).content.decode()


def test_what_another_coach_does_is_as_it_was(
    noor: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    belong(noor, programme, "learner")
    belong(bram, programme, "staff")
    relation = make_relation(noor, bram, State.RUNNING, at, programme)
    assert not relation.rests(at)
    assert rest_what_lost_its_backing(at=at) == 0
    assert not accept_invitation(
        invite(by=make_person("Stan"), at=at, side=Side.COACH, email=noor.email), by=noor, at=at
    ).is_peer


def test_v22_a_peer_coach_who_reads_nothing_still_gets_the_hour_back_in_the_calendar(
    noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    relation = make_peer_relation(noor, amir, bram, programme, State.CONTRACTING, at)
    talk = make_planned(relation, at.replace(microsecond=0) + timedelta(days=2), place="Bij de vijver")
    revoke_attestation(Attestation.objects.get(), by=bram, at=at)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        cancel_talk(talk=talk, by=noor, at=at, seen=talk.revision)
    (letter,) = [one for one in mail.outbox if one.to == [amir.email]]
    file = str(letter.attachments[0])
    assert "METHOD:CANCEL" in file and str(talk.pk) in file
    assert "vijver" not in file + str(letter.body)
    assert reverse("talks:of_relation", args=[relation.pk]) not in str(letter.body)


def test_v24_a_contract_page_of_what_is_over_does_not_say_that_it_rests(
    running: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    Relation.objects.update(state=State.COMPLETED, backed_until=None, ended_at=at)
    page = sign_in(noor).get(reverse("relations:contract", args=[running.pk])).content.decode()
    assert "rust even" not in page
