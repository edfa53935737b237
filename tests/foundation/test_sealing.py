"""Sealing opens with the same key for the same place, and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimtouw.foundation import sealing
from klimtouw.foundation.sealing import CannotOpen, MasterKeys, NotAKey, new_key, written

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough

PLACE = b"here"


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_and_does_not_show(plain: bytes) -> None:
    key = new_key()
    sealed = sealing.seal(plain, key=key, place=PLACE)
    assert len(sealed) == len(plain) + 28
    assert len(plain) < 4 or plain not in sealed
    assert sealing.unseal(sealed, key=key, place=PLACE) == plain


def test_the_same_words_are_sealed_differently_each_time() -> None:
    key = new_key()
    assert len({sealing.seal(b"touw", key=key, place=PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize("turned", range(32))
def test_one_turned_bit_anywhere_does_not_open(turned: int) -> None:
    key = new_key()
    sealed = bytearray(sealing.seal(b"touw", key=key, place=PLACE))
    sealed[turned] ^= 1
    with pytest.raises(CannotOpen):
        sealing.unseal(bytes(sealed), key=key, place=PLACE)


def test_another_key_another_place_and_a_scrap_do_not_open() -> None:
    key = new_key()
    sealed = sealing.seal(b"touw", key=key, place=PLACE)
    for attempt, by, place in (
        (sealed, new_key(), PLACE), (sealed, key, b"there"), (sealed[:20], key, PLACE), (b"", key, PLACE),
    ):  # fmt: skip
        with pytest.raises(CannotOpen):
            sealing.unseal(attempt, key=by, place=place)


def test_the_first_master_key_wraps_and_each_unwraps() -> None:
    old, new, data = new_key(), new_key(), new_key()
    before, after = MasterKeys.of([old]), MasterKeys.of([new, old])
    by_old, by_new = before.wrap(data, place=PLACE), after.wrap(data, place=PLACE)
    assert (by_old.master, by_new.master) == (before.newest, after.newest) == (
        sealing.name_of(old), sealing.name_of(new),
    )  # fmt: skip
    assert after.unwrap(by_old, place=PLACE) == after.unwrap(by_new, place=PLACE) == data
    with pytest.raises(CannotOpen, match="is not here"):
        before.unwrap(by_new, place=PLACE)


def test_keys_are_read_from_lines_and_commas_with_remarks() -> None:
    first, second = new_key(), new_key()
    text = f"# of 2026\n{written(first)}  # the newest\n\n"
    assert list(MasterKeys.read(text).by_name.values()) == [first]
    assert list(MasterKeys.read(f"{written(first)}, {written(second)}").by_name.values()) == [first, second]


@pytest.mark.parametrize(
    "text", ["touw", written(b"x" * 31), written(b"x" * 33), written(b"x" * 32)[:-3] + "é="]
)
def test_anything_else_is_no_key(text: str) -> None:
    with pytest.raises(NotAKey):
        MasterKeys.read(text)


def test_keys_are_never_printed() -> None:
    key = new_key()
    assert written(key) not in repr(MasterKeys.of([key]))
    assert repr(MasterKeys.of([key])) == f"MasterKeys({sealing.name_of(key)})"


def test_a_key_for_one_purpose_is_a_key_for_no_other() -> None:
    keys = MasterKeys.of([new_key(), new_key()])
    assert len({*keys.derived(b"one"), *keys.derived(b"other"), *keys.by_name.values()}) == 6
    assert keys.derived(b"one") == keys.derived(b"one")
