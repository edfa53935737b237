"""The routes in the package: the drawing of each mountain, with its stages and steps as a list."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from klimtouw.climb.choices import GoalState, StageState
from klimtouw.climb.models import Route, Stage, Step
from klimtouw.climb.mountain import Camp, CampMark, CampState, Climb, Labels, Shape, draw_mountain
from klimtouw.people.models import Person
from klimtouw.takeaway.package.book import Book, Written
from klimtouw.takeaway.package.queries import Content


@dataclass(frozen=True)
class StageOnPage:
    """A stage with its steps."""

    stage: Written
    steps: list[Written]


@dataclass(frozen=True)
class Mountain:
    """The page of one route."""

    file: str
    goal: Written | None
    title: str
    drawing: SafeString
    stages: list[StageOnPage]


def mountains_in(book: Book, person: Person) -> list[Mountain]:
    """Return the page of every route that was not put away."""
    routes = [route for route in book.content["things"].get(Route.KIND, ()) if not route["removed_at"]]
    return [_mountain(route, number, book, person) for number, route in enumerate(routes, start=1)]


def _mountain(route: Content, number: int, book: Book, person: Person) -> Mountain:
    goal = book.things.get(route["fields"]["goal"], (None, None))[1]
    stages = _parts(book, Stage.KIND, "whole", route["id"])
    on_route = [stage for stage in stages if stage["fields"].get("state") != StageState.NOTED]
    title = book.title("goal", goal) if goal else _("Top")
    return Mountain(
        file=f"route-{number}.html",
        goal=book.written("goal", goal) if goal else None,
        title=route["words"].get("name") or title,
        drawing=_drawing(route, goal, title, on_route, person),
        stages=[
            StageOnPage(
                book.written(Stage.KIND, stage),
                [book.written(Step.KIND, step) for step in _parts(book, Step.KIND, "stage", stage["id"])],
            )
            for stage in [*on_route, *(stage for stage in stages if stage not in on_route)]
        ],
    )


def _parts(book: Book, kind: str, name: str, id: str) -> list[Content]:
    """Return the parts that hang on one thing and were not put away, in their order."""
    parts = [
        part
        for part in book.content["things"].get(kind, ())
        if id in (part.get(name), part["fields"].get(name)) and not part["removed_at"]
    ]
    return sorted(parts, key=lambda part: (part["fields"].get("position", 0), part["id"]))


def _drawing(
    route: Content, goal: Content | None, title: str, stages: list[Content], person: Person
) -> SafeString:
    climb = Climb(
        summit=title,
        camps=tuple(_camp(stage) for stage in stages),
        climber=person.name,
        coach=None,
        seed=str(route["fields"]["goal"]),
        is_reached=goal is not None and goal["fields"].get("state") == GoalState.REACHED,
    )
    drawn = draw_mountain(
        climb,
        title=_("My route as a mountain"),
        description=_("The same stages stand in the list on this page."),
        words=_labels(),
        shape=Shape.PORTRAIT,
    )
    return mark_safe(drawn)  # noqa: S308  # drawn by us; every word in it is escaped there


def _camp(stage: Content) -> Camp:
    fields: dict[str, Any] = stage["fields"]
    return Camp(
        key=stage["id"],
        label=stage["words"].get("text", ""),
        state=CampState(fields.get("state", CampState.AHEAD)),
        is_detour=bool(fields.get("is_detour")),
        mark=CampMark(fields.get("mark", "")),
        href=f"#{stage['id']}",
    )


def _labels() -> Labels:
    return Labels(
        top=_("Top"),
        here=_("I am here"),
        start=_("Start"),
        reached=_("reached"),
        parked=_("parked"),
        detour=_("a detour"),
        turning_point=_("a turning point"),
        opportunity=_("an opportunity"),
    )
