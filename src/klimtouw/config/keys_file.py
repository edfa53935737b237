"""The small file that goes with a backup: the wrapped keys, and the register of erased people and relations.

The copy of the words opens with it and not without it. Of this file only the newest may be kept: then the words of who erased
everything cannot be opened in an old copy either (P3, P5).
"""

import hashlib
import json
import os
import re
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from klimtouw.foundation.ids import mark_of

FORMAT = "klimtouw keys 1"
SUFFIX = ".keys"


class BackupRefused(Exception):
    """A copy could not be made or put back; the message says why."""


@dataclass(frozen=True)
class KeysFile:
    """Whose key is wrapped how (the name of the master key, and the wrapped key), and who or what was erased when."""

    made_at: datetime
    keys: Mapping[UUID, tuple[str, bytes]]
    erased: Mapping[UUID, datetime]

    def write(self, file: Path) -> None:
        """Write it whole or not at all, readable by its owner only; an older one under the same name is replaced."""
        content: dict[str, Any] = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "keys": [[str(id), master, b64encode(key).decode()] for id, (master, key) in self.keys.items()],
            "erased": [[str(id), at.isoformat()] for id, at in self.erased.items()],
        }
        descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".keys.")  # mode 600 from the start
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            json.dump({**content, "checksum": _checksum(content)}, opened)
            opened.flush()
            os.fsync(opened.fileno())
        Path(draft).rename(file)

    @classmethod
    def read(cls, file: Path) -> "KeysFile":
        """Read it, or say what is wrong with it."""
        try:
            content: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
            checksum = content.pop("checksum")
            if content["format"] != FORMAT:
                raise BackupRefused(f"{file} is not a keys file that this Klimtouw can read.")
            if checksum != _checksum(content):
                raise BackupRefused(f"{file} was changed or damaged; take another copy of it.")
            return cls(
                made_at=datetime.fromisoformat(content["made_at"]),
                keys={UUID(id): (_name(master), b64decode(key)) for id, master, key in content["keys"]},
                erased={UUID(id): datetime.fromisoformat(at) for id, at in content["erased"]},
            )
        except FileNotFoundError:
            raise BackupRefused(
                f"there is no keys file {file}; name the newest one with --keys, or nobody can read the words."
            ) from None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise BackupRefused(f"{file} is not a keys file, or it is damaged.") from None

    def without_erased(self, erased: Mapping[UUID, datetime]) -> "KeysFile":
        """Return the same with more people or relations erased: their keys are left out."""
        all_erased = {**erased, **self.erased}
        left = {id: key for id, key in self.keys.items() if not {id, mark_of(id)} & all_erased.keys()}
        return KeysFile(self.made_at, left, all_erased)


def keys_beside(copy: Path) -> Path:
    """Return where the keys of a copy stand unless somebody says otherwise."""
    return copy.with_name(copy.name + SUFFIX)


def other_keys_files(file: Path) -> list[Path]:
    """Return the other keys files in the same folder."""
    return sorted(
        other for other in file.parent.glob(f"*{SUFFIX}") if other != file and other.name != "master.keys"
    )


def moment(stored: str | datetime) -> datetime:
    """Return a moment as SQLite (without a zone: UTC) or PostgreSQL gives it."""
    at = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _name(master: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{16}", master):
        raise ValueError(master)
    return master


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
