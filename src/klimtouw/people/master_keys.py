"""The master keys of this installation: from the environment, or from a file that is made once."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from klimtouw.foundation.sealing import CannotOpen, MasterKeys, NotAKey, new_key, written
from klimtouw.people.models import DataKey

_read: dict[tuple[str, str], MasterKeys] = {}


class MasterKeysRefused(Exception):
    """There are sealed words and not the master keys that open them; the message says what to do."""


def master_keys(*, needed: Set[str] = frozenset()) -> MasterKeys:
    """Return the master keys; read anew when a name is needed that is not among them, so that a rotation needs no restart."""
    source = (settings.MASTER_KEYS, str(settings.MASTER_KEY_FILE))
    keys = _read.get(source)
    if keys is None or not needed <= keys.by_name.keys():
        keys = _read[source] = _read_anew()
    return keys


def newest_master_keys() -> MasterKeys:
    """Return the master keys as they stand at this moment: what is wrapped from now on needs the newest."""
    _read.clear()
    return master_keys()


def must_open_what_is_sealed() -> None:
    """Try every master key that wraps something on one key it wraps. Raises `MasterKeysRefused`; changes nothing."""
    names = sorted(DataKey.objects.order_by().values_list("master", flat=True).distinct())
    if not names and not keys_are_there():
        return  # a new installation: the first words make the first key
    keys = master_keys(needed=set(names))
    for name in names:
        row = DataKey.objects.filter(master=name).order_by("pk")[:1].get()
        try:
            keys.unwrap(row.as_wrapped, place=row.place)
        except CannotOpen:
            raise MasterKeysRefused(_lost(name)) from None


def keys_are_there() -> bool:
    """Return whether there is a setting or a file with master keys, whatever it holds."""
    return bool(settings.MASTER_KEYS) or Path(settings.MASTER_KEY_FILE).exists()


@contextmanager
def alone_with_the_file() -> Iterator[None]:
    """Keep everybody else from changing the file with master keys: two who add one at once would lose one for good."""
    file = Path(settings.MASTER_KEY_FILE)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise MasterKeysRefused(
            "the master keys are being changed already; try again when that is done."
        ) from None
    finally:
        os.close(folder)


def put_in_front(key: bytes) -> None:
    """Add a newest master key to the file; the earlier ones stay, because they still open what they wrapped."""
    file = Path(settings.MASTER_KEY_FILE)
    _write(file, f"{written(key)}\n{file.read_text(encoding='ascii') if file.exists() else ''}")
    _read.clear()


def keep_only(names: Set[str]) -> None:
    """Leave only the master keys of these names in the file."""
    lines = [f"{written(key)}\n" for name, key in newest_master_keys().by_name.items() if name in names]
    _write(Path(settings.MASTER_KEY_FILE), "".join(lines))
    _read.clear()


def _read_anew() -> MasterKeys:
    try:
        keys = _as_given()
    except (NotAKey, UnicodeError):
        raise MasterKeysRefused(
            f"{_source()} does not hold master keys: one line each, 32 bytes in base64. Nothing was changed."
        ) from None
    except OSError as error:
        raise MasterKeysRefused(
            f"{_source()} cannot be used: {error.strerror}. Nothing was changed."
        ) from None
    if not keys.by_name:
        raise MasterKeysRefused(f"{_source()} holds no master key. Nothing was changed.")
    return keys


def _as_given() -> MasterKeys:
    if settings.MASTER_KEYS:
        return MasterKeys.read(settings.MASTER_KEYS)
    file = Path(settings.MASTER_KEY_FILE)
    if not file.exists():
        _begin(file)
    return MasterKeys.read(file.read_text(encoding="ascii"))


def _begin(file: Path) -> None:
    """Make the first master key, unless words were sealed with one that is gone."""
    if name := DataKey.objects.order_by("pk").values_list("master", flat=True).first():
        raise MasterKeysRefused(_lost(name))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(file, f"{written(new_key())}\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first; its key counts
    finally:
        draft.unlink()
    reach_the_disk(file.parent)


def _lost(name: str) -> str:
    return (
        f"words are sealed with the master key {name}, which is not the one in {_source()}; "
        "put that key back. Nothing was changed."
    )


def _source() -> str:
    return "KLIMTOUW_MASTER_KEYS" if settings.MASTER_KEYS else str(settings.MASTER_KEY_FILE)


def _write(file: Path, text: str) -> None:
    _draft(file, text).rename(file)
    reach_the_disk(file.parent)


def _draft(file: Path, text: str) -> Path:
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".master.")  # mode 600 from the start
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    return Path(draft)


def reach_the_disk(path: Path) -> None:
    """Have a file, or in a folder the names of its files, on the disk itself before anything leans on it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
