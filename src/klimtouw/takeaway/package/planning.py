"""Say, before anything changes, what a package would bring back and what not."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klimtouw.belongings.queries import kinds
from klimtouw.foundation.text import shortened
from klimtouw.people.models import Person
from klimtouw.takeaway.models import Brought
from klimtouw.takeaway.package.fields import texts_of
from klimtouw.takeaway.package.opening import NotAPackage
from klimtouw.takeaway.package.queries import Content, is_empty, own_things, settings_of
from klimtouw.takeaway.package.world import World, are_taken_unseen, owners_of


@dataclass
class Plan:
    """What a package brings: what comes back, what grows, what is here already, what stays as it is here."""

    comes: list[tuple[str, Content]] = field(default_factory=list)
    grows: list[tuple[str, Content]] = field(default_factory=list)
    stays: list[tuple[str, Content]] = field(default_factory=list)
    """Changed here since: what is here is not overwritten (C14)."""
    loose: list[tuple[str, Content]] = field(default_factory=list)
    """Hangs on something that is not here, or of a kind that does not exist here: kept, and taken along again."""
    same: int = 0
    references: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What a thing pointed at elsewhere and cannot point at here, by the id of the thing and the name of the field."""
    places: list[Content] = field(default_factory=list)
    settings: Content = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the package is here already."""
        return not (self.comes or self.grows or self.places or self.settings or self.loose)

    def in_words(self, part: list[tuple[str, Content]]) -> list[tuple[Any, int]]:
        """Return how many of each kind, in words, in the order of the house."""
        count, words = Counter(kind for kind, _thing in part), kinds()
        known = [(words[kind].KIND_WORD, count[kind]) for kind in words if kind in count]
        unknown = sum(number for kind, number in count.items() if kind not in words)
        return known + ([(_("of a kind that this Klimtouw does not know"), unknown)] if unknown else [])

    @property
    def coming(self) -> list[tuple[Any, int]]:
        """What comes back, per kind."""
        return self.in_words(self.comes)

    @property
    def growing(self) -> list[tuple[Any, int]]:
        """What becomes newer, per kind."""
        return self.in_words(self.grows)

    @property
    def hanging(self) -> list[tuple[Any, int]]:
        """What is kept without a place of its own, per kind."""
        return self.in_words(self.loose)

    @property
    def staying(self) -> list[tuple[Any, str]]:
        """What stays as it is here: its kind and a few words to know it by."""
        words = kinds()
        return [(words[kind].KIND_WORD, title_of(thing)) for kind, thing in self.stays]


def title_of(thing: Content) -> str:
    """Return a few words to know a thing by."""
    return next((shortened(text) for text in thing["words"].values() if text), "")


def plan_of(content: Content, person: Person, at: datetime) -> Plan:
    """Return what this package would bring to this person. Raises `NotAPackage` when it is somebody else's."""
    every = {thing["id"]: (kind, thing) for kind, found in content["things"].items() for thing in found}
    things = {pk: one for pk, one in every.items() if one[0] not in _passing_kinds()}
    if len(every) != sum(len(found) for found in content["things"].values()):
        raise NotAPackage(_("Something stands in this package twice."))
    taken = owners_of(things)
    is_of_another = any(owner != person.pk for owner, _kind in taken.values())
    if is_of_another or are_taken_unseen(things.keys() - taken.keys(), person, at):
        raise NotAPackage(
            _("There are things of somebody else in this package. You can bring in your own alone.")
        )
    if any(things[pk][0] != kind for pk, (_owner, kind) in taken.items()):
        raise NotAPackage(_("Something in this package is called otherwise than it is here."))
    if not all(_reads_well(kind, thing) for kind, thing in things.values()):
        raise NotAPackage(_("The words of something in this package cannot be read."))
    plan, mine = Plan(), own_things(person)
    known = {thing["id"]: thing for found in mine.values() for thing in found}
    _judge_known({pk: things[pk] for pk in taken}, known, plan)
    _place_new(
        {pk: one for pk, one in things.items() if pk not in taken}, known, plan, World(mine, person, at)
    )
    plan.places = _new_places(content["places"], person)
    if content["account"]["settings"] != settings_of(person):
        plan.settings = content["account"]["settings"]
    return plan


def _passing_kinds() -> set[str]:
    """Return the kinds that never come back: they were to end (R9)."""
    return {kind for kind, model in kinds().items() if not model.COMES_BACK}


def _reads_well(kind: str, thing: Content) -> bool:
    """Return whether the pages of a kind could print each wording of a thing; some kinds keep a form in one of their texts."""
    model = kinds().get(kind)
    if model is None:
        return True
    texts = dict.fromkeys(texts_of(model), "")
    try:
        wordings = [thing["words"], *(version["words"] for version in thing["versions"])]
        return all(isinstance(text, str) for one in wordings for text in model.in_print({**texts, **one}))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False


def _judge_known(things: dict[str, Any], known: dict[str, Content], plan: Plan) -> None:
    for pk, (kind, theirs) in things.items():
        if theirs == known[pk]:
            plan.same += 1
        elif _grew_from(known[pk], theirs):
            plan.grows.append((kind, theirs))
        else:
            plan.stays.append((kind, theirs))


def _grew_from(mine: Content, theirs: Content) -> bool:
    """Return whether what is here is an earlier wording of what comes, so that nothing is lost by taking the newer one."""
    earlier = {version["number"]: version["words"] for version in theirs["versions"]}
    older = {version["number"]: version["words"] for version in mine["versions"]}
    knows_all = all(earlier.get(number) == words for number, words in older.items())
    return mine["version"] < theirs["version"] and earlier.get(mine["version"]) == mine["words"] and knows_all


def _place_new(new: dict[str, Any], known: dict[str, Content], plan: Plan, world: World) -> None:
    """Find out which new things can live here: round after round, until none falls away any more."""
    world.look_up(new.values())
    coming = {pk: one for pk, one in new.items() if one[0] in world.kinds}
    while falling := [pk for pk, (kind, thing) in coming.items() if not world.bears(kind, thing, coming)]:
        for pk in falling:
            del coming[pk]
    for pk, (kind, thing) in new.items():
        if pk in coming:
            plan.comes.append((kind, thing))
            if lost := world.lost(kind, thing, coming):
                plan.references[pk] = lost
        elif known.get(pk) == thing:
            plan.same += 1
        else:
            plan.loose.append((kind, thing))


def _new_places(places: list[Content], person: Person) -> list[Content]:
    """Leave out what is told about this very account (it is here, and newer), and what is here already as new or newer."""
    known = dict(Brought.objects.filter(owner=person).values_list("account", "as_of"))
    found = []
    for place in places:
        account, as_of = UUID(place["account"]), datetime.fromisoformat(place["as_of"])
        if account != person.pk and not is_empty(place) and (account not in known or known[account] < as_of):
            found.append(place)
    return found
