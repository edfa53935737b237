"""The same goals in two shapes: a row of the thing beside a row of the goal, and one flat row with the same columns."""

import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import connection, models, transaction

from bench.data import SENTENCE, keep_many
from bench.table import make_database
from klimtouw.climb.models import Entry, Goal
from klimtouw.config import prepare
from klimtouw.foundation.clock import now
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from tests.stories import make_person

GOALS, ENTRIES, SHOWN, TIMES, ROUNDS = 1000, 4000, 50, 60, 7


class FlatGoal(models.Model):
    """A goal with the columns of the thing in its own row."""

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32, default=Goal.KIND)
    whole = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    dream = models.UUIDField(null=True)
    text = models.TextField()
    why = models.TextField()
    context = models.CharField(max_length=16)
    state = models.CharField(max_length=8)

    objects: ClassVar[models.Manager["FlatGoal"]] = models.Manager()

    class Meta:
        app_label = "bench"
        indexes = (models.Index(fields=["owner", "kind", "created_at"], name="flat_goal_of_owner"),)

    def __str__(self) -> str:
        return self.text


def measure_all() -> None:
    """Fill both shapes, then read and write them in turn; the lowest of some rounds counts."""
    if connection.vendor == "postgresql":
        make_database()
    prepare.bring_up_to_date()
    owner = _fill()
    print(f"{connection.vendor}: CPU ms in Python, and ms that pass, per time | with children | flat | ratio")
    for what, acts in _acts(owner).items():
        rounds = [[_cost(act) for act in acts] for _ in range(ROUNDS)]
        for name, place in (("CPU", 0), ("passed", 1)):
            children, flat = (min(costs[shape][place] for costs in rounds) for shape in (0, 1))
            print(f"{what}, {name} | {children:.2f} | {flat:.2f} | {children / flat:.2f}")


def _fill() -> Person:
    with connection.schema_editor() as editor:
        editor.create_model(FlatGoal)
    owner, at = make_person("Nele"), now()
    with transaction.atomic():
        keep_many(Entry, _rows(ENTRIES, at), owner=owner)
        keep_many(Goal, _rows(GOALS, at), owner=owner)
        FlatGoal.objects.bulk_create(
            (FlatGoal(owner=owner, **row) for row in _rows(GOALS, at)), batch_size=500
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return owner


def _rows(number: int, at: datetime) -> list[dict[str, Any]]:
    moments = [at - timedelta(hours=hours) for hours in range(number)]
    return [{"created_at": then, "changed_at": then, "text": SENTENCE * 4} for then in moments]


def _acts(owner: Person) -> dict[str, list[Callable[[], object]]]:
    shapes: tuple[type[models.Model], ...] = (Goal, FlatGoal)
    common = {"owner": owner, "kind": Goal.KIND, "text": SENTENCE, "created_at": now(), "changed_at": now()}

    def listed(model: type[models.Model]) -> Callable[[], object]:
        goals = model._default_manager.filter(owner=owner, kind=Goal.KIND, removed_at=None)
        return lambda: list(goals.order_by("-created_at", "-pk")[:SHOWN])

    def opened(model: type[models.Model]) -> Callable[[], object]:
        key = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        return lambda: model._default_manager.get(pk=key)

    def kept(model: type[models.Model]) -> Callable[[], object]:
        return transaction.atomic(lambda: model(id=new_id(), **common).save(force_insert=True))

    return {
        f"a list of {SHOWN} goals out of {GOALS + ENTRIES:,} things": [listed(shape) for shape in shapes],
        "one goal": [opened(shape) for shape in shapes],
        "a new goal": [kept(shape) for shape in shapes],
    }


def _cost(act: Callable[[], object]) -> tuple[float, float]:
    act()
    cpu, passed = time.process_time(), []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        passed.append(time.perf_counter() - began)
    return (time.process_time() - cpu) * 1000 / TIMES, statistics.median(passed) * 1000
