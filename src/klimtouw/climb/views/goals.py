"""Pages of a dream and of a goal: read it, write it, say it in other words, say where it stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from klimtouw.access.table import Action
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import only_you
from klimtouw.climb.actions.goals import (
    move_dream,
    move_goal,
    reword_dream,
    reword_goal,
    write_dream,
    write_goal,
)
from klimtouw.climb.choices import DreamState, GoalState
from klimtouw.climb.forms.goals import DreamForm, DreamMoveForm, GoalForm, GoalMoveForm
from klimtouw.climb.models import Dream, Goal
from klimtouw.climb.queries import climb as queries
from klimtouw.climb.queries import story as stories
from klimtouw.climb.queries.opened import Opened
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved, saved_for
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.replies.views_asking import for_whom


@shows(Action.READ, find=queries.dream)
def dream(request: PersonRequest, dream: Dream) -> HttpResponse:
    """Show a dream, and the goals that serve it as far as one may read them."""
    return show(request, pages.of_dream(dream, Eyes(request.person, request.at)))


@changes(Action.WRITE_OWN, find=yourself)
def dream_new(request: PersonRequest, person: Person) -> HttpResponse:
    """Write a new dream."""
    form, whom = DreamForm(request.POST or None, readers=only_you()), for_whom(request)
    if kept := saved_for(request, form, whom, lambda: write_dream(by=person, at=request.at, **form.new)):
        return redirect(kept)
    return render(request, "climb/dream_write.html", {"form": form, "thing": None, "whom": whom})


@changes(Action.WRITE, find=queries.dream)
def dream_edit(request: PersonRequest, dream: Dream) -> HttpResponse:
    """Say a dream in other words."""
    form = DreamForm(request.POST or None, thing=dream, readers=readers_of_one(dream, request.at))
    who, at = request.person, request.at
    if saved(request, form, lambda: reword_dream(dream, by=who, at=at, **form.reworded)):
        return redirect(dream)
    return render(request, "climb/dream_write.html", {"form": form, "thing": dream})


@changes(Action.WRITE, find=queries.dream)
def dream_move(request: PersonRequest, dream: Dream) -> HttpResponse:
    """Let a dream rest, let it go, or take it up again."""
    if request.method == "POST":
        form = DreamMoveForm(request.POST)
        if not form.is_valid():
            raise Http404
        to: DreamState = form.cleaned_data["to"]
        move_dream(dream, by=request.person, at=request.at, to=to)
        messages.success(request, str(to.moved))
    return redirect(dream)


@shows(Action.READ, find=queries.goal_page)
def goal(request: PersonRequest, opened: Opened[Goal]) -> HttpResponse:
    """Show a goal; its dream only to who may read that too (V1: without any control for a coach)."""
    return show(request, pages.of_goal(opened, Eyes(request.person, request.at)))


@changes(Action.WRITE_OWN, find=yourself)
def goal_new(request: PersonRequest, person: Person) -> HttpResponse:
    """Write a new goal."""
    dreams, serves = queries.dreams_to_link(person), {"dream_id": request.GET.get("dream", "")}
    form = GoalForm(request.POST or None, dreams=dreams, initial=serves, readers=only_you())
    whom = for_whom(request)
    if kept := saved_for(request, form, whom, lambda: write_goal(by=person, at=request.at, **form.new)):
        return redirect(kept)
    return render(request, "climb/goal_write.html", {"form": form, "thing": None, "whom": whom})


@changes(Action.WRITE, find=queries.goal)
def goal_edit(request: PersonRequest, goal: Goal) -> HttpResponse:
    """Say a goal in other words, or hang it on another dream."""
    dreams = queries.dreams_to_link(request.person, goal.dream_id)
    form = GoalForm(request.POST or None, thing=goal, dreams=dreams, readers=readers_of_one(goal, request.at))
    who, at = request.person, request.at
    if saved(request, form, lambda: reword_goal(goal, by=who, at=at, **form.reworded)):
        return redirect(goal)
    return render(request, "climb/goal_write.html", {"form": form, "thing": goal})


@shows(Action.SEE_HISTORY, find=stories.with_a_story)
def story(request: PersonRequest, thing: Dream | Goal) -> HttpResponse:
    """Tell the story of a dream or goal to its owner."""
    chapters = stories.story_of(thing)
    return render(request, "climb/story.html", {"thing": thing, "chapters": chapters})


@changes(Action.WRITE, find=queries.goal)
def goal_move(request: PersonRequest, goal: Goal) -> HttpResponse:
    """Say where a goal stands; every move can be made back."""
    if request.method == "POST":
        form = GoalMoveForm(request.POST)
        if not form.is_valid():
            raise Http404
        to: GoalState = form.cleaned_data["to"]
        move_goal(goal, by=request.person, at=request.at, to=to)
        messages.success(request, str(to.moved))
    return redirect(goal)
