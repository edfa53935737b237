"""What is here for things that are brought back to hang on, and which places are taken already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction

from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import kinds
from klimtouw.people.models import Person
from klimtouw.takeaway.package.fields import Field, fields_of, may_point_at_nothing, refers
from klimtouw.takeaway.package.queries import Content

AT_ONCE = 5_000

Coming = dict[str, tuple[str, Content]]


def owners_of(ids: Iterable[str]) -> dict[str, tuple[UUID, str]]:
    """Return, of the ids in a package that are in use here, whose they are and which kind."""
    found: dict[str, tuple[UUID, str]] = {}
    for some in _in_pieces(ids):
        rows = Thing.objects.filter(pk__in=some).values_list("pk", "owner_id", "kind")
        found |= {str(pk): (owner, kind) for pk, owner, kind in rows}
    return found


def are_taken_unseen(ids: Iterable[str], person: Person, at: datetime) -> bool:
    """Return whether one of these ids is taken by somebody whose things this person cannot even see to be there.

    The second lock of PostgreSQL hides the rows of others from a page, but no id can be given twice: so each is tried, and
    everything is undone. SQLite hides no rows, so there nothing needs to be tried.
    """
    if connection.vendor == "sqlite":
        return False
    try:
        with transaction.atomic():
            for some in _in_pieces(sorted(ids)):
                Thing.objects.bulk_create(
                    [Thing(id=UUID(pk), owner=person, kind="", created_at=at, changed_at=at) for pk in some]
                )
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def _in_pieces(ids: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        yield some


class World:
    """What is here for new things to point at."""

    def __init__(self, mine: dict[str, list[Content]], person: Person, at: datetime) -> None:
        self.kinds = kinds()
        self.person, self.at = person, at
        self.held: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.places = self._places_taken(mine)
        self.here: dict[type[models.Model], dict[str, str]] = {Thing: {}}

    def _places_taken(self, mine: dict[str, list[Content]]) -> dict[tuple[Any, ...], str]:
        alive = {str(pk) for pk in Thing.objects.filter(owner=self.person).values_list("pk", flat=True)}
        taken: dict[tuple[Any, ...], str] = {}
        for kind, found in mine.items():
            for thing in found:
                if thing["id"] not in alive:
                    continue
                self._has_room(kind, thing)
                if (place := _place_of(self.kinds[kind], thing)) is not None:
                    taken[place] = thing["id"]
        return taken

    def look_up(self, things: Iterable[tuple[str, Content]]) -> None:
        """Find, in a question per kind of row, what these things point at."""
        wanted: defaultdict[type[models.Model], set[str]] = defaultdict(set)
        for kind, thing in things:
            if kind in self.kinds:
                wanted[Thing].add(thing["whole"] or "")
                for one, value in _pointing(self.kinds[kind], thing):
                    wanted[_row_of(one)].add(value)
        for model, ids in wanted.items():
            self.here[model] = self._there(model, ids - {""})

    def _there(self, model: type[models.Model], ids: set[str]) -> dict[str, str]:
        """Return which rows this person may point at: readable things, what they have a hat in, and reference data."""
        found: dict[str, str] = {}
        for some in _in_pieces(sorted(ids)):
            if issubclass(model, Thing):
                things = Thing.objects.visible_to(self.person, self.at).filter(pk__in=some)
                found |= {str(pk): kind for pk, kind in things.values_list("pk", "kind")}
                continue
            rows: Any = model._default_manager.select_related().filter(pk__in=some)
            is_guarded = hasattr(model, "hats_of")
            found |= {str(row.pk): "" for row in rows if not is_guarded or row.hats_of(self.person, self.at)}
        return found

    def bears(self, kind: str, thing: Content, coming: Coming) -> bool:
        """Return whether a thing can live here: what it cannot do without is there, and its place is free."""
        whole = thing["whole"]
        if whole and whole not in coming and whole not in self.here[Thing]:
            return False
        must = [one for one in _pointing(self.kinds[kind], thing) if not may_point_at_nothing(one[0])]
        if not all(self._is_there(one, value, coming) for one, value in must):
            return False
        place = _place_of(self.kinds[kind], thing)
        is_free = place is None or self.places.setdefault(place, thing["id"]) == thing["id"]
        return is_free and self._has_room(kind, thing)

    def _has_room(self, kind: str, thing: Content) -> bool:
        """Return whether what holds a thing can hold it too; asked again, it still can."""
        rooms = [
            (self.held[kind, name, str(thing.get(name) or thing["fields"].get(name))], most)
            for name, most in self.kinds[kind].MOST_IN
        ]
        has_room = all(len(inside) < most or thing["id"] in inside for inside, most in rooms)
        for inside, _most in rooms:
            if has_room:
                inside.add(thing["id"])
        return has_room

    def lost(self, kind: str, thing: Content, coming: Coming) -> dict[str, Any]:
        """Return what a thing pointed at that is not here."""
        pointing = _pointing(self.kinds[kind], thing)
        return {one.name: value for one, value in pointing if not self._is_there(one, value, coming)}

    def _is_there(self, one: Field, value: str, coming: Coming) -> bool:
        kind = getattr(refers(one), "KIND", "")
        found = self.here[_row_of(one)]
        if value in coming and _row_of(one) is Thing:
            return not kind or coming[value][0] == kind
        return value in found and (not kind or found[value] == kind)


def _row_of(one: Field) -> type[models.Model]:
    """Return the model in which the row a field points at is looked up: for things of any kind, the thing itself."""
    target = refers(one)
    assert target is not None  # noqa: S101  # narrows the type: only fields that point come here
    return Thing if issubclass(target, Thing) else target


def _pointing(kind: type[Thing], thing: Content) -> list[tuple[Field, str]]:
    values = thing["fields"]
    return [(one, str(values[one.name])) for one in fields_of(kind) if refers(one) and values.get(one.name)]


def _place_of(kind: type[Thing], thing: Content) -> tuple[Any, ...] | None:
    """Return the place of which there is one, when this kind has such places: a question, the goal of a route."""
    unique = [one.name for one in fields_of(kind) if one.unique]
    names = tuple(unique) or (kind.ONE_PER if thing["removed_at"] is None else None)
    return None if names is None else (kind.KIND, *(thing["fields"].get(name) for name in names))
