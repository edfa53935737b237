"""Making an account: one tick about age, no date of birth, no account for parents (P6)."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from klimtouw.people.models import Person
from klimtouw.programmes.actions import Rules, set_rules_of
from klimtouw.programmes.models import Institution, Programme
from klimtouw.programmes.queries import consent_age_here

FORM = {"display_name": "Noor", "email": "noor@school.example", "password1": "een lange zin over touw"}

pytestmark = pytest.mark.django_db


def test_p6_the_tick_is_asked_and_only_its_moment_is_kept() -> None:
    refused = Client().post(reverse("account_signup"), FORM)
    assert "Ben je jonger dan 13?" in refused.content.decode()
    assert not Person.objects.exists()
    Client().post(reverse("account_signup"), {**FORM, "is_old_enough": "on"})
    noor = Person.objects.get()
    assert noor.agreed_at is not None
    assert not any("birth" in field.name or field.name == "age" for field in Person._meta.get_fields())


def test_p6_no_date_of_birth_is_asked() -> None:
    page = Client().get(reverse("account_signup")).content.decode()
    assert "Ik ben 13 of ouder, of mijn ouder of voogd is het ermee eens" in page
    assert "We vragen niet hoe oud je bent, en bewaren geen geboortedatum." in page
    assert 'type="date"' not in page


def test_p6_the_strictest_institution_of_an_installation_decides(
    programme: Programme, settings: Settings, at: datetime
) -> None:
    assert consent_age_here() == 13
    dutch = Institution.objects.create(name="Het Schip", kind="nl_vo")
    set_rules_of(dutch, Rules(consent_age=16), at=at)
    assert consent_age_here() == 16
    assert "Ik ben 16 of ouder" in Client().get(reverse("account_signup")).content.decode()
    settings.CONSENT_AGE = 18
    assert consent_age_here() == 18


def test_p6_the_back_button_keeps_what_was_typed(programme: Programme) -> None:
    page = Client().post(reverse("account_signup"), FORM).content.decode()
    assert 'value="Noor"' in page
