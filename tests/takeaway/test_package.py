"""Everything goes along: one file, any time, with open data and pages for a browser (P4)."""

import hashlib
import json
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.queries import kinds
from klimtouw.belongings.words import words_fields_of
from klimtouw.climb.models import Entry, Goal
from klimtouw.ledger.models import Line
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.replies.actions_asking import ask
from klimtouw.takeaway.package.checking import check
from klimtouw.takeaway.package.fields import NOT_WRITTEN, OF_EVERY_THING
from klimtouw.takeaway.package.queries import NOT_OF_A_PERSON, SETTINGS
from klimtouw.takeaway.package.schema import schema
from tests.stories import make_relation
from tests.takeaway.lives import Life, data_of, live, package_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(noor: Person, bram: Person, at: datetime) -> Life:
    """Noor and Bram, with something of everything."""
    return live(noor, bram, at)


def test_every_thing_of_every_kind_goes_along_with_all_its_versions(life: Life, at: datetime) -> None:
    for person in (life.noor, life.bram):
        data = data_of(person, at)
        found = {thing["id"] for things in data["things"].values() for thing in things}
        mine = Thing.objects.filter(owner=person)
        assert found == {str(pk) for pk in mine.values_list("pk", flat=True)}
        versions = [v for things in data["things"].values() for thing in things for v in thing["versions"]]
        assert len(versions) == Version.objects.filter(owner=person).count()
    (dream,) = data_of(life.noor, at)["things"]["dream"]
    assert [version["words"]["text"] for version in dream["versions"]] == [
        "Ooit een eigen praktijk.",
        "Ooit een eigen plek.",
    ]
    assert dream["words"] == {"text": "Een eigen plek."}
    assert dream["fields"] == {"state": "resting"}
    assert dream["margin"] == {"device": "telefoon van Noor", "moves": ""}
    assert [version["device"] for version in dream["versions"]] == ["telefoon van Noor"] * 2


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds().keys())
def test_every_field_of_every_kind_goes_along(kind: type[Thing]) -> None:
    """A kind that is added later comes along by itself; a sort of field the package cannot write stops here."""
    shape = schema()["$defs"][kind.KIND]["properties"]
    written = {*OF_EVERY_THING, *shape["fields"]["properties"], *shape["words"]["properties"]}
    written |= set(shape["margin"]["properties"])
    assert {field.name for field in kind._meta.get_fields() if field.concrete} == written | NOT_WRITTEN
    assert set(shape["words"]["properties"]) == {field.name for field in words_fields_of(kind)}
    assert kind._meta.many_to_many == ()


def test_every_field_of_a_person_goes_along_or_opens_the_account() -> None:
    fields = {field.name for field in Person._meta.concrete_fields}
    assert fields - NOT_OF_A_PERSON == set(SETTINGS)


def test_p4_what_was_asked_goes_along_with_the_one_who_asked_and_with_nobody_else(
    life: Life, at: datetime
) -> None:
    goal = Goal.objects.get(pk=life.things["goal"].pk)
    day = localdate(at) + timedelta(days=4)
    ask(goal, by=life.noor, at=at, of=life.relation, by_day=day)
    data = data_of(life.noor, at)
    assert data["places"][0]["requests"] == [
        {
            "thing": str(goal.pk),
            "relation": str(life.relation.pk),
            "state": "open",
            "asked_at": data["places"][0]["requests"][0]["asked_at"],
            "by_day": day.isoformat(),
            "promised_on": None,
        }
    ]
    assert data_of(life.bram, at)["places"][0]["requests"] == []
    older = json.loads(json.dumps(data))
    del older["places"][0]["requests"]
    for one in (data, older):
        check(one, schema())


def test_what_is_put_away_and_what_is_shared_says_so(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    entries = {thing["words"]["text"]: thing for thing in data["things"]["entry"]}
    assert entries["Weggedaan."]["removed_at"] is not None
    (place,) = data["places"]
    goal = str(life.things["goal"].pk)
    (shared,) = [share for share in place["shares"] if share["thing"] == goal]
    assert shared["with"] == [str(life.bram.pk)]
    assert shared["relation"] == str(life.relation.pk)
    assert shared["until"] is not None
    assert {"id": str(life.bram.pk), "name": "Bram"} in place["people"]


def test_the_relation_goes_along_with_what_both_agreed_and_their_talks(life: Life, at: datetime) -> None:
    for person in (life.noor, life.bram):
        (relation,) = data_of(person, at)["places"][0]["relations"]
        (contract,) = relation["contracts"]
        assert relation["state"] == State.RUNNING
        assert contract["availability"] == "Op dinsdag, ook per bericht."
        assert len(contract["clauses"]) == 2
        assert {one["person"] for one in contract["signatures"]} == {str(life.noor.pk), str(life.bram.pk)}
        assert [talk["place"] for talk in relation["talks"]] == ["De bibliotheek"]


def test_what_others_wrote_for_me_goes_along_with_whose_it_is_and_leaves_a_look(
    life: Life, at: datetime
) -> None:
    before = Line.objects.filter(owner_id=life.bram.pk).count()
    (place,) = data_of(life.noor, at)["places"]
    given = {thing["kind"]: thing for thing in place["words_of_others"]}
    kinds_given = {
        "reply",
        "suggestion",
        "coach_sentence",
        "preparation_line",
        "work_card",
        "needs_wishes_limits",
    }
    assert set(given) == kinds_given
    assert {thing["by"] for thing in given.values()} == {str(life.bram.pk)}
    assert given["reply"]["words"]["text"] == "Ik sta beneden."
    looks = Line.objects.filter(owner_id=life.bram.pk).order_by("number")[before:]
    assert {str(look.about_id) for look in looks} == {thing["id"] for thing in given.values()}
    assert {(look.act, look.by_id) for look in looks} == {("look", life.noor.pk)}


def test_v24_a_coach_takes_no_copy_of_what_a_coachee_shared(life: Life, at: datetime) -> None:
    package = package_of(life.bram, at)
    assert json.loads(package["klimtouw.json"])["places"][0]["words_of_others"] == []
    words = b"".join(package.values())
    for text in (
        "Omdat het telt.",
        "Eerst kijken.",
        "Wij fietsen",
        "Ik wil het over moed hebben.",
        "Moed groeit.",
    ):
        assert text.encode() not in words
    assert b"Ik sta beneden." in words
    assert not Line.objects.filter(owner_id=life.noor.pk, by_id=life.bram.pk).exists()


def test_v24_after_the_end_a_coach_has_no_talks_in_the_package(
    noor: Person, bram: Person, at: datetime
) -> None:
    life = live(noor, bram, at)
    life.relation.state = State.COMPLETED
    life.relation.save(update_fields=["state"])
    talks = {
        person.name: data_of(person, at)["places"][0]["relations"][0]["talks"] for person in (noor, bram)
    }
    assert talks["Bram"] == []
    assert len(talks["Noor"]) == 1


def test_nobody_elses_words_are_in_a_package(life: Life, stan: Person, at: datetime) -> None:
    keep(Entry, by=life.bram, at=at, text="kanarievogel van Bram")
    keep(Goal, by=stan, at=at, text="kanarievogel van Stan")
    everything = b"".join(package_of(life.noor, at).values())
    assert b"kanarievogel" not in everything


def test_v8_a_match_that_did_not_start_leaves_no_trace_in_the_package(
    noor: Person, bram: Person, at: datetime
) -> None:
    relation = make_relation(noor, bram, State.RUNNING, at)
    goal = keep(Goal, by=noor, at=at, text="Ik wil.")
    share(goal, onto=relation.work_bond, by=noor, at=at)
    relation.state = State.NOT_STARTED
    relation.save(update_fields=["state"])
    relation.work_bond.seats.update(closes_at=at)
    everything = b"".join(package_of(noor, at + timedelta(hours=1)).values())
    assert b"Bram" not in everything
    assert str(bram.pk).encode() not in everything
    assert str(relation.pk).encode() not in everything


def test_the_data_is_as_its_schema_says(life: Life, at: datetime) -> None:
    package = package_of(life.noor, at)
    described = json.loads(package["klimtouw.schema.json"])
    assert described == json.loads(json.dumps(schema()))
    check(json.loads(package["klimtouw.json"]), described)
    digest, name = package["klimtouw.json.sha256"].decode().split()
    assert (digest, name) == (hashlib.sha256(package["klimtouw.json"]).hexdigest(), "klimtouw.json")


def test_the_same_content_gives_the_same_bytes(life: Life, at: datetime) -> None:
    first, second = package_of(life.noor, at), package_of(life.noor, at)
    assert first == second


def test_the_chain_of_looks_can_be_verified_outside(life: Life, at: datetime) -> None:
    """Only the data and the standard library: what docs/leaving-package.md tells a sceptic to do."""
    data_of(life.bram, at)
    looks = data_of(life.noor, at)["places"][0]["looks"]
    assert len(looks) >= 4
    previous = ""
    for number, line in enumerate(looks, start=1):
        moment = datetime.fromisoformat(line["at"]).isoformat(timespec="microseconds")
        parts = (
            previous,
            line["owner_id"],
            number,
            moment,
            line["by_id"],
            line["hat"],
            line["act"],
            line["about_id"],
        )
        assert line["digest"] == hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
        assert line["previous"] == previous
        previous = line["digest"]


def test_a_package_asks_the_same_number_of_questions_however_much_somebody_wrote(
    noor: Person, bram: Person, at: datetime
) -> None:
    life = live(noor, bram, at)
    counts = []
    for _ in range(2):
        keyring.forget()  # as at the beginning of every request
        with CaptureQueriesContext(connection) as queries:
            package_of(noor, at)
        counts.append(len(queries))
        for number in range(5):
            entry = keep(Entry, by=noor, at=at, text=f"bericht {number}")
            share(entry, onto=life.relation.work_bond, by=noor, at=at)
            Version.objects.create(
                thing_id=entry.pk, owner=noor, number=9, words='{"text": "eerder"}', written_at=at
            )
    assert counts[0] == counts[1]
    assert counts[0] < 80


def test_an_empty_account_has_a_package_too(noor: Person, at: datetime) -> None:
    data = data_of(noor, at)
    assert (data["things"], data["places"]) == ({}, [])
    assert data["account"]["settings"]["display_name"] == "Noor"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_speak_the_language_of_their_reader_and_escape_every_word(
    language: str, noor: Person, bram: Person, at: datetime
) -> None:
    life = live(noor, bram, at)
    noor.language = language
    noor.save(update_fields=["language"])
    pages = {name: body.decode() for name, body in package_of(noor, at).items() if name.endswith(".html")}
    assert f'<html lang="{language}">' in pages["index.html"]
    assert ("Wat ik schreef" in pages["index.html"]) == (language == "nl")
    assert "&lt;script&gt;alert(1)" in pages["route-1.html"]
    assert not any("<script" in page for page in pages.values())
    assert "<svg" in pages["route-1.html"]
    assert "Eerst kijken." in pages["route-1.html"]
    assert "Ik sta beneden." in pages["given-1.html"]
    assert "Op dinsdag, ook per bericht." in pages["relations-1.html"]
    assert life.things["dream"].text in pages["kind-dream.html"]
    assert "Ooit een eigen praktijk." in pages["kind-dream.html"]


def test_every_link_in_the_folder_leads_to_something_in_the_folder(life: Life, at: datetime) -> None:
    package = package_of(life.noor, at)
    for name, body in package.items():
        if not name.endswith(".html"):
            continue
        page = body.decode()
        for target in re.findall(r'href="([^"]+)"', page):
            file, _, anchor = target.partition("#")
            assert not file or file in package, f"{name}: {target}"
            where = package[file or name].decode()
            assert not anchor or f'id="{anchor}"' in where, f"{name}: {target}"
        assert not re.search(r'(?:src|href)="(?:https?:|/)', page), name


def test_what_was_meant_for_another_is_never_made_by_making_a_package(life: Life, at: datetime) -> None:
    """Reading everything changes nothing of what is shared or written."""
    before = list(Thing.objects.order_by("pk").values())
    package_of(life.noor, at)
    assert list(Thing.objects.order_by("pk").values()) == before
