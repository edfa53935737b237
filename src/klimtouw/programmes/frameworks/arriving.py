"""Take a framework in: keep the file, read it, say what would happen, and bring it in on a yes. Only by import (C4, V4).

Reading and bringing in are done by jobs. A new version is written in pieces nobody sees; at the end one short act gives it
its number. A crash before that leaves nothing but rows without a number, which the next attempt or the next day erases.
"""

import zlib
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.foundation.text import on_one_line
from klimtouw.people.models import Person
from klimtouw.programmes.frameworks.choices import UNDER_WAY, ArrivalState, FileKind
from klimtouw.programmes.frameworks.tasks import bring_framework_in, read_framework_file
from klimtouw.programmes.frameworks.versions import erase_unfinished
from klimtouw.programmes.models import (
    Framework,
    FrameworkArrival,
    FrameworkVersion,
    Institution,
)

KEPT_FOR = timedelta(days=1)
SILENT_FOR = timedelta(minutes=5)
"""A job that says nothing for so long was broken off."""


class NotNow(Exception):
    """What was asked does not fit how far this arrival is."""


@transaction.atomic
def take_in(
    institution: Institution,
    *,
    by: Person,
    at: datetime,
    file: bytes,
    file_name: str,
    file_kind: FileKind,
    title: str = "",
    framework: Framework | None = None,
) -> FrameworkArrival:
    """Keep a file until it is in, and have it read; nothing in the catalogue changes yet."""
    demand(by, Action.ARRANGE_FRAMEWORKS, institution, at)
    if framework is not None:
        demand(by, Action.ARRANGE_FRAMEWORKS, framework, at)
    arrival = FrameworkArrival.objects.create(
        institution=institution,
        framework=framework,
        by=by,
        file_name=on_one_line(file_name)[:120],
        file_kind=file_kind,
        title=on_one_line(title)[:200],
        asked_at=at,
        touched_at=at,
        content=zlib.compress(file, 1),
    )
    transaction.on_commit(partial(read_framework_file.enqueue, str(arrival.pk)))
    return arrival


@transaction.atomic
def say_yes(arrival: FrameworkArrival, *, by: Person, at: datetime) -> None:
    """Have what was read brought in, or read again after a break; two clicks are one. Raises `NotNow`."""
    demand(by, Action.ARRANGE_FRAMEWORKS, arrival, at)
    mine = FrameworkArrival.objects.filter(pk=arrival.pk).exclude(content=None)
    if mine.filter(state=ArrivalState.READY).update(state=ArrivalState.IMPORTING, done=0, touched_at=at):
        transaction.on_commit(partial(bring_framework_in.enqueue, str(arrival.pk)))
        return
    stopped = Q(state=ArrivalState.FAILED) | Q(state__in=UNDER_WAY, touched_at__lt=at - SILENT_FOR)
    if mine.filter(stopped).update(state=ArrivalState.READING, done=0, touched_at=at):
        transaction.on_commit(partial(read_framework_file.enqueue, str(arrival.pk)))
        return
    if not FrameworkArrival.objects.filter(pk=arrival.pk, state__in=(*UNDER_WAY, ArrivalState.DONE)).exists():
        raise NotNow


@transaction.atomic
def let_go(arrival: FrameworkArrival, *, by: Person, at: datetime) -> None:
    """Throw a file away that is not in yet; the catalogue stays as it is."""
    demand(by, Action.ARRANGE_FRAMEWORKS, arrival, at)
    FrameworkArrival.objects.filter(pk=arrival.pk).exclude(state=ArrivalState.IMPORTING).delete()


@transaction.atomic
def switch(version: FrameworkVersion, *, by: Person, at: datetime, is_on: bool) -> None:
    """Offer a version, or no longer; what people linked stays with them."""
    demand(by, Action.ARRANGE_FRAMEWORKS, version, at)
    moment = None if is_on else at
    FrameworkVersion.objects.filter(pk=version.pk).exclude(number=None).update(switched_off_at=moment)


def forget_arrivals(*, at: datetime) -> None:
    """Erase files nobody said yes to within a day, and what is left of versions that were broken off."""
    old = at - KEPT_FOR
    FrameworkArrival.objects.filter(touched_at__lt=old).delete()
    unfinished = FrameworkVersion.objects.filter(number=None, imported_at__lt=old)
    for key in list(unfinished.values_list("pk", flat=True)):
        erase_unfinished(key)
    Framework.objects.filter(versions=None).delete()
