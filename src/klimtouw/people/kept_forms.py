"""A form sent by a tab that was signed out meanwhile is kept, sealed, until its writer signs in again."""

import json
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from klimtouw.people.models import Person

SESSION_KEY = "kept_form"
KEPT_FOR = timedelta(hours=12)
LARGEST = 400_000
"""In bytes, sealed: the longest texts of the largest form fit in, in any script."""
WRITER_FIELD = "written_by"
NOT_TYPED = re.compile(r"|.|[0-9:-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SOUGHT = "sought"
"""Words somebody looks for in their own trail; they are kept nowhere."""
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", WRITER_FIELD, "password", "password1", "password2", SOUGHT})


def writer_mark(person: Person) -> str:
    """Return the mark a form carries so that only its writer gets it back after signing in again."""
    return salted_hmac("klimtouw.kept_forms", str(person.pk), algorithm="sha256").hexdigest()[:32]


def keep_form_and_ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a signed-out visitor to the sign-in page; a sent form waits, sealed, in the session."""
    if request.method != "POST":
        return _to_sign_in(request.get_full_path())
    fields = [
        [name, value] for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values
    ]
    writer, had_file = request.POST.get(WRITER_FIELD, ""), bool(request.FILES)
    form = {"path": request.get_full_path(), "writer": writer, "fields": fields, "had_file": had_file}
    sealed = _seal().encrypt(zlib.compress(json.dumps(form, ensure_ascii=False).encode())).decode()
    if len(sealed) > LARGEST:
        return _to_sign_in(request.get_full_path())
    request.session[SESSION_KEY] = sealed
    return _to_sign_in(reverse("people:kept_form"))


def give_back_and_ask_to_sign_in(request: HttpRequest, names: Sequence[str]) -> HttpResponse:
    """Give back at once, on a page and nowhere else, what a signed-out visitor typed; without any they are asked to sign in."""
    typed = [request.POST.get(name, "").strip() for name in names] if request.method == "POST" else []
    to_sign_in = _to_sign_in(request.get_full_path())
    if texts := [text for text in typed if text]:
        context = {"texts": texts, "sign_in": to_sign_in.url}
        return render(request, "people/given_back.html", context, status=403)
    return to_sign_in


def kept_form_of(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """Return the kept form when this person wrote it less than twelve hours ago; else None."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return None
    try:
        opened = _seal().decrypt(sealed.encode(), ttl=int(KEPT_FOR.total_seconds()))
        form: dict[str, Any] = json.loads(zlib.decompress(opened))
    except (InvalidToken, zlib.error):
        return None
    is_here = url_has_allowed_host_and_scheme(form["path"], allowed_hosts=None)
    return form if is_here and form["writer"] == writer_mark(person) else None


def forget_kept_form(request: HttpRequest) -> None:
    """Drop the kept form from the session."""
    request.session.pop(SESSION_KEY, None)


def texts_typed(request: HttpRequest) -> list[str]:
    """Return what was typed in a sent form, to give it back on a page where it cannot be kept; keys and numbers are left out."""
    names = [name for name in request.POST if name not in NEVER_KEPT and "password" not in name]
    texts = [text.strip() for name in names for text in request.POST.getlist(name)]
    return [text for text in texts if not NOT_TYPED.fullmatch(text)]


def give_back(request: HttpRequest, otherwise: Any) -> HttpResponse:
    """Give back what was typed in a form that came too late to be kept; lead on when nothing was typed (C14)."""
    texts = texts_typed(request) if request.method == "POST" else []
    if not texts:
        return redirect(otherwise)
    return render(request, "people/nothing_here_any_more.html", {"texts": texts}, status=409)


def _to_sign_in(path: str) -> HttpResponseRedirect:
    return redirect(f"{reverse('account_login')}?{urlencode({'next': path})}")


def _seal() -> Fernet:
    digest = salted_hmac(
        "klimtouw.kept_forms.seal", "key", secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    return Fernet(urlsafe_b64encode(digest))
