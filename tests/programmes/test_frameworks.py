"""Files with framework goals: CSV and IMS CASE 1.0 and 1.1, and what is said of files that cannot come in (C4)."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from klimtouw.programmes.frameworks.choices import IN_WORDS, Fault, FileKind, Remark
from klimtouw.programmes.frameworks.opening import kind_of, read_framework
from klimtouw.programmes.frameworks.shapes import MOST_GOALS, CannotBeRead, Draft
from klimtouw.programmes.frameworks.tree import in_order
from tests.programmes.framework_files import (
    TREE,
    as_csv,
    as_file,
    case_document,
    case_item,
    case_package,
    case_tie,
    key_of,
)

STATEMENTS = [statement for _code, _parent, statement in TREE]


def read(file: bytes) -> Draft:
    """Read a file as the job does."""
    return read_framework(file, kind_of(file), lambda number: None)


def faults_in(file: bytes) -> list[tuple[str, int]]:
    """Return what stops a file, and where."""
    return [(problem.fault, problem.place) for problem in read(file).problems]


def tree_of(draft: Draft) -> list[tuple[int, str]]:
    """Return the tree as lines: how deep, and the goal."""
    return [(len(one.above.split()), one.goal.statement) for one in in_order(draft)]


WHOLE = [(0, STATEMENTS[0]), (1, STATEMENTS[1]), (1, STATEMENTS[2]), (0, STATEMENTS[3]), (1, STATEMENTS[4])]


@pytest.mark.parametrize("version", ["v1p0", "v1p1"])
def test_a_case_package_of_both_versions_becomes_the_same_tree(version: str) -> None:
    draft = read(as_file(case_package(version=version)))
    assert (draft.problems, tree_of(draft)) == ([], WHOLE)
    assert (draft.title, draft.source, draft.label) == ("Kader van De Kade", key_of("document"), "2026")
    assert draft.credit == "Hogeschool De Kade · CC BY 4.0"
    assert draft.goals[0].code == "1"


def bare_links(package: dict[str, Any]) -> dict[str, Any]:
    """Write links as early servers did: the address alone."""
    for tie in package["CFAssociations"]:
        tie["originNodeURI"] = tie["originNodeURI"]["uri"]
        tie["destinationNodeURI"] = tie["destinationNodeURI"]["uri"]
    return package


@pytest.mark.parametrize(
    "package",
    [
        {"CFPackage": case_package()},
        dict(reversed(case_package().items())),
        {key: value for key, value in case_package().items() if key not in ("CFDefinitions", "CFRubrics")},
        bare_links(case_package()),
        {**case_package(), "CFRubrics": None, "extensions": {"a": {"b": [1, 2, {"c": "]}"}]}}},
    ],
    ids=["inside CFPackage", "the other way round", "without definitions", "bare addresses", "odd company"],
)
def test_servers_write_case_in_different_ways(package: dict[str, Any]) -> None:
    assert tree_of(read(as_file(package))) == WHOLE


def test_the_sequence_numbers_of_the_ties_order_the_goals_and_may_be_text_or_missing() -> None:
    package = case_package(TREE[:3])
    package["CFAssociations"] = [case_tie("1", "", None), case_tie("1.1", "1", "2"), case_tie("1.2", "1", 1)]
    assert tree_of(read(as_file(package))) == [(0, STATEMENTS[0]), (1, STATEMENTS[2]), (1, STATEMENTS[1])]


def test_ties_to_something_elsewhere_do_not_stop_a_package_and_are_said() -> None:
    package = case_package(TREE[:3])
    package["CFAssociations"] += [
        case_tie("elders", "1", 1),
        case_tie("1.2", "2", 1),
        case_tie("1.1", "1", 1, associationType="precedes"),
    ]
    package["CFItems"].append(case_item("9", "Los doel"))
    package["CFAssociations"].append(case_tie("9", "in een ander kader", 1))
    draft = read(as_file(package))
    assert draft.problems == []
    assert draft.remarks == {Remark.TO_UNKNOWN: 1, Remark.TWO_PARENTS: 1, Remark.PARENT_ELSEWHERE: 1}
    assert (0, "Los doel") in tree_of(draft)


def test_a_circle_is_named_and_the_rest_of_the_file_is_judged_too() -> None:
    package = case_package()
    package["CFAssociations"] = [case_tie("1", "1.1", 1), case_tie("1.1", "1.2", 1), case_tie("1.2", "1", 1)]
    draft = read(as_file(package))
    assert [problem.fault for problem in draft.problems] == [Fault.CYCLE]
    assert set(draft.problems[0].what.split(" → ")) == {key_of("1"), key_of("1.1"), key_of("1.2")}
    own_parent = case_package(TREE[:1])
    own_parent["CFAssociations"] = [case_tie("1", "1", 1)]
    assert faults_in(as_file(own_parent)) == [(Fault.CYCLE, 1)]


def test_items_without_identifier_or_text_and_twice_the_same_are_named_by_their_place() -> None:
    package = case_package(TREE[:2])
    package["CFItems"] += [
        case_item("x", "Zonder kenmerk", identifier=None),
        case_item("y", "", abbreviatedStatement=None),
        case_item("1", "Nog eens"),
        "geen item",
    ]
    assert faults_in(as_file(package)) == [
        (Fault.NO_IDENTIFIER, 3),
        (Fault.NO_STATEMENT, 4),
        (Fault.IDENTIFIER_TWICE, 5),
        (Fault.ODD_SHAPE, 6),
    ]


@pytest.mark.parametrize(
    ("file", "fault", "place"),
    [
        (b'{"CFDocument": {"identifier": "a", "title": "A"},\n"CFItems": [{"identifier": "b",', Fault.NOT_JSON, 2),
        (b'{"CFItems": []}', Fault.NOT_CASE, 0),
        (b'{"CFDocument": {"title": "A"}, "CFItems": []}', Fault.NOT_CASE, 0),
        (b'{"CFDocument": [], "CFItems": []}', Fault.ODD_SHAPE, 0),
        (b'{"CFDocument": {"identifier": "a"}, "CFItems": []}', Fault.NO_GOALS, 0),
        (b'{"CFDocument": {"identifier": "a"}, "CFItems": {}}', Fault.NOT_JSON, 1),
        (b'{"x": ' + b"[" * 200_000, Fault.NOT_JSON, 1),
        (b"[1, 2]", Fault.NOT_JSON, 1),
        (as_file(case_package()) + b"{}", Fault.NOT_JSON, 1),
        ('{"CFDocument": {"title": "Één"}}'.encode("cp1252"), Fault.NOT_UTF_8, 1),
    ],
)  # fmt: skip
def test_what_is_no_case_is_said_with_the_place_where_it_stops(file: bytes, fault: Fault, place: int) -> None:
    assert faults_in(file) == [(fault, place)]


def test_a_text_that_no_database_takes_comes_in_mended() -> None:
    raw = json.dumps(case_package((("1", "", "Tab\tnul\x00half \ud83d einde"),))).encode()
    assert read(raw).goals[0].statement == "Tab nulhalf ? einde"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_csv_may_be_separated_and_begun_in_each_usual_way(separator: str, start: bytes) -> None:
    assert tree_of(read(start + as_csv(separator=separator))) == WHOLE
    assert tree_of(read(start + as_csv(separator=separator).replace(b"\n", b"\r\n"))) == WHOLE
    assert tree_of(read(start + as_csv(separator=separator).replace(b"\n", b"\r"))) == WHOLE


def test_a_csv_may_have_dutch_columns_in_any_order_and_leave_out_what_is_not_needed() -> None:
    draft = read(b"Omschrijving,KENMERK\nEen doel,a\n\nEen ander,b\n")
    assert [(goal.identifier, goal.statement, goal.place) for goal in draft.goals] == [
        ("a", "Een doel", 2), ("b", "Een ander", 4),
    ]  # fmt: skip


HEADER = "identifier,code,statement,parent\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(Fault.EMPTY, 0)]),
        ("\n\n", [(Fault.EMPTY, 0)]),
        ("a,1,Een doel,\n", [(Fault.NO_HEADER, 1)]),
        ("identifier,statement,statement\na,b,c\n", [(Fault.COLUMN_TWICE, 1)]),
        ("identifier,statement,punten\na,Een doel,3\n", [(Fault.UNKNOWN_COLUMN, 1)]),
        (HEADER, [(Fault.NO_GOALS, 0)]),
        (HEADER + ",1,Een doel,\n", [(Fault.NO_IDENTIFIER, 2)]),
        (HEADER + "a,1,,\n", [(Fault.NO_STATEMENT, 2)]),
        (HEADER + "a,1,Een doel,\na,2,Nog een,\n", [(Fault.IDENTIFIER_TWICE, 3)]),
        (HEADER + "a,1,Een doel,b\n", [(Fault.UNKNOWN_PARENT, 2)]),
        (HEADER + "a,1,Een doel,b\nb,2,Twee,a\n", [(Fault.CYCLE, 2)]),
        (HEADER + "a,1,Een, twee, drie,vier\n", [(Fault.TOO_MANY_CELLS, 2)]),
        (HEADER + 'a,1,"Een doel,\nb,2,Twee,\n', [(Fault.BROKEN_ROW, 3)]),
        (HEADER + f"{'a' * 300},1,Een doel,\n", [(Fault.TOO_LONG, 2)]),
        (HEADER + f"a,1,{'o' * 200_000},\n", [(Fault.BROKEN_ROW, 2)]),
        (HEADER + "".join(f"a{n},,Doel,{f'a{n - 1}' if n else ''}\n" for n in range(40)), [(Fault.TOO_DEEP, 32)]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_csv_is_said_with_its_line(text: str, found: list[tuple[Fault, int]]) -> None:
    try:
        assert faults_in(text.encode()) == found
    except CannotBeRead as stop:
        assert [(stop.problem.fault, stop.problem.place)] == found


def test_another_way_of_writing_letters_is_named() -> None:
    text = HEADER + "a,1,Een doel,\nb,2,Één doel,\n"
    assert faults_in(text.encode("cp1252")) == [(Fault.NOT_UTF_8, 3)]
    with pytest.raises(CannotBeRead) as stop:
        kind_of(text.encode("utf-16"))
    assert stop.value.problem.fault == Fault.UTF_16


def packed(**files: bytes) -> bytes:
    """Put files in a ZIP."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_file_may_come_in_a_zip() -> None:
    assert tree_of(read(packed(kader=as_file(case_package())))) == WHOLE
    assert kind_of(packed(kader=as_csv())) == FileKind.CSV
    with pytest.raises(CannotBeRead) as stop:
        kind_of(packed(a=b"1", b=b"2"))
    assert stop.value.problem.fault == Fault.NOT_ONE_FILE
    with pytest.raises(CannotBeRead) as stop:
        kind_of(packed(kader=as_file(case_package()))[:200])
    assert stop.value.problem.fault == Fault.NOT_A_ZIP


def test_a_thousand_faults_are_counted_and_twenty_are_shown() -> None:
    draft = read((HEADER + "".join(f"a{n},1,,\n" for n in range(1_000))).encode())
    assert (draft.number_of_problems, len(draft.problems)) == (1_000, 20)


def test_two_hundred_thousand_goals_are_read_whole() -> None:
    lines = "".join(f"a{number},{number},Doel {number},\n" for number in range(200_000))
    assert len(read((HEADER + lines).encode()).goals) == 200_000
    items = ",".join(
        f'{{"identifier":"a{number}","fullStatement":"Doel {number}"}}' for number in range(200_000)
    )
    case = f'{{"CFDocument":{json.dumps(case_document())},"CFItems":[{items}],"CFAssociations":[]}}'
    draft = read(case.encode())
    assert (len(draft.goals), draft.problems) == (200_000, [])


def test_more_goals_than_a_framework_can_have_are_said_kindly() -> None:
    lines = "".join(f"a{number},{number},Doel,\n" for number in range(MOST_GOALS + 1))
    draft = read((HEADER + lines).encode())
    assert [(problem.fault, problem.what) for problem in draft.problems] == [
        (Fault.TOO_MANY, str(MOST_GOALS))
    ]
    assert draft.goals == []


def test_every_fault_has_a_sentence_that_says_how_to_repair_it() -> None:
    assert set(IN_WORDS) == set(Fault)
    for sentence in IN_WORDS.values():
        assert str(sentence) % {"what": "iets", "other": "iets"}
