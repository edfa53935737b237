"""Every answer, whatever it is, carries what keeps a page safe in the browser."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from klimtouw.people import views
from klimtouw.people.headers import ON_EVERYTHING
from klimtouw.people.models import Person

POLICY = {
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
BROKEN = "het ging stuk"


def broken(*args: object, **kwargs: object) -> None:
    """Fail, as a fault in our code would."""
    raise RuntimeError(BROKEN)


def a_file_of_the_pages(client: Client) -> HttpResponse:
    return client.get("/static/stijl.css")


def a_page_that_breaks(client: Client) -> HttpResponse:
    client.raise_request_exception = False
    return client.post(
        reverse("people:settings"),
        {
            "display_name": "x", "pronouns": "", "language": "nl", "theme": "auto",
            "reading_size": "normal", "reading_spacing": "normal",
        },
    )  # fmt: skip


def a_form_from_elsewhere(client: Client) -> HttpResponse:
    client.handler.enforce_csrf_checks = True
    return client.post(reverse("people:settings"), {})


ANSWERS: dict[str, tuple[int, Callable[[Client], HttpResponse]]] = {
    "a page": (200, lambda client: client.get(reverse("climb:home"))),
    "a page open to everyone": (200, lambda client: Client().get(reverse("programmes:help"))),
    "a page of the sign-in library": (200, lambda client: Client().get(reverse("account_login"))),
    "the way to sign in": (302, lambda client: Client().get(reverse("climb:home"))),
    "not found": (404, lambda client: client.get("/nergens/")),
    "a page of somebody else": (404, lambda client: client.get(reverse("climb:goal", args=[UUID(int=7)]))),
    "a method that is not answered": (405, lambda client: client.delete(reverse("climb:home"))),
    "a form from elsewhere": (403, a_form_from_elsewhere),
    "another host": (400, lambda client: client.get("/", headers={"Host": "elders.example"})),
    "a page that breaks": (500, a_page_that_breaks),
    "a file of the pages": (200, a_file_of_the_pages),
    "the worker of a device": (200, lambda client: Client().get(reverse("offline:worker"))),
    "the page without network": (200, lambda client: Client().get(reverse("offline:shell_nl"))),
    "what a device takes along": (200, lambda client: client.get(reverse("offline:rucksack"))),
    "the key of a device": (200, lambda client: client.post(reverse("people:device_key"))),
    "signing out": (302, lambda client: client.post(reverse("account_logout"))),
}


@pytest.mark.parametrize("what", list(ANSWERS))
def test_every_kind_of_answer_carries_every_header(
    what: str, noor: Person, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stijl.css").write_text("p {}")
    monkeypatch.setattr(views, "change_settings", broken)
    client = Client()
    client.force_login(noor)
    status, ask = ANSWERS[what]
    answer = ask(client)
    assert answer.status_code == status
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    for name in ON_EVERYTHING:
        assert answer.headers.get(name), name
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    if answer.headers["Content-Type"].startswith("text/") and status != 405:
        assert answer.headers["Content-Type"].endswith("; charset=utf-8") or what == "a file of the pages"
    if what != "a file of the pages":
        assert "no-store" in answer.headers["Cache-Control"]
    answer.close()


@pytest.mark.parametrize("path", ["/", "/account/login/", "/static/stijl.css", "/mijn-klim/"])
def test_trace_is_not_answered(path: str, noor: Person) -> None:
    client = Client()
    client.force_login(noor)
    assert client.trace(path).status_code in (302, 404, 405)


@pytest.mark.parametrize(
    "path", ["/static/", "/static/ui/", "/.git/config", "/static/../secret.key", "/media/"]
)
def test_no_folder_is_listed_and_nothing_but_the_files_of_the_pages_is_served(path: str, db: None) -> None:
    assert Client().get(path).status_code == 404


NAMES_WE_MAKE = (
    r'filename="\{_\("[a-z.]+"\)\}"',  # a translated word of ours
    r'name = f"klimtouw-\{localdate\(request\.at\):%Y-%m-%d\}\.zip"',  # our name and the day
)


def test_no_page_offers_a_file_by_a_name_that_a_person_chose() -> None:
    """Whoever offers a new download writes down here how its name is made."""
    offering = [
        path
        for path in Path(views.__file__).parent.parent.rglob("*.py")
        if "filename=" in path.read_text()
        and not any(re.search(name, path.read_text()) for name in NAMES_WE_MAKE)
    ]
    assert offering == []


def test_cookies_cannot_be_read_by_scripts_and_stay_on_our_own_pages(noor: Person) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": noor.email, "password": "een lange zin over touw"})
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    client.post(reverse("people:signed_in"), {"elsewhere": "yes"})
    assert set(client.cookies) == {"sessionid", "csrftoken", "messages", "django_language"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", ""), cookie.key
