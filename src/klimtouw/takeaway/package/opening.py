"""Open a package somebody brings: trust nothing in it, read no more than is needed, and say kindly what is wrong.

Only the data is read; the pages in the package are for people. Nothing is ever written to a disk, so a name in the
ZIP that points elsewhere can do nothing; it is refused all the same, because no package of ours has one.
"""

import hashlib
import json
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from klimtouw.takeaway.package.checking import NotThisShape, check
from klimtouw.takeaway.package.filing import FileDoesNotFit, id_of_file, with_files
from klimtouw.takeaway.package.names import (
    CONTENT,
    DIGEST,
    FORMAT,
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_SHRUNK,
    MOST_UNPACKED,
    VERSION,
)
from klimtouw.takeaway.package.queries import Content
from klimtouw.takeaway.package.schema import schema

PIECE = 256 * 1024
MOST_OF_A_FILE = MOST_BYTES // 2
SMALL = 1024 * 1024
DEEPEST = 2


class NotAPackage(Exception):
    """This file cannot be brought in; the message says why, to the person."""


def content_in(file: bytes) -> Content:
    """Return what a package says. Raises `NotAPackage`."""
    if len(file) > MOST_BYTES:
        raise NotAPackage(
            _("This file is too large. A package is %(most)s MB at most.") % {"most": MOST_BYTES >> 20}
        )
    try:
        with zipfile.ZipFile(BytesIO(file)) as package:
            _look_at_names(package)
            written, digest = _entry(package, CONTENT), _entry(package, DIGEST)
            files = {
                id: _read_piece_by_piece(package, entry) for id, entry in _entries_of_files(package).items()
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        raise NotAPackage(
            _("This is not a whole ZIP file. Download your package again, and choose that file.")
        ) from error
    if hashlib.sha256(written).hexdigest() != digest[:64].decode("ascii", "replace"):
        raise NotAPackage(
            _("This package was changed after it was made. Choose the file as you downloaded it.")
        )
    try:
        return with_files(_checked(_read(written)), files)
    except FileDoesNotFit as fault:
        raise NotAPackage(str(fault)) from fault


def _entries_of_files(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found = {id: entry for entry in package.infolist() if (id := id_of_file(entry.filename))}
    if any(entry.file_size > MOST_OF_A_FILE for entry in found.values()):
        _too_much()
    return found


def _look_at_names(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        _too_much()
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.orig_filename:
            raise NotAPackage(_("This is not a package of Klimtouw: it holds odd file names."))


def _too_much() -> NoReturn:
    raise NotAPackage(
        _("More comes out of this file than a package can hold. That is not a package of Klimtouw.")
    )


def _entry(package: zipfile.ZipFile, name: str) -> bytes:
    """Return one file of the package, piece by piece, and stop as soon as it is more than it says or can be."""
    found = [entry for entry in package.infolist() if _is_called(entry.filename, name)]
    if len(found) != 1:
        raise NotAPackage(_("This is not a package of Klimtouw. Choose the ZIP file you downloaded there."))
    return _read_piece_by_piece(package, found[0])


def _read_piece_by_piece(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    whole = bytearray()
    with package.open(entry) as file:
        while piece := file.read(PIECE):
            whole += piece
            is_bomb = len(whole) > SMALL and len(whole) > MOST_SHRUNK * entry.compress_size
            if is_bomb or len(whole) > MOST_UNPACKED:
                _too_much()
    return bytes(whole)


def _is_called(path: str, name: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[-1] == name and len(parts) <= DEEPEST


def _read(written: bytes) -> Any:
    try:
        return json.loads(written.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotAPackage(_("The data in this package cannot be read.")) from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _checked(content: Any) -> Content:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotAPackage(_("This is not a package of Klimtouw. Choose the ZIP file you downloaded there."))
    if content.get("version") != VERSION:
        raise NotAPackage(
            _("This package has version %(theirs)s, and this Klimtouw reads version %(ours)s.")
            % {"theirs": str(content.get("version"))[:10], "ours": VERSION}
        )
    try:
        check(content, schema())
    except (NotThisShape, RecursionError) as fault:
        where = fault.where if isinstance(fault, NotThisShape) else ""
        raise NotAPackage(
            _("Something in this package is not as Klimtouw writes it: %(where)s.") % {"where": where or "…"}
        ) from fault
    return content
