"""Pages about a route as a whole: the routes to one goal beside each other, how a route was, and a sheet to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.actions import reword
from klimtouw.belongings.readers import only_you
from klimtouw.belongings.trash import with_undo
from klimtouw.climb.actions import route as actions
from klimtouw.climb.forms.route import RouteForm
from klimtouw.climb.models import Goal, Route
from klimtouw.climb.queries import route as queries
from klimtouw.climb.queries.opened import Opened
from klimtouw.climb.route_parts import sheet_of
from klimtouw.climb.views.saving import readers_of_one, saved
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest


@shows(Action.WRITE, find=queries.goal_to_reach)
def routes(request: PersonRequest, goal: Goal) -> HttpResponse:
    """Lay the routes to a goal beside each other, each with what speaks for and against it; for their owner alone."""
    return render(request, "climb/routes.html", {"goal": goal, "routes": queries.routes_to(goal)})


@changes(Action.WRITE, find=queries.goal_to_reach)
def route_new(request: PersonRequest, goal: Goal) -> HttpResponse:
    """Put another way beside the chosen one."""
    form = RouteForm(request.POST or None, readers=only_you())
    if request.method == "POST" and form.is_valid():
        words, id = form.fields_of_thing, form.cleaned_data["id"]
        try:
            return redirect(actions.add_route(goal, by=request.person, at=request.at, id=id, **words))
        except actions.NoRoomLeft:
            form.no_room_left()
    return render(request, "climb/route_words.html", {"goal": goal, "form": form})


@changes(Action.WRITE, find=queries.own_route)
def route_words(request: PersonRequest, route: Route) -> HttpResponse:
    """Name a route, and say what speaks for it and against it."""
    form = RouteForm(request.POST or None, thing=route, readers=readers_of_one(route, request.at))
    by, at = request.person, request.at
    if saved(
        request, form, lambda: reword(route, by=by, at=at, seen=form.seen_version, **form.fields_of_thing)
    ):
        return redirect("climb:routes", route.goal_id)
    return render(request, "climb/route_words.html", {"goal": route.goal, "route": route, "form": form})


@changes(Action.WRITE, find=queries.own_route)
def route_choose(request: PersonRequest, route: Route) -> HttpResponse:
    """Choose the route one climbs; on GET ask for the one button that does it."""
    if request.method != "POST":
        return render(request, "climb/route_choose.html", {"route": route})
    if before := actions.choose_route(route, by=request.person, at=request.at):
        undo = format_html('<a href="{}">{}</a>', reverse("climb:route_choose", args=[before.pk]), _("Undo"))
        messages.success(request, format_html("{} {}", _("This is the route you climb now."), undo))
    return redirect(route)


@changes(Action.WRITE, find=queries.own_route)
def route_remove(request: PersonRequest, route: Route) -> HttpResponse:
    """Put a possible route away; it lies in the trash and can be taken back."""
    if request.method == "POST":
        try:
            actions.remove_route(route, by=request.person, at=request.at)
            messages.success(request, with_undo(_("Put away."), route))
        except actions.ItIsChosen:
            messages.warning(request, _("This is the route you climb. Choose another one first."))
    return redirect("climb:routes", route.goal_id)


@shows(Action.WRITE, find=queries.route)
def route_before(request: PersonRequest, route: Route) -> HttpResponse:
    """Show how a route stood on earlier days; for its owner alone."""
    context = {"route": route, "pictures": queries.pictures_of(route)}
    return render(request, "climb/route_before.html", context)


@shows(Action.WRITE, find=queries.route_page)
def route_print(request: PersonRequest, opened: Opened[Route]) -> HttpResponse:
    """Show one sheet with the mountain and the next step, to print on A4 or A3 (C7)."""
    return render(request, "climb/route_print.html", sheet_of(opened, request.person, request.at))
