"""Keys: wrapped by master keys that can be rotated while people write, and refused when they do not fit (P3)."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Dream
from klimtouw.foundation.sealing import CannotOpen, MasterKeys, new_key, written
from klimtouw.people import key_actions, keyring, master_keys
from klimtouw.people.key_actions import retire_master_keys, rotate_master_key
from klimtouw.people.master_keys import (
    MasterKeysRefused,
    alone_with_the_file,
    must_open_what_is_sealed,
    put_in_front,
)
from klimtouw.people.models import DataKey, Person
from tests.stories import make_person


@pytest.fixture(autouse=True)
def file(settings: Settings, tmp_path: Path, db: None) -> Iterator[Path]:
    """A file of its own for the master keys, not made yet."""
    settings.MASTER_KEYS = ""
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.keys"
    keyring.forget()
    yield settings.MASTER_KEY_FILE
    keyring.forget()


def dream_of(name: str, at: datetime) -> Dream:
    return keep(Dream, by=make_person(name), at=at, text=f"De droom van {name}")


def read_again(dream: Dream) -> str:
    keyring.forget()
    return Dream.objects.get(pk=dream.pk).text


def keys_in(file: Path) -> list[str]:
    return list(MasterKeys.read(file.read_text()).by_name)


def wrapped_by() -> set[str]:
    return set(DataKey.objects.values_list("master", flat=True))


def test_the_first_words_make_the_file_for_this_user_alone(file: Path, at: datetime) -> None:
    must_open_what_is_sealed()
    assert not file.exists()
    dream = dream_of("Noor", at)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [other.name for other in file.parent.iterdir()] == ["master.keys"]
    assert read_again(dream) == "De droom van Noor"
    must_open_what_is_sealed()


def test_rotating_wraps_everything_in_a_new_key_and_leaves_words_as_they_are(
    file: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_actions, "AT_A_TIME", 2)
    dreams = [dream_of(f"Wie{number}", at) for number in range(5)]
    (old,) = keys_in(file)
    assert rotate_master_key(stragglers=0) == 5
    new, kept = keys_in(file)
    assert (kept, wrapped_by()) == (old, {new})
    assert read_again(dreams[3]) == "De droom van Wie3"
    assert dream_of("Later", at) and wrapped_by() == {new}


def test_a_rotation_that_stopped_half_way_goes_on(file: Path, at: datetime) -> None:
    dream = dream_of("Noor", at)
    put_in_front(new_key())  # and here the machine stopped
    assert rotate_master_key(stragglers=0) == 1
    assert len(keys_in(file)) == 2
    assert wrapped_by() == {keys_in(file)[0]}
    assert read_again(dream) == "De droom van Noor"


def test_first_words_begun_before_the_rotation_are_wrapped_anew_too(
    file: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    dream_of("Noor", at)
    old = MasterKeys.read(file.read_text())

    def late(_seconds: float) -> None:
        bram = make_person("Bram")
        wrapped = old.wrap(new_key(), place=b"klimtouw data key of " + bram.pk.bytes)
        DataKey.objects.create(id=bram.pk, master=wrapped.master, wrapped=wrapped.key)

    monkeypatch.setattr(key_actions.time, "sleep", late)
    assert rotate_master_key() == 2
    assert wrapped_by() == {keys_in(file)[0]}


def test_two_rotations_at_once_are_one(file: Path, at: datetime) -> None:
    dream_of("Noor", at)
    with alone_with_the_file(), pytest.raises(MasterKeysRefused, match="being changed already"):
        rotate_master_key(stragglers=0)
    assert len(keys_in(file)) == 1


def test_an_old_master_key_is_dropped_an_hour_later_and_never_while_it_wraps(
    file: Path, at: datetime
) -> None:
    dream = dream_of("Noor", at)
    rotate_master_key(stragglers=0)
    with pytest.raises(MasterKeysRefused, match="less than an hour ago"):
        retire_master_keys(at=at)
    assert len(keys_in(file)) == 2
    put_in_front(new_key())
    in_use = keys_in(file)[1]
    an_hour_ago = (at - timedelta(hours=1, minutes=1)).timestamp()
    os.utime(file, (an_hour_ago, an_hour_ago))
    assert retire_master_keys(at=at) == 1
    assert len(keys_in(file)) == 2
    assert keys_in(file)[1] == in_use
    assert read_again(dream) == "De droom van Noor"


def test_keys_in_the_environment_are_rotated_by_putting_one_in_front(
    file: Path, at: datetime, settings: Settings
) -> None:
    old, new = written(new_key()), written(new_key())
    settings.MASTER_KEYS = old
    dream = dream_of("Noor", at)
    with pytest.raises(MasterKeysRefused, match="put a new key in front"):
        rotate_master_key(stragglers=0)
    settings.MASTER_KEYS = f"{new},{old}"
    assert rotate_master_key(stragglers=0) == 1
    with pytest.raises(MasterKeysRefused, match="take the old ones out there"):
        retire_master_keys(at=at)
    settings.MASTER_KEYS = new
    must_open_what_is_sealed()
    assert read_again(dream) == "De droom van Noor"
    assert not file.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "put that key back"),
        (written(b"a" * 32), "put that key back"),
        ("touw", "does not hold master keys"),
        ("é", "does not hold master keys"),
        ("", "holds no master key"),
    ],
)
def test_a_lost_wrong_or_garbled_master_key_is_refused_and_nothing_is_made(
    content: str | None, says: str, file: Path, at: datetime, noor: Person
) -> None:
    dream = dream_of("Bram", at)
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="latin-1")
    keyring.forget()
    master_keys._read.clear()  # as a new process has it
    with pytest.raises(MasterKeysRefused, match=says):
        must_open_what_is_sealed()
    with pytest.raises((MasterKeysRefused, CannotOpen)):
        _ = Dream.objects.get(pk=dream.pk).text
    assert file.exists() == (content is not None)
    assert content is None or file.read_text(encoding="latin-1") == content


def test_a_garbled_setting_is_refused_before_anything_is_sealed(settings: Settings) -> None:
    settings.MASTER_KEYS = "touw"
    with pytest.raises(MasterKeysRefused, match="KLIMTOUW_MASTER_KEYS does not hold master keys"):
        must_open_what_is_sealed()
