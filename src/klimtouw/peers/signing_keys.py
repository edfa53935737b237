"""The keys this installation signs attestations with: from the environment, or from a file that is made once.

RSA with SHA-256 (RS256), the one algorithm every reader of Open Badges 3.0 credentials has to know. The newest key stands first and signs;
earlier ones stay, because documents signed with them still hold.
"""

import os
import re
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.conf import settings

from klimtouw.people.master_keys import alone_with_the_file, reach_the_disk

SIZE = 2048
ONE_KEY = re.compile(r"-----BEGIN PRIVATE KEY-----.+?-----END PRIVATE KEY-----", re.DOTALL)


class SigningKeysRefused(Exception):
    """There is no key to sign with; the message says what to do."""


def signing_keys() -> list[RSAPrivateKey]:
    """Return every key, the newest first; the first question of an installation makes the first key."""
    keys = [_opened(one) for one in ONE_KEY.findall(_as_given())]
    if not keys:
        raise SigningKeysRefused(f"{_source()} holds no key to sign attestations with. Nothing was changed.")
    return keys


def rotate_signing_key() -> int:
    """Put a new key in front of the file and return how many there are now; documents signed before still hold."""
    if settings.SIGNING_KEYS:
        raise SigningKeysRefused(
            "the signing keys stand in KLIMTOUW_SIGNING_KEYS; put a new one in front there."
        )
    with alone_with_the_file():
        _write(f"{_new_key()}{_as_given()}")
    return len(signing_keys())


def _as_given() -> str:
    if settings.SIGNING_KEYS:
        return str(settings.SIGNING_KEYS).replace("\\n", "\n")
    file = Path(settings.SIGNING_KEY_FILE)
    if not file.exists():
        _begin(file)
    return file.read_text(encoding="ascii")


def _begin(file: Path) -> None:
    """Make the first key; when another process was first, its key counts."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(file, _new_key())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    reach_the_disk(file.parent)


def _write(text: str) -> None:
    file = Path(settings.SIGNING_KEY_FILE)
    _draft(file, text).rename(file)
    reach_the_disk(file.parent)


def _draft(file: Path, text: str) -> Path:
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".signing.")  # mode 600 from the start
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    return Path(draft)


def _new_key() -> str:
    return (
        generate_private_key(public_exponent=65537, key_size=SIZE)
        .private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        .decode()
    )


def _opened(text: str) -> RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(text.encode(), password=None)
    except ValueError:
        raise SigningKeysRefused(
            f"{_source()} holds a key that cannot be read. Nothing was changed."
        ) from None
    if not isinstance(key, RSAPrivateKey):
        raise SigningKeysRefused(f"{_source()} holds a key of another sort than RSA. Nothing was changed.")
    return key


def _source() -> str:
    return "KLIMTOUW_SIGNING_KEYS" if settings.SIGNING_KEYS else str(settings.SIGNING_KEY_FILE)
