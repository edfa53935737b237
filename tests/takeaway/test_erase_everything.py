"""Erasing everything: what goes, what stays with others, and nothing left behind (P5)."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, remove, reword, share
from klimtouw.belongings.models import Thing
from klimtouw.belongings.words import Sealed, words_fields_of
from klimtouw.climb.models import Dream, Entry, Goal
from klimtouw.foundation.clock import now
from klimtouw.people import keyring
from klimtouw.people.actions import change_settings
from klimtouw.people.keyring import KeyDestroyed
from klimtouw.people.models import DataKey, Erased, Person, Session
from klimtouw.people.register import register_erased
from klimtouw.programmes.models import Membership, Programme
from klimtouw.relations.actions.acquaintance import write_work_card
from klimtouw.relations.actions.invitations import invite
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Clause, Contract, Invitation, LetterSent, Relation
from klimtouw.replies.actions import give_reply
from klimtouw.replies.choices import ReplyKind
from klimtouw.replies.models import Reply
from klimtouw.takeaway.erasing import erase_everything, replay_erased
from klimtouw.talks.models import Talk
from tests.stories import PASSWORD, make_person, make_relation

SignIn = Callable[[Person], Client]
CANARY = "kanarievogel"
NAME, ADDRESS = "Noortje Zangvogel", "noortje.zangvogel@school.example"

MAY_HOLD_THE_ID = {
    "people.person.id": "the nameless row that what others keep points to",
    "people.erased.id": "the register, replayed after every restore",
    "ledger.line.owner_id": "the ledger is append-only; a line holds no name and no words",
    "ledger.line.by_id": "the ledger of another: every look stays visible to who was looked at (P2)",
    "ledger.chainhead.owner_id": "the ledger: the end of a chain",
    "relations.relation.coachee": "a relation belongs to two; the other keeps it",
    "relations.relation.coach": "a relation belongs to two; the other keeps it",
    "relations.contract.drafted_by": "what two agreed stays for the other",
    "relations.signature.person": "what two agreed stays for the other",
    "talks.talk.proposed_by": "a talk was of two",
    "django_tasks_database.dbtaskresult.args_kwargs": "the job of a letter to the other knows ids alone, and goes in a day",
}
"""Every place where the id of somebody who erased everything may still stand, and why."""


@pytest.fixture
def noortje(programme: Programme, at: datetime) -> Person:
    """Somebody who wrote in every corner of the house."""
    person = Person.objects.create_user(
        email=ADDRESS, password=PASSWORD, display_name=NAME, pronouns="she", theme="cream"
    )
    EmailAddress.objects.create(user=person, email=ADDRESS, verified=True, primary=True)
    Membership.objects.create(person=person, programme=programme, hat="learner")
    return person


def write_everywhere(person: Person, coach: Person, programme: Programme, at: datetime) -> Relation:
    """Let somebody write, share, remove, invite and be answered."""
    relation = make_relation(person, coach, State.RUNNING, at - timedelta(days=1), programme)
    goal = keep(Goal, by=person, at=at, text=f"{CANARY} doel", why=f"{CANARY} waarom")
    goal = reword(goal, by=person, at=at, seen=1, text=f"{CANARY} beter", why=f"{CANARY} daarom")
    share(goal, onto=relation.work_bond, by=person, at=at)
    remove(keep(Dream, by=person, at=at, text=f"{CANARY} weg"), by=person, at=at)
    keep(Entry, by=person, at=at, text=f"{CANARY} vandaag")
    write_work_card(by=person, at=at, words={"how_i_work": f"{CANARY} traag"}, seen=1)
    invite(by=person, at=at, side=Side.COACHEE, email="een.ander@school.example", message=f"{CANARY} dag")
    invite(by=coach, at=at, side=Side.COACHEE, email=person.email, message="Coach jij mij ook?")
    id = Goal.objects.get(pk=goal.pk).pk
    give_reply(
        goal, by=coach, at=at, id=UUID(int=id.int ^ 1), reply_kind=ReplyKind.SUPPORT, text="Knap gedaan."
    )
    contract = relation.contracts.get()
    contract.availability = "Dinsdag samen."
    contract.save(update_fields=["availability"])
    Clause.objects.create(contract=contract, position=1, text="Wat we zeggen blijft hier.")
    Talk.objects.create(relation=relation, proposed_by=person, proposed_at=at, place="In de tuin")
    return relation


def every_value() -> Iterator[tuple[str, object]]:
    """Go through every value of every row of every model, as it lies in the database; words are opened where they can be."""
    for model in apps.get_models(include_auto_created=True):
        words = {field.name for field in words_fields_of(model)}
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                where = f"{model._meta.label_lower}.{field.name}"
                yield where, row.__dict__.get(field.attname)
                if field.name in words:
                    yield where, opened(row, field.name)


def opened(row: models.Model, name: str) -> str:
    """Return the words of a row, or nothing when their key is gone."""
    try:
        return str(getattr(row, name))
    except KeyDestroyed:
        return ""


def holds(value: object, text: str) -> bool:
    """Return whether a value of a row holds a text, in any of the forms a database gives."""
    if isinstance(value, Sealed):
        value = value.stored
    if isinstance(value, bytes | memoryview):
        return text.lower().encode() in bytes(value).lower()
    return text.lower() in str(value).lower()


def test_nothing_of_somebody_who_erased_everything_is_left_in_any_row(
    noortje: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    write_everywhere(noortje, bram, programme, at)
    change_settings(person=noortje, by=noortje, at=at, has_mirror=True)
    sign_in(noortje).get(reverse("home"))
    before = [where for where, value in every_value() if holds(value, CANARY)]
    assert len(before) > 6, "the walk sees words while they are there"
    assert any(holds(value, ADDRESS) for _where, value in every_value())
    id = noortje.pk
    erase_everything(noortje, by=noortje, at=at)
    keyring.forget()
    left = [
        (where, text)
        for where, value in every_value()
        for text in (CANARY, NAME, "zangvogel", ADDRESS, "noortje")
        if holds(value, text)
    ]
    assert left == []
    found = {
        where
        for where, value in every_value()
        if holds(value, str(id)) or holds(value, id.hex) or value == id
    }
    found -= {"people.person.email"}  # made of the id, in the place of the address
    assert found - MAY_HOLD_THE_ID.keys() == set()
    tombstone = Person.objects.get(pk=id)
    assert (tombstone.display_name, tombstone.email, tombstone.is_active) == (
        "",
        f"{id}@erased.invalid",
        False,
    )
    assert (tombstone.pronouns, tombstone.theme, tombstone.has_usable_password()) == ("", "auto", False)
    assert not tombstone.has_mirror
    assert not DataKey.objects.filter(pk=id).exists()
    assert Erased.objects.filter(pk=id).exists()


@pytest.mark.only_on("sqlite3")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_finds_a_word_a_name_or_an_address_in_the_database_itself(
    noortje: Person, bram: Person, programme: Programme, at: datetime, tmp_path: Path
) -> None:
    write_everywhere(noortje, bram, programme, at)
    erase_everything(noortje, by=noortje, at=at)
    copy = tmp_path / "kopie.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    content = copy.read_bytes().lower()
    assert b"bram@school.example" in content, "the search finds what is there"
    for text in (CANARY, "zangvogel", ADDRESS):
        assert text.encode() not in content


def test_what_others_wrote_stays_theirs_and_readable(
    noortje: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    relation = write_everywhere(noortje, bram, programme, at)
    erase_everything(noortje, by=noortje, at=at)
    keyring.forget()
    reply = Reply.objects.get()
    assert (reply.text, reply.about_id, reply.owner) == ("Knap gedaan.", None, bram)
    client = sign_in(bram)
    assert "Knap gedaan." in client.get(reverse("replies:given", args=[reply.pk])).content.decode()
    contract = client.get(reverse("relations:contract", args=[relation.pk])).content.decode()
    assert "Dinsdag samen." in contract
    assert "Wat we zeggen blijft hier." in contract


def test_every_page_of_the_other_says_somebody_who_erased_everything_and_never_an_address(
    noortje: Person, bram: Person, vera: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    relation = write_everywhere(noortje, bram, programme, at)
    coached = make_person("Coachee")
    make_relation(coached, noortje, State.RUNNING, at - timedelta(days=1), programme)
    id = noortje.pk
    erase_everything(noortje, by=noortje, at=at)
    pages = [
        (bram, reverse("home")),
        (bram, reverse("relations:overview")),
        (bram, reverse("relations:relation", args=[relation.pk])),
        (bram, reverse("relations:contract", args=[relation.pk])),
        (bram, reverse("belongings:looks")),
        (bram, reverse("belongings:looks_by_me")),
        (coached, reverse("relations:overview")),
        (vera, reverse("basecamp:desk", args=[programme.pk])),
    ]
    said = 0
    for reader, address in pages:
        page = sign_in(reader).get(address)
        assert page.status_code == 200, address
        text = page.content.decode()
        said += "iemand die alles wiste" in text
        assert "zangvogel" not in text.lower()
        assert f"{id}@" not in text
    assert said >= 5
    bram.language = "en"
    bram.save(update_fields=["language"])
    page = sign_in(bram).get(reverse("relations:relation", args=[relation.pk])).content.decode()
    assert "someone who erased everything" in page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_v9_the_other_gets_the_letter_of_any_stop_without_name_or_reason_and_nobody_writes_to_the_erased(
    noortje: Person, bram: Person, programme: Programme, settings: Settings
) -> None:
    at = now()
    write_everywhere(noortje, bram, programme, at)
    acquainting = make_relation(noortje, make_person("Amir"), State.ACQUAINTING, at)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    mail.outbox.clear()
    DBTaskResult.objects.all().delete()
    erase_everything(noortje, by=noortje, at=at)
    for job in DBTaskResult.objects.all():
        assert "zangvogel" not in str(job.args_kwargs).lower()
        job.task.func(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    to = sorted(address for letter in mail.outbox for address in letter.to)
    assert to == ["amir@school.example", "bram@school.example", "bram@school.example"]
    for letter in mail.outbox:
        said = f"{letter.subject} {letter.body}".lower()
        assert "zangvogel" not in said
        assert "erased.invalid" not in said
    stopped = [letter.body for letter in mail.outbox if "gestopt" in letter.subject]
    assert len(stopped) == 1
    assert "Wat jij schreef, blijft van jou. Wat de ander schreef, is gewist." in stopped[0]
    acquainting.refresh_from_db()
    assert acquainting.state == State.NOT_STARTED


def test_relations_stop_invitations_go_and_memberships_end(
    noortje: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    relation = write_everywhere(noortje, bram, programme, at)
    erase_everything(noortje, by=noortje, at=at)
    relation.refresh_from_db()
    assert (relation.state, relation.ended_at) == (State.STOPPED, at)
    assert not Invitation.objects.exists()
    assert not LetterSent.objects.filter(inviter=noortje).exists()
    assert not Membership.objects.filter(person=noortje).exists()
    assert programme.memberships.count() == 0
    assert not Thing.objects.filter(owner=noortje).exists()


def test_the_last_coordinator_who_erases_is_told_and_the_programme_goes_on(
    vera: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(vera)
    page = client.get(reverse("takeaway:erase_everything")).content.decode()
    assert "Jij bent de enige coördinator van Verpleegkunde." in page
    second = make_person("Jo")
    membership = Membership.objects.create(person=second, programme=programme, hat="coordinator")
    assert "enige coördinator" not in client.get(reverse("takeaway:erase_everything")).content.decode()
    membership.delete()
    erase_everything(vera, by=vera, at=at)
    assert Programme.objects.filter(pk=programme.pk).exists()


def test_joint_words_stay_until_both_erased_everything_and_then_the_relation_and_its_key_go(
    noortje: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    relation = write_everywhere(noortje, bram, programme, at)
    erase_everything(noortje, by=noortje, at=at)
    assert DataKey.objects.filter(pk=relation.pk).exists()
    erase_everything(bram, by=bram, at=at)
    assert not Relation.objects.exists()
    assert not Contract.objects.exists()
    assert not Talk.objects.exists()
    assert not DataKey.objects.filter(pk=relation.pk).exists()


def test_erasing_twice_and_replaying_the_register_change_nothing_more(
    noortje: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    write_everywhere(noortje, bram, programme, at)
    erase_everything(noortje, by=noortje, at=at)
    before = Erased.objects.values().get(), Thing.objects.count(), Relation.objects.values().get()
    erase_everything(noortje, by=noortje, at=at + timedelta(days=1))
    assert replay_erased() == 1
    assert (Erased.objects.values().get(), Thing.objects.count(), Relation.objects.values().get()) == before
    assert replay_erased(since=at + timedelta(days=2)) == 0


def test_after_an_old_copy_is_put_back_the_register_erases_everybody_again(
    noortje: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    write_everywhere(noortje, bram, programme, at)  # as it stands in the old copy
    register_erased(noortje.pk, at)  # as the keys file brings it
    gone_from_copy = UUID(int=7)
    register_erased(gone_from_copy, at)
    assert replay_erased() == 2
    assert not Thing.objects.filter(owner=noortje).exists()
    assert Person.objects.get(pk=noortje.pk).is_erased
    assert Erased.objects.count() == 2


def test_signing_in_or_asking_a_new_password_with_the_old_address_is_as_with_an_unknown_one(
    noortje: Person, at: datetime, settings: Settings
) -> None:
    erase_everything(noortje, by=noortje, at=at)
    answers = []
    for address in (ADDRESS, "nooit.gezien@school.example"):
        signed = Client().post(reverse("account_login"), {"login": address, "password": PASSWORD})
        reset = Client().post(reverse("account_reset_password"), {"email": address}, follow=True)
        code = Client().post(reverse("account_request_login_code"), {"email": address}, follow=True)
        texts = [same(answer.content.decode(), address) for answer in (signed, reset, code)]
        answers.append((signed.status_code, reset.status_code, code.status_code, texts))
    assert answers[0] == answers[1]
    assert not Client().login(email=f"{noortje.pk}@erased.invalid", password=PASSWORD)


def same(page: str, address: str) -> str:
    """Return a page without what differs at every visit."""
    page = page.replace(address, "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)


def test_the_address_is_free_for_a_new_account_at_once(noortje: Person, at: datetime) -> None:
    old = noortje.pk
    erase_everything(noortje, by=noortje, at=at)
    fields = {"email": ADDRESS, "password1": PASSWORD, "display_name": "Iemand nieuw", "is_old_enough": "on"}
    answer = Client().post(reverse("account_signup"), fields)
    assert answer.status_code == 302
    new = Person.objects.get(email=ADDRESS)
    assert new.pk != old
    assert new.name == "Iemand nieuw"


# The page.


def test_the_page_says_what_goes_and_stays_offers_the_package_and_asks_who_it_is_first(
    noortje: Person, sign_in: SignIn
) -> None:
    client, address = sign_in(noortje), reverse("takeaway:erase_everything")
    page = client.get(address).content.decode()
    assert "Wat verdwijnt" in page
    assert "Wat bij anderen blijft" in page
    assert reverse("takeaway:home") in page
    assert "is_sure" not in page
    answer = client.post(address, {"is_sure": "on"})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Person.objects.get(pk=noortje.pk).is_active
    again = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert again.headers["Location"] == address
    assert "is_sure" in client.get(address).content.decode()


def proved(client: Client) -> Client:
    """Let somebody show once more who they are."""
    client.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSWORD})
    return client


def test_without_the_tick_nothing_is_erased_and_with_it_everything_and_one_is_signed_out(
    noortje: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    write_everywhere(noortje, bram, programme, at)
    elsewhere = sign_in(noortje)
    client, address = proved(sign_in(noortje)), reverse("takeaway:erase_everything")
    answer = client.post(address, {})
    assert "Vink eerst het vakje aan." in answer.content.decode()
    assert Person.objects.get(pk=noortje.pk).is_active
    answer = client.post(address, {"is_sure": "on"})
    assert answer.headers["Location"] == reverse("takeaway:erased")
    assert "Alles is gewist" in client.get(reverse("takeaway:erased")).content.decode()
    assert not Session.objects.filter(person=noortje).exists()
    for browser in (client, elsewhere):
        assert browser.get(reverse("climb:home")).status_code == 302
    # The same form once more, by a double click: asked to sign in, and nothing else happens.
    assert client.post(address, {"is_sure": "on"}).headers["Location"].startswith(reverse("account_login"))
    assert Erased.objects.count() == 1


def test_who_has_no_password_is_asked_for_a_new_code(noortje: Person, sign_in: SignIn) -> None:
    noortje.set_unusable_password()
    noortje.save(update_fields=["password"])
    answer = sign_in(noortje).post(reverse("takeaway:erase_everything"), {"is_sure": "on"})
    assert answer.status_code == 403
    assert "Je staat op het punt alles te wissen." in answer.content.decode()


def test_nobody_erases_another(noortje: Person, bram: Person, at: datetime) -> None:
    with pytest.raises(Denied):
        erase_everything(noortje, by=bram, at=at)
    assert Person.objects.get(pk=noortje.pk).is_active


def test_after_the_erasing_nothing_is_written_any_more(noortje: Person, at: datetime) -> None:
    dream = keep(Dream, by=noortje, at=at, text="Eerst.")
    as_in_an_open_tab = Person.objects.get(pk=noortje.pk)
    erase_everything(noortje, by=noortje, at=at)
    writes: list[Callable[[], object]] = [
        lambda: keep(Dream, by=as_in_an_open_tab, at=at, text="Daarna."),
        lambda: reword(dream, by=as_in_an_open_tab, at=at, seen=1, text="Anders."),
        lambda: invite(by=as_in_an_open_tab, at=at, side=Side.COACH, email="x@school.example"),
        lambda: change_settings(
            person=as_in_an_open_tab, by=as_in_an_open_tab, at=at, display_name="Toch een naam"
        ),
    ]
    for write in writes:
        with pytest.raises(Denied):
            write()
    assert not Thing.objects.exists()
    assert Person.objects.get(pk=noortje.pk).display_name == ""
