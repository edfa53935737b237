"""Pages on which somebody ties a goal to framework goals, and the own overview of it (C3, C4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.actions import remove, reword
from klimtouw.belongings.trash import with_undo
from klimtouw.climb.actions.framework_links import link_to_framework
from klimtouw.climb.forms.framework_links import FrameworkLinkForm
from klimtouw.climb.models import FrameworkLink, Goal
from klimtouw.climb.queries import climb
from klimtouw.climb.queries import framework_links as queries
from klimtouw.climb.views.saving import readers_of_one, saved
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.frameworks.forms import LookForm
from klimtouw.programmes.frameworks.queries import found_in, level_of, offered_to


@shows(Action.SEE_OWN_PAGES, find=yourself)
def framework_overview(request: PersonRequest, person: Person) -> HttpResponse:
    """Show which framework goals one's own goals touch; there is no such page about anybody else (V6)."""
    return render(request, "climb/framework_overview.html", {"overview": queries.overview_of(person)})


@shows(Action.WRITE, find=climb.goal)
def framework_choose(request: PersonRequest, goal: Goal) -> HttpResponse:
    """Show the frameworks of one's schools; with one alone, that one at once."""
    offered = offered_to(request.person)
    if len(offered) == 1:
        return redirect("climb:framework_browse", goal.pk, offered[0].framework.pk)
    return render(request, "climb/framework_choose.html", {"thing": goal, "offered": offered})


@shows(Action.WRITE, find=queries.goal_and_framework)
def framework_browse(request: PersonRequest, found: queries.OfGoal) -> HttpResponse:
    """Look for a framework goal: through the tree, or by a word of it."""
    offered = found.offered
    assert offered is not None  # noqa: S101  # narrows the type: this finder finds one
    under, page, words = LookForm(request.GET).place
    context = {
        "thing": found.goal,
        "framework": offered.framework,
        "version": offered.version,
        "here": reverse("climb:framework_browse", args=[found.goal.pk, offered.framework.pk]),
        "choose": "climb:framework_link_new",
        "words": words,
        "found": found_in(offered.version, words) if words else None,
        "level": level_of(offered.version, under, page),
    }
    return render(request, "climb/framework_browse.html", context)


@changes(Action.WRITE, find=queries.goal_and_framework_goal)
def framework_link_new(request: PersonRequest, found: queries.OfGoal) -> HttpResponse:
    """Say that a goal is one's way to a framework goal, in own words if wanted."""
    goal, framework_goal, by, at = found.goal, found.framework_goal, request.person, request.at
    assert framework_goal is not None  # noqa: S101  # narrows the type: this finder finds one
    form = FrameworkLinkForm(request.POST or None, readers=readers_of_one(goal, at))
    if kept := saved(
        request, form, lambda: link_to_framework(goal, framework_goal, by=by, at=at, **form.new)
    ):
        return redirect(kept)
    context = {"form": form, "goal": goal, "framework_goal": framework_goal, "thing": None}
    return render(request, "climb/framework_link.html", context)


@changes(Action.WRITE, find=queries.link)
def framework_link(request: PersonRequest, link: FrameworkLink) -> HttpResponse:
    """Say in other words why a goal is the way to a framework goal."""
    by, at = request.person, request.at
    form = FrameworkLinkForm(request.POST or None, thing=link, readers=readers_of_one(link, at))
    if saved(request, form, lambda: reword(link, by=by, at=at, **form.reworded)):
        return redirect(link)
    context = {"form": form, "goal": link.goal, "framework_goal": None, "thing": link}
    return render(request, "climb/framework_link.html", context)


@changes(Action.WRITE, find=queries.link)
def framework_unlink(request: PersonRequest, link: FrameworkLink) -> HttpResponse:
    """Ask once, then put a link away."""
    if request.method != "POST":
        return render(request, "climb/framework_unlink.html", {"thing": link})
    remove(link, by=request.person, at=request.at)
    messages.success(request, with_undo(_("Put away. Nothing is lost."), link))
    return redirect("climb:goal", link.goal_id)
