"""Read what somebody put away: it lies in the trash for thirty days, and only its owner sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.belongings import queries
from klimtouw.belongings.actions import KEPT_IN_TRASH
from klimtouw.belongings.models import Thing
from klimtouw.belongings.paging import Page
from klimtouw.belongings.words import words_fields_of, words_of
from klimtouw.people.models import Person

PAGE = 50


@dataclass(frozen=True)
class Removed:
    """One thing in the trash: what it says, the day it is erased by itself, and what it stands in when that lies here too."""

    thing: Any
    texts: list[str]
    goes_on: date
    inside: str = ""

    @property
    def says_more(self) -> bool:
        """Whether its title leaves something out."""
        return self.texts != [self.thing.title]


def in_trash(person: Person, number: int = 1) -> Page[Removed]:
    """Return what this person put away, the newest first, fifty at a time; a query per kind, and three more.

    What went along with something else (a route with its goal) comes back with it, and is no line here.
    """
    number = max(number, 1)
    kinds = [kind for kind, model in queries.kinds().items() if words_fields_of(model)]
    rows = Thing.objects.filter(owner=person, kind__in=kinds).exclude(removed_at=None)
    start = (number - 1) * PAGE
    found = list(rows.order_by("-removed_at", "-pk")[start : start + PAGE + 1])
    things = queries.in_full(found[:PAGE])
    wholes = _in_trash_too(things)
    lines = [_removed(thing, wholes) for thing in things if not _went_along(thing, wholes)]
    return Page(lines, number, len(found) > PAGE)


def _in_trash_too(things: Iterable[Thing]) -> dict[UUID, tuple[str, datetime | None]]:
    """Return in what these things stand, as far as that lies in the trash: its kind in words, and since when."""
    wholes = {whole for thing in things for whole in thing.stands_in}
    rows = Thing.objects.filter(pk__in=wholes).exclude(removed_at=None)
    kinds = queries.kinds()
    return {
        pk: (str(kinds[kind].KIND_WORD), since)
        for pk, kind, since in rows.values_list("pk", "kind", "removed_at")
    }


def _went_along(thing: Thing, wholes: dict[UUID, tuple[str, datetime | None]]) -> bool:
    is_part = thing.whole_id is not None  # a part that was put away was put away by itself
    return not is_part and any(
        wholes[whole][1] == thing.removed_at for whole in thing.stands_in if whole in wholes
    )


def _removed(thing: Any, wholes: dict[UUID, tuple[str, datetime | None]]) -> Removed:
    inside = next((wholes[whole][0] for whole in thing.stands_in if whole in wholes), "")
    return Removed(thing, thing.in_print(words_of(thing)), goes_on(thing), inside)


def goes_on(thing: Thing) -> date:
    """Return the day on which a thing in the trash is erased by itself."""
    assert thing.removed_at is not None  # noqa: S101  # narrows the type; only what was put away comes here
    return localdate(thing.removed_at) + KEPT_IN_TRASH


def own_words(person: Person, at: datetime, thing: UUID) -> Thing:
    """Find one thing this person may read, kept or in the trash; what has no words of its own goes with its whole."""
    found = queries.thing(person, at, thing)
    if not words_fields_of(type(found)):
        raise Thing.DoesNotExist
    return found


def still_in_trash(thing: Thing) -> str:
    """Return the kind of what this thing stands in, when that lies in the trash; empty when all is well."""
    wholes = _in_trash_too([thing])
    return next((wholes[whole][0] for whole in thing.stands_in if whole in wholes), "")


def with_undo(said: str, thing: Thing) -> SafeString:
    """Return what was said about putting a thing away, with a way to undo it at once."""
    address = reverse("belongings:take_back", args=[thing.pk])
    return format_html('{} <a href="{}" data-ask>{}</a>', said, address, _("Undo"))
