"""What a request may bring: words, up to a megabyte; no files, no matter how they are wrapped."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person

SignIn = Callable[[Person], Client]
LOOKS = {
    "reading_size": "normal",
    "reading_spacing": "normal",
    "theme": "auto",
    "language": "nl",
    "pronouns": "",
}


@pytest.fixture(autouse=True)
def nothing_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look, after each test, whether a request left a file behind."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield
    assert list(place.iterdir()) == []


def sent(client: Client, **form: object) -> int:
    """Send the settings form with something more, and say what the answer is."""
    return client.post(reverse("people:settings"), {"display_name": "Anders", **LOOKS, **form}).status_code


def test_a_form_of_words_is_taken(sign_in: SignIn, noor: Person) -> None:
    assert sent(sign_in(noor)) == 302


@pytest.mark.parametrize("size", [1, 100_000, 5_000_000])
@pytest.mark.parametrize("checked", [True, False])
def test_a_form_with_a_file_is_refused_before_anything_is_stored(
    size: int, checked: bool, sign_in: SignIn, noor: Person
) -> None:
    client = sign_in(noor)
    client.handler.enforce_csrf_checks = checked
    assert sent(client, photo=SimpleUploadedFile("foto.jpg", b"x" * size)) == 400
    noor.refresh_from_db()
    assert noor.display_name == "Noor"


def test_a_visitor_brings_no_file_either(db: None) -> None:
    file = SimpleUploadedFile("foto.jpg", b"x")
    assert Client().post(reverse("account_login"), {"login": "x", "file": file}).status_code == 400


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_more_words_than_a_form_can_hold_are_refused(kind: str, sign_in: SignIn, noor: Person) -> None:
    form = {"display_name": "x" * 5_000_000}
    body = "&".join(f"{name}={value}" for name, value in form.items())
    sent = form if kind.startswith("multipart") else body
    options = {} if kind.startswith("multipart") else {"content_type": kind}
    assert sign_in(noor).post(reverse("people:settings"), sent, **options).status_code == 400


def test_more_fields_than_a_form_can_have_are_refused(sign_in: SignIn, noor: Person) -> None:
    assert sent(sign_in(noor), **{f"field{number}": "x" for number in range(1_001)}) == 400


@pytest.mark.parametrize("kind", ["application/json", "application/xml", "text/plain"])
def test_a_body_of_another_kind_is_no_form(kind: str, sign_in: SignIn, noor: Person) -> None:
    client = sign_in(noor)
    body = '{"display_name": "Anders", "language": "nl"}'
    answer = client.post(reverse("people:settings"), body, content_type=kind)
    assert answer.status_code == 200  # the form again, empty: nothing of it was read
    client.handler.enforce_csrf_checks = True
    assert client.post(reverse("people:settings"), body, content_type=kind).status_code == 403
    noor.refresh_from_db()
    assert noor.display_name == "Noor"


def test_what_a_form_does_not_ask_is_not_changed(sign_in: SignIn, noor: Person) -> None:
    before = noor.password
    sent(
        sign_in(noor), is_active="", email="stan@elders.example", password="x", id="1", joined_at="2000-01-01"
    )
    noor.refresh_from_db()
    assert (noor.display_name, noor.email, noor.is_active) == ("Anders", "noor@school.example", True)
    assert noor.password == before


@pytest.mark.urls("tests.people.pages_with_files")
@pytest.mark.parametrize(
    ("size", "answer"), [(10, "10 InMemoryUploadedFile 10"), (200_000, "200000 InMemoryUploadedFile 200000")]
)
def test_a_page_that_asks_for_a_file_gets_it_in_memory_and_nowhere_else(
    size: int, answer: str, sign_in: SignIn, noor: Person
) -> None:
    sent = sign_in(noor).post("/neem/", {"file": SimpleUploadedFile("pakket.zip", b"x" * size)})
    assert sent.content.decode() == answer


@pytest.mark.urls("tests.people.pages_with_files")
def test_a_page_that_asks_for_a_file_takes_none_too_large_and_none_from_visitors(
    sign_in: SignIn, noor: Person
) -> None:
    def sent(client: Client, size: int) -> int:
        return client.post("/neem/", {"file": SimpleUploadedFile("pakket.zip", b"x" * size)}).status_code

    assert [sent(sign_in(noor), size) for size in (200_001, 5_000_000)] == [400, 400]
    of_a_visitor = Client().post("/neem/", {"file": SimpleUploadedFile("pakket.zip", b"x" * 10)})
    assert of_a_visitor.content.decode() == "10 LeftBehind 0"
    assert (
        sign_in(noor).post(reverse("people:settings"), {"a": SimpleUploadedFile("a", b"x")}).status_code
        == 400
    )
