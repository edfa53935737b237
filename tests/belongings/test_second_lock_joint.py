"""What two people wrote together, a letter of invitation and a parcel lie behind the second lock too (P1)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils.timezone import localdate

from klimtouw.belongings.words import WordsField
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from klimtouw.relations.actions.contracts import draft_contract
from klimtouw.relations.actions.invitations import invite
from klimtouw.relations.choices import Rhythm, Side, State
from klimtouw.relations.models import Clause, Contract, Invitation, Relation
from klimtouw.relations.queries.contracts import newest_contract
from klimtouw.relations.terms import Terms
from klimtouw.relations.tokens import token_for
from klimtouw.takeaway.choices import Way
from klimtouw.takeaway.models import Brought, Parcel
from klimtouw.talks.actions import propose_talk
from klimtouw.talks.models import Talk
from tests.stories import make_relation

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]

JOINT: tuple[type[models.Model], ...] = (Contract, Clause, Talk, Invitation, Parcel, Brought)
NOTHING: dict[str, int] = {}
A_CHANGE: dict[type[models.Model], dict[str, Any]] = {
    Contract: {"talks": 9},
    Clause: {"position": 9},
    Talk: {"minutes": 45},
    Invitation: {"programme": None},
    Parcel: {"things": 9},
    Brought: {"as_of": datetime(2020, 1, 1, tzinfo=UTC)},
}


def terms(at: datetime) -> Terms:
    """What two people may agree, with two clauses."""
    return Terms(
        starts_on=localdate(at),
        ends_on=localdate(at) + timedelta(days=200),
        talks=5,
        rhythm=Rhythm.FORTNIGHTLY,
        availability="Op dinsdag",
        coachee_may_expect="Een luisterend oor",
        coach_may_expect="Eerlijkheid",
        clauses=("Wij bellen niet na tien uur.", "Wat wij zeggen blijft hier."),
    )


def draft(relation: Relation, by: Person, at: datetime, id: UUID | None = None) -> Contract:
    """Have one of the two write a next version."""
    newest = newest_contract(relation)
    seen = newest.pk if newest else None
    return draft_contract(relation=relation, by=by, at=at, terms=terms(at), seen=seen, id=id)


def propose(relation: Relation, by: Person, at: datetime, id: UUID | None = None) -> Talk:
    """Have one of the two propose a talk."""
    moments = [(at + timedelta(days=2)).replace(second=0, microsecond=0)]
    return propose_talk(
        relation=relation, by=by, at=at, moments=moments, minutes=30, place="Bij de vijver", id=id
    )


@pytest.fixture
def written(running_relation: Relation, noor: Person, bram: Person, amir: Person, at: datetime) -> Relation:
    """Noor and Bram with a second version of their contract and a talk; Bram invites Amir; Noor has a parcel."""
    draft(running_relation, noor, at)
    propose(running_relation, bram, at)
    invite(by=bram, at=at, side=Side.COACH, email=amir.email, message="Samen?", how_known="Van de club")
    Parcel.objects.create(owner=noor, way=Way.OUT, asked_at=at, content="e30=")
    Brought.objects.create(owner=noor, account=uuid4(), as_of=at, content="{}")
    return running_relation


def rows_seen(person: Person, at: datetime) -> dict[str, int]:
    """Ask every table on a page of somebody, in Django and in bare SQL, without any condition: how many rows come back."""
    seen = {}
    with page_of(person.pk, at), connection.cursor() as cursor:
        for model in JOINT:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")  # noqa: S608  # a name of our own
            (seen[model.__name__],) = cursor.fetchone()
            assert seen[model.__name__] == len(model._base_manager.all())
    return {name: number for name, number in seen.items() if number}


def test_a_query_that_forgot_the_gate_returns_no_joint_words_of_others(
    written: Relation, amir: Person, stan: Person, vera: Person, ines: Person, at: datetime
) -> None:
    make_relation(stan, amir, State.RUNNING, at)  # a contract of their own opens no other
    for nobody in (vera, ines):
        assert rows_seen(nobody, at) == NOTHING
    assert rows_seen(stan, at) == {"Contract": 1}
    assert rows_seen(amir, at) == {"Contract": 1, "Invitation": 1}


def test_the_two_of_a_relation_see_what_is_of_both(
    written: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    of_both = {"Contract": 2, "Clause": 2, "Talk": 1}
    assert rows_seen(noor, at) == {**of_both, "Parcel": 1, "Brought": 1}
    assert rows_seen(bram, at) == {**of_both, "Invitation": 1}


def test_a_page_without_anybody_sees_nothing(written: Relation, at: datetime) -> None:
    with page_of(uuid4(), at):
        assert not any(model._base_manager.exists() for model in JOINT)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('klimtouw.person', '', true)")
        assert not any(model._base_manager.exists() for model in JOINT)


def test_an_invitation_is_seen_by_its_writer_and_at_its_address_alone(
    written: Relation, amir: Person, stan: Person, at: datetime
) -> None:
    Person.objects.filter(pk=amir.pk).update(email=amir.email.upper())
    assert rows_seen(amir, at) == {"Invitation": 1}
    Invitation.objects.update(email=amir.email.title())
    assert rows_seen(amir, at) == {"Invitation": 1}
    Person.objects.filter(pk=amir.pk).update(email="amir@elsewhere.example")
    assert rows_seen(amir, at) == NOTHING
    assert rows_seen(stan, at) == NOTHING


def test_a_page_changes_and_erases_no_joint_words_of_others(
    written: Relation, stan: Person, at: datetime
) -> None:
    with page_of(stan.pk, at):
        for model, change in A_CHANGE.items():
            assert model._base_manager.update(**change) == 0
        for model in JOINT:
            assert model._base_manager.all()._raw_delete(connection.alias) == 0
    assert all(model._base_manager.exists() for model in JOINT)


def test_no_page_erases_a_contract_or_a_talk_and_none_changes_a_clause(
    written: Relation, noor: Person, at: datetime
) -> None:
    with page_of(noor.pk, at):
        for model in (Contract, Clause, Talk):
            assert model._base_manager.all()._raw_delete(connection.alias) == 0
        assert Clause.objects.update(position=9) == 0
        assert Contract.objects.update(talks=9) == 2
        assert Talk.objects.update(minutes=45) == 1


def test_nobody_writes_in_the_name_of_another(
    written: Relation, noor: Person, bram: Person, amir: Person, stan: Person, at: datetime
) -> None:
    make_relation(stan, amir, State.RUNNING, at)  # one of their own lets nobody into that of others
    contract = newest_contract(written)
    assert contract is not None
    days = {"starts_on": localdate(at), "ends_on": localdate(at), "talks": 1, "rhythm": Rhythm.FORTNIGHTLY}
    until = at + timedelta(days=1)
    of_others = [
        Contract(relation=written, number=7, drafted_by=bram, drafted_at=at, **days),
        Talk(relation=written, proposed_by=bram, proposed_at=at),
        Invitation(inviter=bram, inviter_side=Side.COACH, email=noor.email, sent_at=at, expires_at=until),
        Parcel(owner=bram, way=Way.OUT, asked_at=at),
        Brought(owner=bram, account=uuid4(), as_of=at),
    ]
    into_others = [
        Contract(relation=written, number=7, drafted_by=stan, drafted_at=at, **days),
        Clause(contract=contract, position=9),
        Talk(relation=written, proposed_by=stan, proposed_at=at),
    ]
    for person, rows in ((noor, of_others), (stan, of_others), (stan, into_others)):
        for row in rows:
            with (
                page_of(person.pk, at),
                pytest.raises(DatabaseError, match="row-level"),
                transaction.atomic(),
            ):
                row.save(force_insert=True)


def test_a_clause_is_added_to_a_contract_of_ones_own_alone_also_by_a_statement_that_reads_nothing_back(
    written: Relation, noor: Person, stan: Person, at: datetime
) -> None:
    add = "INSERT INTO relations_clause (contract_id, position, text) VALUES (%s, 9, '')"
    newest = Contract.objects.latest("number").pk
    with page_of(noor.pk, at), connection.cursor() as cursor:
        cursor.execute(add, [newest])
        assert cursor.rowcount == 1
    Clause.objects.filter(position=9).delete()
    with page_of(stan.pk, at), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        connection.cursor().execute(add, [newest])


def test_an_id_that_others_use_already_becomes_another_one_behind_the_lock(
    written: Relation, amir: Person, stan: Person, at: datetime
) -> None:
    contract, talk, letter = newest_contract(written), Talk.objects.get(), Invitation.objects.get()
    assert contract is not None
    own = make_relation(stan, amir, State.RUNNING, at)
    with page_of(stan.pk, at):
        assert draft(own, stan, at, id=contract.pk).pk != contract.pk
        assert propose(own, stan, at, id=talk.pk).pk != talk.pk
        asked = invite(by=stan, at=at, side=Side.COACHEE, email="els@school.example", id=letter.pk)
        assert asked.pk != letter.pk


def test_the_link_of_an_invitation_opens_its_page_also_under_another_address(
    written: Relation, stan: Person, at: datetime
) -> None:
    client = Client()
    client.force_login(stan)
    page = client.get(f"/uitnodiging/{token_for(Invitation.objects.get())}/")
    assert page.status_code == 200
    assert "Samen?" not in page.content.decode()


def test_every_table_of_words_is_locked(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        locked = {name for (name,) in cursor.fetchall()}
    of_words = {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, WordsField) for field in model._meta.local_fields)
    }
    assert of_words > {model._meta.db_table for model in JOINT}
    assert of_words <= locked


@pytest.mark.parametrize("model", JOINT)
def test_a_table_of_joint_words_without_its_lock_is_noticed(db: None, model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE ROW LEVEL SECURITY")
    with pytest.raises(CommandError, match="klimtouw migrate"):
        call_command("second_lock", "--check")


def test_a_new_model_with_words_that_says_nothing_is_noticed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Talk, "ROW_LOCK")
    call_command("second_lock", "--check")  # laid before, and it stands
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE talks_talk DISABLE ROW LEVEL SECURITY")
    call_command("second_lock")
    with pytest.raises(CommandError, match="klimtouw migrate"):
        call_command("second_lock", "--check")
