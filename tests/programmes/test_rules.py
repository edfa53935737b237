"""The administrator says how long ended relations stay and from which age somebody agrees alone; everybody reads it (P5, P6, B5)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.ledger.models import Line
from klimtouw.ledger.verify import verify
from klimtouw.people.models import Person
from klimtouw.programmes.actions import OutOfBounds, Rules, change_rules, set_rules_of
from klimtouw.programmes.models import Institution, Membership, Programme, RuleChange

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def school(programme: Programme) -> Institution:
    """Ines' school."""
    return programme.institution


def rules_now(school: Institution) -> tuple[int, int]:
    """Return how the rules stand."""
    school.refresh_from_db()
    return school.relations_kept_months, school.consent_age


def send(client: Client, school: Institution, **filled: Any) -> Any:
    """Send the form of the rules."""
    return client.post(
        reverse("programmes:rules", args=[school.pk]), {"kept_months": 12, "consent_age": 13, **filled}
    )


def test_ines_finds_the_rules_on_her_first_page_and_changes_them(
    ines: Person, school: Institution, sign_in: SignIn
) -> None:
    client, address = sign_in(ines), reverse("programmes:rules", args=[school.pk])
    assert address in client.get(reverse("home")).content.decode()
    page = client.get(address).content.decode()
    assert 'value="12"' in page
    assert "Wat voorbij is, houdt de tijd die toen gezegd is." in page
    answer = send(client, school, kept_months=6, consent_age=16)
    assert answer.status_code == 302
    assert rules_now(school) == (6, 16)
    page = client.get(address).content.decode()
    assert "Deze regels gelden vanaf nu." in page
    assert "Afgelopen coachrelaties blijven 6 maanden. Voordien was dat 12." in page
    assert "Vanaf 16 stemt iemand zelf in. Voordien was dat 13." in page


def test_p2_every_change_stands_in_the_ledger_with_who_and_in_which_hat(
    ines: Person, school: Institution, at: datetime
) -> None:
    change = change_rules(school, Rules(kept_months=6), by=ines, at=at)
    set_rules_of(school, Rules(kept_months=7), at=at + timedelta(days=1))
    lines = Line.objects.filter(owner_id=school.pk).order_by("number")
    assert [(line.by_id, line.hat, line.act) for line in lines] == [
        (ines.pk, "administrator", "rules"),
        (school.pk, "operator", "rules"),
    ]
    assert change is not None
    assert lines[0].about_id == change.pk
    assert verify().is_whole


def test_the_same_rules_sent_twice_change_nothing(ines: Person, school: Institution, sign_in: SignIn) -> None:
    client = sign_in(ines)
    for _ in range(2):
        send(client, school, kept_months=6)
    page = client.get(reverse("programmes:rules", args=[school.pk])).content.decode()
    assert "Er veranderde niets: deze regels golden al." in page
    assert RuleChange.objects.count() == Line.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("kept_months", "0", "Typ een heel aantal maanden, van 1 tot 60."),
        ("kept_months", "61", "Typ een heel aantal maanden, van 1 tot 60."),
        ("kept_months", "", "Typ een heel aantal maanden, van 1 tot 60."),
        ("kept_months", "een jaar", "Typ een heel aantal maanden, van 1 tot 60."),
        ("consent_age", "12", "Typ een leeftijd van 13 tot 18."),
        ("consent_age", "19", "Typ een leeftijd van 13 tot 18."),
    ],
)
def test_what_no_school_may_have_is_said_at_the_field_and_kept_as_typed(
    field: str, wrong: str, said: str, ines: Person, school: Institution, sign_in: SignIn
) -> None:
    page = send(sign_in(ines), school, **{field: wrong}).content.decode()
    assert said in page
    assert f'value="{wrong}"' in page or not wrong
    assert rules_now(school) == (12, 13)


def test_nobody_else_changes_the_rules_nor_another_schools_administrator(
    ines: Person, vera: Person, noor: Person, school: Institution, sign_in: SignIn, at: datetime
) -> None:
    other = Institution.objects.create(name="Het Schip", kind="nl_vo")
    for person, where in ((vera, school), (noor, school), (ines, other)):
        assert send(sign_in(person), where, kept_months=1).status_code == 404
        with pytest.raises(Denied):
            change_rules(where, Rules(kept_months=1), by=person, at=at)
    assert not RuleChange.objects.exists()


def test_the_action_keeps_the_bounds_also_without_the_form(
    ines: Person, school: Institution, at: datetime
) -> None:
    for wrong in (Rules(kept_months=0), Rules(kept_months=61), Rules(consent_age=12), Rules(consent_age=19)):
        with pytest.raises(OutOfBounds):
            change_rules(school, wrong, by=ines, at=at)
    assert rules_now(school) == (12, 13)


def test_p5_members_read_the_rules_and_their_last_change_where_they_read_how_long_things_stay(
    noor: Person, ines: Person, programme: Programme, school: Institution, sign_in: SignIn, at: datetime
) -> None:
    Membership.objects.create(person=noor, programme=programme, hat="learner")
    client, address = sign_in(noor), reverse("who-may-do-what")
    assert "Hogeschool De Kade: vanaf 13 stem je zelf in met meedoen." in client.get(address).content.decode()
    change_rules(school, Rules(kept_months=24), by=ines, at=at - timedelta(days=2))
    change_rules(school, Rules(kept_months=6, consent_age=16), by=ines, at=at)
    page = client.get(address).content.decode()
    assert "tot 6 maanden na het einde" in page
    assert "vanaf 16 stem je zelf in" in page
    assert "Afgelopen coachrelaties blijven 6 maanden. Voordien was dat 24." in page
    assert "Voordien was dat 12." not in page
    assert "Afgelopen coachrelaties blijven" not in Client().get(address).content.decode()
    client.cookies["django_language"] = noor.language = "en"
    noor.save(update_fields=["language"])
    assert "Ended relations stay 6 months. Before, it was 24." in client.get(address).content.decode()


def test_the_page_asks_the_same_number_of_questions_with_one_change_and_with_three(
    ines: Person, school: Institution, sign_in: SignIn, at: datetime
) -> None:
    client, address = sign_in(ines), reverse("programmes:rules", args=[school.pk])
    counts = []
    for months in (2, 3, 4):
        change_rules(school, Rules(kept_months=months), by=ines, at=at)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[1:] == counts[:1] * 2
    assert counts[0] <= 12


def test_on_the_server_the_rules_are_shown_as_they_became(school: Institution) -> None:
    out = StringIO()
    call_command("institution", school.name, kept_months=24, consent_age=16, stdout=out)
    assert "keeps ended relations 24 months, asks consent below 16." in out.getvalue()
