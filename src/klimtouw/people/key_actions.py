"""Change the keys: rotate the master key while people go on writing."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from klimtouw.foundation.sealing import new_key
from klimtouw.people import keyring
from klimtouw.people.master_keys import (
    MasterKeysRefused,
    alone_with_the_file,
    keep_only,
    newest_master_keys,
    put_in_front,
)
from klimtouw.people.models import DataKey

AT_A_TIME = 500
SETTLED_AFTER = timedelta(hours=1)
STRAGGLERS = 2.0  # seconds in which somebody's first words, begun before the rotation, have long been kept


def rotate_master_key(*, stragglers: float = STRAGGLERS) -> int:
    """Wrap every key in the newest master key and return how many were; run again after a crash, it goes on.

    With keys in a file a new one is made first, unless an earlier rotation stopped half-way. With keys in the environment
    the operator puts the new one in front and starts the servers anew before this.
    """
    if settings.MASTER_KEYS:
        if not _wrapped_otherwise():
            raise MasterKeysRefused(
                "every key is wrapped in the first of KLIMTOUW_MASTER_KEYS already; put a new key in front of it first."
            )
        return _wrap_all_anew(stragglers)
    with alone_with_the_file():
        if not _wrapped_otherwise():
            put_in_front(new_key())
        return _wrap_all_anew(stragglers)


def retire_master_keys(*, at: datetime) -> int:
    """Drop from the file the master keys that wrap nothing any more, never the newest; return how many."""
    if settings.MASTER_KEYS:
        raise MasterKeysRefused("the master keys stand in KLIMTOUW_MASTER_KEYS; take the old ones out there.")
    with alone_with_the_file():
        keys = newest_master_keys()
        changed_at = datetime.fromtimestamp(Path(settings.MASTER_KEY_FILE).stat().st_mtime, tz=UTC)
        if at - changed_at < SETTLED_AFTER:
            raise MasterKeysRefused(
                "the master keys changed less than an hour ago; a page in progress may still need the old one. Try again later."
            )
        in_use = set(DataKey.objects.order_by().values_list("master", flat=True).distinct())
        idle = keys.by_name.keys() - in_use - {keys.newest}
        if idle:
            keep_only(keys.by_name.keys() - idle)
        return len(idle)


def _wrapped_otherwise() -> bool:
    return DataKey.objects.exclude(master=newest_master_keys().newest).exists()


def _wrap_all_anew(stragglers: float) -> int:
    count = _wrap_what_is_there()
    time.sleep(stragglers)
    return count + _wrap_what_is_there()


def _wrap_what_is_there() -> int:
    count = 0
    while rows := _some_wrapped_otherwise():
        count += rows
    return count


@transaction.atomic
def _some_wrapped_otherwise() -> int:
    """Wrap some keys anew; a page that reads them meanwhile finds either wrapping, and both master keys are at hand."""
    keys = newest_master_keys()
    rows = DataKey.objects.select_for_update().exclude(master=keys.newest).order_by("pk")[:AT_A_TIME]
    again = [keyring.rewrapped(row, keys) for row in rows]
    DataKey.objects.bulk_update(again, ["master", "wrapped"])
    return len(again)
