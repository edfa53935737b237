"""The help route: one click away, one's own school first, and the same number once (R12)."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from klimtouw.programmes.models import HelpContact, Membership, Programme
from klimtouw.programmes.queries import help_contacts_for, institutions_of


def test_a_visitor_sees_the_helplines_of_both_countries_and_each_number_once(
    client: Client, db: None
) -> None:
    page = client.get(reverse("programmes:help")).content.decode()
    assert page.count('href="tel:112"') == 1
    assert "Awel" in page
    assert "De Kindertelefoon" in page


def test_a_student_sees_the_own_school_first_and_the_lines_of_that_country(
    noor: Person, programme: Programme, sign_in: Callable[[Person], Client]
) -> None:
    Membership.objects.create(person=noor, programme=programme, hat="learner")
    for name in ("Stuvo", "Vertrouwenspersoon"):
        HelpContact.objects.create(
            country="be",
            institution=programme.institution,
            name=name,
            about_nl="Praat erover.",
            about_en="Talk.",
        )
    names = [contact.name for contact in help_contacts_for(institutions_of(noor))]
    assert set(names[:2]) == {"Stuvo", "Vertrouwenspersoon"}
    assert "Awel" in names
    assert "De Kindertelefoon" not in names
    assert "Stuvo" in sign_in(noor).get(reverse("programmes:help")).content.decode()


def test_every_page_leads_to_help_also_signed_out(client: Client, db: None) -> None:
    assert f'href="{reverse("programmes:help")}"' in client.get(reverse("account_login")).content.decode()
