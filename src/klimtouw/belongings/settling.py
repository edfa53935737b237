"""Save a form of words; when two texts stood side by side, do with them what their writer chose (C14)."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from klimtouw.belongings.actions import keep_the_other
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person

T = TypeVar("T", bound=Thing | None)


def settled(form: ThingForm, save: Callable[[], T], *, by: Person, at: datetime) -> T:
    """Save what a form holds; or let the other text stand, with this one among its earlier versions.

    Raises `ChangedMeanwhile` when yet another text stands there since.
    """
    if not form.keeps_the_other:
        return save()
    kept: T = keep_the_other(form.cleaned_data["id"], by=by, at=at, seen=form.seen_version, **form.words)
    return kept
