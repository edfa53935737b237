"""The two floors: what Django itself costs for one indexed query, and for a template with a number of rows."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person

ROWS = Engine().from_string(
    "<!doctype html><html lang=nl><title>Rows</title><body><ul>"
    "{% for thing in things %}<li><a href='/{{ thing.id }}'>{{ thing.kind }}</a> {{ thing.created_at }}</li>{% endfor %}"
    "</ul></body></html>"
)


def one_query(request: HttpRequest, person: UUID) -> HttpResponse:
    """Answer with one name."""
    return HttpResponse(Person.objects.values_list("display_name", flat=True).get(pk=person))


def rows(request: HttpRequest, person: UUID, number: int) -> HttpResponse:
    """Print a number of rows that belong to one person."""
    things = Thing.objects.filter(owner_id=person, kind="entry").order_by("-created_at")[:number]
    return HttpResponse(ROWS.render(Context({"things": things})))


urlpatterns = [path("one/<person>/", one_query), path("rows/<person>/<int:number>/", rows)]
