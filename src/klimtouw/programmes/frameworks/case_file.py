"""Read IMS CASE 1.0 and 1.1 (1EdTech): a CFPackage with one CFDocument, its CFItems, and CFAssociations between them.

Only the shapes that are used are looked at; everything else in the file (rubrics, definitions, extensions of 1.1) is read over.
What differs between the versions and the servers that make such files is taken as it comes: the whole inside `CFPackage` or
not, parts in any order, a link as an object or as a bare address, `sequenceNumber` as a number, as text or not at all.
"""

from collections.abc import Iterable
from typing import Any

from klimtouw.programmes.frameworks.choices import Fault, Remark
from klimtouw.programmes.frameworks.json_pieces import JsonPieces
from klimtouw.programmes.frameworks.shapes import (
    MOST_GOALS,
    CannotBeRead,
    Draft,
    Goal,
    Problem,
    Progress,
    clean,
)

TOLD_EVERY = 2_000
LAST = 2**31
Ties = dict[str, tuple[int, int, str]]
"""Per child: its place under its parent, the how-manieth tie it is, and the parent."""


def read_case(chunks: Iterable[str], progress: Progress) -> Draft:
    """Read a package. Raises `CannotBeRead` where it stops being one."""
    draft, ties = Draft(), {}  # type: Draft, Ties
    pieces = JsonPieces(chunks)
    if pieces.peek() != "{":
        raise pieces.broken() if pieces.peek() else CannotBeRead(Problem(Fault.EMPTY))
    found = _read_package(pieces, draft, ties, progress)
    if pieces.peek():
        raise pieces.broken()
    for name in ("CFDocument", "CFItems"):
        if name not in found:
            raise CannotBeRead(Problem(Fault.NOT_CASE, what=name))
    _hang(draft, ties)
    return draft


def _read_package(pieces: JsonPieces, draft: Draft, ties: Ties, progress: Progress) -> set[str]:
    found: set[str] = set()
    for name in pieces.members():
        found.add(name)
        if name == "CFPackage":
            found |= _read_package(pieces, draft, ties, progress)
        elif name == "CFDocument":
            _read_document(pieces.value(), draft)
        elif name == "CFItems":
            _read_items(pieces, draft, progress)
        elif name == "CFAssociations":
            _read_ties(pieces, draft, ties)
        elif pieces.peek() == "[":
            for _unused in pieces.items():
                pass
        else:
            pieces.value()
    return found


def _read_document(document: Any, draft: Draft) -> None:
    if not isinstance(document, dict):
        raise CannotBeRead(Problem(Fault.ODD_SHAPE, what="CFDocument"))
    draft.title, draft.source = _text(document, "title"), _text(document, "identifier")
    draft.label = _text(document, "version")[:60]
    licence = document.get("licenseURI")
    names = (
        _text(document, "creator"),
        _text(document, "publisher"),
        _text(licence, "title") if isinstance(licence, dict) else "",
    )
    draft.credit = " · ".join(dict.fromkeys(name for name in names if name))[:300]
    if not draft.source:
        raise CannotBeRead(Problem(Fault.NOT_CASE, what="CFDocument.identifier"))


def _read_items(pieces: JsonPieces, draft: Draft, progress: Progress) -> None:
    for number, item in enumerate(pieces.items(), start=1):
        if number > MOST_GOALS:
            raise CannotBeRead(Problem(Fault.TOO_MANY, what=str(MOST_GOALS)))
        if not isinstance(item, dict):
            draft.object(Fault.ODD_SHAPE, number, f"CFItems[{number}]")
            continue
        draft.goals.append(
            Goal(
                place=number,
                identifier=_text(item, "identifier"),
                code=_text(item, "humanCodingScheme") or _text(item, "listEnumeration"),
                statement=_text(item, "fullStatement") or _text(item, "abbreviatedStatement"),
                language=_text(item, "language")[:20],
            )
        )
        if number % TOLD_EVERY == 0:
            progress(number)


def _read_ties(pieces: JsonPieces, draft: Draft, ties: Ties) -> None:
    for number, tie in enumerate(pieces.items(), start=1):
        if not isinstance(tie, dict):
            draft.object(Fault.ODD_SHAPE, number, f"CFAssociations[{number}]")
            continue
        if _text(tie, "associationType").lower() != "ischildof":
            continue
        child, parent = _end_of(tie, "origin"), _end_of(tie, "destination")
        before = ties.get(child)
        if before:
            draft.remark(Remark.TWO_PARENTS)
        new = (_place_of(tie), number, parent)
        ties[child] = min(before, new) if before and before[2] == parent else before or new


def _hang(draft: Draft, ties: Ties) -> None:
    """Put every goal under its parent; what stands under the document, or under something elsewhere, comes at the top."""
    known = {goal.identifier for goal in draft.goals}
    for child in ties.keys() - known:
        if child != draft.source:
            draft.remark(Remark.TO_UNKNOWN)
    for goal in draft.goals:
        parent = ties[goal.identifier][2] if goal.identifier in ties else ""
        if parent in known:
            goal.parent = parent
        elif parent and parent != draft.source:
            draft.remark(Remark.PARENT_ELSEWHERE)
    # Goals without a tie come after those that have one, in the order of the file.
    draft.goals.sort(key=lambda goal: (*ties.get(goal.identifier, (LAST, LAST, ""))[:2], goal.place))


def _end_of(tie: dict[str, Any], end: str) -> str:
    """Return the identifier of one end of a tie: an object, or (early 1.0) an address that ends in it."""
    node = tie.get(f"{end}NodeURI", tie.get(f"{end}NodeIdentifier", tie.get(f"{end}Node")))
    if isinstance(node, dict):
        return _text(node, "identifier") or _text(node, "uri").rpartition("/")[2]
    return clean(node).rpartition("/")[2] if isinstance(node, str) else ""


def _place_of(tie: dict[str, Any]) -> int:
    number = tie.get("sequenceNumber")
    if isinstance(number, str) and number.strip().isdecimal():
        return min(int(number.strip()[:9]), LAST)
    return max(0, min(number, LAST)) if isinstance(number, int) else LAST


def _text(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
