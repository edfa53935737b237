"""Make the file: gather, leave the looks, write the pages and the data, and put them in one ZIP. Only memory is used."""

from base64 import b64encode
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.gate import note_looks
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.takeaway.choices import ParcelState
from klimtouw.takeaway.models import Parcel
from klimtouw.takeaway.package.archive import in_one_file
from klimtouw.takeaway.package.contents import content_of
from klimtouw.takeaway.package.queries import Progress, words_given_to

SQLITE_FULL = {13, 778}
"""The disk is full; a write met the end of what this program may write."""
POSTGRESQL_FULL = "53100"


class NoRoom(Exception):
    """There is no room left to write down what must be written."""


def make_file(*, by: Person, at: datetime, progress: Progress | None = None) -> bytes:
    """Return the whole package as one file. The looks at other people's words are written before it leaves (P2).

    Raises `NoRoom`; then nothing was written and nothing leaves.
    """
    demand(by, Action.TAKE_ALONG, by, at)
    given = words_given_to(by, at)
    try:
        file = in_one_file(content_of(by, at, given, progress), by, at)
        with transaction.atomic():
            hold(by)
            note_looks(given, by, at)
    except OperationalError as error:
        raise _in_own_words(error) from error
    return file


def fill_parcel(id: UUID, *, at: datetime) -> None:
    """Make the file of a parcel that waits for it; done twice, it is made once."""
    parcel = Parcel.objects.select_related("owner").filter(pk=id, state=ParcelState.WAITING).first()
    if parcel is None:
        return
    try:
        file = make_file(by=parcel.owner, at=at, progress=lambda number: _note_progress(id, number))
        _keep(parcel, file)
    except NoRoom:
        _give_up(id, ParcelState.NO_ROOM)
    except Exception:
        _give_up(id, ParcelState.FAILED)
        raise


def _keep(parcel: Parcel, file: bytes) -> None:
    parcel.content, parcel.state = b64encode(file).decode("ascii"), ParcelState.READY
    try:
        with transaction.atomic():
            parcel.save(update_fields=["content", "state"])
    except OperationalError as error:
        raise _in_own_words(error) from error


def _note_progress(id: UUID, number: int) -> None:
    Parcel.objects.filter(pk=id).update(gathered=number)


def _give_up(id: UUID, state: ParcelState) -> None:
    Parcel.objects.filter(pk=id).update(state=state)


def _in_own_words(error: OperationalError) -> Exception:
    cause = error.__cause__
    is_full = getattr(cause, "sqlite_errorcode", 0) in SQLITE_FULL
    return NoRoom() if is_full or getattr(cause, "sqlstate", "") == POSTGRESQL_FULL else error
