"""Evidence goes along as real files, and comes back as it left (C8, P4)."""

import hashlib
import json
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from klimtouw.belongings.contents import Size, contents_of
from klimtouw.belongings.models import Piece, Thing
from klimtouw.climb.actions import evidence as actions
from klimtouw.climb.actions.evidence import MOST_IN_ALL, add_evidence
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.evidence_files import taken_in
from klimtouw.climb.models import Evidence
from klimtouw.people.models import Person
from klimtouw.takeaway.package import filing
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.contents import in_json
from klimtouw.takeaway.package.making import make_file
from klimtouw.takeaway.package.names import CONTENT, DIGEST, MOST_BYTES, MOST_UNPACKED
from klimtouw.takeaway.package.opening import NotAPackage, content_in
from tests.takeaway.lives import package_of, zipped

TEXT = b"Wat ik leerde van de eerste prik.\n" * 20_000


def a_photo() -> bytes:
    """Return a photo."""
    drawn = BytesIO()
    Image.new("RGB", (600, 400), "orange").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def evidence(noor: Person, at: datetime) -> dict[str, Evidence]:
    """A photo, a file and a link, on one entry."""
    entry = write_entry(by=noor, at=at, text="Vandaag.")

    def add(**fields: Any) -> Evidence:
        return add_evidence(entry, by=noor, at=at, **fields)

    return {
        "photo": add(caption="Foto", file=taken_in("prik.png", a_photo())),
        "file": add(caption="Verslag", file=taken_in("verslag.txt", TEXT)),
        "link": add(caption="Filmpje", url="https://film.example/1"),
    }


def entries(person: Person, at: datetime) -> dict[str, bytes]:
    """Return what lies in a package, without the folder around it."""
    return {name.removeprefix("klimtouw/"): body for name, body in package_of(person, at).items()}


def test_the_files_lie_in_the_package_by_their_own_names(
    noor: Person, evidence: dict[str, Evidence], at: datetime
) -> None:
    package = entries(noor, at)
    files = {name: body for name, body in package.items() if name.startswith("files/")}
    photo, file = evidence["photo"], evidence["file"]
    assert files == {
        f"files/{photo.pk}/prik.jpg": contents_of(photo),
        f"files/{file.pk}/verslag.txt": TEXT,
    }
    page = package["kind-evidence.html"].decode()
    assert all(f'"{name}"' in page for name in files)
    said = {one["id"]: one for one in json.loads(package[CONTENT])["things"]["evidence"]}
    assert said[str(file.pk)]["margin"]["digest"] == hashlib.sha256(TEXT).hexdigest()
    assert "files" not in json.loads(package[CONTENT])


def test_export_import_export_gives_the_same_files_back(
    noor: Person, evidence: dict[str, Evidence], at: datetime
) -> None:
    before = make_file(by=noor, at=at)
    full, small = contents_of(evidence["photo"]), contents_of(evidence["photo"], Size.SMALL)
    Thing.objects.all().delete()
    assert not Piece.objects.exists()
    bring_back(content_in(before), by=noor, at=at)
    back = Evidence.objects.get(pk=evidence["photo"].pk)
    assert (contents_of(back), contents_of(back, Size.SMALL)) == (full, small)
    assert make_file(by=noor, at=at) == before
    assert bring_back(content_in(before), by=noor, at=at).changes_nothing


Tampered = dict[str, Any]


def tampered(noor: Person, at: datetime, change: Any) -> bytes:
    """The package after somebody changed it, with the digest of the data set right."""
    files = {f"klimtouw/{name}": body for name, body in entries(noor, at).items()}
    data = json.loads(files[f"klimtouw/{CONTENT}"])
    change(files, data["things"]["evidence"])
    body = in_json(data)
    files[f"klimtouw/{CONTENT}"] = body
    files[f"klimtouw/{DIGEST}"] = f"{hashlib.sha256(body).hexdigest()}  {CONTENT}\n".encode()
    return zipped(files)


def _path(files: Tampered, end: str) -> str:
    return next(name for name in files if name.endswith(end))


def _lose(files: Tampered, things: list[Tampered]) -> None:
    del files[_path(files, "verslag.txt")]


def _change(files: Tampered, things: list[Tampered]) -> None:
    files[_path(files, "verslag.txt")] += b"!"


def _put_in(name: str, body: bytes) -> Any:
    def change(files: Tampered, things: list[Tampered]) -> None:
        path = _path(files, name)
        files[path] = body
        thing = next(one for one in things if one["id"] in path)
        thing["margin"]["digest"] = hashlib.sha256(body).hexdigest()
        thing["fields"]["bytes"] = len(body)

    return change


def _photo_that_tells() -> bytes:
    drawn, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (9, 9)).save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


ODD = {
    "lost": _lose,
    "changed": _change,
    "a page as text": _put_in("verslag.txt", b"<!DOCTYPE html><html><script>x</script></html>"),
    "a program": _put_in("verslag.txt", b"MZ\x90\x00" + b"\0" * 99),
    "text as a photo": _put_in("prik.jpg", b"Gewoon een tekst."),
    "a photo that tells more": _put_in("prik.jpg", _photo_that_tells()),
    "a picture with a page behind it": _put_in("prik.jpg", a_photo() + b"<script>"),
}


@pytest.mark.parametrize("what", list(ODD))
def test_a_file_that_is_not_as_it_left_brings_nothing_in(
    what: str, noor: Person, evidence: dict[str, Evidence], at: datetime
) -> None:
    package = tampered(noor, at, ODD[what])
    Thing.objects.all().delete()
    with pytest.raises(NotAPackage):
        bring_back(content_in(package), by=noor, at=at)
    assert not Thing.objects.exists()
    assert not Piece.objects.exists()


def test_what_has_no_room_here_brings_nothing_in(
    noor: Person, evidence: dict[str, Evidence], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make_file(by=noor, at=at)
    Thing.objects.all().delete()
    for module in (actions, filing):
        monkeypatch.setattr(module, "MOST_IN_ALL", 1000)
    with pytest.raises(NotAPackage):
        bring_back(content_in(package), by=noor, at=at)
    assert not Thing.objects.exists()


def test_p4_all_the_evidence_one_may_keep_fits_in_a_package_that_comes_back() -> None:
    """Random bytes do not shrink in a ZIP; a quarter of the package is left for words, looks and pages."""
    assert MOST_IN_ALL <= MOST_BYTES * 3 // 4
    assert MOST_IN_ALL + MOST_BYTES // 2 <= MOST_UNPACKED
