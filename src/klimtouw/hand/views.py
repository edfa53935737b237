"""The pages of the outstretched hand: a note for the coachee, an idea for the coach."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.hand import actions
from klimtouw.hand.queries import reached
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.models import Relation


@changes(Action.ANSWER_HAND, find=reached)
def note(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Ask a coachee kindly how it goes, with three answers that are all fine."""
    wish = request.POST.get("wish", "")
    if request.method == "POST" and wish == "well":
        actions.say_all_is_well(relation, by=request.person, at=request.at)
        messages.success(request, _("Good to know. It stays quiet for a while."))
        return redirect("home")
    if request.method == "POST" and wish in ("plan", "other"):
        actions.take_the_hand(relation, by=request.person, at=request.at)
        return redirect("talks:propose" if wish == "plan" else "hand:other", relation.pk)
    if request.method == "POST" and wish == "mute":
        return _muted(request, relation, as_coach=False)
    return render(request, "hand/note.html", {"relation": relation, "other": relation.coach})


def _muted(request: PersonRequest, relation: Relation, *, as_coach: bool) -> HttpResponse:
    actions.ask_no_more(relation, by=request.person, at=request.at, as_coach=as_coach)
    messages.success(request, _("We ask this no more. You can change that in your settings."))
    return redirect("home")


@shows(Action.ANSWER_HAND, find=reached)
def other(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show the ways to somebody else: neutral, without a reason (R5, V8)."""
    return render(request, "hand/other.html", {"relation": relation, "other": relation.coach})


@changes(Action.SEE_HAND_IDEA, find=reached)
def idea(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Give a coach an idea for a kind word, and no words (V19)."""
    if request.method == "POST" and request.POST.get("wish") == "mute":
        return _muted(request, relation, as_coach=True)
    return render(request, "hand/idea.html", {"relation": relation, "other": relation.coachee})
