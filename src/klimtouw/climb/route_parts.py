"""The mountain of a route (C7), for the page of the route and, small, for the page of its goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.queries import coaches_of
from klimtouw.climb.choices import GoalState, Weather
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.climb.mountain import (
    Camp,
    CampMark,
    CampState,
    CampWeather,
    Climb,
    Labels,
    Shape,
    draw_mountain,
)
from klimtouw.climb.queries import route as queries
from klimtouw.climb.queries.opened import Opened
from klimtouw.people.models import Person


@dataclass(frozen=True)
class RouteOnGoal:
    """What the page of a goal shows of its route: the drawing, what comes next, and where the rest stands."""

    route: Route
    drawing: SafeString
    next_stage: Stage | None
    url: str


def mountain_of(goal: Goal, route: Route, eyes: Eyes) -> RouteOnGoal:
    """Return the route to a goal, which may be read through these eyes, as it is seen; two queries."""
    stages = queries.kept(queries.stages_of(route, eyes.reader))
    url, climber = eyes.address_of(route), goal.owner
    drawing = drawing_of(goal.pk, goal, stages, climber=climber, viewer=eyes.reader, at=eyes.at, address=url)
    return RouteOnGoal(route, drawing, queries.next_of(stages), url)


def sheet_of(opened: Opened[Route], person: Person, at: datetime) -> dict[str, Any]:
    """Return what stands on the one sheet to print: the mountain lying wide, and what comes next."""
    route, goal = opened.thing, opened.other(Goal)
    stages = queries.kept(queries.stages_of(route, person))
    upcoming = queries.next_of(stages)
    steps = queries.steps_in(upcoming) if upcoming else []
    drawing = drawing_of(
        route.goal_id, goal, stages, climber=route.owner, viewer=person, at=at, shape=Shape.LANDSCAPE
    )
    to_do = [step for step in steps if not (step.is_done or step.is_parked)]
    return {
        "route": route,
        "goal": goal,
        "drawing": drawing,
        "next_stage": upcoming,
        "next_steps": to_do[:STEPS_ON_SHEET],
    }


STEPS_ON_SHEET = 3


def drawing_of(
    goal_id: UUID,
    goal: Goal | None,
    stages: Sequence[Stage],
    *,
    climber: Person,
    viewer: Person,
    at: datetime,
    address: str = "",
    shape: Shape = Shape.PORTRAIT,
) -> SafeString:
    """Draw a route as one reader may see it; without `goal` (not shared with this reader) its words are left out."""
    is_own = viewer.pk == climber.pk
    climb = Climb(
        summit=goal.title if goal else _("Top"),
        camps=tuple(_camp(stage, address) for stage in stages),
        climber=climber.name,
        coach=_belayers(climber, at) if is_own else viewer.name,
        seed=str(goal_id),
        is_reached=goal is not None and goal.state == GoalState.REACHED,
    )
    title = (
        _("My route as a mountain")
        if is_own
        else _("The route of %(name)s as a mountain") % {"name": climber.name}
    )
    here = _("I am here") if is_own else _("stands here")
    return mark_safe(_drawn(climb, title, _words(here), shape))  # noqa: S308  # drawn by us; every word in it is escaped there


def _belayers(climber: Person, at: datetime) -> str | None:
    """Name who holds the rope: the coaches with an open bond, and nobody else."""
    names = [coach.name for coach in coaches_of(climber, at)]
    return get_text_list(names, _("and")) if names else None


def _camp(stage: Stage, address: str) -> Camp:
    return Camp(
        key=str(stage.pk),
        label=stage.text,
        state=CampState(stage.state),
        is_detour=stage.is_detour,
        mark=CampMark(stage.mark),
        weather=CampWeather(stage.weather),
        href=f"{address}#stage-{stage.pk}",
    )


def _words(here: str) -> Labels:
    return Labels(
        top=_("Top"),
        here=here,
        start=_("Start"),
        reached=_("reached"),
        parked=_("parked"),
        detour=_("detour"),
        turning_point=_("turning point"),
        opportunity=_("opportunity"),
        weather={weather: str(Weather(weather).label) for weather in CampWeather if weather},
    )


# Drawn anew for every reader: nobody's words stay behind in the memory of the server.
def _drawn(climb: Climb, title: str, words: Labels, shape: Shape) -> str:
    description = _("The same stages stand in the list on this page.")
    return draw_mountain(climb, title=title, description=description, words=words, shape=shape)
