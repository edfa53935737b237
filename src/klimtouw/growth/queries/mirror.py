"""The role mirror: which roles a coach took, and what coachees say that helped (T6).

For the coach alone. It shows moments, in own words and with their day; nothing in it is a number (V5, V27).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.belongings import gate
from klimtouw.belongings.paging import Page
from klimtouw.growth.models import WhatHelped
from klimtouw.growth.queries.reading import coach_roles
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.talks.models import CoachSentence
from klimtouw.talks.queries import kept_of

FURTHEST_BACK = 200
"""Of each sort, the newest: a mirror is for looking at oneself, not an archive."""
ON_A_PAGE = 20


@dataclass(frozen=True)
class Helped:
    """What a coachee says that helped in one talk, beside what the coach noted there."""

    thing: WhatHelped
    coachee: str
    roles: list[str]
    only_theirs: list[str]
    """Roles the coachee names and the coach did not."""
    only_mine: list[str]
    """Roles the coach noted and the coachee does not name."""
    is_noted: bool
    """Whether the coach noted a role in that talk."""


@dataclass(frozen=True)
class Moment:
    """A moment at which a coach chose a role, or a coachee said what helped."""

    at: datetime
    what: str
    roles: list[str]
    keys: frozenset[str]
    text: str
    helped: Helped | None = None

    @property
    def month(self) -> str:
        """The month it stands under."""
        return date_format(localtime(self.at), "F Y")


@dataclass(frozen=True)
class Mirror:
    """The mirror of one coach."""

    page: Page[Moment]
    taken: list[CoachRole]
    not_yet: list[CoachRole]

    @property
    def helped(self) -> list[WhatHelped]:
        """What of coachees stands on the page: opening it leaves a look."""
        return [moment.helped.thing for moment in self.page.rows if moment.helped]


def mirror_of(person: Person, at: datetime, *, role: str = "", number: int = 1) -> Mirror:
    """Return the mirror of one coach, the newest moment first; six queries."""
    roles = {one.key: one for one in coach_roles()}
    moments = sorted(_moments(person, at, roles), key=lambda moment: moment.at, reverse=True)
    taken = {key for moment in moments for key in moment.keys}
    shown = [moment for moment in moments if role in moment.keys or role not in roles]
    number = max(number, 1)
    start = (number - 1) * ON_A_PAGE
    rows = shown[start : start + ON_A_PAGE]
    return Mirror(
        page=Page(rows, number, len(shown) > start + ON_A_PAGE),
        taken=[one for one in roles.values() if one.key in taken],
        not_yet=[one for one in roles.values() if one.key not in taken],
    )


def _moments(person: Person, at: datetime, roles: dict[str, CoachRole]) -> Iterable[Moment]:
    def named(keys: Iterable[str]) -> list[str]:
        return [one.name for key, one in roles.items() if key in set(keys)]

    sentences = list(_newest(kept_of(CoachSentence).filter(owner=person)))
    helped = {one.talk_id: one for one in _helped(person, at)}
    for sentence in sentences:
        if sentence.role_keys or sentence.talk_id in helped:
            beside = helped.pop(sentence.talk_id, None)
            said = _beside(beside, sentence.role_keys, named) if beside else None
            keys = frozenset(sentence.role_keys)
            yield Moment(
                sentence.created_at, _("after a talk"), named(keys), keys, sentence.text, helped=said
            )
    for alone in helped.values():
        said = _beside(alone, [], named)
        yield Moment(alone.created_at, _("after a talk"), [], frozenset(), "", helped=said)
    for model, what in ((Reply, _("in a reply")), (Suggestion, _("in a suggestion"))):
        kept: Any = model.objects  # declared on Thing: mypy does not see the fields of the kind
        for one in _newest(kept.kept().filter(owner=person).exclude(role=None)):
            yield Moment(
                one.created_at, what, named([one.role_id]), frozenset({one.role_id}) & roles.keys(), one.text
            )


def _newest(things: Any) -> Any:
    return things.order_by("-created_at", "-pk")[:FURTHEST_BACK]


def _helped(person: Person, at: datetime) -> list[WhatHelped]:
    """Return what coachees share now of what helped: after the end a coach reads nothing of it any more (V24)."""
    shared = kept_of(WhatHelped).filter(gate.readable_by(person, at)).exclude(owner=person)
    return list(_newest(shared.select_related("owner")))


def _beside(thing: WhatHelped, mine: list[str], named: Any) -> Helped:
    theirs = thing.role_keys
    return Helped(
        thing=thing,
        coachee=thing.owner.name,
        roles=named(theirs),
        only_theirs=named(set(theirs) - set(mine)),
        only_mine=named(set(mine) - set(theirs)),
        is_noted=bool(mine),
    )
