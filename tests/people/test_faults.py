"""When our code breaks, neither the page nor the log says a word of what somebody typed."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import DataError, IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from klimtouw.people import views
from klimtouw.people.models import Person

SignIn = Callable[[Person], Client]
MARKER = "kwikstaartje"
LOOKS = {
    "reading_size": "normal",
    "reading_spacing": "normal",
    "theme": "auto",
    "language": "nl",
    "pronouns": "",
}


def as_logged(records: list[logging.LogRecord]) -> str:
    """Return what a log would hold, written by the formatter of the settings."""
    formatter = import_string(settings.LOGGING["formatters"]["plain"]["()"])()
    return "\n".join(formatter.format(record) for record in records)


def quoting(error: type[Exception]) -> Callable[..., None]:
    """Make something that breaks and, as databases and Python do, quotes the value in its message."""

    def breaks(**fields: Any) -> None:
        try:
            raise KeyError(fields["display_name"])
        except KeyError as first:
            raise error(f"DETAIL: Key (words)=({fields['display_name']}) is wrong") from first

    return breaks


@pytest.mark.parametrize("error", [ValueError, IntegrityError, DataError, RuntimeError])
def test_a_fault_names_the_line_of_code_and_not_the_words(
    error: type[Exception],
    sign_in: SignIn,
    noor: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(views, "change_settings", quoting(error))
    client = sign_in(noor)
    client.raise_request_exception = False
    form = {"display_name": f"{MARKER} in mijn naam", **LOOKS}
    answer = client.post(f"{reverse('people:settings')}?zoek={MARKER}", form)
    logged = as_logged(caplog.records)
    assert answer.status_code == 500
    assert MARKER not in answer.content.decode()
    assert MARKER not in logged
    assert error.__qualname__ in logged
    assert "KeyError" in logged
    assert "views.py" in logged
    assert noor.email not in logged
    assert mail.outbox == []


def test_an_address_with_a_token_is_logged_as_its_pattern(db: None, caplog: pytest.LogCaptureFixture) -> None:
    Client().get(reverse("relations:invitation", args=[f"{MARKER}.xyz"]))
    Client().get(f"/nergens/{MARKER}/")
    Client(headers={"Host": "elders.example"}).get(f"/{MARKER}/")
    assert MARKER not in as_logged(caplog.records)
    assert "an address we do not know" in as_logged(caplog.records)


def test_a_line_end_in_an_address_makes_no_line_in_the_log(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    Client().get("/x%0A2026-01-01%20WARNING%20alles%20goed")
    assert len(as_logged(caplog.records).splitlines()) == len(caplog.records)


def test_no_error_is_ever_mailed() -> None:
    assert settings.ADMINS == []
    assert [handler.__class__.__name__ for handler in logging.getLogger("django").handlers] == []
