"""The keys that are in hand: fetched from the database once for a page, never per row, and forgotten after it."""

import threading
from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from klimtouw.foundation import sealing
from klimtouw.foundation.sealing import MasterKeys
from klimtouw.people.composed import composed
from klimtouw.people.master_keys import master_keys, newest_master_keys
from klimtouw.people.models import DataKey, Erased
from klimtouw.people.models.keys import place_of

AT_ONCE = 500
"""No page wants more keys; a job that goes through everybody fetches them by so many."""


class KeyDestroyed(Exception):
    """The key of these words was destroyed when their owner erased everything: nobody can read them any more (P3)."""


class _Ring(threading.local):
    """What one thread holds during one request or one job."""

    def __init__(self) -> None:
        self.keys: dict[UUID, bytes] = {}
        self.wanted: set[UUID] = set()
        self.made_here: set[UUID] = set()


_ring = _Ring()


def forget() -> None:
    """Put every key down; every request and every job begins and ends with this."""
    _ring.keys.clear()
    _ring.wanted.clear()
    _ring.made_here.clear()


def will_want(holder: UUID) -> None:
    """Remember that words of this holder are on the page, so that their key comes along with the others."""
    if holder not in _ring.keys and len(_ring.wanted) < AT_ONCE:
        _ring.wanted.add(holder)


def key_of(holder: UUID) -> bytes:
    """Return the key of a holder; the first question of a page fetches every key it will want. Raises `KeyDestroyed`."""
    if key := _ring.keys.get(holder):
        return key
    found = _fetched({holder, *islice(_ring.wanted, AT_ONCE - 1)})
    _ring.wanted.clear()
    if len(_ring.keys) > AT_ONCE:
        _ring.keys.clear()
    # What this thread made is not kept in hand: the transaction that made it may still be undone.
    _ring.keys.update((one, key) for one, key in found.items() if one not in _ring.made_here)
    try:
        return found[holder]
    except KeyError:
        raise KeyDestroyed(str(holder)) from None


def key_to_seal_for(holder: UUID) -> bytes:
    """Return the key of a holder, who gets one with their first words. Two first words at once make one key.

    Raises `KeyDestroyed` for who erased everything: a page of theirs that was still under way gives them no new key.
    """
    try:
        return key_of(holder)
    except KeyDestroyed:
        if Erased.objects.filter(pk=holder).exists():
            raise
        wrapped = newest_master_keys().wrap(sealing.new_key(), place=place_of(holder))
        row = DataKey(id=holder, master=wrapped.master, wrapped=wrapped.key)
        _ring.made_here.add(holder)
        DataKey.objects.bulk_create([row], ignore_conflicts=True)
        return key_of(holder)


def destroy(holder: UUID) -> bool:
    """Destroy a key: what it sealed is unreadable from here on, also in copies without it; return whether there was one."""
    destroyed, _ = DataKey.objects.filter(pk=holder).delete()
    _ring.keys.pop(holder, None)
    return bool(destroyed)


def destroy_each(holders: Iterable[UUID]) -> None:
    """Destroy the keys of all of these that have one."""
    holders = list(holders)
    DataKey.objects.filter(pk__in=holders).delete()
    for holder in holders:
        _ring.keys.pop(holder, None)


def rewrapped(row: DataKey, masters: MasterKeys) -> DataKey:
    """Return the row with its key locked up in the newest master key."""
    key = masters.unwrap(row.as_wrapped, place=row.place)
    wrapped = masters.wrap(key, place=row.place)
    row.master, row.wrapped = wrapped.master, wrapped.key
    return row


@composed
def _keys_of(holders: tuple[UUID, ...]) -> QuerySet[DataKey]:
    return DataKey.objects.filter(pk__in=holders)


def _fetched(holders: Iterable[UUID]) -> dict[UUID, bytes]:
    rows = _keys_of(tuple(holders))
    masters = master_keys(needed={row.master for row in rows})
    return {row.pk: masters.unwrap(row.as_wrapped, place=row.place) for row in rows}
