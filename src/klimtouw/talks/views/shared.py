"""What every page about a talk does: print, act kindly, and keep words without losing any."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Hat
from klimtouw.belongings.actions import ChangedMeanwhile, StandsAsGiven
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.settling import settled
from klimtouw.belongings.trash import with_undo
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.models import AboutTalk, Talk


def show(request: PersonRequest, template: str, talk: Talk, **context: Any) -> HttpResponse:
    """Print a page about one talk, with the one at the other end of the rope; for whoever asks, or for its `reader` in an example."""
    relation = talk.relation
    reader = context.pop("reader", request.person)
    always = {"talk": talk, "relation": relation, "reader": reader, "other": relation.other(reader)}
    return render(request, f"talks/{template}.html", {**always, **context})


def reads_as(relation: Relation, request: PersonRequest) -> frozenset[Hat]:
    """Return the hat through which somebody reads what the other one put on the bond of their relation."""
    is_coach = relation.side_of(request.person) == Side.COACH
    return frozenset({Hat.COACH_ONCE_SHARED if is_coach else Hat.COACHEE_ONCE_SHARED})


def kindly(request: PersonRequest, done: str, act: Callable[..., object], **values: Any) -> bool:
    """Do it and say what was done; when somebody was first, say so kindly instead."""
    try:
        act(by=request.person, at=request.at, **values)
    except actions.Overtaken as overtaken:
        messages.warning(request, str(overtaken.words))
        return False
    messages.success(request, done)
    return True


def kept(request: PersonRequest, form: ThingForm, write: Callable[..., AboutTalk], **values: Any) -> bool:
    """Keep the words, and share as the button says; two tabs that differ are put side by side."""
    by, at, words = request.person, request.at, form.fields_of_thing
    try:
        thing = settled(
            form, lambda: write(by=by, at=at, seen=form.seen_version, **values, **words), by=by, at=at
        )
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    except (actions.Overtaken, StandsAsGiven) as overtaken:
        messages.warning(request, str(overtaken.words))
        return False
    _share_as_asked(request, thing)
    messages.success(request, _("Kept."))
    return True


def _share_as_asked(request: PersonRequest, thing: AboutTalk) -> None:
    """Sharing is an act of its own: only the button that says so shares, only the button that says so stops (V12)."""
    try:
        if "share" in request.POST:
            actions.share_with_other(thing, by=request.person, at=request.at)
        if "unshare" in request.POST:
            actions.keep_to_oneself(thing, by=request.person, at=request.at)
    except actions.NothingToShareOnto as nothing:
        messages.warning(request, str(nothing.words))


def taken_away(request: PersonRequest, thing: AboutTalk) -> HttpResponse:
    """Put something away and go back to its talk."""
    actions.take_away(thing, by=request.person, at=request.at)
    messages.success(request, with_undo(_("Taken away."), thing))
    return redirect(thing.get_absolute_url())
