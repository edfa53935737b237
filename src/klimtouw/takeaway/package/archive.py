"""Put pages and data in one ZIP, the same for the same data and moment."""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from django.utils.timezone import localtime

from klimtouw.people.models import Person
from klimtouw.takeaway.package.contents import in_json
from klimtouw.takeaway.package.filing import FILES, files_of
from klimtouw.takeaway.package.names import CONTENT, DIGEST, FOLDER, SCHEMA
from klimtouw.takeaway.package.pages import pages_of
from klimtouw.takeaway.package.queries import Content
from klimtouw.takeaway.package.schema import schema

READABLE = 0o644 << 16


def in_one_file(content: Content, person: Person, at: datetime) -> bytes:
    """Return a ZIP with a folder of pages, the data, its schema and its digest."""
    day = localtime(at)
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        moment = (day.year, day.month, day.day, day.hour, day.minute, day.second)
        for name, body in _files(content, person):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=moment)
            is_file = name.startswith(f"{FILES}/")
            entry.compress_type = zipfile.ZIP_STORED if is_file else zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE
            package.writestr(entry, body)
    return whole.getvalue()


def _files(content: Content, person: Person) -> Iterator[tuple[str, bytes]]:
    data = in_json(content)
    yield from pages_of(content, person)
    yield from files_of(content, person)
    yield CONTENT, data
    yield SCHEMA, in_json(schema())
    yield DIGEST, f"{hashlib.sha256(data).hexdigest()}  {CONTENT}\n".encode()
