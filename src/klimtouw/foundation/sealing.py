"""Seal bytes so that only who has the key can read them, and only in the place they were sealed for: AES-256-GCM.

Two sorts of keys: *master keys*, which stand outside the database, and *data keys*, which stand in it wrapped by a master key.
Source: NIST SP 800-38D; one random nonce of 96 bits a seal is safe for 2^32 seals under one key.
"""

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH = 32
NONCE_LENGTH = 12


class CannotOpen(Exception):
    """The bytes were sealed with another key or for another place, or were changed since."""


class NotAKey(ValueError):
    """A text that should hold master keys holds something else."""


def new_key() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(KEY_LENGTH)


def seal(plain: bytes, *, key: bytes, place: bytes) -> bytes:
    """Return nonce, ciphertext and tag: 28 bytes more than `plain`. It opens only with the same key for the same place."""
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def unseal(sealed: bytes, *, key: bytes, place: bytes) -> bytes:
    """Return what was sealed. Raises `CannotOpen`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], place)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("this cannot be opened with this key, in this place") from error


def name_of(key: bytes) -> str:
    """Return sixteen characters by which a master key is known; they say nothing about the key itself."""
    return hashlib.sha256(b"klimtouw master key" + key).hexdigest()[:16]


@dataclass(frozen=True)
class Wrapped:
    """A data key, locked up in a master key of this name."""

    master: str
    key: bytes


@dataclass(frozen=True, repr=False)
class MasterKeys:
    """The keys that wrap every other key. The first one wraps; each of them unwraps."""

    by_name: Mapping[str, bytes]

    @classmethod
    def read(cls, text: str) -> Self:
        """Read keys of 32 bytes in base64, one a line or with commas between; what follows a # is a remark."""
        lines = [line.split("#", 1)[0].strip() for line in text.replace(",", "\n").splitlines()]
        return cls.of(_bytes_of(line) for line in lines if line)

    @classmethod
    def of(cls, keys: Iterable[bytes]) -> Self:
        """Take these keys, the newest first."""
        return cls({name_of(key): key for key in keys})

    @property
    def newest(self) -> str:
        """The name of the key that wraps from now on."""
        return next(iter(self.by_name))

    def wrap(self, key: bytes, *, place: bytes) -> Wrapped:
        """Lock up a data key."""
        return Wrapped(self.newest, seal(key, key=self.by_name[self.newest], place=place))

    def unwrap(self, wrapped: Wrapped, *, place: bytes) -> bytes:
        """Unlock a data key. Raises `CannotOpen`, also when the master key it needs is not here."""
        if wrapped.master not in self.by_name:
            raise CannotOpen(f"the master key {wrapped.master} is not here")
        return unseal(wrapped.key, key=self.by_name[wrapped.master], place=place)

    def derived(self, purpose: bytes) -> list[bytes]:
        """Return, for what has no owner, a key for one purpose from each master key, the newest first (RFC 5869)."""
        keys = self.by_name.values()
        return [HKDF(SHA256(), KEY_LENGTH, salt=None, info=purpose).derive(key) for key in keys]

    def __repr__(self) -> str:
        return f"MasterKeys({', '.join(self.by_name)})"


def written(key: bytes) -> str:
    """Return a key as one line of text."""
    return base64.urlsafe_b64encode(key).decode("ascii")


def _bytes_of(line: str) -> bytes:
    try:
        key = base64.b64decode(line.translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAKey("a master key is 32 bytes, written in base64") from error
    if len(key) != KEY_LENGTH:
        raise NotAKey("a master key is 32 bytes, written in base64")
    return key
