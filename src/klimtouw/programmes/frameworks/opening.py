"""Open a file that was brought: what kind it is, whether it can be read as text, and what stands in it."""

import codecs
import zlib
from collections.abc import Iterator
from io import BytesIO, IncrementalNewlineDecoder
from zipfile import BadZipFile, ZipFile

from klimtouw.programmes.frameworks.case_file import read_case
from klimtouw.programmes.frameworks.choices import Fault, FileKind
from klimtouw.programmes.frameworks.csv_file import read_csv
from klimtouw.programmes.frameworks.shapes import (
    LONGEST_STATEMENT,
    CannotBeRead,
    Draft,
    Problem,
    Progress,
    judge,
)
from klimtouw.programmes.frameworks.tree import judge_tree

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 40
MOST_UNPACKED = 600
"""Megabytes: of the file as it is sent, and of what is in a ZIP."""
CHUNK = 256 * 1024
LONGEST_LINE = 1_000_000
LONGEST = (("identifier", 255), ("code", 100), ("statement", LONGEST_STATEMENT), ("parent", 255))
ZIP, UTF_16 = b"PK\x03\x04", (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(file: bytes) -> FileKind:
    """Return what a file is by what stands in it, whatever it is called. Raises `CannotBeRead`."""
    start = next(_bytes_of(file), b"")
    if not start.strip():
        raise CannotBeRead(Problem(Fault.EMPTY))
    if start.startswith(UTF_16):
        raise CannotBeRead(Problem(Fault.UTF_16))
    return FileKind.CASE if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") else FileKind.CSV


def read_framework(file: bytes, kind: str, progress: Progress) -> Draft:
    """Read and judge a whole file; what stops it stands among its problems."""
    try:
        texts = _texts_of(_bytes_of(file))
        draft = read_case(texts, progress) if kind == FileKind.CASE else read_csv(_lines_of(texts), progress)
    except CannotBeRead as stop:
        draft = Draft()
        draft.problems, draft.number_of_problems = [stop.problem], 1
        return draft
    judge(draft, LONGEST)
    if not draft.is_refused:
        judge_tree(draft)
    draft.problems.sort(key=lambda problem: problem.place)
    return draft


def _bytes_of(file: bytes) -> Iterator[bytes]:
    """Go through the bytes of a file; of a ZIP, through those of the one file in it."""
    if not file.startswith(ZIP):
        yield from (file[at : at + CHUNK] for at in range(0, len(file), CHUNK))
        return
    try:
        with ZipFile(BytesIO(file)) as archive:
            names = [
                one
                for one in archive.infolist()
                if not one.is_dir() and not one.filename.startswith("__MACOSX/")
            ]
            if len(names) != 1:
                raise CannotBeRead(Problem(Fault.NOT_ONE_FILE))
            unpacked = 0
            with archive.open(names[0]) as inside:
                while chunk := inside.read(CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MOST_UNPACKED * MEGABYTE:
                        raise CannotBeRead(Problem(Fault.TOO_LARGE, what=str(MOST_UNPACKED)))
                    yield chunk
    except (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as broken:
        raise CannotBeRead(Problem(Fault.NOT_A_ZIP)) from broken


def _texts_of(chunks: Iterator[bytes]) -> Iterator[str]:
    """Read bytes as UTF-8, without the mark that some programs put at the start."""
    reader, lines = codecs.getincrementaldecoder("utf-8-sig")(), 1
    for chunk in chunks:
        try:
            text = reader.decode(chunk)
        except UnicodeDecodeError as odd:
            line = lines + odd.object[: odd.start].count(b"\n")
            raise CannotBeRead(Problem(Fault.NOT_UTF_8, line)) from odd
        lines += text.count("\n")
        yield text
    try:
        reader.decode(b"", final=True)
    except UnicodeDecodeError as odd:
        raise CannotBeRead(Problem(Fault.NOT_UTF_8, lines)) from odd


def _lines_of(texts: Iterator[str]) -> Iterator[str]:
    """Cut texts into lines, whatever a line ends with."""
    ends, rest, lines = IncrementalNewlineDecoder(None, translate=True), "", 0
    for text in texts:
        *whole, rest = (rest + ends.decode(text)).split("\n")
        lines += len(whole)
        yield from (f"{line}\n" for line in whole)
        if len(rest) > LONGEST_LINE:
            raise CannotBeRead(Problem(Fault.BROKEN_ROW, lines + 1))
    rest += ends.decode("", final=True)
    yield from (f"{line}\n" for line in rest.split("\n") if line)
