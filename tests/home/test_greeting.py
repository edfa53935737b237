"""The first page greets as people greet: with the first name, where that reads well; elsewhere a name stays whole."""

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.foundation.text import name_to_greet_with
from klimtouw.people.models import Person


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Noor Van den Broeck", "Noor"),
        ("Marie-Claire van den Berghe-Vandewalle", "Marie-Claire"),
        ("Noor", "Noor"),
        ("Mevrouw Peeters", "Mevrouw Peeters"),
        ("Dr. Aylin Demir", "Dr. Aylin Demir"),
        ("J. Janssens", "J. Janssens"),
        ("De Wachter, Bram", "De Wachter, Bram"),
        ("el profe", "el profe"),
        ("نور حداد", "نور حداد"),
        ("", ""),
    ],
)
def test_a_greeting_takes_the_first_word_only_where_that_reads_well(name: str, greeted: str) -> None:
    assert name_to_greet_with(name) == greeted


def test_the_first_page_greets_by_first_name_and_the_settings_keep_the_whole(
    client: Client, noor: Person
) -> None:
    Person.objects.filter(pk=noor.pk).update(display_name="Noor van den Berghe")
    client.force_login(noor)
    assert "Dag Noor</h1>" in client.get(reverse("home")).content.decode()
    assert "Noor van den Berghe" in client.get(reverse("people:settings")).content.decode()
