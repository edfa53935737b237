"""The language mirror is a person's own choice: off at first, theirs alone, and back to off when everything is erased."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.people.actions import change_settings
from klimtouw.people.forms import SettingsForm
from klimtouw.people.models import Person

SignIn = Callable[[Person], Client]
MIRROR = "data-mirror="


def test_the_mirror_is_off_at_first_and_comes_only_to_who_switched_it_on(
    sign_in: SignIn, noor: Person, bram: Person, at: datetime
) -> None:
    page = reverse("people:settings")
    assert MIRROR not in sign_in(noor).get(page).content.decode()
    change_settings(person=noor, by=noor, at=at, has_mirror=True)
    assert MIRROR in sign_in(noor).get(page).content.decode()
    assert MIRROR not in sign_in(bram).get(page).content.decode()


def test_nobody_switches_on_the_mirror_of_another(noor: Person, bram: Person, at: datetime) -> None:
    with pytest.raises(Denied):
        change_settings(person=noor, by=bram, at=at, has_mirror=True)
    noor.refresh_from_db()
    assert not noor.has_mirror


def test_it_can_be_switched_off_again_on_the_page(sign_in: SignIn, noor: Person, at: datetime) -> None:
    change_settings(person=noor, by=noor, at=at, has_mirror=True)
    form = {name: SettingsForm(instance=noor)[name].value() for name in SettingsForm.base_fields}
    sign_in(noor).post(reverse("people:settings"), {**form, "has_mirror": ""})
    noor.refresh_from_db()
    assert not noor.has_mirror
