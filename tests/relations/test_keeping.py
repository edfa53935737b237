"""What two people made together is kept as long as promised, both hear of it a month before, and then it goes (P5, R7)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Bond
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import months_after
from klimtouw.notices.actions import choose_what_to_hear, tell
from klimtouw.notices.choices import Topic
from klimtouw.people.models import DataKey, Person
from klimtouw.programmes.actions import Rules, set_rules_of
from klimtouw.programmes.models import Institution, Membership, Programme
from klimtouw.relations.actions.beginning import erase_relation
from klimtouw.relations.actions.closing import complete_ended_relations, complete_relation
from klimtouw.relations.actions.keeping import keep_no_longer_than_promised
from klimtouw.relations.choices import State
from klimtouw.relations.models import Clause, CommonGround, Contract, Relation
from klimtouw.relations.told import ACCEPTED
from klimtouw.replies.models import Reply
from klimtouw.talks.models import Takeaway, Talk
from tests.relations.test_no_trace import every_row, named_in
from tests.stories import make_relation

SignIn = Callable[[Person], Client]
Captured = DjangoCaptureOnCommitCallbacks
NOON = "T12:00:00+01:00"


def noon(day: str) -> datetime:
    """Return noon of a day in winter time."""
    return datetime.fromisoformat(day + NOON)


@pytest.fixture
def ended(noor: Person, bram: Person, programme: Programme) -> Relation:
    """A relation with words of both, completed on 10 January 2026."""
    relation = make_relation(noor, bram, State.RUNNING, noon("2025-12-01"), programme)
    contract = relation.contracts.get()
    contract.availability = "Dinsdag samen."
    contract.save(update_fields=["availability"])
    Clause.objects.create(contract=contract, position=1, text="Wat we zeggen blijft hier.")
    talk = Talk.objects.create(
        relation=relation, proposed_by=bram, proposed_at=noon("2025-12-02"), place="Tuin"
    )
    keep(Takeaway, by=noor, at=noon("2025-12-03"), talk=talk, text="Ik durf.")
    keep(CommonGround, by=bram, at=noon("2025-12-03"), relation=relation, text="Fietsen.")
    goal = keep(Goal, by=noor, at=noon("2025-12-03"), text="doel")
    share(goal, onto=relation.work_bond, by=noor, at=noon("2025-12-04"))
    reply = keep(Reply, by=bram, at=noon("2025-12-04"), about_id=goal.pk, reply_kind="support", text="Knap.")
    share(reply, onto=relation.work_bond, by=bram, at=noon("2025-12-04"))
    complete_relation(relation=relation, by=bram, at=noon("2026-01-10"))
    mail.outbox.clear()
    return Relation.objects.get(pk=relation.pk)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-01-10", 12, "2027-01-10"),
     ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-12-31", 2, "2027-02-28")],
)  # fmt: skip
def test_months_are_counted_on_the_calendar(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_both_hear_of_it_a_month_before_once_each_in_their_language(
    ended: Relation, noor: Person, bram: Person, django_capture_on_commit_callbacks: Captured
) -> None:
    bram.language = "en"
    bram.save(update_fields=["language"])
    with django_capture_on_commit_callbacks(execute=True):
        assert keep_no_longer_than_promised(at=noon("2026-12-09")) == 0
    assert mail.outbox == []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert keep_no_longer_than_promised(at=noon("2026-12-10")) == 0
    to = {letter.to[0]: letter for letter in mail.outbox}
    assert len(mail.outbox) == 2
    assert "Op 10 januari 2027 worden jullie coachafspraken en gesprekken gewist" in to[noor.email].body
    assert "On 10 January 2027 your contract and your talks are erased" in to[bram.email].body
    for letter in mail.outbox:
        assert reverse("takeaway:home") in letter.body


def test_on_that_day_the_relation_goes_with_its_joint_words_and_key_and_what_each_wrote_stays_their_own(
    ended: Relation, noor: Person, bram: Person
) -> None:
    keep_no_longer_than_promised(at=noon("2026-12-10"))
    assert keep_no_longer_than_promised(at=noon("2027-01-09")) == 0
    assert Relation.objects.exists()
    assert keep_no_longer_than_promised(at=noon("2027-01-10")) == 1
    assert keep_no_longer_than_promised(at=noon("2027-01-10")) == 0
    assert not Relation.objects.exists()
    assert not Contract.objects.exists()
    assert not Clause.objects.exists()
    assert not Talk.objects.exists()
    assert not Bond.objects.exists()
    assert not DataKey.objects.filter(pk=ended.pk).exists()
    assert Takeaway.objects.get(owner=noor).text == "Ik durf."
    assert CommonGround.objects.get(owner=bram).text == "Fietsen."
    assert Reply.objects.get(owner=bram).text == "Knap."
    assert Goal.objects.get(owner=noor).text == "doel"


def test_of_an_erased_relation_no_table_holds_the_id(ended: Relation, noor: Person, at: datetime) -> None:
    choose_what_to_hear(person=noor, by=noor, at=at, topics=Topic, relations={ended.pk: False})
    tell(ACCEPTED, noor, about=ended.pk, relation=ended.pk, at=at)
    gone = ended.pk
    assert any(gone.hex in named_in(row, {gone}) for row in every_row())  # so the search can find
    erase_relation(ended, at=at)
    assert [row for row in every_row() if gone.hex in named_in(row, {gone})] == []


def test_nobody_is_erased_upon_who_was_not_told_a_month_before(ended: Relation) -> None:
    late = noon("2027-06-01")  # the rounds did not run for a long time
    assert keep_no_longer_than_promised(at=late) == 0
    ended.refresh_from_db()
    assert ended.goes_on == date(2027, 7, 1)
    assert keep_no_longer_than_promised(at=noon("2027-06-30")) == 0
    assert keep_no_longer_than_promised(at=noon("2027-07-01")) == 1


@pytest.mark.parametrize("months", [1, 24], ids=["shorter", "longer"])
def test_a_rule_that_changes_never_reaches_what_is_over(
    months: int,
    ended: Relation,
    noor: Person,
    programme: Programme,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Captured,
) -> None:
    set_rules_of(programme.institution, Rules(kept_months=months), at=noon("2026-01-11"))
    page = sign_in(noor).get(reverse("relations:relation", args=[ended.pk])).content.decode()
    assert "blijven hier tot 10 januari 2027" in page
    contract = sign_in(noor).get(reverse("relations:contract", args=[ended.pk])).content.decode()
    assert "tot 12 maanden na het einde" in contract
    with django_capture_on_commit_callbacks(execute=True):
        assert keep_no_longer_than_promised(at=noon("2026-12-09")) == 0
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        assert keep_no_longer_than_promised(at=noon("2026-12-10")) == 0
    assert ["10 januari 2027" in letter.body for letter in mail.outbox] == [True, True]
    assert keep_no_longer_than_promised(at=noon("2027-01-09")) == 0
    assert keep_no_longer_than_promised(at=noon("2027-01-10")) == 1


def test_what_ends_after_the_change_has_the_new_months(
    noor: Person, bram: Person, programme: Programme
) -> None:
    relation = make_relation(noor, bram, State.RUNNING, noon("2025-12-01"), programme)
    set_rules_of(programme.institution, Rules(kept_months=2), at=noon("2026-01-05"))
    complete_relation(relation=relation, by=bram, at=noon("2026-01-10"))
    assert Relation.objects.get().kept_months == 2
    keep_no_longer_than_promised(at=noon("2026-02-10"))
    assert Relation.objects.get().goes_on == date(2026, 3, 10)


def test_an_end_that_is_written_down_late_has_the_months_of_its_last_day(
    noor: Person, bram: Person, programme: Programme
) -> None:
    make_relation(noor, bram, State.RUNNING, noon("2025-12-01"), programme)  # until 31 March 2026
    set_rules_of(programme.institution, Rules(kept_months=30), at=noon("2026-03-01"))
    set_rules_of(programme.institution, Rules(kept_months=1), at=noon("2026-04-02"))
    assert complete_ended_relations(at=noon("2026-05-01")) == 1
    assert Relation.objects.get().kept_months == 30


def test_what_was_over_before_is_given_the_months_that_held(
    ended: Relation, amir: Person, noor: Person, programme: Programme
) -> None:
    make_relation(noor, amir, State.STOPPED, noon("2026-01-10"))
    make_relation(amir, noor, State.RUNNING, noon("2026-01-10"), programme)
    Relation.objects.update(kept_months=None)
    Institution.objects.update(relations_kept_months=6)
    migration = import_module("klimtouw.relations.migrations.0007_write_down_how_long_ended_relations_stay")
    for _ in range(2):
        migration.write_down_the_months(apps, connection.schema_editor())
        found = Relation.objects.order_by("programme", "state").values_list("state", "kept_months")
        assert set(found) == {("completed", 6), ("stopped", 12), ("running", None)}
        Institution.objects.update(relations_kept_months=7)


def test_a_relation_that_is_going_on_is_never_touched(noor: Person, bram: Person) -> None:
    for state in (State.RUNNING, State.PAUSED):
        Relation.objects.all().delete()
        make_relation(noor, bram, state, noon("2020-01-01"))
        assert keep_no_longer_than_promised(at=noon("2026-12-10")) == 0
        assert Relation.objects.get().goes_on is None


def test_without_a_programme_the_default_holds(noor: Person, bram: Person) -> None:
    make_relation(noor, bram, State.STOPPED, noon("2026-01-10"))
    keep_no_longer_than_promised(at=noon("2026-12-10"))
    assert Relation.objects.get().goes_on == date(2027, 1, 10)


def test_the_page_of_an_ended_relation_says_until_when_it_stays(
    ended: Relation, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    for reader in (noor, bram):
        page = sign_in(reader).get(reverse("relations:relation", args=[ended.pk])).content.decode()
        assert "Jullie coachafspraken en gesprekken blijven hier tot 10 januari 2027." in page


@pytest.mark.parametrize(
    ("months", "words"), [(1, "tot 1 maand na het einde"), (24, "tot 24 maanden na het einde")]
)
def test_how_long_data_live_is_made_from_the_rule_on_the_contract_and_beside_the_policy(
    months: int, words: str, noor: Person, bram: Person, programme: Programme, sign_in: SignIn, at: datetime
) -> None:
    relation = make_relation(noor, bram, State.RUNNING, at - timedelta(days=1), programme)
    Membership.objects.create(person=noor, programme=programme, hat="learner")
    set_rules_of(programme.institution, Rules(kept_months=months), at=at)
    client = sign_in(noor)
    for address in (
        reverse("relations:contract", args=[relation.pk]),
        reverse("relations:contract_draft", args=[relation.pk]),
        reverse("who-may-do-what"),
    ):
        assert words in client.get(address).content.decode()
    assert "tot 12 maanden na het einde" in Client().get(reverse("who-may-do-what")).content.decode()


def test_the_operator_sees_and_changes_the_rules_of_an_institution(programme: Programme) -> None:
    out = StringIO()
    call_command("institution", stdout=out)
    assert "Hogeschool De Kade: keeps ended relations 12 months, asks consent below 13." in out.getvalue()
    call_command("institution", "Hogeschool De Kade", kept_months=24, consent_age=16, stdout=StringIO())
    programme.institution.refresh_from_db()
    assert (programme.institution.relations_kept_months, programme.institution.consent_age) == (24, 16)
    for wrong in ({"kept_months": 0}, {"kept_months": 61}, {"consent_age": 12}, {"consent_age": 19}):
        with pytest.raises(CommandError):
            call_command("institution", "Hogeschool De Kade", **wrong)
    with pytest.raises(CommandError, match="no institution called Nergens"):
        call_command("institution", "Nergens", kept_months=2)
