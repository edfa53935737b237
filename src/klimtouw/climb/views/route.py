"""Pages and acts of a route. Every act has an address of its own and leads back to its stage on the page."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.actions import reword
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import only_you
from klimtouw.belongings.trash import with_undo
from klimtouw.climb.actions import route as actions
from klimtouw.climb.choices import StageState
from klimtouw.climb.forms.route import (
    DetourForm,
    DoneForm,
    MarkForm,
    MoveForm,
    NewStageForm,
    OpportunityForm,
    ParkedForm,
    SplitForm,
    StageForm,
    StateForm,
    StepForm,
    TakeOverForm,
    WeatherForm,
)
from klimtouw.climb.models import Goal, Route, Stage, Step
from klimtouw.climb.queries import route as queries
from klimtouw.climb.queries.climb import route_to
from klimtouw.climb.queries.opened import Opened
from klimtouw.climb.route_parts import drawing_of
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.replies.models import Suggestion
from klimtouw.replies.queries import suggestion as suggestion_of

# Pages.


@shows(Action.READ, find=queries.route_page)
def route(request: PersonRequest, opened: Opened[Route]) -> HttpResponse:
    """Show the mountain and the equal list of stages (C7); a coach sees the same without any control (V1)."""
    return _page_of_route(request, opened, NewStageForm())


def _page_of_route(request: PersonRequest, opened: Opened[Route], form: NewStageForm) -> HttpResponse:
    """Print the page, with what its address asks to unfold or to look at."""
    unfolded, looked_at = request.GET.get("open", ""), request.GET.get("at", "")
    eyes = Eyes(request.person, request.at)
    return show(request, pages.of_route(opened, eyes, form=form, unfolded=unfolded, looked_at=looked_at))


@changes(Action.WRITE, find=queries.goal_to_reach)
def route_begin(request: PersonRequest, goal: Goal) -> HttpResponse:
    """Invite to write the first small stage; that begins the route."""
    if begun := route_to(goal, request.person, request.at):
        return redirect(begun) if request.method != "POST" else _add_stage(request, begun)
    form = NewStageForm(request.POST or None, readers=only_you())
    if request.method == "POST" and form.is_valid():
        stage = actions.add_stage(goal, by=request.person, at=request.at, **form.new)
        return redirect("climb:route", stage.whole_id)
    drawing = drawing_of(goal.pk, goal, [], climber=goal.owner, viewer=request.person, at=request.at)
    return render(request, "climb/route_begin.html", {"goal": goal, "form": form, "drawing": drawing})


@changes(Action.WRITE, find=queries.route)
def stage_new(request: PersonRequest, route: Route) -> HttpResponse:
    """Add a stage at the end of the route."""
    return _add_stage(request, route) if request.method == "POST" else redirect(route)


def _add_stage(request: PersonRequest, route: Route) -> HttpResponse:
    form = NewStageForm(request.POST)
    if not form.is_valid():
        opened = queries.route_page(request.person, request.at, route.pk)
        return _page_of_route(request, opened, form)
    try:
        return redirect(actions.add_stage(route, by=request.person, at=request.at, **form.new))
    except actions.NoRoomLeft:
        form.no_room_left()
    return _page_of_route(request, queries.route_page(request.person, request.at, route.pk), form)


@changes(Action.WRITE, find=queries.stage)
def stage(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Say a stage in other words, with an optional "if … then I …" line."""
    form = StageForm(request.POST or None, thing=stage, readers=readers_of_one(stage, request.at))
    by, at = request.person, request.at
    if saved(
        request, form, lambda: reword(stage, by=by, at=at, seen=form.seen_version, **form.fields_of_thing)
    ):
        return redirect(stage)
    return render(request, "climb/stage.html", {"form": form, "stage": stage})


@changes(Action.WRITE, find=queries.stage)
def stage_detour(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Take a detour after a stage."""
    form = DetourForm(request.POST or None, readers=readers_of_one(stage, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.take_detour(stage, by=request.person, at=request.at, **form.new))
        except actions.NoRoomLeft:
            form.no_room_left()
    return render(request, "climb/stage_detour.html", {"form": form, "stage": stage})


@changes(Action.WRITE, find=queries.stage)
def stage_split(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Make two stages of one; some steps go along to the second."""
    steps, readers = queries.steps_in(stage), readers_of_one(stage, request.at)
    form = SplitForm(request.POST or None, thing=stage, steps=steps, readers=readers)
    by, at = request.person, request.at
    try:
        if saved(
            request,
            form,
            lambda: actions.split_stage(stage, by=by, at=at, seen=form.seen_version, **form.halves),
        ):
            return redirect(stage)
    except actions.NoRoomLeft:
        form.no_room_left()
    return render(request, "climb/stage_split.html", {"form": form, "stage": stage})


@changes(Action.WRITE, find=queries.route)
def opportunity_new(request: PersonRequest, route: Route) -> HttpResponse:
    """Note a chance beside the route, outside the order."""
    form = OpportunityForm(request.POST or None, readers=readers_of_one(route, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            stage = actions.note_opportunity(route, by=request.person, at=request.at, **form.new)
            return _back_to(stage, at=str(stage.pk))
        except actions.NoRoomLeft:
            form.no_room_left()
    return render(request, "climb/opportunity_new.html", {"form": form, "route": route})


@changes(Action.WRITE, find=queries.stage)
def step_new(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Add a step to a stage."""
    form = StepForm(request.POST or None, readers=readers_of_one(stage, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_step(stage, by=request.person, at=request.at, **form.new)
            return _back_to(stage, open=str(stage.pk))
        except actions.NoRoomLeft:
            form.no_room_left()
    return render(request, "climb/step_new.html", {"form": form, "stage": stage})


@changes(Action.WRITE, find=queries.step)
def step(request: PersonRequest, step: Step) -> HttpResponse:
    """Say a step in other words, or take it off the route."""
    form = StepForm(request.POST or None, thing=step, readers=readers_of_one(step, request.at))
    by, at = request.person, request.at
    if saved(
        request, form, lambda: reword(step, by=by, at=at, seen=form.seen_version, **form.fields_of_thing)
    ):
        return redirect(step)
    return render(request, "climb/step.html", {"form": form, "step": step})


@changes(Action.ANSWER_SUGGESTION, find=suggestion_of)
def take_suggestion(request: PersonRequest, suggestion: Suggestion) -> HttpResponse:
    """Take a suggestion over in own words (C11); the field starts empty."""
    place = queries.place_for(suggestion, request.person, request.at)
    form = TakeOverForm(request.POST or None, readers=readers_of_one(place, request.at))
    if request.method == "POST" and form.is_valid():
        by, at = request.person, request.at
        try:
            return redirect(actions.take_over(suggestion, beside=place, by=by, at=at, **form.new))
        except actions.NotInOwnWords:
            form.not_in_own_words()
        except actions.NoRoomLeft:
            form.no_room_left()
    context = {"form": form, "suggestion": suggestion, "place": place, "is_step": isinstance(place, Stage)}
    return render(request, "climb/take_suggestion.html", context)


# Acts: buttons of the page. Asked for by GET they only lead back.


@changes(Action.WRITE, find=queries.stage)
def stage_state(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Say that a stage is reached, ahead or parked."""
    if request.method == "POST":
        state = _sent(StateForm, request)["state"]
        actions.set_state(stage, by=request.person, at=request.at, state=state)
        return _back_to(stage, at=str(stage.pk)) if state == StageState.PARKED else redirect(stage)
    return redirect(stage)


@changes(Action.WRITE, find=queries.stage)
def stage_mark(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Mark a stage as a turning point or an opportunity, or take the mark off."""
    if request.method == "POST":
        mark = _sent(MarkForm, request)["mark"]
        actions.set_mark(stage, by=request.person, at=request.at, mark=mark)
        return _back_to(stage, open=str(stage.pk))
    return redirect(stage)


@changes(Action.WRITE, find=queries.stage)
def stage_weather(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Say what the weather was on a stage, or take that back."""
    if request.method == "POST":
        weather = _sent(WeatherForm, request)["weather"]
        actions.set_weather(stage, by=request.person, at=request.at, weather=weather)
        return _back_to(stage, open=str(stage.pk))
    return redirect(stage)


@changes(Action.WRITE, find=queries.stage)
def stage_move(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Move a stage one place, or right before another one (drawn there with a mouse or a finger)."""
    if request.method != "POST":
        return redirect(stage)
    sent = _sent(MoveForm, request)
    if sent["to"] == "before":
        return _placed(request, stage, sent["before"])
    actions.move_stage(stage, by=request.person, at=request.at, is_later=sent["to"] == "later")
    return redirect(stage)


def _placed(request: PersonRequest, stage: Stage, before: UUID | None) -> HttpResponse:
    try:
        actions.place_stage(stage, by=request.person, at=request.at, before=before)
    except actions.TheOrderChanged:
        messages.warning(
            request,
            _("Your route was changed elsewhere meanwhile. This is how it stands now: move the stage again."),
        )
    return redirect(stage)


@changes(Action.WRITE, find=queries.stage)
def stage_remove(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Take a stage off the route; it stays at hand under the list."""
    if request.method == "POST":
        actions.remove_stage(stage, by=request.person, at=request.at)
        messages.success(request, with_undo(_("Taken off the route."), stage))
        return _back_to(stage, open="aside")
    return redirect(stage)


@changes(Action.WRITE, find=queries.stage)
def stage_put_back(request: PersonRequest, stage: Stage) -> HttpResponse:
    """Put a stage back where it was."""
    if request.method == "POST":
        actions.put_back_stage(stage, by=request.person, at=request.at)
        return _back_to(stage, at=str(stage.pk))
    return redirect(stage)


@changes(Action.WRITE, find=queries.step)
def step_done(request: PersonRequest, step: Step) -> HttpResponse:
    """Say that a step is done, or not yet."""
    if request.method == "POST":
        is_done = _sent(DoneForm, request)["done"] == "yes"
        actions.set_done(step, by=request.person, at=request.at, is_done=is_done)
    return redirect(step)


@changes(Action.WRITE, find=queries.step)
def step_park(request: PersonRequest, step: Step) -> HttpResponse:
    """Park a step for now, or take it up again."""
    if request.method == "POST":
        is_parked = _sent(ParkedForm, request)["parked"] == "yes"
        actions.set_parked(step, by=request.person, at=request.at, is_parked=is_parked)
    return redirect(step)


@changes(Action.WRITE, find=queries.step)
def step_remove(request: PersonRequest, step: Step) -> HttpResponse:
    """Take a step off the route; it stays at hand under the list."""
    if request.method == "POST":
        actions.remove_step(step, by=request.person, at=request.at)
        messages.success(request, with_undo(_("Taken off the route."), step))
        return _back_to(step, open="aside")
    return redirect(step)


@changes(Action.WRITE, find=queries.step)
def step_put_back(request: PersonRequest, step: Step) -> HttpResponse:
    """Put a step back in its stage."""
    if request.method == "POST":
        actions.put_back_step(step, by=request.person, at=request.at)
        return _back_to(step, at=str(step.stage_id))
    return redirect(step)


def _sent(form: type[forms.Form], request: PersonRequest) -> dict[str, Any]:
    """Return what a button sent; what no button sends is a page that does not exist."""
    sent = form(request.POST)
    if not sent.is_valid():
        raise Http404
    return sent.cleaned_data


def _back_to(part: Stage | Step, **shown: str) -> HttpResponse:
    """Lead back to a part of the route: with something unfolded (`open`), or with the focus on a stage (`at`)."""
    address, fragment = part.get_absolute_url().split("#")
    return redirect(
        f"{address}?{urlencode(shown)}#{'put-aside' if shown.get('open') == 'aside' else fragment}"
    )
