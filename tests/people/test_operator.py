"""What whoever runs Klimtouw can do about sessions, and what the log tells them."""

import logging
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.people.test_sessions import LAPTOP, PHONE, is_signed_in, signed_in_on


def test_the_operator_signs_one_person_out_everywhere(
    noor: Person, bram: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    hers, his = signed_in_on(PHONE, noor), signed_in_on(LAPTOP, bram)
    call_command("sign_out", "NOOR@school.example")
    assert "1 sessions ended." in capsys.readouterr().out
    assert (is_signed_in(hers), is_signed_in(his)) == (False, True)


def test_the_operator_signs_everybody_out(noor: Person, bram: Person) -> None:
    hers, his = signed_in_on(PHONE, noor), signed_in_on(LAPTOP, bram)
    call_command("sign_out", "--everybody")
    assert (is_signed_in(hers), is_signed_in(his)) == (False, False)


def test_an_address_nobody_has_is_said(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("sign_out", "wie@school.example")


def test_the_log_tells_who_signed_in_by_number_and_where_guesses_came_from(
    noor: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "klimtouw.people")
    Client(REMOTE_ADDR="192.0.2.7").post(
        reverse("account_login"), {"login": noor.email, "password": "geheim?"}
    )
    client = signed_in_on(PHONE, noor)
    client.post(reverse("account_logout"))
    assert [
        record.getMessage() for record in caplog.records if record.name.startswith("klimtouw.people")
    ] == [
        "wrong password, from 192.0.2.7",
        f"signed in: {noor.pk}",
        f"signed out: {noor.pk}",
    ]
    for _ in range(5):
        Client(REMOTE_ADDR="192.0.2.8").post(
            reverse("account_login"), {"login": noor.email, "password": "gok"}
        )
    assert caplog.records[-1].getMessage() == "too many tries, from 192.0.2.8"
    assert noor.email not in caplog.text
    assert "geheim" not in caplog.text


def test_the_log_tells_what_was_refused_and_to_whom_by_number_and_not_which_thing(
    running_relation: Relation,
    stan: Person,
    sign_in: Callable[[Person], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = sign_in(stan)
    caplog.set_level(logging.INFO, "klimtouw.people")
    for id in (running_relation.pk, uuid4()):
        assert client.get(reverse("relations:contract", args=[id])).status_code == 404
    refusal = f"not there, or not for this person: read_contract, {stan.pk}"
    assert [record.getMessage() for record in caplog.records if record.name == "klimtouw.people.doors"] == [
        refusal
    ] * 2
