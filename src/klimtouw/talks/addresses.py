"""The secret address of a calendar: made of a secret in the database and the master key, and known by its hash."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe

from klimtouw.people.master_keys import master_keys

PURPOSE = b"klimtouw calendar addresses"


def new_secret() -> str:
    """Return something nobody can guess."""
    return token_urlsafe(32)


def hash_of(address: str) -> str:
    """Return what stands in the database of an address."""
    return sha256(address.encode()).hexdigest()


def new_address(secret: str) -> str:
    """Return the address a secret makes now."""
    return _made_with(master_keys().derived(PURPOSE)[0], secret)


def address_again(secret: str, address_hash: str) -> str:
    """Return the address that was made before; empty when the master key it was made with is gone."""
    made = (_made_with(key, secret) for key in master_keys().derived(PURPOSE))
    return next((address for address in made if secret and hash_of(address) == address_hash), "")


def _made_with(key: bytes, secret: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, secret.encode(), sha256)).decode().rstrip("=")
