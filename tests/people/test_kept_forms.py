"""A form sent by a signed-out tab comes back to its writer, and to nobody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.models import Evidence
from klimtouw.people.kept_forms import WRITER_FIELD, writer_mark
from klimtouw.people.models import Person

TEXT = "Ik wil leren om rustig te blijven als iemand boos wordt. <b>Écht</b> 😀"
SignIn = Callable[[Person], Client]


@pytest.fixture
def signed_out_post(noor: Person) -> Client:
    """A browser that sent Noor's settings form after she was signed out."""
    client = Client()
    form = {"display_name": TEXT, WRITER_FIELD: writer_mark(noor), "password1": "geheim"}
    response = client.post(reverse("people:settings"), form)
    assert response.headers["Location"].startswith(reverse("account_login"))
    return client


def test_after_signing_in_again_the_text_is_still_there(signed_out_post: Client, noor: Person) -> None:
    signed_out_post.force_login(noor)
    page = signed_out_post.get(reverse("people:kept_form")).content.decode()
    assert "Ik wil leren om rustig te blijven" in page
    assert "&lt;b&gt;" in page
    assert "geheim" not in page
    assert f'action="{reverse("people:settings")}"' in page


def test_somebody_else_on_the_same_computer_never_sees_it(signed_out_post: Client, stan: Person) -> None:
    signed_out_post.force_login(stan)
    response = signed_out_post.get(reverse("people:kept_form"), follow=True)
    assert "rustig te blijven" not in response.content.decode()


def test_it_is_given_back_once(signed_out_post: Client, noor: Person) -> None:
    signed_out_post.force_login(noor)
    signed_out_post.get(reverse("people:kept_form"))
    assert signed_out_post.get(reverse("people:kept_form")).status_code == 302


def test_what_waits_in_the_session_cannot_be_read(signed_out_post: Client) -> None:
    assert "rustig te blijven" not in str(dict(signed_out_post.session))


def test_a_form_from_an_earlier_session_shows_what_was_typed(noor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(noor)
    response = client.post(reverse("people:settings"), {"display_name": TEXT})
    assert response.status_code == 403
    assert "Ik wil leren om rustig te blijven" in response.content.decode()


def test_a_file_sent_after_signing_out_leaves_its_words_and_asks_kindly_to_be_chosen_again(
    noor: Person, at: datetime
) -> None:
    """A file is never kept for somebody who is signed out; what was written with it is (C8, C14)."""
    entry = write_entry(by=noor, at=at, text="Vandaag durfde ik.")
    address, client = reverse("climb:evidence_new", args=[entry.pk]), Client()
    photo = SimpleUploadedFile("schets.jpg", b"\xff\xd8" + b"x" * 300_000)
    form = {"caption": "Mijn schets van de zaal", "file": photo, WRITER_FIELD: writer_mark(noor)}
    asked = client.post(address, form)
    assert asked.headers["Location"].startswith(reverse("account_login"))
    client.force_login(noor)
    page = client.get(reverse("people:kept_form")).content.decode()
    assert "Mijn schets van de zaal" in page
    assert "kies je ze nog eens" in page
    again = client.post(address, {"caption": "Mijn schets van de zaal", WRITER_FIELD: writer_mark(noor)})
    assert again.status_code == 200
    assert again.context["form"]["caption"].value() == "Mijn schets van de zaal"
    assert "Kies een foto of een bestand" in again.content.decode()
    assert not Evidence.objects.exists()


def test_settings_are_saved_in_the_new_language(sign_in: SignIn, noor: Person) -> None:
    form = {
        "display_name": "Noor d'Hondt",
        "pronouns": "they",
        "language": "en",
        "reading_size": "large",
        "reading_spacing": "wide",
        "theme": "cream",
    }
    page = sign_in(noor).post(reverse("people:settings"), form, follow=True).content.decode()
    assert "Your settings are saved." in page
    assert 'data-theme="cream"' in page
    assert 'data-type="large"' in page
    noor.refresh_from_db()
    assert (noor.display_name, noor.language) == ("Noor d'Hondt", "en")
