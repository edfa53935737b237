"""A new thing written in a real browser, which says on what it runs."""

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Entry
from klimtouw.people.models import Person

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.mark.django_db
def test_something_new_is_kept_with_the_device_it_was_written_on(noor: Person) -> None:
    client = Client(headers={"user-agent": FIREFOX})
    client.force_login(noor)
    page = client.get(reverse("climb:entry_new"))
    form = page.context["form"]
    sent = {"id": str(form["id"].value() or ""), "text": "Vandaag lukte het.", "form": "free"}
    assert client.post(reverse("climb:entry_new"), sent).status_code == 302
    assert Entry.objects.get().device != ""
    assert Thing.objects.get().device == Entry.objects.get().device
