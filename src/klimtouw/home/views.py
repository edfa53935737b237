"""The first pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from klimtouw.access.page import Language, rows
from klimtouw.people.doors import open_to_everyone


@open_to_everyone
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next for this person, or what Klimtouw is."""
    return render(request, "home/welcome.html", {})


@open_to_everyone
def who_may_do_what(request: HttpRequest) -> HttpResponse:
    """Show the whole policy in plain words (P1)."""
    language: Language = "en" if get_language() == "en" else "nl"
    return render(request, "home/who_may_do_what.html", {"rows": rows(language)})
