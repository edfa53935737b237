"""The image check (R9): a coach's own picture before the first talk, for that coach alone, and gone at the end."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import Denied, may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import NeverShared, erase, share
from klimtouw.belongings.models import Share, Thing
from klimtouw.foundation.clock import end_of
from klimtouw.people import keyring
from klimtouw.people.models import DataKey, Person
from klimtouw.relations.actions.beginning import end_before_start, erase_relation
from klimtouw.relations.actions.closing import (
    complete_by_the_clock,
    complete_relation,
    leave_relation,
)
from klimtouw.relations.actions.contracts import _zone
from klimtouw.relations.actions.images import erase_images_without_key, note_image, wipe_image
from klimtouw.relations.choices import State
from klimtouw.relations.models import ImageCheck, Relation
from klimtouw.relations.queries.contracts import contract_in_force
from klimtouw.relations.queries.images import image_of
from klimtouw.takeaway.erasing import erase_everything
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.contents import content_of
from tests.stories import make_relation

SignIn = Callable[[Person], Client]
PICTURE = "Ik hoorde in de lerarenkamer dat ze zelden komt. KANARIE-beeld"


@pytest.fixture
def relation(noor: Person, bram: Person, at: datetime) -> Relation:
    """Noor and Bram get acquainted."""
    return make_relation(noor, bram, State.ACQUAINTING, at - timedelta(days=1))


@pytest.fixture
def image(relation: Relation, bram: Person, at: datetime) -> ImageCheck:
    """What Bram noted."""
    noted = note_image(relation, by=bram, at=at, text=PICTURE)
    assert noted is not None
    return noted


def page(client: Client, relation: Relation, status: int = 200) -> str:
    """Return the page of the picture as text."""
    answer = client.get(reverse("relations:image", args=[relation.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def in_state(relation: Relation, state: State, at: datetime) -> Relation:
    """Return the relation further on its way, with a contract in force where there is one."""
    running = make_relation(relation.coachee, relation.coach, State.COMPLETED, at - timedelta(days=2))
    running.contracts.update(relation=relation)
    relation.work_bond.seats.all().delete()
    running.work_bond.seats.update(bond=relation.work_bond)
    running.delete()
    Relation.objects.filter(pk=relation.pk).update(state=state)
    return Relation.objects.get(pk=relation.pk)


def sealed_now(image: ImageCheck) -> bytes:
    """Return the words as they lie in the database, and in a backup of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM relations_imagecheck WHERE thing_ptr_id = %s",
            [image.pk if connection.vendor == "postgresql" else image.pk.hex],
        )
        return bytes(cursor.fetchone()[0])


def test_r9_a_coach_notes_a_picture_before_the_first_talk_and_reads_it_again(
    relation: Relation, bram: Person, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    assert "Alleen jij kan dit lezen." in page(client, relation)
    sent = {"text": PICTURE, "id": uuid4()}
    for _twice in range(2):
        assert client.post(reverse("relations:image", args=[relation.pk]), sent).status_code in (200, 302)
    assert ImageCheck.objects.count() == 1
    text = page(client, relation)
    assert PICTURE in text
    assert "<textarea" not in text, "there are no earlier wordings: it is wiped and written anew"


@pytest.mark.parametrize("state", [State.CLICKING, State.CONTRACTING, State.RUNNING, State.PAUSED])
def test_r9_later_it_is_read_and_wiped_and_nothing_is_added(
    state: State, relation: Relation, image: ImageCheck, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = in_state(relation, state, at)
    client = sign_in(bram)
    assert PICTURE in page(client, relation)
    client.post(reverse("relations:image", args=[relation.pk]), {"wish": "wipe"})
    assert not ImageCheck.objects.exists()
    assert not Thing.objects.filter(kind="image_check").exists()
    assert "<textarea" not in page(client, relation)
    with pytest.raises(Denied):
        note_image(relation, by=bram, at=at, text="Nog iets over haar.")


def test_r9_nothing_written_keeps_nothing(relation: Relation, bram: Person, at: datetime) -> None:
    assert note_image(relation, by=bram, at=at, text="") is None
    assert not ImageCheck.objects.exists()


@pytest.mark.parametrize("who", ["noor", "vera", "ines", "stan"])
def test_v13_nobody_else_ever_reads_it_or_finds_out_that_it_is_there(
    who: str,
    relation: Relation,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    client = sign_in(request.getfixturevalue(who))
    before = client.get(reverse("relations:acquaintance", args=[relation.pk])).content
    image = note_image(relation, by=bram, at=at, text=PICTURE)
    assert image is not None
    page(client, relation, status=404)
    assert client.post(reverse("relations:image", args=[relation.pk]), {"wish": "wipe"}).status_code == 404
    for name in ("belongings:versions", "belongings:looks_at", "belongings:share", "belongings:erase"):
        assert client.get(reverse(name, args=[image.pk])).status_code == 404
    after = client.get(reverse("relations:acquaintance", args=[relation.pk])).content
    assert (len(after), b"KANARIE" in after) == (len(before), False)
    assert ImageCheck.objects.count() == 1


def test_v12_v13_it_can_not_be_shared_by_its_writer_either(
    relation: Relation, image: ImageCheck, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    with pytest.raises(NeverShared):
        share(image, onto=relation.acquaintance_bond, by=bram, at=at)
    assert sign_in(bram).get(reverse("belongings:share", args=[image.pk])).status_code == 404
    assert not Share.objects.exists()


def test_v13_the_coachee_reads_that_such_a_thing_exists(
    relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    said = "Alleen die coach leest het"
    address = reverse("relations:acquaintance", args=[relation.pk])
    text = sign_in(noor).get(address).content.decode()
    assert said in text
    assert reverse("climb:starting") in text, "and she has the mirror question"
    relation = in_state(relation, State.RUNNING, at)
    assert said in sign_in(noor).get(reverse("relations:contract", args=[relation.pk])).content.decode(), (
        "it stands beside the contract, in who sees what"
    )
    assert "welk beeld je al" in sign_in(noor).get(reverse("who-may-do-what")).content.decode()


def ended_by_the_clock(relation: Relation, at: datetime) -> None:
    """Let the last day go by."""
    contract = contract_in_force(relation)
    assert contract is not None
    assert complete_by_the_clock(relation, end_of(contract.ends_on, _zone()))


ENDS: dict[str, tuple[State, Callable[[Relation, datetime], object]]] = {
    "completed by the coach": (State.RUNNING, lambda r, at: complete_relation(relation=r, by=r.coach, at=at)),
    "stopped by the coachee": (State.PAUSED, lambda r, at: leave_relation(relation=r, by=r.coachee, at=at)),
    "the last day": (State.RUNNING, ended_by_the_clock),
    "no click": (State.CLICKING, end_before_start),
    "left while getting acquainted": (
        State.ACQUAINTING,
        lambda r, at: leave_relation(relation=r, by=r.coachee, at=at),
    ),
    "the relation is erased": (State.RUNNING, lambda r, at: erase_relation(r, at=at)),
    "the coachee erases everything": (State.RUNNING, lambda r, at: erase_everything(r.coachee, by=r.coachee, at=at)),
    "the coach erases everything": (State.RUNNING, lambda r, at: erase_everything(r.coach, by=r.coach, at=at)),
    "wiped": (State.RUNNING, lambda r, at: wipe_image(r, by=r.coach, at=at)),
    "erased as any thing": (
        State.RUNNING,
        lambda r, at: erase(ImageCheck.objects.get(), by=r.coach, at=at),
    ),
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_r9_v24_at_every_end_it_is_gone_and_no_backup_opens_it_any_more(
    end: str, relation: Relation, image: ImageCheck, at: datetime
) -> None:
    """A backup holds the sealed words, and of the keys only the newest copy is kept: that one no longer has this key."""
    state, ends = ENDS[end]
    if state != State.ACQUAINTING:
        relation = in_state(relation, state, at)
    stored = ImageCheck.objects.get()
    in_backup = stored.__dict__["text"]
    assert in_backup.stored == sealed_now(image)
    assert (
        in_backup.open(holder=image.pk, place=ImageCheck._meta.get_field("text").place_in(stored)) == PICTURE
    )
    ends(relation, at)
    assert not ImageCheck.objects.exists()
    assert not Thing.objects.filter(pk=image.pk).exists()
    assert not DataKey.objects.filter(pk=image.pk).exists()
    keyring.forget()
    with pytest.raises(keyring.KeyDestroyed):
        in_backup.open(holder=image.pk, place=ImageCheck._meta.get_field("text").place_in(stored))


def test_v24_past_the_last_day_it_is_shut_before_any_job_has_run(
    relation: Relation, image: ImageCheck, bram: Person, at: datetime
) -> None:
    relation = in_state(relation, State.RUNNING, at)
    over = end_of(contract_in_force(relation).ends_on, _zone())  # type: ignore[union-attr]  # in force
    relation.acquaintance_bond.seats.update(closes_at=over)
    relation.state = State.COMPLETED  # as it stands: relations.queries.relations.relation
    assert not may(bram, Action.SEE_OWN_IMAGE, relation, over)
    assert not may(bram, Action.READ, ImageCheck.objects.get(), over)
    assert may(bram, Action.READ, ImageCheck.objects.get(), over - timedelta(microseconds=1))


def test_r9_an_old_copy_of_the_database_brings_nothing_back(
    relation: Relation, image: ImageCheck, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    """The row comes back from a backup, its key does not: the page stands, and the next round erases it."""
    keyring.destroy(image.pk)
    keyring.forget()
    assert image_of(relation, bram) is None
    assert "KANARIE" not in page(sign_in(bram), relation)
    assert erase_images_without_key() == 1
    assert not Thing.objects.filter(kind="image_check").exists()


def test_p4_it_stands_in_the_coachs_own_package_while_it_lives_and_in_no_other(
    relation: Relation, image: ImageCheck, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    def package_of(person: Person) -> str:
        answer = sign_in(person).post(reverse("takeaway:package"))
        with ZipFile(BytesIO(answer.content)) as package:
            return "".join(package.read(name).decode() for name in package.namelist())

    assert "KANARIE" in package_of(bram)
    assert "KANARIE" not in package_of(noor)
    leave_relation(relation=relation, by=noor, at=at)
    assert "KANARIE" not in package_of(bram)


def test_v24_a_package_brings_no_ended_picture_back(
    relation: Relation, image: ImageCheck, bram: Person, at: datetime
) -> None:
    content = json.loads(json.dumps(content_of(bram, at, [])))
    assert "KANARIE" in json.dumps(content)
    leave_relation(relation=relation, by=bram, at=at)
    plan = bring_back(content, by=bram, at=at)
    assert (plan.comes, plan.loose, plan.grows) == ([], [], [])
    assert not ImageCheck.objects.exists()
    assert "KANARIE" not in json.dumps(content_of(bram, at, []))


def test_two_tabs_note_one_picture_and_markup_stays_text(
    relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    strange = "<script>alert(1)</script> 🧗 \u202eomgekeerd " + "lang " * 2000
    first = note_image(relation, by=bram, at=at, text=strange, id=uuid4())
    second = note_image(relation, by=bram, at=at, text="Iets anders", id=uuid4())
    assert first == second
    assert "<script>alert(1)" not in page(sign_in(bram), relation)


def test_c14_what_a_second_device_typed_stays_on_the_page_and_the_first_is_not_reworded(
    relation: Relation, image: ImageCheck, bram: Person, sign_in: SignIn
) -> None:
    client, address = sign_in(bram), reverse("relations:image", args=[relation.pk])
    answer = client.post(address, {"text": "Van de laptop.", "id": image.pk})
    assert answer.status_code == 200
    assert answer.context["form"]["text"].value() == "Van de laptop."
    assert "Wis dan eerst het andere" in answer.content.decode()
    assert ImageCheck.objects.get().text == PICTURE
    wiped = client.post(address, {"text": "Van de laptop.", "id": image.pk, "wish": "wipe"})
    assert not ImageCheck.objects.exists()
    form = wiped.context["form"]
    assert form["text"].value() == "Van de laptop."
    client.post(address, {"text": form["text"].value(), "id": form["id"].value()})
    assert ImageCheck.objects.get().text == "Van de laptop."


def test_c14_what_is_typed_after_the_first_talk_stays_on_the_page_to_copy(
    relation: Relation, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = in_state(relation, State.CLICKING, at)
    answer = sign_in(bram).post(
        reverse("relations:image", args=[relation.pk]), {"text": "Te laat.", "id": uuid4()}
    )
    assert answer.context["form"]["text"].value() == "Te laat."
    assert "Je kan het hier nog kopiëren" in answer.content.decode()
    assert not ImageCheck.objects.exists()
