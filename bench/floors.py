"""The two floors: what Django itself costs for one indexed query, and for a page with a number of rows for somebody signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import Engine, RequestContext
from django.urls import path

from klimtouw.climb.models import Entry
from klimtouw.people.models import Person

ROWS = Engine().from_string(
    "<!doctype html><html lang=nl><title>{{ request.user.display_name }}</title><body><ul>"
    "{% for entry in entries %}<li><a href='{% url 'rows' entry.pk 1 %}'>{{ entry.created_at|date:'l j F Y' }}</a>"
    "<p>{{ entry.text|truncatechars:700 }}</p></li>{% endfor %}</ul></body></html>"
)


def one_query(request: HttpRequest, person: UUID) -> HttpResponse:
    """Answer with one name."""
    return HttpResponse(Person.objects.values_list("display_name", flat=True).get(pk=person))


def rows(request: HttpRequest, person: UUID, number: int) -> HttpResponse:
    """Print a number of entries of one person: a date that is a link, and the text."""
    entries = Entry.objects.filter(owner=person, kind=Entry.KIND).order_by("-created_at")[:number]
    return HttpResponse(ROWS.render(RequestContext(request, {"request": request, "entries": entries})))


urlpatterns = [
    path("one/<uuid:person>/", one_query),
    path("rows/<uuid:person>/<int:number>/", rows, name="rows"),
]
