"""What stands in the package, in words for its pages: the same for every kind, and a little more for the kinds we know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import kinds
from klimtouw.takeaway.package.fields import fields_of, refers, texts_of
from klimtouw.takeaway.package.filing import path_of
from klimtouw.takeaway.package.queries import Content

SAFE = re.compile(r"[^a-z0-9_]")

YES: Mapping[str, Promise] = {
    "is_done": _("done"),
    "is_detour": _("a detour"),
    "is_chosen": _("chosen"),
    "is_own": _("an own idea"),
}
"""What a yes means; any other yes or no stands in the data alone."""


@dataclass(frozen=True)
class Link:
    """Another thing this one belongs to."""

    address: str
    kind: Any
    text: str


@dataclass(frozen=True)
class Shared:
    """With whom a thing was shared, and until when."""

    names: list[str]
    since: datetime
    until: datetime | None
    is_over: bool


@dataclass(frozen=True)
class Earlier:
    """An earlier wording."""

    number: int
    written_at: datetime
    texts: list[str]


@dataclass(frozen=True)
class Written:
    """One thing as a page prints it."""

    id: str
    kind: Any
    texts: list[str]
    facts: list[Any]
    links: list[Link]
    created_at: datetime
    put_away_at: datetime | None = None
    shares: list[Shared] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    by: str = ""
    file: str = ""
    is_photo: bool = False


class Book:
    """Everything in a package, ready to be looked up."""

    def __init__(self, content: Content) -> None:
        self.content, self.kinds = content, kinds()
        self.things = {
            thing["id"]: (kind, thing) for kind, found in content["things"].items() for thing in found
        }
        self.names = {
            person["id"]: person["name"] for place in content["places"] for person in place["people"]
        }
        self.files = {
            kind: f"kind-{SAFE.sub('_', kind.lower())[:40]}.html" for kind in sorted(content["things"])
        }
        self.shares: dict[str, list[Content]] = {}
        for place in content["places"]:
            for share in place["shares"]:
                self.shares.setdefault(share["thing"], []).append(share)

    def file_of(self, kind: str) -> str:
        """Return the page on which things of a kind stand."""
        return self.files[kind]

    def kind_word(self, kind: str) -> Any:
        """Return what a kind is called."""
        return self.kinds[kind].KIND_WORD if kind in self.kinds else kind

    def title(self, kind: str, thing: Content) -> str:
        """Return a few words to know a thing by."""
        return next((text for text in self.texts(kind, thing["words"]) if text), "")[:80]

    def link_to(self, id: str) -> Link | None:
        """Return the way to a thing in this package."""
        if id not in self.things:
            return None
        kind, thing = self.things[id]
        return Link(f"{self.file_of(kind)}#{id}", self.kind_word(kind), self.title(kind, thing))

    def texts(self, kind: str, words: Mapping[str, str]) -> list[str]:
        """Return the texts of one wording as they are read."""
        model = self.kinds.get(kind)
        if model is None:
            return [text for text in words.values() if text]
        return model.in_print({**dict.fromkeys(texts_of(model), ""), **words})

    def written(self, kind: str, thing: Content, *, by: str = "") -> Written:
        """Return one thing as a page prints it."""
        removed = thing.get("removed_at")
        return Written(
            id=thing["id"],
            kind=self.kind_word(kind),
            texts=self.texts(kind, thing["words"]),
            facts=self._facts(kind, thing),
            links=self._links(kind, thing),
            created_at=datetime.fromisoformat(thing["created_at"]),
            put_away_at=datetime.fromisoformat(removed) if removed else None,
            shares=[self._shared(share) for share in self.shares.get(thing["id"], ())],
            earlier=[self._earlier(kind, version) for version in reversed(thing.get("versions", ()))],
            by=by,
            file=path_of(thing),
            is_photo=thing["fields"].get("sort") == "photo",
        )

    def _facts(self, kind: str, thing: Content) -> list[Any]:
        model = self.kinds.get(kind)
        facts = [_fact(one, thing["fields"].get(one.name)) for one in fields_of(model)] if model else []
        return [fact for fact in facts if fact]

    def _links(self, kind: str, thing: Content) -> list[Link]:
        model = self.kinds.get(kind)
        pointing = [one.name for one in fields_of(model) if _points_at_a_thing(one)] if model else []
        ids = dict.fromkeys(
            id for id in (thing["whole"], *(thing["fields"].get(name) for name in pointing)) if id
        )
        return [link for link in map(self.link_to, ids) if link]

    def _shared(self, share: Content) -> Shared:
        until = share["until"]
        return Shared(
            names=[self.names[id] for id in share["with"] if id in self.names],
            since=datetime.fromisoformat(share["since"]),
            until=datetime.fromisoformat(until) if until else None,
            is_over=share["revoked_at"] is not None,
        )

    def _earlier(self, kind: str, version: Content) -> Earlier:
        moment = datetime.fromisoformat(version["written_at"])
        return Earlier(version["number"], moment, self.texts(kind, version["words"]))


def _points_at_a_thing(one: Any) -> bool:
    target = refers(one)
    return target is not None and issubclass(target, Thing)


def _fact(one: Any, value: Any) -> Any:
    """Return what a field says in words; empty when it says nothing."""
    if isinstance(one, models.BooleanField):
        return YES.get(one.name, "") if value else ""
    return dict(one.flatchoices).get(value, "") if value and one.choices else ""
