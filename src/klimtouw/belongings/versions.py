"""Read the history of one text: every wording for its owner, when and on which device, and what changed in it next (C14)."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import queries
from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.paging import Page
from klimtouw.belongings.words import words_of
from klimtouw.foundation.differences import Piece, differences, shortened
from klimtouw.people.devices import in_words
from klimtouw.people.models import Person

PAGE = 20


@dataclass(frozen=True)
class Wording:
    """How a text read at one time."""

    number: int
    written_at: datetime
    device: str
    texts: list[str]

    @property
    def device_in_words(self) -> str:
        """On what it was written; empty when that is not known."""
        return in_words(self.device) if self.device else ""

    @property
    def whole(self) -> str:
        """All of its texts, one under the other."""
        return "\n\n".join(self.texts)


@dataclass(frozen=True)
class Row:
    """One wording, and how the next one differs from it; the newest has no next one."""

    wording: Wording
    change: list[Piece] | None

    @property
    def is_newest(self) -> bool:
        """Whether this is how the text reads now."""
        return self.change is None


def history_of(thing: Thing, number: int = 1) -> Page[Row]:
    """Return twenty wordings, the newest first; one query, however long the history."""
    number = max(number, 1)
    start = (number - 1) * PAGE
    # The wording after the first one of this page is needed too: what changed in it is told beside the older one.
    skipped = max(start - 1, 0)
    wordings = _wordings(thing, skipped, start + PAGE + 1)
    shown = wordings[start - skipped :]
    newer = [None, *wordings][start - skipped :]
    pairs = zip(shown[:PAGE], newer, strict=False)
    rows = [Row(wording, _change(wording, after)) for wording, after in pairs]
    return Page(rows, number, len(shown) > PAGE)


def _wordings(thing: Thing, start: int, end: int) -> list[Wording]:
    """Return some wordings, counted from the newest: that one stands in the thing itself."""
    rows = Version.objects.filter(thing_id=thing.pk).order_by("-number")[max(start - 1, 0) : end - 1]
    earlier = [_earlier(thing, row) for row in rows]
    return earlier if start else [_newest(thing), *earlier]


def _newest(thing: Thing) -> Wording:
    return Wording(thing.version, thing.changed_at, thing.device, thing.in_print(words_of(thing)))


def _earlier(thing: Thing, version: Version) -> Wording:
    texts = thing.in_print(json.loads(version.words))
    return Wording(version.number, version.written_at, version.device, texts)


def _change(wording: Wording, after: Wording | None) -> list[Piece] | None:
    return shortened(differences(wording.whole, after.whole)) if after else None


@dataclass(frozen=True)
class OneWording:
    """An earlier wording, with the thing it is of: whoever may write that may put this back."""

    thing: Thing
    wording: Wording

    @property
    def state_now(self) -> str:
        """The state of its thing."""
        return self.thing.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """What somebody is to its thing."""
        return self.thing.hats_of(person, at)


def wording(person: Person, at: datetime, thing: UUID, number: int) -> OneWording:
    """Find one wording of a thing this person may read. Raises `Version.DoesNotExist`."""
    found = queries.thing(person, at, thing)
    if number == found.version:
        return OneWording(found, _newest(found))
    return OneWording(found, _earlier(found, Version.objects.get(thing_id=found.pk, number=number)))


def with_undo(said: str, thing: Thing, *, before: int) -> SafeString:
    """Return what was said about putting an earlier wording back, with a way to undo it at once."""
    address = reverse("belongings:restore", args=[thing.pk, before])
    return format_html('{} <a href="{}" data-ask>{}</a>', said, address, _("Undo"))
