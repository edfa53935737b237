"""Pages about a person's own account."""

from base64 import b64encode
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
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
from klimtouw.people.kept_forms import forget_kept_form, kept_form_of, texts_typed, writer_mark
from klimtouw.people.models import Person
from klimtouw.people.offline import device_named, device_to_write_on, forget_device, secret_of
from klimtouw.people.queries import session_filed_under, sessions_of
from klimtouw.people.requests import PersonRequest
from klimtouw.people.sessions import OFFLINE_KEY


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
def contact(request: HttpRequest) -> HttpResponse:
    """Tell a device who is signed in here, and whether what it keeps may still be opened one day (T4).

    A device that is no longer known wipes itself; one whose sign-in expired puts its key away and waits.
    """
    person = request.user if isinstance(request.user, Person) else None
    here = (
        {"person": writer_mark(person), "token": get_token(request)}
        if person
        else {"person": "", "token": ""}
    )
    is_known = device_named(request.GET.get("device", ""), person) is not None
    return JsonResponse({**here, "is_known": is_known})


@changes(Action.WRITE_OWN, find=yourself)
def device_key(request: PersonRequest, person: Person) -> HttpResponse:
    """Give the device of whoever is signed in the secret from which it makes its key (T4)."""
    if request.method != "POST":
        return redirect("people:signed_in")
    before = request.session.get(OFFLINE_KEY, "")
    device = device_to_write_on(request.POST.get("device") or before, by=person, at=request.at)
    if before != str(device.pk):
        forget_device(
            before, person
        )  # a session has one device: ending it destroys all that its browser keeps
    request.session[OFFLINE_KEY] = str(device.pk)
    until = request.at + timedelta(seconds=request.session.get_expiry_age())
    secret = b64encode(secret_of(device)).decode()
    return JsonResponse({"device": str(device.pk), "secret": secret, "until": until.isoformat()})


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
