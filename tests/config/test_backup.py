"""The drill: back up while people write, lose everything, put it back; on the database of this run (P3, P5)."""

import json
import sqlite3
import subprocess
import threading
from base64 import b64decode
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from klimtouw.config.keys_file import BackupRefused, KeysFile
from tests.config.installation import WRITE, House

pytestmark = pytest.mark.slow


def test_the_drill(house: House, tmp_path: Path) -> None:
    """Everything acknowledged before the backup began is there afterwards; words open; the ledger is whole."""
    copy, acknowledged = tmp_path / "copy", []
    with subprocess.Popen(
        house.script(WRITE, "Noor", 0, 100_000), env=house.surroundings, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        before = [writer.stdout.readline() for _ in range(20)]
        acknowledged = [int(line) for line in before]
        listener = threading.Thread(target=writer.stdout.read)
        listener.start()
        said = house.does("backup", str(copy))
        assert writer.poll() is None  # it wrote on all the time
        writer.kill()
        listener.join()
    assert "Keep the keys file elsewhere" in said
    held = house.holds()
    house.is_destroyed()

    assert "Restored." in house.does("restore", str(copy))
    texts = house.holds()["texts"]
    assert isinstance(texts, list)
    assert texts[: len(acknowledged)] == [f"Noor {number}" for number in acknowledged]
    assert texts == held["texts"][: len(texts)]  # type: ignore[index]  # a list: the copy is of one moment
    assert "The ledger is whole" in house.does("ledger", "verify").replace(
        "ledger is whole:", "ledger is whole"
    )
    house.runs(WRITE, "Noor", 900, 901)  # and life goes on under the same key
    assert "Noor 900" in house.holds()["texts"]  # type: ignore[operator]  # a list


def test_the_copy_holds_no_keys_and_the_keys_file_no_words(house: House, tmp_path: Path) -> None:
    house.runs(WRITE, "Noor", 0, 3)
    copy = tmp_path / "copy"
    house.does("backup", str(copy))
    held = json.loads((tmp_path / "copy.keys").read_text())
    ((_holder, _master, wrapped),) = held["keys"]
    assert held["erased"] == []
    assert b64decode(wrapped) not in copy.read_bytes()
    if not house.url:
        with closing(sqlite3.connect(copy)) as reader:
            assert reader.execute("SELECT count(*) FROM people_datakey").fetchone() == (0,)
            assert reader.execute("SELECT count(*) FROM climb_entry").fetchone() == (3,)
    for file in (copy, tmp_path / "copy.keys"):
        assert file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_restore_refuses_people_who_are_there_a_running_klimtouw_and_what_is_damaged(
    house: House, tmp_path: Path
) -> None:
    house.runs(WRITE, "Noor", 0, 3)
    copy, keys = tmp_path / "copy", tmp_path / "copy.keys"
    house.does("backup", str(copy))
    house.runs(WRITE, "Bram", 0, 2)
    before = house.content()
    whole, opening = copy.read_bytes(), keys.read_bytes()

    assert "with --replace they are thrown away" in house.refuses("restore", str(copy))
    copy.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in house.refuses("restore", str(copy), "--replace")
    copy.write_bytes(whole)
    keys.write_bytes(opening.replace(b'"erased": []', b'"erased": [1]'))
    assert "changed or damaged" in house.refuses("restore", str(copy), "--replace")
    keys.write_bytes(opening)
    keys.rename(tmp_path / "elsewhere")
    assert "there is no keys file" in house.refuses("restore", str(copy), "--replace")
    (tmp_path / "elsewhere").rename(keys)
    masters = house.home / "master.keys"
    masters.rename(tmp_path / "lost")
    assert "master keys are not here" in house.refuses("restore", str(copy), "--replace")
    masters.write_text("x" * 43 + "=\n")
    assert "do not open the keys file" in house.refuses("restore", str(copy), "--replace")
    masters.unlink()
    (tmp_path / "lost").rename(masters)
    assert house.content() == before

    with subprocess.Popen(
        house.script("from klimtouw.people.models import Person\nPerson.objects.count()\nprint(1, flush=True)\ninput()"),
        env=house.surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout
        other.stdout.readline()
        assert "is running on this database" in house.refuses("restore", str(copy), "--replace")
        other.kill()
    house.does("restore", str(copy), "--replace")
    assert house.holds() == {"texts": ["Noor 0", "Noor 1", "Noor 2"], "people": ["Noor"], "erased": 0}


@pytest.mark.parametrize("content", ["", "{}", "[]", "touw", '{"checksum": 1, "format": "klimtouw keys 1"}'])
def test_what_is_no_keys_file_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "some.keys").write_text(content)
    with pytest.raises(BackupRefused):
        KeysFile.read(tmp_path / "some.keys")


def test_a_keys_file_comes_back_as_it_was_and_leaves_out_who_was_erased(tmp_path: Path, at: datetime) -> None:
    noor, bram = uuid4(), uuid4()
    held = KeysFile(at, {noor: ("0" * 16, b"key"), bram: ("1" * 16, b"other")}, {})
    held.write(tmp_path / "some.keys")
    assert KeysFile.read(tmp_path / "some.keys") == held
    after = held.without_erased({noor: at})
    assert (dict(after.keys), dict(after.erased)) == ({bram: ("1" * 16, b"other")}, {noor: at})


def test_an_old_copy_with_the_newest_keys_does_not_open_the_words_of_who_was_erased(
    house: House, tmp_path: Path
) -> None:
    for name in ("Noor", "Bram"):
        house.runs(WRITE, name, 0, 2)
    old, newest = tmp_path / "old", tmp_path / "newest"
    house.does("backup", str(old))
    house.runs(
        """
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.takeaway.erasing import erase_everything
noor = Person.objects.get(display_name="Noor")
erase_everything(noor, by=noor, at=now())
"""
    )
    house.does("backup", str(newest))
    house.is_destroyed()
    assert "is newer than" in house.refuses("restore", str(old))
    house.does("restore", str(old), "--keys", f"{newest}.keys")
    assert house.holds() == {"texts": ["Bram 0", "Bram 1"], "people": ["Bram"], "erased": 1}


def test_replacing_a_database_that_knows_of_an_erasing_does_not_undo_it(house: House, tmp_path: Path) -> None:
    """Also with keys of before: the register that stands here counts."""
    house.runs(WRITE, "Noor", 0, 2)
    house.does("backup", str(tmp_path / "old"))
    house.runs(
        """
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.takeaway.erasing import erase_everything
noor = Person.objects.get(display_name="Noor")
erase_everything(noor, by=noor, at=now())
"""
    )
    house.does("restore", str(tmp_path / "old"), "--replace")
    assert house.holds() == {"texts": [], "people": [], "erased": 1}


TWO = """
from datetime import timedelta
from klimtouw.foundation.clock import now
from klimtouw.relations.choices import State
from tests.stories import make_person, make_relation
for name, state, days in (("Noor", State.RUNNING, 3), ("Lena", State.STOPPED, 800)):
    at = now() - timedelta(days=days)
    relation = make_relation(make_person(name), make_person(f"Coach van {name}"), state, at)
    contract = relation.contracts.get()
    contract.availability = f"Afspraak van {name}."
    contract.save(update_fields=["availability"])
"""
TIME_GOES_BY = """
from datetime import timedelta
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.actions.keeping import keep_no_longer_than_promised
from klimtouw.takeaway.erasing import erase_everything
assert keep_no_longer_than_promised(at=now() - timedelta(days=40)) == 0
assert keep_no_longer_than_promised(at=now()) == 1
noor = Person.objects.get(display_name="Noor")
erase_everything(noor, by=noor, at=now())
"""
WHAT_IS_THERE = """
import json
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.models import Contract, Relation
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
def page(relation):
    client = Client()
    client.force_login(relation.coach)
    return client.get(reverse("relations:contract", args=[relation.pk])).status_code
print(json.dumps({
    "relations": [relation.state for relation in Relation.objects.order_by("started_at")],
    "pages": [page(relation) for relation in Relation.objects.order_by("started_at")],
    "letters": DBTaskResult.objects.filter(task_path__contains="letter").count(),
}))
"""


@pytest.mark.parametrize("replaces", [False, True])
def test_a_relation_whose_time_had_come_does_not_come_back_with_an_old_copy_and_nobody_is_told_twice(
    replaces: bool, house: House, tmp_path: Path
) -> None:
    house.runs(TWO)
    old, newest = tmp_path / "old", tmp_path / "newest"
    house.does("backup", str(old))
    before = json.loads(house.runs(WHAT_IS_THERE))
    assert before == {"relations": ["stopped", "running"], "pages": [200, 200], "letters": 0}
    house.runs(TIME_GOES_BY)
    lived = json.loads(house.runs(WHAT_IS_THERE))
    assert (lived["relations"], lived["letters"]) == (
        ["stopped"],
        3,
    )  # two of the day it goes, one of stopping
    if replaces:  # with the keys of before: what stands here knows what was erased
        house.does("restore", str(old), "--replace")
    else:
        house.does("backup", str(newest))
        house.is_destroyed()
        house.does("restore", str(old), "--keys", f"{newest}.keys")
    restored = json.loads(house.runs(WHAT_IS_THERE))
    assert restored == {"relations": ["stopped"], "pages": lived["pages"], "letters": 0}
    assert lived["pages"] == [200]
