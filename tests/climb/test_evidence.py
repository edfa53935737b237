"""Evidence: a photo, a file or a link, always hanging on something of one's own and read by whoever reads that (C8, C9)."""

import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from klimtouw.belongings.actions import erase, remove, revoke, share
from klimtouw.belongings.contents import Size, contents_of
from klimtouw.belongings.models import Piece
from klimtouw.belongings.queries import in_full
from klimtouw.climb.actions import evidence as actions
from klimtouw.climb.actions.evidence import add_evidence
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.evidence_files import LONGEST_NAME, Taken, safe_name, taken_in
from klimtouw.climb.models import Entry, Evidence
from klimtouw.foundation.sealing import CannotOpen
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.takeaway.erasing import erase_everything

SignIn = Callable[[Person], Client]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def a_photo(width: int = 60, height: int = 40, sort: str = "JPEG", **options: Any) -> bytes:
    """A photo as a phone makes it."""
    drawn = BytesIO()
    Image.new("RGB", (width, height), "darkgreen").save(drawn, sort, **options)
    return drawn.getvalue()


def with_a_place(photo: bytes) -> bytes:
    """The same photo with where it was taken, with what, and lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = 6, "Geheime Camera", "Geheim onderschrift"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 3.0, 15.0), 3: "E", 4: (3.0, 43.0, 30.0)})
    drawn = BytesIO()
    Image.open(BytesIO(photo)).save(drawn, "JPEG", exif=exif, comment=b"Geheime opmerking")
    return drawn.getvalue()


def a_file(name: str = "verslag.pdf", body: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it; its type is what the sender likes it to be."""
    return SimpleUploadedFile(name, body, content_type="image/jpeg")


def put(client: Client, thing: Any, **fields: Any) -> Any:
    """Send the form of evidence."""
    return client.post(reverse("climb:evidence_new", args=[thing.pk]), {"id": uuid4(), **fields})


@pytest.fixture
def entry(noor: Person, at: datetime) -> Entry:
    return write_entry(by=noor, at=at, text="Ik gaf een prik.")


@pytest.fixture
def photo(noor: Person, entry: Entry, at: datetime) -> Evidence:
    taken = taken_in("prik.jpg", with_a_place(a_photo()))
    return add_evidence(entry, by=noor, at=at, caption="De eerste prik.", file=taken)


def test_c8_a_photo_hangs_on_an_entry_and_is_seen_there(noor: Person, entry: Entry, sign_in: SignIn) -> None:
    client = sign_in(noor)
    page = client.get(reverse("climb:evidence_new", args=[entry.pk])).content.decode()
    assert page.count("Alleen jij kan dit lezen.") == 1
    assert put(client, entry, file=a_file("p.jpg", a_photo()), caption="Kijk.").status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.owner, evidence.whole_id, evidence.on_id, evidence.sort) == (
        noor,
        entry.pk,
        entry.pk,
        "photo",
    )
    page = client.get(reverse("climb:entry", args=[entry.pk])).content.decode()
    assert reverse("climb:evidence_small", args=[evidence.pk]) in page
    assert "Kijk." in page
    shown = client.get(reverse("climb:evidence_photo", args=[evidence.pk]))
    assert Image.open(BytesIO(shown.content)).size == (60, 40)


def test_a_photo_is_drawn_anew_upright_without_place_camera_or_words(photo: Evidence) -> None:
    for size in Size:
        kept = contents_of(photo, size)
        for hidden in (b"Geheim", b"Exif", b"GPS", b"51.0"):
            assert hidden not in kept
        picture = Image.open(BytesIO(kept))
        assert (picture.size, dict(picture.getexif()), "comment" in picture.info) == ((40, 60), {}, False)


@pytest.mark.parametrize("sort", ["PNG", "WEBP", "GIF"])
def test_other_pictures_become_the_same_kind_of_photo(sort: str) -> None:
    taken = taken_in(f"x.{sort.lower()}", a_photo(sort=sort))
    assert (taken.content_type, taken.file_name) == ("image/jpeg", "x.jpg")
    assert Image.open(BytesIO(taken.contents[Size.FULL])).format == "JPEG"


def test_a_large_photo_becomes_smaller(noor: Person) -> None:
    taken = taken_in("groot.jpg", a_photo(5000, 1000))
    assert Image.open(BytesIO(taken.contents[Size.FULL])).size == (2400, 480)
    assert max(Image.open(BytesIO(taken.contents[Size.SMALL])).size) == 480


def test_p3_nothing_of_it_lies_open_in_the_database(noor: Person, entry: Entry, at: datetime) -> None:
    secret = b"Geheim verslag over Noor. " * 30_000
    kept = add_evidence(entry, by=noor, at=at, caption="Geheim", file=taken_in("geheim.txt", secret))
    assert Piece.objects.count() == 3
    with connection.cursor() as cursor:
        for table in ("belongings_piece", "climb_evidence"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (a table of our own)
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    assert b"eheim" not in raw
    assert contents_of(Evidence.objects.get(pk=kept.pk)) == secret


@pytest.mark.parametrize("tamper", ["swap", "drop the last", "drop the first", "another thing"])
def test_no_piece_can_be_moved_or_left_out(tamper: str, noor: Person, entry: Entry, at: datetime) -> None:
    body = bytes(range(256)) * 3000
    first, second = (
        add_evidence(entry, by=noor, at=at, caption=str(n), file=_text(body + bytes([65 + n])))
        for n in (1, 2)
    )
    rows = list(Piece.objects.filter(thing=first).order_by("number"))
    if tamper == "swap":
        one, two = rows[0].sealed, rows[1].sealed
        Piece.objects.filter(pk=rows[0].pk).update(sealed=two)
        Piece.objects.filter(pk=rows[1].pk).update(sealed=one)
    elif tamper == "another thing":
        other = Piece.objects.get(thing=second, number=0)
        Piece.objects.filter(pk=rows[0].pk).update(sealed=other.sealed)
    else:
        rows[-1 if "last" in tamper else 0].delete()
    with pytest.raises(CannotOpen):
        contents_of(first)


def _text(body: bytes) -> Taken:
    taken = taken_in("x.txt", b"Gewoon een tekst.")
    return Taken(taken.sort, taken.content_type, taken.file_name, {Size.FULL: body})


def test_c9_who_reads_the_entry_reads_its_evidence_and_nobody_else_and_every_look_is_noted(
    noor: Person, bram: Person, stan: Person, running_relation: Relation, entry: Entry, photo: Evidence,
    sign_in: SignIn, at: datetime,
) -> None:  # fmt: skip
    names = ("evidence", "evidence_photo", "evidence_small", "evidence_file")
    addresses = [reverse(f"climb:{name}", args=[photo.pk]) for name in names]

    def statuses(person: Person) -> set[int]:
        return {sign_in(person).get(address).status_code for address in addresses}

    assert statuses(bram) == statuses(stan) == {404}
    share(entry, onto=running_relation.work_bond, by=noor, at=at)
    assert statuses(bram) == {200}
    assert Line.objects.filter(owner_id=noor.pk, by_id=bram.pk, about_id=photo.pk, act="look").exists()
    assert "De eerste prik." in sign_in(bram).get(reverse("climb:entry", args=[entry.pk])).content.decode()
    page = sign_in(noor).get(reverse("climb:evidence_new", args=[entry.pk])).content.decode()
    assert page.count("Jij en Bram") == 1
    assert statuses(stan) == {404}
    revoke(entry, onto=running_relation.work_bond, by=noor, at=at + timedelta(minutes=1))
    assert statuses(bram) == {404}


def test_v1_a_coach_adds_changes_and_takes_away_nothing(
    noor: Person, bram: Person, running_relation: Relation, entry: Entry, photo: Evidence, sign_in: SignIn,
    at: datetime,
) -> None:  # fmt: skip
    share(entry, onto=running_relation.work_bond, by=noor, at=at)
    client = sign_in(bram)
    assert put(client, entry, url="https://x.example/").status_code == 404
    for name in ("evidence_edit", "put_away"):
        assert client.post(reverse(f"climb:{name}", args=[photo.pk]), {"caption": "!"}).status_code == 404
    assert Evidence.objects.get().caption == "De eerste prik."


def test_a_file_is_given_to_keep_and_never_opened_in_our_name(
    noor: Person, entry: Entry, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    put(client, entry, file=a_file('ver"slag\u202e.pdf'))
    evidence = Evidence.objects.get()
    answer = client.get(reverse("climb:evidence_file", args=[evidence.pk]))
    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(reverse("climb:evidence_photo", args=[evidence.pk])).status_code == 404


HOSTILE = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\boot.pdf": "boot.pdf",
    "a\u202efdp.exe": "aexe.pdf",
    "<script>alert(1)</script>.pdf": "script.pdf",
    "een\ntwee\r\n drie.pdf": "een twee drie.pdf",
    "x" * 400 + ".pdf": "x" * (LONGEST_NAME - 4) + ".pdf",
    ".pdf": "bewijs.pdf",
    'quote".pdf': "quote.pdf",
}


@pytest.mark.parametrize("name", list(HOSTILE), ids=range(len(HOSTILE)))
def test_a_hostile_name_becomes_a_plain_one(name: str, noor: Person, entry: Entry, sign_in: SignIn) -> None:
    client = sign_in(noor)
    assert put(client, entry, file=a_file(name)).status_code == 302
    kept = Evidence.objects.get()
    assert len(kept.file_name) <= LONGEST_NAME
    assert kept.file_name.endswith(".pdf")
    assert not set(kept.file_name) & set('<>"/\\\n\r\u202e:')
    page = client.get(reverse("climb:evidence", args=[kept.pk])).content.decode()
    assert "<script>alert" not in page
    assert client.get(reverse("climb:evidence_file", args=[kept.pk])).status_code == 200


def test_a_name_is_never_longer_than_it_may_be() -> None:
    for name in ("x" * 400, "x" * 400 + ".verylongend", "é" * 300 + ".pdf", "\u0000\u200f", ""):
        assert 0 < len(safe_name(name)) <= LONGEST_NAME


BAD = {
    "a photo that is no photo": ("vakantie.jpg", b"Dit is gewoon tekst.", "er zit geen beeld in"),
    "half a photo": ("half.jpg", a_photo(400, 400)[:700], "gaat niet open"),
    "markup called a picture": ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "kan hier niet|gaat niet open"),
    "a page": ("x.txt", b"<!DOCTYPE html><html><script>alert(1)</script></html>", "kan hier niet"),
    "a program": ("x.pdf", b"MZ\x90\x00" + b"\0" * 500, "kan hier niet"),
    "an empty file": ("leeg.pdf", b"", "leeg"),
}  # fmt: skip


@pytest.mark.parametrize("what", list(BAD))
def test_what_cannot_be_kept_gets_a_sentence_at_its_field_and_the_words_stay(
    what: str, noor: Person, entry: Entry, sign_in: SignIn
) -> None:
    name, body, sentence = BAD[what]
    answer = put(sign_in(noor), entry, file=a_file(name, body), caption="Mijn woorden <b>", url="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert any(one in str(answer.context["form"].errors["file"]) for one in sentence.split("|"))
    assert 'id="id_file_error"' in page
    assert "Mijn woorden &lt;b&gt;" in page
    assert not Evidence.objects.exists()
    assert not Piece.objects.exists()


def test_forty_megabytes_get_a_sentence_at_the_field_and_the_words_stay(
    noor: Person, entry: Entry, sign_in: SignIn
) -> None:
    large = a_file("film.pdf", PDF + b"\0" * (40 * 1024 * 1024))
    answer = put(sign_in(noor), entry, file=large, caption="Mijn woorden")
    assert answer.status_code == 200
    assert "Het mag 10 MB zijn" in str(answer.context["form"].errors["file"])
    assert "Mijn woorden" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_bomb_of_pixels_is_not_opened(noor: Person, entry: Entry, sign_in: SignIn) -> None:
    drawn = BytesIO()
    Image.new("1", (12_000, 12_000)).save(drawn, "PNG")
    answer = put(sign_in(noor), entry, file=a_file("bom.png", drawn.getvalue()))
    assert "te veel beeldpunten" in str(answer.context["form"].errors["file"])


@pytest.mark.parametrize("length", [2_001, 1_000_000])
def test_a_text_that_is_far_too_long_gets_a_sentence_and_stays(
    length: int, noor: Person, entry: Entry, sign_in: SignIn
) -> None:
    answer = put(
        sign_in(noor), entry, caption="c" * (length if length > 20_000 else 20_001), url="https://x.example/"
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["caption"]
    assert not Evidence.objects.exists()


def test_word_is_kept_and_word_with_a_program_in_it_is_not() -> None:
    def package(*names: str) -> bytes:
        whole = BytesIO()
        with zipfile.ZipFile(whole, "w") as opened:
            for name in names:
                opened.writestr(name, "<x/>")
        return whole.getvalue()

    plain = package("[Content_Types].xml", "word/document.xml")
    assert taken_in("brief.docx", plain).file_name == "brief.docx"
    for odd in (package("x.txt"), package("[Content_Types].xml", "zz/vbaProject.bin")):
        with pytest.raises(Exception, match="kan hier niet"):
            taken_in("brief.docx", odd)


ODD_LINKS = (
    "javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "file:///etc/passwd", "//x.example", "x.example",
    "https://bank.example@evil.example/", "https://", "http://[x", "https://x.example/\n<b>", "HTTPS://x.example/" + "a" * 2000,
)  # fmt: skip


@pytest.mark.parametrize("url", ODD_LINKS, ids=range(len(ODD_LINKS)))
def test_an_odd_link_is_refused_at_its_field_and_stays_as_typed(
    url: str, noor: Person, entry: Entry, sign_in: SignIn
) -> None:
    answer = put(sign_in(noor), entry, url=url, caption="Woorden")
    assert answer.status_code == 200
    assert answer.context["form"].errors["url"]
    assert not Evidence.objects.exists()


def test_a_link_shows_its_host_and_tells_it_nothing(noor: Person, entry: Entry, sign_in: SignIn) -> None:
    """The server never opens it: the tests may not reach beyond this machine, and this one does not."""
    client = sign_in(noor)
    put(client, entry, url="https://www.voorbeeld.example/a?b=<c>&d")
    page = client.get(reverse("climb:evidence", args=[Evidence.objects.get().pk])).content.decode()
    assert "Ga naar www.voorbeeld.example" in page
    assert 'rel="noreferrer noopener nofollow"' in page
    assert "<c>" not in page


def test_sending_twice_keeps_it_once_and_the_back_button_with_another_file_keeps_both(
    noor: Person, entry: Entry, sign_in: SignIn
) -> None:
    client, id = sign_in(noor), uuid4()
    for _ in range(2):
        put(client, entry, id=id, file=a_file(), caption="Zelfde")
    assert Evidence.objects.count() == 1
    put(client, entry, id=id, file=a_file("ander.txt", b"Andere inhoud."), caption="Zelfde")
    assert sorted(one.file_name for one in Evidence.objects.all()) == ["ander.txt", "verslag.pdf"]


def test_a_full_account_hears_so_at_the_field(
    noor: Person, entry: Entry, photo: Evidence, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_IN_ALL", photo.bytes + 10)
    answer = put(sign_in(noor), entry, file=a_file("p.jpg", a_photo()), caption="Blijft staan")
    assert "Er is geen plaats meer" in str(answer.context["form"].errors["file"])
    assert "Blijft staan" in answer.content.decode()
    assert put(sign_in(noor), entry, url="https://x.example/").status_code == 302


def test_evidence_hangs_on_something_of_ones_own_alone(
    noor: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    theirs = write_goal(by=stan, at=at, text="Van Stan.")
    assert put(sign_in(noor), theirs, url="https://x.example/").status_code == 404
    mine = write_goal(by=noor, at=at, text="Van mij.")
    assert put(sign_in(noor), mine, url="https://x.example/").status_code == 302
    assert "x.example" in sign_in(noor).get(reverse("climb:goal", args=[mine.pk])).content.decode()


def test_its_caption_can_be_said_in_other_words_and_the_earlier_ones_stay(
    noor: Person, photo: Evidence, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    client.post(
        reverse("climb:evidence_edit", args=[photo.pk]),
        {"caption": "Anders gezegd.", "seen": 1, "id": photo.pk},
    )
    assert Evidence.objects.get().caption == "Anders gezegd."
    assert "De eerste prik." in client.get(reverse("belongings:versions", args=[photo.pk])).content.decode()


def test_put_away_it_is_gone_for_a_reader_and_erased_nothing_is_left(
    noor: Person, bram: Person, running_relation: Relation, entry: Entry, photo: Evidence, sign_in: SignIn,
    at: datetime,
) -> None:  # fmt: skip
    share(entry, onto=running_relation.work_bond, by=noor, at=at)
    remove(photo, by=noor, at=at)
    assert sign_in(bram).get(reverse("climb:evidence_file", args=[photo.pk])).status_code == 404
    assert (
        "De eerste prik." not in sign_in(bram).get(reverse("climb:entry", args=[entry.pk])).content.decode()
    )
    assert "De eerste prik." in sign_in(noor).get(reverse("belongings:trash")).content.decode()
    erase(photo, by=noor, at=at)
    assert not Piece.objects.exists()


def test_what_lies_under_an_entry_goes_with_it(
    noor: Person, entry: Entry, photo: Evidence, at: datetime
) -> None:
    erase(entry, by=noor, at=at)
    assert not Evidence.objects.exists()
    assert not Piece.objects.exists()


def test_p5_who_erases_everything_leaves_no_piece(noor: Person, photo: Evidence, at: datetime) -> None:
    erase_everything(noor, by=noor, at=at)
    assert not Piece.objects.exists()


def test_in_full_finds_it_as_any_thing(photo: Evidence) -> None:
    assert in_full([photo])[0].caption == "De eerste prik."
