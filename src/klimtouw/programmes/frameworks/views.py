"""Pages of the catalogue: those of the administrator, and the one on which everybody reads."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.people.uploads import takes_a_file
from klimtouw.programmes.frameworks import arriving, in_words, queries
from klimtouw.programmes.frameworks.choices import UNDER_WAY, ArrivalState
from klimtouw.programmes.frameworks.csv_file import COLUMNS
from klimtouw.programmes.frameworks.forms import ArrivalForm, LookForm, SwitchForm
from klimtouw.programmes.frameworks.opening import MEGABYTE, MOST_MEGABYTES
from klimtouw.programmes.models import Framework, FrameworkArrival, FrameworkVersion, Institution

REFRESH_AFTER = "3"
"""Seconds after which a page that waits for a job asks again, also without scripts."""


@shows(Action.ARRANGE_FRAMEWORKS, find=queries.institution)
def frameworks(request: PersonRequest, institution: Institution) -> HttpResponse:
    """Show the administrator what there is, what is on its way, and where to bring more."""
    context = {
        "institution": institution,
        "rows": queries.catalogue_of(institution),
        "arrivals": queries.arrivals_of(institution),
    }
    return render(request, "programmes/frameworks/catalogue.html", context)


@takes_a_file(most_bytes=MOST_MEGABYTES * MEGABYTE + 8 * MEGABYTE)
@changes(Action.ARRANGE_FRAMEWORKS, find=queries.institution)
def framework_import(request: PersonRequest, institution: Institution) -> HttpResponse:
    """Take a file; nothing changes until somebody has read what would happen and says yes."""
    is_sent = request.method == "POST"
    known = [row.framework for row in queries.catalogue_of(institution)]
    form = ArrivalForm(*((request.POST, request.FILES) if is_sent else ()), frameworks=known)
    if is_sent and form.is_valid():
        arrival = arriving.take_in(institution, by=request.person, at=request.at, **form.chosen)
        return redirect("programmes:framework_arrival", arrival.pk)
    context = {"institution": institution, "form": form, "columns": COLUMNS}
    return render(request, "programmes/frameworks/import.html", context)


@changes(Action.ARRANGE_FRAMEWORKS, find=queries.arrival)
def framework_arrival(request: PersonRequest, arrival: FrameworkArrival) -> HttpResponse:
    """Show how far a file is, say in words what would happen, and take a yes."""
    if request.method == "POST":
        return _answer(request, arrival)
    is_broken_off = request.at - arrival.touched_at > arriving.SILENT_FOR and arrival.state in UNDER_WAY
    is_under_way = arrival.state in UNDER_WAY and not is_broken_off
    context = {
        "arrival": arrival,
        "State": ArrivalState,
        "is_under_way": is_under_way,
        "is_stopped": is_broken_off or arrival.state == ArrivalState.FAILED,
        "problems": in_words.problems_in(arrival),
        "further_problems": in_words.further_problems(arrival),
        "remarks": in_words.remarks_in(arrival),
        "parts": in_words.parts_of(arrival),
    }
    response = render(request, "programmes/frameworks/arrival.html", context)
    if is_under_way:
        response.headers["Refresh"] = REFRESH_AFTER
    return response


def _answer(request: PersonRequest, arrival: FrameworkArrival) -> HttpResponse:
    by, at = request.person, request.at
    if request.POST.get("answer") == "no":
        arriving.let_go(arrival, by=by, at=at)
        messages.success(request, _("The file is thrown away. Nothing changed."))
        return redirect("programmes:frameworks", arrival.institution_id)
    try:
        arriving.say_yes(arrival, by=by, at=at)
    except arriving.NotNow:
        messages.warning(request, _("This file cannot come in as it is."))
    return redirect("programmes:framework_arrival", arrival.pk)


@changes(Action.ARRANGE_FRAMEWORKS, find=queries.version)
def framework_version(request: PersonRequest, version: FrameworkVersion) -> HttpResponse:
    """Ask once, then offer a version or no longer."""
    if request.method != "POST":
        return render(request, "programmes/frameworks/version.html", {"version": version})
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise Http404
    is_on = form.cleaned_data["to"] == "on"
    arriving.switch(version, by=request.person, at=request.at, is_on=is_on)
    messages.success(
        request, _("This version is offered again.") if is_on else _("This version is no longer offered.")
    )
    return redirect("programmes:frameworks", version.framework.institution_id)


@shows(Action.SEE_FRAMEWORK, find=queries.framework)
def framework(request: PersonRequest, framework: Framework) -> HttpResponse:
    """Show a framework to read, one level at a time: the same for coach and coachee, and nobody edits it (V4)."""
    offered = queries.offered_among([framework.pk])
    if not offered:
        return render(request, "programmes/frameworks/framework.html", {"framework": framework})
    version = offered[0].version
    under, page, words = LookForm(request.GET).place
    context = {
        "framework": framework,
        "version": version,
        "words": words,
        "found": queries.found_in(version, words) if words else None,
        "level": queries.level_of(version, under, page),
    }
    return render(request, "programmes/frameworks/framework.html", context)
