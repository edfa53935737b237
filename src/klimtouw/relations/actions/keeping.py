"""Tell two people in time that what they made together goes, and erase it on that day (P5)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from klimtouw.foundation.clock import months_after, start_of
from klimtouw.programmes.choices import KEPT_MONTHS
from klimtouw.relations.actions.beginning import erase_relation
from klimtouw.relations.contract_tasks import Letter, write_letter
from klimtouw.relations.keeping import KEPT_STATES, TOLD_AHEAD, kept_months
from klimtouw.relations.models import Relation


def keep_no_longer_than_promised(*, at: datetime) -> int:
    """Erase the relations whose day has come, tell of those that go in a month, and return how many were erased.

    Nothing is erased that both were not told of a month before. Done again on the same day it changes nothing.
    """
    erased = sum(_erase_on_its_day(id, at) for id in _due(at))
    for id in _to_tell(at):
        _tell_of_its_day(id, at)
    return erased


def _due(at: datetime) -> list[UUID]:
    return list(
        Relation.objects.filter(goes_on__lte=localdate(at)).order_by("pk").values_list("pk", flat=True)
    )


def _to_tell(at: datetime) -> Iterator[UUID]:
    """Find the relations that may be told of today; a few days too many, because months are not equally long."""
    ended = Relation.objects.filter(state__in=KEPT_STATES, goes_on=None)
    rule_now = "programme__institution__relations_kept_months"
    stays = ended.annotate(stays=Coalesce("kept_months", rule_now, Value(KEPT_MONTHS)))
    for months in set(stays.values_list("stays", flat=True).distinct()):
        day = months_after(localdate(at), TOLD_AHEAD - months) + timedelta(days=4)
        until = stays.filter(stays=months, ended_at__lt=start_of(day, ZoneInfo(settings.TIME_ZONE)))
        yield from list(until.order_by("pk").values_list("pk", flat=True))


def _held(id: UUID) -> Relation | None:
    rows = Relation.objects.select_for_update(of=("self",)).select_related("coachee", "coach")
    return rows.filter(pk=id, state__in=KEPT_STATES).first()


def _day_of(relation: Relation) -> date:
    assert relation.ended_at is not None  # noqa: S101  # narrows the type: what is over has an end
    return months_after(localdate(relation.ended_at), kept_months(relation))


@transaction.atomic
def _tell_of_its_day(id: UUID, at: datetime) -> None:
    relation, today = _held(id), localdate(at)
    if relation is None or relation.goes_on or _day_of(relation) > months_after(today, TOLD_AHEAD):
        return
    relation.goes_on = max(_day_of(relation), months_after(today, TOLD_AHEAD))
    relation.save(update_fields=["goes_on"])
    for reader in (relation.coachee, relation.coach):
        if not reader.is_erased:
            # In this transaction, not after it: the day is only written down together with the letter that says so.
            key = f"{Letter.GOES_SOON}.{relation.pk}.{relation.goes_on}.{reader.pk}"
            write_letter.enqueue(Letter.GOES_SOON.value, str(relation.pk), str(reader.pk), key)


@transaction.atomic
def _erase_on_its_day(id: UUID, at: datetime) -> bool:
    relation = _held(id)
    if relation is None or relation.goes_on is None:
        return False
    erase_relation(relation, at=at)
    return True
