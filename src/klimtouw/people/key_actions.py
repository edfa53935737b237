"""Change the keys: rotate the master key while people go on writing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from klimtouw.foundation.sealing import new_key
from klimtouw.people import keyring
from klimtouw.people.master_keys import MasterKeysRefused, keep_only, master_keys, put_in_front
from klimtouw.people.models import DataKey

AT_A_TIME = 500
SETTLED_AFTER = timedelta(hours=1)


def rotate_master_key() -> int:
    """Wrap every key in the newest master key and return how many were; run again after a crash, it goes on.

    With keys in a file a new one is made first, unless an earlier rotation stopped half-way. With keys in the environment
    the operator puts the new one in front and starts the servers anew before this.
    """
    if not settings.MASTER_KEYS and not _wrapped_otherwise():
        put_in_front(new_key())
    if settings.MASTER_KEYS and not _wrapped_otherwise():
        raise MasterKeysRefused(
            "every key is wrapped in the first of KLIMTOUW_MASTER_KEYS already; put a new key in front of it first."
        )
    count = 0
    while rows := _some_wrapped_otherwise():
        count += rows
    return count


def retire_master_keys(*, at: datetime) -> int:
    """Drop from the file the master keys that wrap nothing any more, never the newest; return how many."""
    if settings.MASTER_KEYS:
        raise MasterKeysRefused("the master keys stand in KLIMTOUW_MASTER_KEYS; take the old ones out there.")
    changed_at = datetime.fromtimestamp(Path(settings.MASTER_KEY_FILE).stat().st_mtime, tz=UTC)
    if at - changed_at < SETTLED_AFTER:
        raise MasterKeysRefused(
            "the master keys changed less than an hour ago; a page in progress may still need the old one. Try again later."
        )
    in_use = set(DataKey.objects.order_by().values_list("master", flat=True).distinct())
    keys = master_keys(needed=in_use)
    idle = keys.by_name.keys() - in_use - {keys.newest}
    keep_only(keys.by_name.keys() - idle)
    return len(idle)


def _wrapped_otherwise() -> bool:
    return DataKey.objects.exclude(master=master_keys().newest).exists()


@transaction.atomic
def _some_wrapped_otherwise() -> int:
    """Wrap some keys anew; a page that reads them meanwhile finds either wrapping, and both master keys are at hand."""
    keys = master_keys()
    rows = DataKey.objects.select_for_update().exclude(master=keys.newest).order_by("pk")[:AT_A_TIME]
    again = [keyring.rewrapped(row, keys) for row in rows]
    DataKey.objects.bulk_update(again, ["master", "wrapped"])
    return len(again)
