"""What somebody typed beside something that is no longer shared comes back to them: words are never lost (C14)."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from klimtouw.access.table import Action
from klimtouw.circles.views import questions
from klimtouw.people.doors import changes, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@wraps(questions.answer_new)
def answer_new(request: HttpRequest, **url_values: Any) -> HttpResponse:
    """Answer beside something; when it is there no more, give the words back. Nothing tells whether it ever was there."""
    try:
        return questions.answer_new(request, **url_values)
    except Http404:
        if request.method != "POST" or not request.POST.get("text", "").strip():
            raise
        return _give_back(request)


@changes(Action.SEE_OWN_PAGES, find=yourself)
def _give_back(request: PersonRequest, person: Person) -> HttpResponse:
    return render(request, "circles/given_back.html", {"text": request.POST["text"]}, status=404)
