"""The page on which somebody erases everything, and the one that says it is done."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.people.doors import changes, open_to_everyone, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.people.sign_in import has_just_proved, prove_again
from klimtouw.programmes.queries import programmes_without_another_coordinator
from klimtouw.takeaway import erasing
from klimtouw.takeaway.erasing_form import EraseForm


@changes(Action.ERASE, find=yourself)
def erase_everything(request: PersonRequest, person: Person) -> HttpResponse:
    """Say what goes and what stays, ask who it is and one deliberate act, then erase everything."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    has_proved = has_just_proved(request)
    if request.method == "POST" and not has_proved:
        return prove_again(
            request,
            why=_(
                "You are about to erase everything. So we want to be sure that it is you: sign out, and sign in with a new code. Then come back to this page."
            ),
        )
    if request.method == "POST" and form.is_valid():
        erasing.erase_everything(person, by=request.person, at=request.at)
        logout(request)
        return redirect("takeaway:erased")
    alone = programmes_without_another_coordinator(person)
    context = {"form": form, "has_proved": has_proved, "alone": alone}
    return render(request, "takeaway/erase_everything.html", context)


@open_to_everyone
def erased(request: HttpRequest) -> HttpResponse:
    """Say that everything is erased."""
    return render(request, "takeaway/erased.html")
