"""Pages of schools."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.people.doors import changes, open_to_everyone
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.actions import change_rules
from klimtouw.programmes.forms import RulesForm
from klimtouw.programmes.frameworks.queries import institution as find_institution
from klimtouw.programmes.models import Institution
from klimtouw.programmes.queries import help_contacts_for, institutions_of, rule_changes_of


@open_to_everyone
def help_route(request: HttpRequest) -> HttpResponse:
    """Show whom to turn to; one click away on every page, also signed out (R12)."""
    institutions = institutions_of(request.user) if isinstance(request.user, Person) else []
    contacts = help_contacts_for(institutions)
    own = [contact for contact in contacts if contact.institution]
    lines = [contact for contact in contacts if not contact.institution]
    return render(request, "programmes/help.html", {"own": own, "lines": lines})


@changes(Action.ARRANGE_RULES, find=find_institution)
def rules(request: PersonRequest, institution: Institution) -> HttpResponse:
    """Show the administrator the rules of a school and how they changed, and take other ones."""
    is_sent = request.method == "POST"
    form = RulesForm(request.POST if is_sent else None, institution=institution)
    if is_sent and form.is_valid():
        changed = change_rules(institution, form.rules, by=request.person, at=request.at)
        said = (
            _("These rules hold from now on.") if changed else _("Nothing changed: these rules held already.")
        )
        messages.success(request, said)
        return redirect("programmes:rules", institution.pk)
    context = {"institution": institution, "form": form, "changes": rule_changes_of([institution])}
    return render(request, "programmes/rules.html", context)
