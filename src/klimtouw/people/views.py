"""Pages about a person's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from klimtouw.access.table import Action
from klimtouw.foundation.clock import now
from klimtouw.people.actions import change_settings, sign_out_elsewhere, sign_out_of
from klimtouw.people.choices import Language
from klimtouw.people.cookies import keep_language
from klimtouw.people.doors import changes, open_to_everyone, shows, yourself
from klimtouw.people.forms import SettingsForm
from klimtouw.people.kept_forms import forget_kept_form, kept_form_of, texts_typed
from klimtouw.people.models import Person
from klimtouw.people.queries import session_filed_under, sessions_of
from klimtouw.people.requests import PersonRequest


@changes(Action.CHANGE_OWN_SETTINGS, find=yourself)
def settings(request: PersonRequest, person: Person) -> HttpResponse:
    """Show and change name, language, pronouns and reading settings."""
    form = SettingsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_settings(person=person, by=request.person, at=request.at, **form.cleaned_data)
        translation.activate(person.language)
        messages.success(request, _("Your settings are saved."))
        return redirect("people:settings")
    return render(request, "people/settings.html", {"form": form})


@changes(Action.SIGN_OUT_ELSEWHERE, find=yourself)
def signed_in(request: PersonRequest, person: Person) -> HttpResponse:
    """Show where somebody is signed in; sign out there, one by one or everywhere else at once."""
    here = request.session.session_key
    if request.method == "GET":
        sessions = sessions_of(person, request.at)
        return render(
            request, "people/signed_in.html", {"sessions": sessions, "here": session_filed_under(here)}
        )
    if session := request.POST.get("session"):
        sign_out_of(session=session, person=person, by=request.person, at=request.at)
    elif "elsewhere" in request.POST:
        sign_out_elsewhere(person=person, but=here, by=request.person, at=request.at)
    messages.success(request, _("Signed out there."))
    return redirect("people:signed_in")


@shows(Action.SEE_OWN_PAGES, find=yourself)
def kept_form(request: PersonRequest, person: Person) -> HttpResponse:
    """Give back the form that was sent while signed out, ready to be sent again."""
    kept = kept_form_of(request, person)
    forget_kept_form(request)
    if kept is None:
        return redirect("home")
    return render(request, "people/kept_form.html", {"kept": kept})


@open_to_everyone
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on in another language; a person's choice is kept with their account, a visitor's in a cookie."""
    path, language = request.POST.get("next", ""), request.POST.get("language", "")
    is_here = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    response = HttpResponseRedirect(path if is_here else reverse("home"))
    if request.method == "POST" and language in Language.values:
        keep_language(response, language)
        if isinstance(request.user, Person):
            change_settings(person=request.user, by=request.user, at=now(), language=language)
    return response


def form_from_another_session(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed when a form comes from an earlier session, so that nothing is lost."""
    texts = texts_typed(request)
    return render(request, "people/form_from_another_session.html", {"texts": texts}, status=403)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address without a page, or one that is not for this person; what was typed is given back (C14).

    The answer is the same whether there is nothing, or something of somebody else.
    """
    texts = texts_typed(request) if request.method == "POST" else []
    if not texts:
        return page_not_found(request, exception)
    return render(request, "people/nothing_here_any_more.html", {"texts": texts}, status=404)
