"""Read choice moments and their options."""

from datetime import datetime
from uuid import UUID

from klimtouw.climb.models import ChoiceMoment, Goal, Option
from klimtouw.climb.queries.climb import kept_and_visible, own, visible
from klimtouw.people.models import Person


def choice(person: Person, at: datetime, choice: UUID) -> ChoiceMoment:
    """Find a choice moment this person may read. Its goal is not loaded along: that is shared on its own."""
    return visible(ChoiceMoment, person, at, choice)


def option(person: Person, at: datetime, option: UUID) -> Option:
    """Find an option this person may read."""
    return visible(Option, person, at, option)


def options_of(moment: ChoiceMoment, person: Person, at: datetime) -> list[Option]:
    """Return the options of a choice moment in order, as far as this person may read them."""
    options = Option.objects.visible_to(person, at).kept().filter(whole=moment.pk, kind=Option.KIND)
    return list(options.order_by("position", "created_at", "pk"))


def choices_of(person: Person) -> list[ChoiceMoment]:
    """Return this person's own choice moments: those still open first, then the newest."""
    found = list(own(ChoiceMoment, person).order_by("-created_at", "-pk"))
    return sorted(found, key=lambda moment: moment.decided_on is not None)


def goal_behind(moment: ChoiceMoment, person: Person, at: datetime) -> Goal | None:
    """Return the goal it hangs on, when this person may read that goal too."""
    return kept_and_visible(Goal, person, at, moment.goal_id) if moment.goal_id else None
