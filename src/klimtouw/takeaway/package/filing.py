"""The files of evidence in a package: real files in a folder of their own, and brought back only as they left (C8, P4).

The data names them by reference: a thing with a file name has its file at `files/<its id>/<its file name>`, and the margin of the
thing holds the digest (SHA-256) of it.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from uuid import UUID

from django.utils.translation import gettext as _

from klimtouw.belongings.contents import keep_contents, opened
from klimtouw.climb.actions.evidence import MOST_IN_ALL, bytes_of
from klimtouw.climb.evidence_files import NotTaken, as_it_left, safe_name
from klimtouw.climb.models import Evidence
from klimtouw.people.models import Person
from klimtouw.takeaway.package.queries import Content

FILES = "files"
AT_ONCE = 10


class FileDoesNotFit(Exception):
    """A file in a package is missing, or is not the one the package says."""


def path_of(thing: Content) -> str:
    """Return where the file of a thing stands in the package; empty when it has none."""
    name = thing["words"].get("file_name", "")
    return f"{FILES}/{thing['id']}/{safe_name(name)}" if name else ""


def files_of(content: Content, person: Person) -> Iterator[tuple[str, bytes]]:
    """Return the files that go along, some at a time."""
    paths = {UUID(thing["id"]): path_of(thing) for thing in content["things"].get(Evidence.KIND, ())}
    rows = list(Evidence.objects.filter(owner=person).exclude(content_type="").order_by("pk"))
    for start in range(0, len(rows), AT_ONCE):
        for key, body in opened(rows[start : start + AT_ONCE]).items():
            yield paths[key], body


def id_of_file(path: str) -> str:
    """Return the id of the thing whose file stands here in a package; empty for everything else."""
    parts = PurePosixPath(path).parts
    return parts[-2] if len(parts) in (3, 4) and parts[-3] == FILES else ""


def with_files(content: Content, files: dict[str, bytes]) -> Content:
    """Return what a package says together with its files, each held against what is said about it. Raises `FileDoesNotFit`."""
    things = [
        thing for thing in content["things"].get(Evidence.KIND, ()) if thing["fields"].get("content_type")
    ]
    for thing in things:
        _check(thing, files.get(thing["id"], b""))
    if not things:
        return content
    return {
        **content,
        "files": {thing["id"]: b64encode(files[thing["id"]]).decode("ascii") for thing in things},
    }


def _check(thing: Content, body: bytes) -> None:
    fields = thing["fields"]
    is_said = hashlib.sha256(body).hexdigest() == thing.get("margin", {}).get("digest")
    if not is_said or fields.get("bytes") != len(body):
        raise FileDoesNotFit(_("A file is missing in this package, or is not the one that belongs there."))
    try:
        as_it_left(thing["words"].get("file_name", ""), fields["content_type"], body)
    except NotTaken as fault:
        raise FileDoesNotFit(str(fault)) from fault


def keep_files(comes: Iterable[tuple[str, Content]], content: Content, by: Person) -> None:
    """Keep the files of the evidence that comes back. Raises `FileDoesNotFit` when there is no room for them."""
    coming = [thing["id"] for kind, thing in comes if kind == Evidence.KIND]
    rows = Evidence.objects.filter(pk__in=coming).exclude(content_type="")
    if bytes_of(by) > MOST_IN_ALL:
        raise FileDoesNotFit(_("There is no room left for the files in this package."))
    for row in rows:
        body = b64decode(content.get("files", {}).get(str(row.pk), ""))
        if not body:
            raise FileDoesNotFit(
                _("A file is missing in this package, or is not the one that belongs there.")
            )
        keep_contents(row, as_it_left(row.file_name, row.content_type, body))
