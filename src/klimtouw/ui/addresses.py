"""Where pages stand: worked out once per page, and not anew for each of a hundred links."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

STAND_IN = UUID("00057a4d-0000-4000-8000-000000000000")


def address_of(name: str, key: UUID | None = None) -> str:
    """Return the address of a page, or of the page of one key, as Django's `reverse` does. Raises `NoReverseMatch`."""
    before, after = _around_key(
        name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), key is not None
    )
    return before if key is None else f"{before}{key}{after}"


@lru_cache(maxsize=1024)
def _around_key(name: str, urlconf: str, prefix: str, has_key: bool) -> tuple[str, str]:
    """Return what stands before and after the key in an address; the prefix is where this house is mounted."""
    if not has_key:
        return reverse(name, urlconf), ""
    before, _key, after = reverse(name, urlconf, args=[STAND_IN]).partition(str(STAND_IN))
    return before, after
