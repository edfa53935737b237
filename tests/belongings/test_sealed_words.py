"""Words lie sealed in the database, each for its own row, field and owner; nobody who calls notices (P3)."""

import copy
import pickle
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction
from django.db.models import AutoField, UUIDField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import keep, reword
from klimtouw.belongings.models import Version
from klimtouw.belongings.words import NotForQueries, words_fields_of
from klimtouw.climb.models import Dream, Entry, Goal
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.sealing import CannotOpen
from klimtouw.people import keyring
from klimtouw.people.keyring import KeyDestroyed
from klimtouw.people.models import DataKey, Person
from klimtouw.people.register import register_erased
from klimtouw.relations.models import Clause, Relation
from tests.at_once import at_once
from tests.guards.test_house import source_files
from tests.stories import make_contract, make_person

WITH_WORDS = [model for model in apps.get_models() if words_fields_of(model)]
WORDS = "Ik durf de touwbrug \\ over 🧗 'echt' \"waar\" \u202eandersom\n%s {{ x }}"


def stored(model: type[models.Model], pk: object, field: str) -> bytes:
    """Return what really stands in a column."""
    column = f"{connection.ops.quote_name(field)}"
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {model._meta.db_table} WHERE {key} = %s",  # noqa: S608 (names of our own)
            [model._meta.pk.get_db_prep_value(pk, connection)],
        )
        return bytes(cursor.fetchone()[0])


def put(model: type[models.Model], pk: object, field: str, value: bytes) -> None:
    """Write something into a column as somebody with the database in hand would."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {connection.ops.quote_name(field)} = %s WHERE {model._meta.pk.column} = %s",  # noqa: S608 (names of our own)
            [value, model._meta.pk.get_db_prep_value(pk, connection)],
        )


@pytest.fixture(autouse=True)
def _no_key_in_hand() -> None:
    keyring.forget()


@pytest.mark.parametrize("model", WITH_WORDS, ids=lambda model: model._meta.label_lower)
def test_every_model_with_words_says_whose_they_are_and_where_they_stand(model: Any) -> None:
    assert hasattr(model, "words_belong_to"), "whose key seals its words?"
    key = model._meta.pk
    while key.remote_field:
        key = key.target_field
    has_key_before_it_is_written = isinstance(key, UUIDField) and key.default is new_id
    assert has_key_before_it_is_written != isinstance(key, AutoField)
    assert has_key_before_it_is_written or hasattr(model, "words_stand_in")


def test_words_come_back_as_they_were_and_stand_nowhere_plain(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text=WORDS, why="Om Kadermoment te halen")
    row = Goal.objects.get(pk=goal.pk)
    assert (row.text, row.why) == (WORDS, "Om Kadermoment te halen")
    assert b"touwbrug" not in stored(Goal, goal.pk, "text")
    assert stored(Goal, goal.pk, "text")[:17] == b"\x01" + noor.pk.bytes
    reword(row, by=noor, at=at, seen=1, text="Anders")
    (version,) = Version.objects.filter(thing_id=goal.pk)
    assert "touwbrug" in version.words
    assert b"touwbrug" not in stored(Version, version.pk, "words")


def test_an_empty_text_stands_empty(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    assert stored(Goal, goal.pk, "why") == b""
    assert Goal.objects.get(pk=goal.pk).why == ""
    assert Goal.objects.filter(why="").exists()


@pytest.mark.parametrize("moved", ["row", "field", "kind", "version"])
def test_words_moved_elsewhere_do_not_open(moved: str, noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.", why="Daarom.")
    other, dream = keep(Goal, by=noor, at=at, text="Iets anders."), keep(Dream, by=noor, at=at, text="Later.")
    reword(goal, by=noor, at=at, seen=1, text="Ik durf meer.")
    reword(Goal.objects.get(pk=goal.pk), by=noor, at=at, seen=2, text="Ik durf nog meer.")
    first, second = Version.objects.filter(thing_id=goal.pk).order_by("number")
    source, (model, pk, field) = {
        "row": (stored(Goal, goal.pk, "text"), (Goal, other.pk, "text")),
        "field": (stored(Goal, goal.pk, "text"), (Goal, goal.pk, "why")),
        "kind": (stored(Goal, goal.pk, "text"), (Dream, dream.pk, "text")),
        "version": (stored(Version, first.pk, "words"), (Version, second.pk, "words")),
    }[moved]
    put(model, pk, field, source)
    with pytest.raises(CannotOpen):
        getattr(model.objects.get(pk=pk), field)


def test_a_thing_given_to_another_owner_in_the_database_does_not_open(
    noor: Person, bram: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    keep(Goal, by=bram, at=at, text="Ik ook.")
    Goal.objects.filter(pk=goal.pk).update(owner=bram)
    with pytest.raises(CannotOpen):
        _ = Goal.objects.get(pk=goal.pk).text
    blob = stored(Goal, goal.pk, "text")
    put(Goal, goal.pk, "text", blob[:1] + bram.pk.bytes + blob[17:])  # and its seal says so too
    with pytest.raises(CannotOpen):
        _ = Goal.objects.get(pk=goal.pk).text


def test_the_key_of_another_person_put_in_its_place_opens_nothing(
    noor: Person, bram: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    keep(Goal, by=bram, at=at, text="Ik ook.")
    keyring.forget()
    DataKey.objects.filter(pk=noor.pk).update(wrapped=DataKey.objects.get(pk=bram.pk).wrapped)
    with pytest.raises(CannotOpen):
        _ = Goal.objects.get(pk=goal.pk).text


def test_fifty_entries_ask_for_the_key_once(noor: Person, at: datetime) -> None:
    for number in range(50):
        keep(Entry, by=noor, at=at, text=f"Dag {number}")
    keyring.forget()
    entries = list(Entry.objects.filter(owner=noor))
    with CaptureQueriesContext(connection) as asked:
        assert {entry.text for entry in entries} == {f"Dag {number}" for number in range(50)}
    assert [query["sql"].count("people_datakey") > 0 for query in asked] == [True]


def test_things_of_forty_owners_ask_for_their_keys_once(db: None, at: datetime) -> None:
    for number in range(40):
        keep(Dream, by=make_person(f"Wie{number}"), at=at, text=f"Droom {number}")
    keyring.forget()
    dreams = list(Dream.objects.all())
    with CaptureQueriesContext(connection) as asked:
        assert {dream.text for dream in dreams} == {f"Droom {number}" for number in range(40)}
    assert len(asked) == 1


def test_a_page_with_one_row_and_with_thirty_asks_for_keys_once(
    noor: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(noor)
    asked = []
    for more in (1, 29):
        for _ in range(more):
            keep(Entry, by=noor, at=at, text="Een dag.")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("climb:trail"))
        asked.append(sum("people_datakey" in query["sql"] for query in queries))
    assert asked == [1, 1]


def test_clauses_ask_for_the_key_of_their_relation_once(running_relation: Relation) -> None:
    contract = running_relation.contracts.get()
    Clause.objects.bulk_create(
        Clause(contract=contract, position=place, text=f"{place}.") for place in range(8)
    )
    keyring.forget()
    with CaptureQueriesContext(connection) as asked:
        texts = [clause.text for clause in contract.clauses.order_by("position")]
    assert texts == [f"{place}." for place in range(8)]
    assert len(asked) == 2
    assert stored(Clause, contract.clauses.get(position=3).pk, "text")[1:17] == running_relation.pk.bytes


def test_a_key_made_in_a_transaction_that_was_undone_is_not_used_afterwards(
    noor: Person, at: datetime
) -> None:
    with transaction.atomic():
        undone = keep(Goal, by=noor, at=at, text="Eerst.")
        assert Goal.objects.get(pk=undone.pk).text == "Eerst."
        transaction.set_rollback(True)
    kept = keep(Goal, by=noor, at=at, text="Daarna.")
    keyring.forget()
    assert Goal.objects.get(pk=kept.pk).text == "Daarna."


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_first_words_at_once_make_one_key(at: datetime) -> None:
    for number in range(5):
        noor = make_person(f"Noor{number}")

        def write(text: str, noor: Person = noor) -> UUID:
            return keep(Goal, by=noor, at=at, text=text).pk

        kept = at_once(*[lambda text=text: write(text) for text in "abcdef"])
        keyring.forget()
        assert [Goal.objects.get(pk=pk).text for pk in kept] == list("abcdef")
        assert DataKey.objects.filter(pk=noor.pk).count() == 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_first_key_that_is_undone_leaves_room_for_that_of_another_request(at: datetime) -> None:
    noor = make_person("Noor")

    def write_and_undo() -> None:
        with transaction.atomic():
            keep(Goal, by=noor, at=at, text="Weg.")
            transaction.set_rollback(True)

    def write() -> UUID:
        return keep(Goal, by=noor, at=at, text="Blijft.").pk

    _, kept = at_once(write_and_undo, write)
    keyring.forget()
    assert Goal.objects.get(pk=kept).text == "Blijft."


def test_after_erasing_the_words_do_not_open_and_no_new_key_is_made(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    seen = Goal.objects.get(pk=goal.pk)
    assert seen.text == "Ik durf."
    keyring.destroy(noor.pk)
    register_erased(noor.pk, at)
    with pytest.raises(KeyDestroyed):
        _ = Goal.objects.get(pk=goal.pk).text
    with pytest.raises(KeyDestroyed):
        keep(Goal, by=noor, at=at, text="Nog iets.")  # from a page of hers that was still open
    assert not DataKey.objects.filter(pk=noor.pk).exists()


def test_a_row_can_be_saved_in_part_or_whole_without_opening_its_words(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.", why="Daarom.")
    before = stored(Goal, goal.pk, "text")
    row = Goal.objects.get(pk=goal.pk)
    row.version = 7
    row.save()
    assert stored(Goal, goal.pk, "text") == before  # went back as it came
    row.why = "Hierom."
    row.save(update_fields=["why"])
    assert stored(Goal, goal.pk, "text") == before
    assert (Goal.objects.get(pk=goal.pk).text, Goal.objects.get(pk=goal.pk).why) == ("Ik durf.", "Hierom.")


def test_words_left_out_of_a_query_are_fetched_when_wanted_and_never_emptied(
    noor: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    assert Goal.objects.defer("text").get(pk=goal.pk).text == "Ik durf."
    assert Goal.objects.only("text").get(pk=goal.pk).text == "Ik durf."
    Goal.objects.defer("text").get(pk=goal.pk).save()
    Goal.objects.defer("text").get(pk=goal.pk).save(update_fields=["text"])
    assert Goal.objects.get(pk=goal.pk).text == "Ik durf."


def test_a_row_is_read_again_copied_and_pickled_with_its_words(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    Goal.objects.get(pk=goal.pk).save()
    goal.text = "Niet bewaard."
    goal.refresh_from_db()
    assert goal.text == "Ik durf."
    row = Goal.objects.get(pk=goal.pk)
    parcel = pickle.dumps(row)
    assert b"Ik durf" not in parcel
    assert [pickle.loads(parcel).text, copy.copy(row).text, copy.deepcopy(row).text] == ["Ik durf."] * 3  # noqa: S301 (made here)


def test_a_copied_row_is_refused_rather_than_written_unreadable(noor: Person, at: datetime) -> None:
    goal = Goal.objects.get(pk=keep(Goal, by=noor, at=at, text="Ik durf.").pk)
    goal.pk = goal.id = new_id()
    with pytest.raises(CannotOpen), transaction.atomic():
        goal.save(force_insert=True)
    opened = Goal.objects.get(owner=noor)
    assert opened.text == "Ik durf."
    opened.pk = opened.id = new_id()
    opened.save(force_insert=True)
    keyring.forget()
    assert Goal.objects.get(pk=opened.pk).text == "Ik durf."


def test_an_id_given_as_text_seals_for_the_same_row(noor: Person, at: datetime) -> None:
    id = new_id()
    goal = Goal(
        id=id.hex.upper(), owner_id=noor.pk, kind="goal", created_at=at, changed_at=at, text="Ik durf."
    )
    goal.save(force_insert=True)
    assert Goal.objects.get(pk=id).text == "Ik durf."


def test_many_rows_at_once_are_sealed_too(running_relation: Relation) -> None:
    contract = running_relation.contracts.get()
    made = Clause.objects.bulk_create([Clause(contract=contract, position=1, text="Dit blijft hier.")])
    assert b"blijft" not in stored(Clause, made[0].pk, "text")
    made[0].text = "Dat blijft daar."
    with pytest.raises(NotForQueries):
        Clause.objects.bulk_update(made, ["text"])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Goal.objects.filter(text="Ik durf."),
        lambda: Goal.objects.exclude(why="Daarom."),
        lambda: Goal.objects.filter(text__contains="durf"),
        lambda: Goal.objects.filter(text__icontains="durf"),
        lambda: Goal.objects.filter(text__startswith="Ik"),
        lambda: Goal.objects.filter(text__in=["Ik durf."]),
        lambda: Goal.objects.filter(text__gt="a"),
        lambda: Goal.objects.filter(text__length=3),
        lambda: Goal.objects.update(text="Iets"),
        lambda: Clause.objects.filter(contract__availability="altijd"),
    ],
    ids=range(10),
)
def test_a_query_cannot_ask_for_words(ask: Callable[[], object], db: None) -> None:
    with pytest.raises(NotForQueries):
        ask()


def test_words_taken_without_their_row_stay_sealed(noor: Person, at: datetime) -> None:
    keep(Goal, by=noor, at=at, text="Ik durf.")
    (sealed,) = Goal.objects.values_list("text", flat=True)
    assert "durf" not in repr(sealed)
    with pytest.raises(NotForQueries):
        str(sealed)


def test_no_query_of_the_product_sorts_by_words() -> None:
    """The database would sort seals, which are in no order at all; it has no means to refuse."""
    names = {field.name for model in WITH_WORDS for field in words_fields_of(model)}
    of_schools = tuple(
        f"programmes/{file}.py" for file in ("queries", "staff", "frameworks/queries", "matching/queries")
    )  # their names are not sealed
    found = [
        f"{path.name} sorts by {name}"
        for path in source_files()
        if not str(path).endswith(of_schools)
        for name in names
        if f'order_by("{name}"' in path.read_text() or f'order_by("-{name}"' in path.read_text()
    ]
    assert found == []


def test_djangos_own_dump_refuses_rather_than_write_words_out(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    with pytest.raises(NotForQueries):
        serializers.serialize("json", [goal])


def test_the_key_of_a_relation_seals_what_two_people_wrote(running_relation: Relation, at: datetime) -> None:
    running_relation.contracts.all().delete()
    contract = make_contract(running_relation, at)
    contract.availability = "Elke maandag"
    contract.save(update_fields=["availability"])
    assert stored(type(contract), contract.pk, "availability")[1:17] == running_relation.pk.bytes
