"""The pages: one button, any time; and bringing back only after having seen what comes."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Entry
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.replies.models import Reply
from klimtouw.takeaway.choices import ParcelState, Way
from klimtouw.takeaway.models import Brought, Parcel
from klimtouw.takeaway.package import making, parcels
from klimtouw.takeaway.package.actions import ask_for_parcel, forget_parcels
from klimtouw.takeaway.package.making import fill_parcel, make_file
from klimtouw.takeaway.package.names import MOST_BYTES
from tests.stories import make_person
from tests.takeaway.lives import live

SignIn = Callable[[Person], Client]
HOME = "/meenemen/"
MARKER = "kanarievogel"


def names_in(response: HttpResponse) -> set[str]:
    """Return the names of the files in a package that came as an answer."""
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        return set(package.namelist())


def upload(client: Client, file: bytes, name: str = "klimtouw.zip") -> HttpResponse:
    """Send a file to the page that takes a package in."""
    sent = {"file": SimpleUploadedFile(name, file, content_type="application/zip")}
    return client.post(reverse("takeaway:bring"), sent, follow=True)


@pytest.mark.django_db
def test_one_button_gives_everything_at_any_time(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    assert "Alles meenemen" in client.get(HOME).content.decode()
    response = client.post(reverse("takeaway:package"))
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="klimtouw-')
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert {"klimtouw/index.html", "klimtouw/klimtouw.json", "klimtouw/klimtouw.css"} <= names_in(response)
    assert not Parcel.objects.exists()


@pytest.mark.django_db
def test_going_to_the_address_of_the_button_makes_nothing(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    live(noor, bram, at)
    before = Line.objects.count()
    assert sign_in(noor).get(reverse("takeaway:package")).status_code == 302
    assert Line.objects.count() == before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_wrote_a_lot_waits_for_a_job_and_fetches_it_once(
    noor: Person, at: datetime, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE", 2)
    for number in range(4):
        keep(Entry, by=noor, at=at, text=f"{MARKER} {number}")
    client = sign_in(noor)
    page = client.post(reverse("takeaway:package"), follow=True)
    assert "Het is klaar." in page.content.decode()
    parcel = Parcel.objects.get()
    assert (parcel.state, parcel.things, parcel.gathered) == (ParcelState.READY, 4, 4)
    stored = Parcel.objects.values_list("content", flat=True)[0].stored
    assert MARKER.encode() not in stored
    assert b"UEsDB" not in stored  # how a ZIP begins in base64
    assert "Je pakket is onderweg" in client.get(HOME).content.decode()
    address = reverse("takeaway:parcel", args=[parcel.pk])
    assert "klimtouw/klimtouw.json" in names_in(client.post(address))
    assert not Parcel.objects.exists()
    assert client.post(address).status_code == 404


@pytest.mark.django_db
def test_the_page_says_how_far_the_job_is_and_when_it_gave_up(
    noor: Person, at: datetime, sign_in: SignIn
) -> None:
    parcel = Parcel.objects.create(owner=noor, way=Way.OUT, asked_at=at, things=9, gathered=3)
    address = reverse("takeaway:parcel", args=[parcel.pk])
    page = sign_in(noor).get(address).content.decode()
    assert "3 van 9 dingen" in page
    assert "Kijk opnieuw" in page
    assert "3 van 9 dingen" in sign_in(noor).post(address).content.decode()
    Parcel.objects.update(asked_at=at - timedelta(minutes=11))
    assert "kon deze keer niet gemaakt worden" in sign_in(noor).get(address).content.decode()
    Parcel.objects.update(state=ParcelState.NO_ROOM)
    assert "geen plaats meer op de server" in sign_in(noor).get(address).content.decode()


@pytest.mark.django_db
def test_asking_twice_makes_one_package(noor: Person, at: datetime) -> None:
    first = ask_for_parcel(by=noor, at=at)
    assert ask_for_parcel(by=noor, at=at + timedelta(minutes=1)) == first
    assert Parcel.objects.count() == 1
    assert ask_for_parcel(by=noor, at=at + timedelta(minutes=11)) != first
    assert Parcel.objects.count() == 1


@pytest.mark.django_db
def test_a_package_nobody_fetched_is_gone_after_a_day(noor: Person, at: datetime) -> None:
    Parcel.objects.create(owner=noor, way=Way.OUT, asked_at=at)
    forget_parcels(at=at + timedelta(hours=23))
    assert Parcel.objects.exists()
    forget_parcels(at=at + timedelta(hours=25))
    assert not Parcel.objects.exists()


@pytest.mark.django_db
def test_bringing_back_says_first_what_comes_and_changes_nothing_until_a_yes(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    live(noor, bram, at)
    file = make_file(by=noor, at=at)
    Thing.objects.all().delete()
    Relation.objects.all().delete()
    there = make_person("Noortje")
    client = sign_in(there)
    seen = upload(client, file)
    text = " ".join(seen.content.decode().split())
    assert "Dit komt terug" in text
    assert "Doel: 1" in text
    assert "Logboekbericht: 2" in text
    assert "Je coachrelaties van daar" in text
    assert not Thing.objects.exists()
    stored = bytes(Parcel.objects.values_list("content", flat=True)[0].stored)
    assert b"Een eigen plek" not in stored
    done = client.post(seen.request["PATH_INFO"], {"with_settings": "on"}, follow=True)
    assert "Het is terug. Alleen jij kunt het lezen." in done.content.decode()
    assert Thing.objects.filter(owner=there, kind="entry").count() == 2
    assert Brought.objects.filter(owner=there, account=noor.pk).exists()
    assert not Parcel.objects.exists()
    there.refresh_from_db()
    assert there.display_name == "Noor"
    again = upload(client, file)
    assert "Alles uit je pakket is hier al." in again.content.decode()
    assert client.post(seen.request["PATH_INFO"]).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"geen zip", "Dit is geen heel ZIP-bestand."),
        (b"", "Dit bestand is leeg."),
        (os.urandom(1024) * (MOST_BYTES // 1024 + 1), "Dit bestand is te groot."),
    ],
    ids=["no zip", "empty", "too large"],
)
def test_a_wrong_file_gets_its_sentence_at_the_field(
    file: bytes, sentence: str, noor: Person, sign_in: SignIn
) -> None:
    page = upload(sign_in(noor), file).content.decode()
    assert sentence in page
    assert 'id="id_file_error"' in page
    assert not Parcel.objects.exists()


@pytest.mark.django_db
def test_no_file_at_all_gets_a_sentence_too(noor: Person, sign_in: SignIn) -> None:
    assert "Kies eerst een bestand." in sign_in(noor).post(reverse("takeaway:bring")).content.decode()


@pytest.mark.django_db
def test_another_persons_package_is_refused_at_the_field(
    noor: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    keep(Entry, by=noor, at=at, text="Van Noor.")
    page = upload(sign_in(stan), make_file(by=noor, at=at)).content.decode()
    assert "In dit pakket zit iets van iemand anders." in page
    assert not Parcel.objects.exists()


@pytest.mark.django_db
def test_a_package_that_stopped_fitting_between_looking_and_the_yes_changes_nothing(
    noor: Person, at: datetime, sign_in: SignIn
) -> None:
    keep(Entry, by=noor, at=at, text="Van Noor.")
    file = make_file(by=noor, at=at)
    kept = Thing.objects.get()
    Thing.objects.all().delete()
    there, third = make_person("Noortje"), make_person("Derde")
    client = sign_in(there)
    seen = upload(client, file)
    keep(Entry, by=third, at=at, id=kept.pk, text="Iets anders.")
    done = client.post(seen.request["PATH_INFO"], follow=True)
    assert "iemand anders" in done.content.decode()
    assert not Thing.objects.filter(owner=there).exists()


@pytest.mark.django_db
def test_words_in_a_package_are_escaped_where_the_page_names_them(
    noor: Person, at: datetime, sign_in: SignIn
) -> None:
    entry = keep(Entry, by=noor, at=at, text="<b>dik</b> " * 3)
    file = make_file(by=noor, at=at)
    entry.text = "Anders."
    entry.version = 2
    entry.save()
    page = upload(sign_in(noor), file).content.decode()
    assert escape("<b>dik</b>") in page
    assert "<b>dik</b>" not in page


@pytest.mark.django_db
def test_nobody_else_comes_at_a_parcel(noor: Person, stan: Person, at: datetime, sign_in: SignIn) -> None:
    out = Parcel.objects.create(owner=noor, way=Way.OUT, state=ParcelState.READY, asked_at=at, content="UEs=")
    brought = Parcel.objects.create(
        owner=noor, way=Way.IN, state=ParcelState.READY, asked_at=at, content="{}"
    )
    for name, parcel in (("parcel", out), ("arrival", brought)):
        for client in (sign_in(stan), Client()):
            for response in (
                client.get(reverse(f"takeaway:{name}", args=[parcel.pk])),
                client.post(reverse(f"takeaway:{name}", args=[parcel.pk])),
            ):
                assert response.status_code in (302, 404)
    assert sign_in(noor).get(reverse("takeaway:arrival", args=[out.pk])).status_code == 404
    assert Parcel.objects.count() == 2


# No room.


@pytest.fixture
def no_room(transactional_db: None, django_db_serialized_rollback: None) -> Iterator[Callable[[], None]]:
    """Leave the database file no room to grow, as on a full disk."""

    def fill() -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # pages that were emptied would be room as well
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")

    yield fill
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.only_on("sqlite3")
def test_a_full_disk_gives_a_clear_sentence_and_leaves_no_look(
    no_room: Callable[[], None], noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    life = live(noor, bram, at)
    for number in range(300):
        reply = keep(
            Reply, by=bram, at=at, about_id=life.things["goal"].pk, reply_kind="support", text=str(number)
        )
        share(reply, onto=life.relation.work_bond, by=bram, at=at)
    client = sign_in(noor)
    client.get(HOME)
    before = Line.objects.count()
    no_room()
    response = client.post(reverse("takeaway:package"))
    assert response.status_code == 507
    assert "Er is geen plaats meer op de server." in response.content.decode()
    assert Line.objects.count() == before


@pytest.mark.only_on("sqlite3")
def test_a_disk_that_fills_up_while_the_job_writes_leaves_nothing_behind(
    no_room: Callable[[], None], noor: Person, at: datetime
) -> None:
    keep(Entry, by=noor, at=at, text=os.urandom(300_000).hex())
    parcel = Parcel.objects.create(owner=noor, way=Way.OUT, asked_at=at, things=1)
    no_room()
    fill_parcel(parcel.pk, at=at)
    parcel.refresh_from_db()
    assert (parcel.state, parcel.content) == (ParcelState.NO_ROOM, "")


@pytest.mark.django_db
def test_another_fault_of_the_database_is_not_called_a_full_disk(
    noor: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("locked")

    monkeypatch.setattr(making, "note_looks", broken)
    with pytest.raises(OperationalError, match="locked"):
        make_file(by=noor, at=at)
