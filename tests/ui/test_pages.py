"""Pages that come with the look: signing in and its neighbours, and the pages for when something goes wrong."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults

from klimtouw.people.models import Person

pytestmark = pytest.mark.django_db

ENTRANCE = ("account_login", "account_signup", "account_reset_password", "account_request_login_code")


def _page(client: Client, url: str) -> str:
    return client.get(url, headers={"accept-language": "nl"}).content.decode()


@pytest.mark.parametrize("name", ENTRANCE)
def test_an_entrance_is_in_dutch_with_one_clear_act(client: Client, name: str) -> None:
    html = _page(client, reverse(name))
    assert '<html lang="nl"' in html
    assert html.count("button--primary") == 1
    assert html.count("<h1>") == 1
    assert "placeholder" not in html


@pytest.mark.parametrize("name", ENTRANCE)
def test_every_control_has_its_label(client: Client, name: str) -> None:
    html = _page(client, reverse(name))
    visible = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"', html)
    assert visible
    for control in visible:
        assert f'for="{control}"' in html or re.search(rf'<label[^>]*>\s*<input[^>]*id="{control}"', html)


def test_a_wrong_password_is_said_kindly_and_the_address_kept(client: Client) -> None:
    answer = client.post(
        reverse("account_login"),
        {"login": "noor@example.org", "password": "x"},
        headers={"accept-language": "nl"},
    ).content.decode()
    assert "horen niet samen" in answer
    assert 'value="noor@example.org"' in answer


def test_signing_in_comes_as_a_whole_page_so_that_theme_and_language_follow(client: Client) -> None:
    form = re.search(r'<form class="form"[^>]*>', _page(client, reverse("account_login")))
    assert form
    assert 'hx-boost="false"' in form[0]


def test_help_is_one_click_away_signed_out_and_signed_in(client: Client, noor: Person) -> None:
    # R12
    help_link = f'href="{reverse("programmes:help")}"'
    assert help_link in _page(client, reverse("account_login"))
    client.force_login(noor)
    assert help_link in _page(client, reverse("people:settings"))


def test_reading_settings_reach_the_page(client: Client, noor: Person) -> None:
    noor.theme, noor.reading_size, noor.reading_spacing = "cream", "large", "wide"
    noor.save(update_fields=["theme", "reading_size", "reading_spacing"])
    client.force_login(noor)
    html = _page(client, reverse("people:settings"))
    assert '<html lang="nl" data-theme="cream" data-type="large" data-spacing="wide">' in html


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    return rf.get("/weg/")


def test_an_unknown_address_blames_nobody(client: Client) -> None:
    response = client.get("/bestaat-niet/", headers={"accept-language": "nl"})
    assert response.status_code == 404
    assert "Je deed niets verkeerd" in response.content.decode()


def test_a_fault_of_ours_is_called_ours(request_of_nobody: HttpRequest) -> None:
    response = defaults.server_error(request_of_nobody)
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()
    assert "<form" not in response.content.decode()  # nothing on this page may need what just broke


def test_a_closed_door_explains_itself(request_of_nobody: HttpRequest) -> None:
    html = defaults.permission_denied(
        request_of_nobody, Exception("Deze afspraak is voorbij.")
    ).content.decode()
    assert "Deze afspraak is voorbij." in html
