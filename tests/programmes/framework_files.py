"""Files with framework goals for the tests, generated in the exact shape of IMS CASE 1.0 and 1.1, and as CSV.

No public framework is kept in the tree: of those that could be read it was not clear whether they may be passed on. The
shapes here follow the published JSON bindings of both versions and what servers really send: escaped slashes, empty texts, a
link as an object or as a bare address, and everything inside `CFPackage` or not.
"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

SPACE = UUID("6f1d2c6e-5d39-4a59-9a3c-2f7cf1a0c0de")
SERVER = "https://kaders.example/ims/case"
CHANGED = "2026-02-03T09:00:00+00:00"

TREE: tuple[tuple[str, str, str], ...] = (
    ("1", "", "Samenwerken"),
    ("1.1", "1", "De student luistert tot de ander uitgesproken is."),
    ("1.2", "1", "De student vraagt hulp voor het te veel wordt."),
    ("2", "", "Zorg dragen"),
    ("2.1", "2", "De student maakt een plan dat bij de dag van de ander past."),
)
"""A small framework of our own: code, the code it stands under, and the goal."""


def key_of(name: object) -> str:
    """Return the same identifier for the same name, always."""
    return str(uuid5(SPACE, str(name)))


def link_to(kind: str, name: object, title: str, version: str) -> dict[str, str]:
    """Return a link as CASE writes it."""
    return {"title": title, "identifier": key_of(name), "uri": f"{SERVER}/{version}/{kind}/{key_of(name)}"}


def case_document(version: str = "v1p0", title: str = "Kader van De Kade", **more: Any) -> dict[str, Any]:
    """Return the document of a package."""
    document = {
        "identifier": key_of("document"),
        "uri": f"{SERVER}/{version}/CFDocuments/{key_of('document')}",
        "creator": "Hogeschool De Kade",
        "title": title,
        "lastChangeDateTime": CHANGED,
        "CFPackageURI": link_to("CFPackages", "document", title, version),
        "version": "2026",
        "adoptionStatus": "Adopted",
        "licenseURI": link_to("CFLicenses", "licence", "CC BY 4.0", version),
    }
    if version == "v1p1":
        document |= {
            "caseVersion": "1.1",
            "frameworkType": "competency framework",
            "extensions": {"eigen": [1]},
        }
    return {**document, **more}


def case_item(code: str, statement: str, version: str = "v1p0", **more: Any) -> dict[str, Any]:
    """Return one item of a package."""
    item = {
        "identifier": key_of(code),
        "uri": f"{SERVER}/{version}/CFItems/{key_of(code)}",
        "CFDocumentURI": link_to("CFDocuments", "document", "Kader van De Kade", version),
        "humanCodingScheme": code,
        "fullStatement": statement,
        "abbreviatedStatement": "",
        "language": "nl",
        "CFItemType": "Competency",
        "educationLevel": ["HE"],
        "lastChangeDateTime": CHANGED,
    }
    if version == "v1p1":
        item |= {"subject": ["Nursing"], "extensions": {}}
    return {**item, **more}


def case_tie(
    child: str, parent: str, sequence: int | str | None, version: str = "v1p0", **more: Any
) -> dict[str, Any]:
    """Return that one item stands under another, or under the document (an empty parent)."""
    tie = {
        "identifier": key_of(f"{child} under {parent}"),
        "uri": f"{SERVER}/{version}/CFAssociations/{key_of(f'{child} under {parent}')}",
        "originNodeURI": link_to("CFItems", child, child, version),
        "associationType": "isChildOf",
        "destinationNodeURI": link_to("CFItems", parent, parent, version)
        if parent
        else link_to("CFDocuments", "document", "Kader van De Kade", version),
        "lastChangeDateTime": CHANGED,
    }
    if version == "v1p1":
        tie["originNodeURI"]["targetType"] = "CASE"
    if sequence is not None:
        tie["sequenceNumber"] = sequence
    return {**tie, **more}


def case_package(tree: Any = TREE, version: str = "v1p0", **more: Any) -> dict[str, Any]:
    """Return a whole package."""
    package = {
        "CFDocument": case_document(version),
        "CFItems": [case_item(code, statement, version) for code, _parent, statement in tree],
        "CFAssociations": [
            case_tie(code, parent, number, version)
            for number, (code, parent, _statement) in enumerate(tree, start=1)
        ],
        "CFDefinitions": {"CFConcepts": [], "CFSubjects": [], "CFLicenses": [], "CFItemTypes": []},
        "CFRubrics": [],
    }
    return {**package, **more}


def as_file(package: Any) -> bytes:
    """Return a package as a server sends it, with escaped slashes."""
    return json.dumps(package, ensure_ascii=False).replace("/", "\\/").encode()


def large_case(goals: int) -> Iterator[bytes]:
    """Make a package of so many items piece by piece, a thousand under each theme: two levels below the document."""
    yield b'{"CFDocument":' + json.dumps(case_document("v1p1")).encode() + b',"CFItems":['
    for number in range(goals):
        text = f"De student laat zien dat stap {number} van dit vak lukt, ook op een drukke dag."
        yield (b"," if number else b"") + json.dumps(case_item(f"K.{number}", text, "v1p1")).encode()
    yield b'],"CFAssociations":['
    for number in range(goals):
        parent = f"K.{number - number % 1_000}" if number % 1_000 else ""
        yield (b"," if number else b"") + json.dumps(
            case_tie(f"K.{number}", parent, number % 1_000, "v1p1")
        ).encode()
    yield b"]}"


def as_csv(rows: Any = TREE, separator: str = ";") -> bytes:
    """Return the small framework as CSV."""
    lines = [separator.join(("identifier", "code", "statement", "parent", "language"))]
    lines += [
        separator.join((f"id-{code}", code, f'"{text}"', f"id-{parent}" if parent else "", "nl"))
        for code, parent, text in rows
    ]
    return ("\n".join(lines) + "\n").encode()
