"""A database of before words were sealed is sealed by its migrations, and nothing of it stays behind in the open (P3)."""

import json
from pathlib import Path

import psycopg
import pytest

from tests.config.installation import House, server

pytestmark = pytest.mark.slow

NASTY = [
    "Gewoon, over de touwbrug.", "C:\\map\\x41 \\\\ \\'", "'); DROP TABLE climb_goal; --", '"dubbel" en \'enkel\'',
    "🧗‍♀️ é ß 漢字 \u202eandersom", "regel\n\n\tmet %s en {{ x }} en \\000", "x" * 20_000,
]  # fmt: skip
AS_IT_WAS = """
import json, sys
from importlib import import_module
from django.apps import apps
from django.db import connection
from klimtouw.belongings.actions import keep, reword
from klimtouw.belongings.models import Version
from klimtouw.belongings.words import Sealed, words_fields_of
from klimtouw.climb.models import Goal
from klimtouw.config.prepare import leave_no_open_words_behind
from klimtouw.foundation.clock import now
from klimtouw.people import keyring
from klimtouw.people.models import DataKey
from klimtouw.relations.choices import State
from klimtouw.relations.models import Clause
from klimtouw.talks.models import Talk
from tests.stories import make_person, make_relation

LABELS = [("belongings", "Version"), ("climb", "Goal"), ("relations", "Clause"), ("relations", "Contract"), ("talks", "Talk")]
SEALING = ["belongings.migrations.0003", "climb.migrations.0002", "relations.migrations.0004", "talks.migrations.0002",
           "replies.migrations.0002"]
texts, at = json.loads(sys.argv[1]), now()
noor, bram = make_person("Noor"), make_person("Bram")
for text in texts:
    goal = keep(Goal, by=noor, at=at, text=text, why=text)
    reword(goal, by=noor, at=at, seen=1, text=text + "!")
relation = make_relation(noor, bram, State.RUNNING, at)
contract = relation.contracts.get()
for place, text in enumerate(texts):
    Clause.objects.create(contract=contract, position=place, text=text)
    Talk.objects.create(relation=relation, proposed_by=bram, proposed_at=at, place=text, minutes=30)

def content():
    keyring.forget()
    return {
        "goals": [[g.text, g.why] for g in Goal.objects.order_by("pk")],
        "versions": [json.loads(v.words) for v in Version.objects.order_by("thing_id", "number")],
        "clauses": [c.text for c in Clause.objects.order_by("position")],
        "talks": [t.place for t in Talk.objects.order_by("pk")],
    }

def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)

def lay_open(model):
    table, key = model._meta.db_table, model._meta.pk
    rows = [(row.pk, {f.column: getattr(row, f.name) for f in words_fields_of(model)}) for row in model.objects.all()]
    for field in words_fields_of(model):
        if connection.vendor == "postgresql":
            raw(f'ALTER TABLE {table} ALTER COLUMN "{field.column}" TYPE text USING \\'\\'')
        else:
            raw("PRAGMA writable_schema = ON")
            raw("UPDATE sqlite_master SET sql = replace(sql, %s, %s) WHERE name = %s",
                f'"{field.column}" BLOB', f'"{field.column}" text', table)
            raw("PRAGMA writable_schema = RESET")
    for pk, words in rows:
        for column, text in words.items():
            raw(f'UPDATE {table} SET "{column}" = %s WHERE {key.column} = %s', text, key.get_db_prep_value(pk, connection))

before = content()
for label in LABELS:
    lay_open(apps.get_model(*label))
DataKey.objects.all().delete()
keyring.forget()
for module in SEALING * 2:  # a second time changes nothing
    folder, name = module.rsplit(".", 1)
    names = [m.stem for m in __import__("pathlib").Path(import_module("klimtouw." + folder).__path__[0]).glob(name + "_*.py")]
    if connection.vendor == "sqlite":
        raw("PRAGMA foreign_keys = OFF")
    with connection.schema_editor() as editor:
        import_module(f"klimtouw.{folder}.{names[0]}").seal(apps, editor)
leave_no_open_words_behind()
print(json.dumps([before, content(), DataKey.objects.count()]))
"""


def test_words_that_lay_open_are_sealed_and_read_as_before(house: House) -> None:
    before, after, keys = json.loads(house.runs(AS_IT_WAS, json.dumps(NASTY)).splitlines()[-1])
    assert after == before
    assert [goal[1] for goal in after["goals"]] == NASTY
    assert after["clauses"] == NASTY
    assert sorted(after["talks"]) == sorted(NASTY)
    assert keys == 2  # that of Noor, and that of her relation with Bram
    for file in tables_of(house):
        assert b"touwbrug" not in file.read_bytes(), file


def tables_of(house: House) -> list[Path]:
    """Return the files in which the tables of this installation lie."""
    if not house.url:
        return list(house.home.glob("klimtouw.sqlite3*"))
    with psycopg.connect(server(), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        row = admin.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s",
            [house.url.rsplit("/", 1)[1]],
        ).fetchone()
    assert row
    return [file for file in (Path(row[0]) / "base" / str(row[1])).iterdir() if file.is_file()]
