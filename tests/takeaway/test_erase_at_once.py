"""Erasing everything while somebody writes at the very same moment: no half state, and no words afterwards (P5)."""

from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import transaction

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, reword, share
from klimtouw.belongings.models import Thing, Version
from klimtouw.climb.models import Dream, Goal
from klimtouw.foundation.clock import now
from klimtouw.people.actions import change_settings
from klimtouw.people.models import DataKey, Erased, Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.actions import give_reply
from klimtouw.replies.choices import ReplyKind
from klimtouw.replies.models import Reply
from klimtouw.takeaway.erasing import erase_everything
from tests.at_once import at_once
from tests.stories import make_person, make_relation

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite lets one write after the other
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

A_WHILE = 0.7


def test_a_text_sent_while_everything_is_erased_goes_along_or_is_refused() -> None:
    for number in range(8):
        writer = make_person(f"Schrijver{number}")
        keep(Dream, by=writer, at=now(), text="Eerst.")

        def erase(writer: Person = writer) -> object:
            return erase_everything(Person.objects.get(pk=writer.pk), by=writer, at=now())

        def write(writer: Person = writer) -> object:
            return keep(Dream, by=writer, at=now(), text="Daarna.")

        met = [one for one in at_once(erase, write, write, write) if isinstance(one, Exception)]
        assert all(isinstance(one, Denied) for one in met), met
        assert not Thing.objects.filter(owner=writer).exists()
        assert not Version.objects.filter(owner=writer).exists()
        assert not DataKey.objects.filter(pk=writer.pk).exists()


def test_erasing_waits_for_a_text_that_is_half_written_and_takes_it_along() -> None:
    noor, written = make_person("Noor"), Event()

    def write() -> object:
        with transaction.atomic():
            kept = keep(Dream, by=noor, at=now(), text="Half geschreven.")
            written.set()
            sleep(A_WHILE)  # the erasing begins meanwhile, and sees nothing of this yet
        return kept

    def erase() -> object:
        assert written.wait(timeout=10)
        return erase_everything(Person.objects.get(pk=noor.pk), by=noor, at=now())

    assert isinstance(at_once(write, erase)[0], Dream)
    assert not Thing.objects.exists()


def test_a_text_that_comes_while_everything_is_being_erased_is_refused() -> None:
    noor, erased = make_person("Noor"), Event()
    dream = keep(Dream, by=noor, at=now(), text="Eerst.")

    def erase() -> object:
        with transaction.atomic():
            erase_everything(Person.objects.get(pk=noor.pk), by=noor, at=now())
            erased.set()
            sleep(A_WHILE)
        return None

    def write() -> object:
        assert erased.wait(timeout=10)
        return keep(Dream, by=noor, at=now(), text="Daarna.")

    def reword_it() -> object:
        assert erased.wait(timeout=10)
        return reword(dream, by=noor, at=now(), seen=1, text="Anders.")

    def rename() -> object:
        assert erased.wait(timeout=10)
        return change_settings(person=noor, by=noor, at=now(), display_name="Toch een naam")

    results = at_once(erase, write, reword_it, rename)
    assert results[0] is None
    assert all(isinstance(one, Denied) for one in results[1:]), results
    assert not Thing.objects.exists()
    assert Person.objects.get(pk=noor.pk).display_name == ""


def test_two_presses_at_once_erase_once() -> None:
    noor = make_person("Noor")
    keep(Dream, by=noor, at=now(), text="Eerst.")
    results = at_once(*[lambda: erase_everything(Person.objects.get(pk=noor.pk), by=noor, at=now())] * 3)
    assert results == [None, None, None]
    assert Erased.objects.count() == 1


def test_a_reply_laid_beside_at_that_moment_stays_with_its_writer_or_finds_nothing() -> None:
    for number in range(8):
        noor, bram = make_person(f"Noor{number}"), make_person(f"Bram{number}")
        relation = make_relation(noor, bram, State.RUNNING, now())
        goal = keep(Goal, by=noor, at=now(), text="doel")
        share(goal, onto=relation.work_bond, by=noor, at=now())

        def erase(noor: Person = noor) -> object:
            return erase_everything(Person.objects.get(pk=noor.pk), by=noor, at=now())

        def answer(goal: Goal = goal, bram: Person = bram) -> object:
            return give_reply(goal, by=bram, at=now(), id=uuid4(), reply_kind=ReplyKind.SUPPORT, text="Knap.")

        results = at_once(erase, answer)
        assert results[0] is None
        assert isinstance(results[1], Reply | Denied | Thing.DoesNotExist), results[1]
        assert not Thing.objects.filter(owner=noor).exists()
        assert all(reply.about_id is None for reply in Reply.objects.filter(owner=bram))


def test_two_people_of_one_relation_who_erase_at_once_leave_nothing() -> None:
    for number in range(5):
        noor, bram = make_person(f"Een{number}"), make_person(f"Twee{number}")
        relation = make_relation(noor, bram, State.RUNNING, now())
        results = at_once(
            lambda noor=noor: erase_everything(Person.objects.get(pk=noor.pk), by=noor, at=now()),  # type: ignore[misc]
            lambda bram=bram: erase_everything(Person.objects.get(pk=bram.pk), by=bram, at=now()),  # type: ignore[misc]
        )
        assert results == [None, None]
        assert not Relation.objects.filter(pk=relation.pk).exists()
