"""What was taken along comes back: the same things, private, once, or not at all (P4)."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from klimtouw.belongings.actions import keep, remove, reword
from klimtouw.belongings.models import Share, Thing, Version
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Stage
from klimtouw.foundation.clock import now
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.takeaway.models import Brought
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.contents import in_json
from klimtouw.takeaway.package.making import make_file
from klimtouw.takeaway.package.names import CONTENT, DIGEST, MOST_BYTES
from klimtouw.takeaway.package.opening import NotAPackage, content_in
from klimtouw.talks.models import Talk
from tests.quiet import laid_down_once
from tests.stories import make_person
from tests.takeaway.lives import Life, data_of, leave_out_what_cannot_be_the_same, live, package_of, zipped

pytestmark = pytest.mark.django_db
Data = dict[str, Any]


@pytest.fixture
def life(noor: Person, bram: Person, at: datetime) -> Life:
    """Noor and Bram, with something of everything."""
    return live(noor, bram, at)


def burn_down(life: Life) -> None:
    """Take away what a house elsewhere would not have: the things, the relation and its talks."""
    Thing.objects.all().delete()
    Talk.objects.all().delete()
    Relation.objects.all().delete()


def elsewhere() -> Person:
    """Noor in another house, where she has another account."""
    return make_person("Noortje")


def sealed_up(data: Data) -> bytes:
    """Pack data as a package would, with the right digest."""
    body = in_json(data)
    return zipped({CONTENT: body, DIGEST: f"{hashlib.sha256(body).hexdigest()}  {CONTENT}\n".encode()})


@pytest.mark.parametrize("who", ["noor", "bram"])
def test_export_import_export_is_identical(who: str, life: Life, at: datetime) -> None:
    """Apart from the moment and place of making and which account it is."""
    person = getattr(life, who)
    file = make_file(by=person, at=at)
    first = content_in(file)
    burn_down(life)
    there = elsewhere()
    bring_back(content_in(file), by=there, at=at + timedelta(days=400), with_settings=True)
    second = data_of(there, at + timedelta(days=401))
    assert in_json(leave_out_what_cannot_be_the_same(second)) == in_json(
        leave_out_what_cannot_be_the_same(first)
    )
    again = make_person("Derde")
    Thing.objects.all().delete()
    bring_back(second, by=again, at=at + timedelta(days=500), with_settings=True)
    third = data_of(again, at + timedelta(days=501))
    assert in_json(leave_out_what_cannot_be_the_same(third)) == in_json(
        leave_out_what_cannot_be_the_same(first)
    )


def test_everything_comes_back_private_with_its_ids_moments_and_versions(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    kept = list(
        Thing.objects.filter(owner=life.noor)
        .order_by("pk")
        .values("pk", "kind", "created_at", "changed_at", "version", "removed_at", "whole")
    )
    burn_down(life)
    there = elsewhere()
    plan = bring_back(data, by=there, at=at)
    back = list(
        Thing.objects.filter(owner=there)
        .order_by("pk")
        .values("pk", "kind", "created_at", "changed_at", "version", "removed_at", "whole")
    )
    assert back == kept
    assert len(plan.comes) == len(kept)
    assert not Share.objects.filter(thing__owner=there).exists()
    dream = Dream.objects.get(owner=there)
    assert (dream.text, dream.state) == ("Een eigen plek.", "resting")
    assert Version.objects.filter(owner=there, thing_id=dream.pk).count() == 2
    goal = Goal.objects.get(owner=there)
    assert (goal.dream_id, goal.context) == (dream.pk, "placement")
    assert Stage.objects.filter(owner=there, state="reached", is_detour=True).exists()
    assert not Line.objects.filter(owner_id=there.pk).exists()


def test_other_peoples_words_come_back_sealed_and_never_as_things(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    burn_down(life)
    there = elsewhere()
    bring_back(data, by=there, at=at)
    assert not Thing.objects.exclude(owner=there).exists()
    assert not Thing.objects.filter(owner=there, kind__in=["reply", "suggestion", "work_card"]).exists()
    (row,) = Brought.objects.filter(account=life.noor.pk)
    assert "Ik sta beneden." in row.content
    assert b"Ik sta beneden." not in bytes(
        Brought.objects.filter(pk=row.pk).values_list("content", flat=True)[0].stored
    )


def test_bringing_twice_changes_nothing(life: Life, at: datetime) -> None:
    for person in (life.noor, life.bram):
        data = data_of(person, at)
        if person == life.noor:
            burn_down(life)
        there = make_person(f"{person.name}2")
        if person == life.bram:
            data = {**data, "things": {"reply": data["things"].get("reply", [])}}
        bring_back(data, by=there, at=at)
        once = (data_of(there, at), list(Brought.objects.order_by("pk").values("pk", "account", "as_of")))
        plan = bring_back(data, by=there, at=at + timedelta(days=1), with_settings=False)
        assert (plan.comes, plan.grows, plan.stays, plan.loose, plan.places) == ([], [], [], [], [])
        assert (
            data_of(there, at),
            list(Brought.objects.order_by("pk").values("pk", "account", "as_of")),
        ) == once


def test_bringing_back_into_the_same_house_changes_nothing(life: Life, at: datetime) -> None:
    before = data_of(life.noor, at)
    plan = bring_back(before, by=life.noor, at=at, with_settings=True)
    assert plan.changes_nothing
    assert plan.same == Thing.objects.filter(owner=life.noor).count()
    assert data_of(life.noor, at) == before


def test_a_thing_that_was_changed_here_since_is_not_overwritten_but_named(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    dream = Dream.objects.get(owner=life.noor)
    reword(dream, by=life.noor, at=at, seen=3, text="Hier veranderd.")
    plan = bring_back(data, by=life.noor, at=at)
    assert [str(title) for _kind, title in plan.staying] == ["Een eigen plek."]
    assert Dream.objects.get(owner=life.noor).text == "Hier veranderd."


def test_a_newer_wording_is_taken_over_with_what_lies_between(life: Life, at: datetime) -> None:
    older = data_of(life.noor, at)
    entry = life.things["entry"]
    reword(
        reword(entry, by=life.noor, at=at, seen=1, text="Tweede."), by=life.noor, at=at, seen=2, text="Derde."
    )
    newer = data_of(life.noor, at)
    burn_down(life)
    there = elsewhere()
    bring_back(older, by=there, at=at)
    plan = bring_back(newer, by=there, at=at)
    assert [kind for kind, _thing in plan.grows] == ["entry"]
    assert Entry.objects.get(pk=entry.pk).text == "Derde."
    assert list(
        Version.objects.filter(thing_id=entry.pk).order_by("number").values_list("number", flat=True)
    ) == [1, 2]
    assert data_of(there, at)["things"] == newer["things"]


def test_two_wordings_that_grew_apart_both_stay(life: Life, at: datetime) -> None:
    """Here and there each went on with the same text: what is here stays, what came is named."""
    entry = life.things["entry"]
    older = data_of(life.noor, at)
    reword(
        reword(entry, by=life.noor, at=at, seen=1, text="Daar."),
        by=life.noor,
        at=at,
        seen=2,
        text="Daar weer.",
    )
    newer = data_of(life.noor, at)
    burn_down(life)
    there = elsewhere()
    bring_back(older, by=there, at=at)
    reword(Entry.objects.get(pk=entry.pk), by=there, at=at, seen=1, text="Hier.")
    plan = bring_back(newer, by=there, at=at)
    assert [kind for kind, _thing in plan.stays] == ["entry"]
    assert Entry.objects.get(pk=entry.pk).text == "Hier."


def test_what_hangs_on_something_that_is_not_here_is_kept_and_goes_along_again(
    life: Life, at: datetime
) -> None:
    data = data_of(life.noor, at)
    burn_down(life)
    del data["things"]["route"]
    there = elsewhere()
    plan = bring_back(data, by=there, at=at)
    assert sorted(kind for kind, _thing in plan.loose) == ["stage", "stage", "step"]
    assert not Thing.objects.filter(kind="stage").exists()
    assert data_of(there, at)["things"] == data["things"]


def test_a_reply_knows_again_what_it_was_about_though_that_stayed_behind(life: Life, at: datetime) -> None:
    data = data_of(life.bram, at)
    burn_down(life)
    there = elsewhere()
    bring_back(data, by=there, at=at)
    assert Thing.objects.filter(owner=there, kind="reply").exists()
    (reply,) = data_of(there, at)["things"]["reply"]
    assert reply["fields"]["about"] == str(life.things["goal"].pk)


def test_a_place_that_is_taken_here_keeps_what_stands_there(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    burn_down(life)
    there = elsewhere()
    mine = keep(CompassAnswer, by=there, at=at, question="matters", text="Hier schreef ik iets anders.")
    plan = bring_back(data, by=there, at=at)
    assert [kind for kind, _thing in plan.loose] == ["compass_answer"]
    assert list(CompassAnswer.objects.filter(owner=there)) == [mine]


def test_a_kind_this_house_does_not_know_is_kept_and_goes_along_again(noor: Person, at: datetime) -> None:
    keep(Entry, by=noor, at=at, text="Bestaat.")
    data = data_of(noor, at)
    (thing,) = data["things"].pop("entry")
    later = {**thing, "fields": {"colour": "blauw", "size": 3}, "words": {"poem": "Een gedicht."}}
    data["things"]["poem"] = [later]
    Thing.objects.all().delete()
    there = elsewhere()
    plan = bring_back(content_in(sealed_up(data)), by=there, at=at)
    assert [number for _kind, number in plan.hanging] == [1]
    package = package_of(there, at)
    assert json.loads(package[CONTENT])["things"] == {"poem": [later]}
    assert "Een gedicht." in package["kind-poem.html"].decode()


def test_another_persons_package_is_refused_kindly(life: Life, stan: Person, at: datetime) -> None:
    data = data_of(life.noor, at)
    with pytest.raises(NotAPackage, match="iemand anders"):
        bring_back(data, by=stan, at=at)
    assert not Thing.objects.filter(owner=stan).exists()
    assert not Brought.objects.filter(owner=stan).exists()


def test_nothing_comes_half_when_it_goes_wrong_at_the_end(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    burn_down(life)
    there = elsewhere()
    data["things"]["entry"][0]["versions"] = [
        {"number": 1, "written_at": data["made"]["at"], "words": {"text": "a", "answers": ""}}
    ] * 2
    with pytest.raises(NotAPackage):
        bring_back(data, by=there, at=at)
    assert not Thing.objects.filter(owner=there).exists()
    assert not Version.objects.filter(owner=there).exists()
    assert not Brought.objects.filter(owner=there).exists()


def test_the_relation_a_thing_was_written_in_is_pointed_at_again_only_by_who_was_in_it(
    life: Life, at: datetime
) -> None:
    ground = life.things["ground"]
    data = data_of(life.noor, at)
    Thing.objects.filter(owner=life.noor).delete()
    bring_back(data, by=life.noor, at=at)
    assert type(ground).objects.get(pk=ground.pk).relation_id == life.relation.pk
    Thing.objects.filter(owner=life.noor).delete()
    there = elsewhere()
    bring_back(data, by=there, at=at)
    assert type(ground).objects.get(pk=ground.pk).relation_id is None
    assert data_of(there, at)["things"] == data["things"]


# Files that are no whole package.


def changed(change: Callable[[Data], object]) -> Callable[[bytes], bytes]:
    """Return a file whose data was changed by somebody who also put the digest right."""

    def make(file: bytes) -> bytes:
        data = content_in(file)
        change(data)
        return sealed_up(data)

    return make


def edited(file: bytes) -> bytes:
    """Change the data and leave the digest as it was."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in files if name.endswith(CONTENT))
    return zipped({**files, name: files[name].replace(b"Een eigen plek.", b"Een ander plan.")})


def with_bad_bytes(file: bytes) -> bytes:
    """Turn over some bytes of the data."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        place = next(one for one in package.infolist() if one.filename.endswith(CONTENT)).header_offset + 200
    return file[:place] + bytes(byte ^ 0xFF for byte in file[place : place + 40]) + file[place + 40 :]


def bomb(_file: bytes) -> bytes:
    """Pack a hundred million noughts in a few bytes."""
    return zipped({CONTENT: b" " * 100_000_000, DIGEST: b"x"})


def bomb_that_lies(_file: bytes) -> bytes:
    """A bomb that says it is small: the size in its heads is a lie."""
    file = bytearray(zipped({CONTENT: b" " * 50_000_000, DIGEST: b"x"}))
    size = struct.pack("<I", 50_000_000)
    while (place := file.find(size)) >= 0:
        file[place : place + 4] = struct.pack("<I", 1000)
    return bytes(file)


def many(_file: bytes) -> bytes:
    """Hold more files than any package."""
    return zipped({f"{number}.html": b"" for number in range(6_000)})


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "text": (lambda _file: b"hallo", "geen heel ZIP-bestand"),
    "nothing": (lambda _file: b"", "geen heel ZIP-bestand"),
    "truncated": (lambda file: file[:-200], "geen heel ZIP-bestand"),
    "cut in half": (lambda file: file[: len(file) // 2], "geen heel ZIP-bestand"),
    "bad bytes": (with_bad_bytes, "ZIP-bestand|pakket"),
    "edited": (edited, "veranderd nadat"),
    "foreign": (lambda _file: zipped({"a.txt": b"hallo"}), "geen pakket van Klimtouw"),
    "no digest": (lambda _file: zipped({CONTENT: b"{}"}), "geen pakket van Klimtouw"),
    "two of one": (lambda _file: zipped({f"a/{CONTENT}": b"{}", CONTENT: b"{}", DIGEST: b""}), "geen pakket"),
    "not json": (lambda _file: zipped({CONTENT: b"{", DIGEST: hashlib.sha256(b"{").hexdigest().encode()}), "niet lezen"),
    "not utf-8": (lambda _f: zipped({CONTENT: b"\xff", DIGEST: hashlib.sha256(b"\xff").hexdigest().encode()}), "niet lezen"),
    "deep": (
        lambda _f: zipped({CONTENT: b"[" * 200_000, DIGEST: hashlib.sha256(b"[" * 200_000).hexdigest().encode()}),
        "niet lezen",
    ),
    "a list": (lambda _file: zipped({CONTENT: b"[]", DIGEST: hashlib.sha256(b"[]").hexdigest().encode()}), "geen pakket"),
    "bomb": (bomb, "meer uit dit bestand"),
    "bomb that lies": (bomb_that_lies, "ZIP-bestand|meer uit"),
    "many": (many, "meer uit dit bestand"),
    "too large": (lambda _file: b"x" * (MOST_BYTES + 1), "te groot"),
    "out of the folder": (lambda _file: zipped({"../../etc/passwd": b"x"}), "vreemde bestandsnamen"),
    "absolute": (lambda _file: zipped({"/etc/passwd": b"x"}), "vreemde bestandsnamen"),
    "windows": (lambda _file: zipped({"C:\\x": b"x"}), "vreemde bestandsnamen"),
    "other version": (changed(lambda data: data.update(version=2)), "versie 2"),
    "other format": (changed(lambda data: data.update(format="iets")), "geen pakket"),
    "no things": (changed(lambda data: data.pop("things")), "things"),
    "a word too many": (changed(lambda data: data.update(extra=1)), "extra"),
    "number for a text": (changed(lambda data: data["things"]["dream"][0]["words"].update(text=5)), "dream › 1 › words"),
    "odd state": (changed(lambda data: data["things"]["dream"][0]["fields"].update(state="rood")), "state"),
    "odd id": (changed(lambda data: data["things"]["dream"][0].update(id="1")), "dream › 1 › id"),
    "no zone": (changed(lambda data: data["things"]["dream"][0].update(created_at="2026-01-01T00:00:00")), "created_at"),
    "year nought": (changed(lambda d: d["things"]["dream"][0].update(created_at="0001-01-01T00:00:00+14:00")), "created_at"),
    "huge number": (changed(lambda data: data["things"]["dream"][0].update(version=10**12)), "version"),
    "half a letter": (
        lambda file: sealed_half(content_in(file)),
        "dream › 1 › words › text",
    ),
    "twice": (changed(lambda data: data["things"]["dream"].append(data["things"]["dream"][0])), "twee keer"),
    "odd answers": (changed(lambda data: data["things"]["entry"][0]["words"].update(answers="[1]")), "woorden"),
    "odd settings": (changed(lambda data: data["account"]["settings"].update(language="fr")), "language"),
}  # fmt: skip


def sealed_half(data: Data) -> bytes:
    """Write half a letter, as JSON can."""
    data["things"]["dream"][0]["words"]["text"] = "@@"
    body = in_json(data).replace(b"@@", b"\\ud800")
    return zipped({CONTENT: body, DIGEST: hashlib.sha256(body).hexdigest().encode()})


@pytest.fixture(scope="module")
def whole_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:
    """Noor's package, made once; of the house it was made in nothing is left."""
    at = now()
    with laid_down_once(django_db_blocker):
        noor = live(make_person("Noor"), make_person("Bram"), at).noor
        return make_file(by=noor, at=at)


def test_the_file_that_is_broken_below_is_whole(whole_file: bytes, db: None, at: datetime) -> None:
    assert bring_back(content_in(whole_file), by=elsewhere(), at=at).comes


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_whole_package_gets_a_clear_sentence_and_changes_nothing(
    what: str, whole_file: bytes, at: datetime
) -> None:
    make, sentence = BAD[what]
    file = make(whole_file)
    there = elsewhere()
    with pytest.raises(NotAPackage, match=sentence):
        bring_back(content_in(file), by=there, at=at)
    assert not Thing.objects.exists()
    assert not Brought.objects.exists()


def test_a_package_that_was_zipped_again_by_hand_is_read(life: Life, at: datetime) -> None:
    files = package_of(life.noor, at)
    assert content_in(zipped(files)) == content_in(
        zipped({f"mijn map/{name}": body for name, body in files.items()})
    )


def test_what_lies_in_the_trash_here_stays_there(life: Life, at: datetime) -> None:
    data = data_of(life.noor, at)
    remove(life.things["entry"], by=life.noor, at=at)
    plan = bring_back(data, by=life.noor, at=at)
    assert [kind for kind, _thing in plan.stays] == ["entry"]
    assert Entry.objects.get(pk=life.things["entry"].pk).removed_at is not None


def test_settings_come_back_only_when_asked_for(noor: Person, at: datetime) -> None:
    data = data_of(noor, at)
    data["account"]["settings"] |= {"display_name": "Noor\nVan Daele", "theme": "cream", "language": "en"}
    data["account"]["settings"]["has_mirror"] = True
    bring_back(data, by=noor, at=at)
    noor.refresh_from_db()
    assert (noor.theme, noor.has_mirror) == ("auto", False)
    bring_back(data, by=noor, at=at, with_settings=True)
    noor.refresh_from_db()
    assert (noor.display_name, noor.theme, noor.language) == ("Noor Van Daele", "cream", "en")
    assert noor.has_mirror


def test_settings_of_before_the_language_mirror_come_back_too(noor: Person, at: datetime) -> None:
    data = data_of(noor, at)
    del data["account"]["settings"]["has_mirror"]
    data["account"]["settings"]["theme"] = "cream"
    bring_back(data, by=noor, at=at, with_settings=True)
    noor.refresh_from_db()
    assert (noor.theme, noor.has_mirror) == ("cream", False)
