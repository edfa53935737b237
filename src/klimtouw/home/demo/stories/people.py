"""Settle the schools and everybody in them: accounts with a verified address, and who belongs where."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from klimtouw.home.demo.content.people import PASSWORD, PEOPLE, Someone
from klimtouw.home.demo.content.school import SCHOOLS, School
from klimtouw.people.models import Person
from klimtouw.programmes.choices import COUNTRY_OF
from klimtouw.programmes.models import HelpContact, Institution, Membership, Programme


def settle_schools() -> dict[str, Programme]:
    """Add the schools' programmes and contacts; return the programmes by name."""
    programmes: dict[str, Programme] = {}
    for school in SCHOOLS:
        row, _is_new = Institution.objects.get_or_create(
            pk=school.id, defaults={"name": school.name, "kind": school.kind}
        )
        programmes |= {
            name: Programme.objects.create(institution=row, name=name) for name in school.programmes
        }
        _settle_contacts(school, row)
    return programmes


def _settle_contacts(school: School, row: Institution) -> None:
    for position, contact in enumerate(school.contacts):
        HelpContact.objects.create(
            country=COUNTRY_OF[school.kind], institution=row, position=position, **vars(contact)
        )


def settle_people(programmes: dict[str, Programme]) -> dict[str, Person]:
    """Add everybody; return them by first name."""
    # Made once: a strong hash takes long on purpose, and here the password is no secret.
    hashed = make_password(PASSWORD)
    return {someone.first_name: _settle(someone, hashed, programmes) for someone in PEOPLE}


def _settle(someone: Someone, hashed: str, programmes: dict[str, Programme]) -> Person:
    person = Person.objects.create(
        email=someone.email,
        password=hashed,
        display_name=someone.name,
        pronouns=someone.pronouns,
        language=someone.language,
    )
    EmailAddress.objects.create(user=person, email=someone.email, verified=True, primary=True)
    for hat, programme in someone.belongs:
        Membership.objects.create(person=person, programme=programmes[programme], hat=hat)
    return person
