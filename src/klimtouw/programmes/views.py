"""Pages of schools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klimtouw.people.doors import open_to_everyone
from klimtouw.people.models import Person
from klimtouw.programmes.queries import help_contacts_for, institutions_of


@open_to_everyone
def help_route(request: HttpRequest) -> HttpResponse:
    """Show whom to turn to; one click away on every page, also signed out (R12)."""
    institutions = institutions_of(request.user) if isinstance(request.user, Person) else []
    contacts = help_contacts_for(institutions)
    own = [contact for contact in contacts if contact.institution]
    lines = [contact for contact in contacts if not contact.institution]
    return render(request, "programmes/help.html", {"own": own, "lines": lines})
