"""Nothing in the product fetches from elsewhere, reads XML, or brings data to life; so none of it can be abused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.test_house import ROOT, source_files

FETCHES = {
    "aiohttp", "asyncio", "boto3", "ftplib", "grpc", "http", "httplib2", "httpx", "imaplib", "ldap3", "nntplib",
    "paramiko", "poplib", "pycurl", "requests", "smtplib", "socket", "ssl", "telnetlib", "tornado", "urllib",
    "urllib3", "webbrowser", "websockets", "xmlrpc",
}  # fmt: skip
READS_XML = {"bs4", "defusedxml", "feedparser", "html5lib", "lxml", "plistlib", "pyexpat", "xml", "xmltodict"}
BRINGS_TO_LIFE = {"cloudpickle", "dill", "jsonpickle", "marshal", "pickle", "shelve", "yaml"}
WRITES_SHEETS = {"csv", "openpyxl", "xlsxwriter"}
HARMLESS = {
    "urllib.parse": "takes addresses apart and fetches nothing",
    "xml.sax.saxutils": "writes & as &amp; in our own drawings and reads nothing",
}
ALLOWED = {
    ("config/serving.py", "socket"): "looks whether its own port is free, and is woken by signals",
    ("config/jobs.py", "socket"): "asks the name of this machine",
}


def imports_of(path: Path) -> Iterator[str]:
    """Name every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def importing(forbidden: set[str], files: list[Path]) -> list[str]:
    """Name every file that imports one of these, unless a reason stands above."""
    found = []
    for path in files:
        place = str(path).split("src/klimtouw/")[-1]
        for name in imports_of(path):
            known = name in HARMLESS or (place, name) in ALLOWED
            if name.split(".")[0] in forbidden and not known:
                found.append(f"{place} imports {name}")
    return found


@pytest.mark.parametrize(
    "forbidden", [FETCHES, READS_XML, BRINGS_TO_LIFE], ids=["fetches", "reads XML", "brings to life"]
)
def test_no_file_of_the_product_imports_it(forbidden: set[str]) -> None:
    assert importing(forbidden, source_files()) == []


def test_no_file_writes_a_sheet_so_no_cell_can_be_a_formula() -> None:
    """The first export to a sheet needs cells that never begin with = + - @ TAB or CR; then this test changes."""
    assert importing(WRITES_SHEETS, source_files()) == ["programmes/frameworks/csv_file.py imports csv"]
    reads_only = (ROOT / "src/klimtouw/programmes/frameworks/csv_file.py").read_text()
    assert "csv.reader(" in reads_only and "riter" not in reads_only


def test_a_file_that_would_fetch_is_found(tmp_path: Path) -> None:
    naughty = tmp_path / "naughty.py"
    naughty.write_text("import os\nfrom urllib.request import urlopen\nimport xml.dom.minidom\n")
    assert [line.split()[-1] for line in importing(FETCHES | READS_XML, [naughty])] == [
        "urllib.request",
        "xml.dom.minidom",
    ]


def test_no_library_that_fetches_or_reads_xml_comes_along() -> None:
    run = (ROOT / "requirements" / "run.txt").read_text()
    names = set(re.findall(r"^([a-z0-9-]+)==", run, re.MULTILINE))
    assert names & (FETCHES | READS_XML | {"beautifulsoup4", "pyyaml"}) == set()


def test_no_code_is_made_from_text_and_no_shell_is_asked() -> None:
    made = re.compile(
        r"(?<![.\w])(eval|exec|compile|__import__)\(|shell=True|os\.system|os\.popen|\.raw\(|\.extra\(|RawSQL"
    )
    found = []
    for path in source_files():
        found += [
            f"{path.name}: {line.strip()}" for line in path.read_text().splitlines() if made.search(line)
        ]
    assert found == []


def test_no_template_prints_words_unescaped() -> None:
    """Letters are plain text; in pages nothing is printed as it came."""
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src/klimtouw").rglob("templates/**/*.html")
        if re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off", path.read_text())
    ]
    assert found == []


def test_no_script_of_ours_makes_markup_from_text() -> None:
    found = [
        path.name
        for path in (ROOT / "src/klimtouw").rglob("static/**/*.js")
        if "min.js" not in path.name
        and re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|postMessage",
            path.read_text().replace(
                'swap: "outerHTML"', ""
            ),  # htmx puts a part of our own page in its place
        )
    ]
    assert found == []


KEEPS = {
    "indexedDB": [
        "store.js"
    ],  # sealed, and wiped at signing out (decision 14, tests/journeys/test_offline.py)
    "caches.": ["contact.js", "keep.js", "worker.js"],  # files of the pages, and a page without words
    "localStorage": [],
    "sessionStorage": [],
    "document.cookie": [],
}


@pytest.mark.parametrize("where", KEEPS)
def test_no_script_of_ours_stores_anything_in_the_browser_but_what_is_written_without_network(
    where: str,
) -> None:
    scripts = (ROOT / "src/klimtouw").rglob("static/**/*.js")
    found = sorted(path.name for path in scripts if "min.js" not in path.name and where in path.read_text())
    assert found == KEEPS[where]
