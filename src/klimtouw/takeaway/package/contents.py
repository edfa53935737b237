"""Put together what the package says, and write it down the same way every time."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

from klimtouw import __version__
from klimtouw.people.models import Person
from klimtouw.takeaway.package.fields import written
from klimtouw.takeaway.package.names import FORMAT, VERSION
from klimtouw.takeaway.package.queries import (
    Content,
    Progress,
    brought_by,
    here,
    is_empty,
    own_things,
    settings_of,
)


def content_of(person: Person, at: datetime, given: list[Any], progress: Progress | None = None) -> Content:
    """Return everything that goes along. `given`: what others wrote for this person, whose looks are noted by the caller."""
    place = here(person, at, given)
    places = [*brought_by(person), *([] if is_empty(place) else [place])]
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": {"at": written(at), "place": settings.SITE_ADDRESS, "by": f"Klimtouw {__version__}"},
        "account": {
            "id": str(person.pk),
            "address": person.email,
            "joined_at": written(person.joined_at),
            "settings": settings_of(person),
        },
        "things": own_things(person, progress),
        "places": sorted(places, key=lambda one: one["account"]),
    }


def in_json(content: Any) -> bytes:
    """Return data as bytes, the same for the same data: UTF-8, names in the order of the alphabet."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
