"""Ines brings in the framework goals of the school, by the way every administrator does."""

from datetime import datetime

from klimtouw.home.demo.content.frameworks import NEXT_YEAR, TITLE, as_csv
from klimtouw.home.demo.content.school import VERPLEEGKUNDE
from klimtouw.home.demo.telling import Scene
from klimtouw.programmes.frameworks.arriving import say_yes, take_in
from klimtouw.programmes.frameworks.choices import FileKind
from klimtouw.programmes.frameworks.importing import bring_in, read_arrival
from klimtouw.programmes.models import Framework, FrameworkGoal


def bring_in_framework(scene: Scene, at: datetime) -> None:
    """Bring in the framework of nursing, at once and without waiting for jobs."""
    ines, school = scene.people["Ines"], scene.programmes[VERPLEEGKUNDE].institution
    arrival = take_in(
        school,
        by=ines,
        at=at,
        file=as_csv(),
        file_name="verpleegkunde.csv",
        file_kind=FileKind.CSV,
        title=TITLE,
    )
    read_arrival(arrival.pk, lambda: at)
    say_yes(arrival, by=ines, at=at)
    bring_in(arrival.pk, lambda: at)


def lay_a_newer_file_ready(scene: Scene, at: datetime) -> None:
    """Lay a newer file ready: what would happen stands there to read. It waits a day for a yes, as every file does."""
    ines, school = scene.people["Ines"], scene.programmes[VERPLEEGKUNDE].institution
    arrival = take_in(
        school,
        by=ines,
        at=at,
        file=as_csv(NEXT_YEAR),
        file_name="verpleegkunde-volgend-jaar.csv",
        file_kind=FileKind.CSV,
        framework=Framework.objects.get(institution=school),
    )
    read_arrival(arrival.pk, lambda: at)


def framework_goal(identifier: str) -> FrameworkGoal:
    """Return a goal of that framework by its identifier."""
    goals = FrameworkGoal.objects.select_related("version__framework__institution")
    return goals.get(identifier=identifier)
