"""Find something back in one's own trail, and take a selection of it along (C8).

What was typed comes in the body of a request and goes no further: not into an address, a log, a session or a table.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.paging import page_number
from klimtouw.climb.forms.search import FindForm, SelectionForm
from klimtouw.climb.queries import search as queries
from klimtouw.climb.queries.climb import goals_of
from klimtouw.people.doors import changes, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest

ALONE = "default-src 'none'; sandbox"


@changes(Action.SEE_OWN_PAGES, find=yourself)
def trail_search(request: PersonRequest, person: Person) -> HttpResponse:
    """Look for own words. Without words the filters alone stand in the address: they are keys."""
    form = find_form(request, request.POST)
    if request.method == "POST" and not form.wanted.sought:
        keys = urlencode(form.keys)
        return redirect(reverse("climb:trail") + (f"?{keys}" if keys else ""))
    return found_page(request, form, page_number(request.POST.get("page", "")))


@changes(Action.SEE_OWN_PAGES, find=yourself)
def trail_selection(request: PersonRequest, person: Person) -> HttpResponse:
    """Show what was ticked, or all that was found, as a page to print or a file to keep, marked as an own selection."""
    if request.method != "POST":
        return redirect("climb:trail")
    ticked = SelectionForm(request.POST)
    chosen = queries.selection(person, find_form(request, request.POST).wanted, ticked.keys)
    context = {"selection": chosen, "person": person, "at": request.at}
    if ticked.is_for_a_file:
        return _as_a_file(request, context)
    return render(request, "climb/trail_selection.html", context)


def find_form(request: PersonRequest, data: Mapping[str, Any]) -> FindForm:
    """Return the form to find something with, filled with what was asked."""
    months = queries.months_of(request.person, request.at)
    return FindForm(data, goals=goals_of(request.person), months=months)


def found_page(request: PersonRequest, form: FindForm, number: int) -> HttpResponse:
    """Show a page of what was found, with what can be ticked; what was ticked on another page goes along."""
    page = queries.found(request.person, form.wanted, number, request.at)
    ticked = SelectionForm(request.POST).keys
    shown = {found.entry.pk for found in page.rows}
    elsewhere = [key for key in ticked if key not in shown]
    context = {"find": form, "page": page, "ticked": ticked, "elsewhere": elsewhere}
    return render(request, "climb/trail_found.html", context)


def _as_a_file(request: PersonRequest, context: dict[str, Any]) -> HttpResponse:
    called = _("own-selection")  # the name of a file
    name = f"{called}-{localdate(request.at):%Y-%m-%d}.html"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": ALONE,
    }
    return HttpResponse(render_to_string("climb/trail_selection_file.html", context), headers=headers)
