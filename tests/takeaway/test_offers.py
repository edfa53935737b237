"""In good time before the last day, both hear once that everything can come along (P4)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils.timezone import localdate
from pytest_django import Settings

from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract, Relation
from klimtouw.takeaway.models import Offer
from klimtouw.takeaway.offers import offer_packages

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LAST_DAY = 120


@pytest.fixture(autouse=True)
def _mail_in_hand(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def letters() -> dict[str, str]:
    """Return the letters that were sent, by the address they went to."""
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


def test_both_hear_it_thirty_days_before_and_once(running_relation: Relation, at: datetime) -> None:
    assert offer_packages(at=at + timedelta(days=LAST_DAY - 31)) == 0
    assert offer_packages(at=at + timedelta(days=LAST_DAY - 30)) == 2
    assert set(letters()) == {"noor@school.example", "bram@school.example"}
    for day in (30, 29, 1, 0):
        assert offer_packages(at=at + timedelta(days=LAST_DAY - day)) == 0
    assert len(mail.outbox) == 2


def test_each_reads_it_in_their_own_language_and_hat(
    running_relation: Relation, bram: Person, at: datetime
) -> None:
    bram.language = "en"
    bram.save(update_fields=["language"])
    offer_packages(at=at + timedelta(days=100))
    to_noor, to_bram = letters()["noor@school.example"], letters()["bram@school.example"]
    assert "Wat van jou is, kan mee" in to_noor
    assert "Wat Bram voor jou schreef, gaat ook mee." in to_noor
    assert "What is yours can come along" in to_bram
    assert "What Noor shared with you stays with Noor." in to_bram
    assert "/meenemen/" in to_noor


def test_a_round_that_was_missed_is_made_up_for_until_the_last_day(
    running_relation: Relation, at: datetime
) -> None:
    assert offer_packages(at=at + timedelta(days=LAST_DAY)) == 2


def test_after_the_end_nothing_is_sent(running_relation: Relation, at: datetime) -> None:
    assert offer_packages(at=at + timedelta(days=LAST_DAY + 1)) == 0


def test_a_short_contract_is_told_of_at_its_beginning(running_relation: Relation, at: datetime) -> None:
    Contract.objects.update(ends_on=localdate(at) + timedelta(days=6))
    assert offer_packages(at=at) == 2


def test_a_contract_that_begins_later_waits_for_its_first_day(
    running_relation: Relation, at: datetime
) -> None:
    Contract.objects.update(
        starts_on=localdate(at) + timedelta(days=3), ends_on=localdate(at) + timedelta(days=9)
    )
    assert offer_packages(at=at) == 0


@pytest.mark.parametrize("state", [State.STOPPED, State.COMPLETED, State.CONTRACTING])
def test_only_who_is_under_way_hears_of_it(state: State, running_relation: Relation, at: datetime) -> None:
    Relation.objects.update(state=state)
    assert offer_packages(at=at + timedelta(days=100)) == 0


def test_a_pause_does_not_keep_the_letter_back(running_relation: Relation, at: datetime) -> None:
    Relation.objects.update(state=State.PAUSED)
    assert offer_packages(at=at + timedelta(days=100)) == 2


def test_a_renewed_contract_counts_with_its_new_last_day(
    running_relation: Relation, bram: Person, at: datetime
) -> None:
    in_force = running_relation.contracts.get()
    Contract.objects.create(
        relation=running_relation, number=2, starts_on=in_force.starts_on, ends_on=localdate(at) + timedelta(days=300),
        talks=5, rhythm="monthly", drafted_by=bram, drafted_at=at, in_force_at=at,
    )  # fmt: skip
    assert offer_packages(at=at + timedelta(days=100)) == 0
    assert offer_packages(at=at + timedelta(days=280)) == 2


def test_a_proposal_that_nobody_signed_changes_nothing(
    running_relation: Relation, bram: Person, at: datetime
) -> None:
    in_force = running_relation.contracts.get()
    Contract.objects.create(
        relation=running_relation, number=2, starts_on=in_force.starts_on, ends_on=localdate(at) + timedelta(days=300),
        talks=5, rhythm="monthly", drafted_by=bram, drafted_at=at,
    )  # fmt: skip
    assert offer_packages(at=at + timedelta(days=100)) == 2


def test_who_erased_everything_gets_no_letter(running_relation: Relation, noor: Person, at: datetime) -> None:
    noor.is_active = False
    noor.save(update_fields=["is_active"])
    assert offer_packages(at=at + timedelta(days=100)) == 1
    assert not Offer.objects.filter(person=noor).exists()
