"""What the page of one thing prints, for whoever's eyes it is made: the same for its reader and for an example of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.models import Thing
from klimtouw.climb.actions.choice_moments import FEWEST
from klimtouw.climb.choices import (
    CompassQuestion,
    DreamState,
    GoalState,
    StartingQuestion,
    StrengthSort,
    Weather,
)
from klimtouw.climb.forms.route import NewStageForm
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Goal,
    Route,
    StartingAnswer,
    Strength,
)
from klimtouw.climb.queries import choice_moments as choices
from klimtouw.climb.queries import climb, evidence, starting, strengths, trail
from klimtouw.climb.queries import route as routes
from klimtouw.climb.queries.framework_links import links_on
from klimtouw.climb.queries.opened import Opened
from klimtouw.climb.route_parts import drawing_of, mountain_of
from klimtouw.climb.views.saving import laid_beside, offered
from klimtouw.people.requests import PersonRequest
from klimtouw.replies.actions import note_that_read
from klimtouw.replies.queries import Beside, beside


@dataclass(frozen=True)
class Printed:
    """A page, and the things on it besides the one the door opened."""

    template: str
    context: dict[str, Any]
    along: tuple[Thing, ...] = ()
    besides: tuple[Beside, ...] = ()


def show(request: PersonRequest, printed: Printed) -> HttpResponse:
    """Note who reads what stands along with the thing, then print the page (P2)."""
    note_looks(printed.along, request.person, request.at)
    note_that_read(printed.besides, by=request.person, at=request.at)
    return render(request, printed.template, printed.context)


def of_answer(answer: CompassAnswer, eyes: Eyes) -> Printed:
    """Gather the page of one answer of the compass."""
    beside = laid_beside(answer, eyes)
    context = {"thing": answer, "question": CompassQuestion(answer.question), "beside": beside}
    return Printed("climb/compass_answer.html", context | offered(answer, eyes), besides=(beside,))


def of_strength(strength: Strength, eyes: Eyes) -> Printed:
    """Gather the page of a strength or work point."""
    beside, sort = laid_beside(strength, eyes), StrengthSort(strength.sort)
    context = {"thing": strength, "sort": sort, "beside": beside, **offered(strength, eyes)}
    return Printed("climb/strength.html", context, besides=(beside,))


def of_choice(moment: ChoiceMoment, eyes: Eyes) -> Printed:
    """Gather the page of a choice moment; its goal stands there only for who may read that too."""
    options = eyes.read_by_both(choices.options_of(moment, eyes.reader, eyes.at))
    goal = choices.goal_behind(moment, eyes.reader, eyes.at)
    goals = eyes.read_by_both([goal] if goal else [])
    beside = laid_beside(moment, eyes)
    context = {"thing": moment, "options": options, "goal": goals[0] if goals else None, "beside": beside}
    context["can_remove"] = len(options) > FEWEST
    return Printed(
        "climb/choice.html", context | offered(moment, eyes), along=tuple(goals), besides=(beside,)
    )


def of_starting_answer(answer: StartingAnswer, eyes: Eyes) -> Printed:
    """Gather the page of one answer of the starting situation."""
    beside, question = laid_beside(answer, eyes), StartingQuestion(answer.question)
    context = {"thing": answer, "question": question, "beside": beside, **offered(answer, eyes)}
    return Printed("climb/starting_answer.html", context, besides=(beside,))


def of_dream(dream: Dream, eyes: Eyes) -> Printed:
    """Gather the page of a dream, and the goals that serve it as far as one may read them."""
    goals = eyes.read_by_both(climb.goals_behind(dream, eyes.reader, eyes.at))
    beside = laid_beside(dream, eyes)
    moves = [state for state in DreamState if state != dream.state]
    context = {"thing": dream, "goals": goals, "moves": moves, "beside": beside, **offered(dream, eyes)}
    return Printed("climb/dream.html", context, along=tuple(goals), besides=(beside,))


def of_goal(opened: Opened[Goal], eyes: Eyes) -> Printed:
    """Gather the page of a goal; its dream and route stand there only for who may read those too."""
    goal, dream, route = opened.thing, opened.other(Dream), opened.other(Route)
    on_goal = mountain_of(goal, route, eyes) if route else None
    moves, beside = [state for state in GoalState if state != goal.state], laid_beside(goal, eyes)
    page = {"thing": goal, "dream": dream, "on_goal": on_goal, "moves": moves, "beside": beside}
    context: dict[str, Any] = {**page}
    context |= {"framework_links": links_on(goal, eyes)}
    hanging = evidence.evidence_of(goal, eyes)
    context |= {"evidence": hanging, "evidence_on": goal}
    return Printed(
        "climb/goal.html", context | offered(goal, eyes, opened.hats), tuple(hanging), besides=(beside,)
    )


def of_entry(entry: Entry, eyes: Eyes) -> Printed:
    """Gather the page of one entry; its goal stands there only for who may read that too."""
    goal = trail.goal_behind(entry, eyes.reader, eyes.at)
    goals = eyes.read_by_both([goal] if goal else [])
    beside, hanging = laid_beside(entry, eyes), evidence.evidence_of(entry, eyes)
    context = {"thing": entry, "goal": goals[0] if goals else None, "beside": beside, **offered(entry, eyes)}
    context |= {"evidence": hanging, "evidence_on": entry}
    return Printed("climb/entry.html", context, along=(*goals, *hanging), besides=(beside,))


def of_route(
    opened: Opened[Route],
    eyes: Eyes,
    *,
    form: NewStageForm | None = None,
    unfolded: str = "",
    looked_at: str = "",
) -> Printed:
    """Gather the mountain and the equal list of stages (C7)."""
    route, goal, reader, at = opened.thing, opened.other(Goal), eyes.reader, eyes.at
    all_stages, steps = routes.stages_of(route, reader), routes.steps_of(route, reader)
    stages = routes.kept(all_stages)
    found = beside([route, *stages, *steps], reader, at, kinds=climb.kinds_beside(route))
    besides = {key: one.only(eyes.read_by_both) for key, one in found.items()}
    hanging = evidence.evidence_on_steps(route, steps, eyes)
    context = {
        "evidence": hanging,
        "route": route,
        "goal": goal,
        "climber": route.owner,
        "drawing": drawing_of(route.goal_id, goal, stages, climber=route.owner, viewer=reader, at=at),
        "stages": routes.on_route(stages, steps, besides, unfolded=unfolded, looked_at=looked_at),
        "noted": routes.noted(all_stages),
        "weathers": [weather for weather in Weather if weather],
        "put_aside": routes.put_aside(all_stages, steps),
        "beside": besides[route.pk],
        "form": form,
        "aside_is_unfolded": unfolded == "aside",
        "address": route.get_absolute_url(),
        **offered(route, eyes, opened.hats),
    }
    return Printed("climb/route.html", context, tuple(hanging), besides=tuple(besides.values()))


Finder = Callable[..., Any]
EXAMPLES: dict[str, tuple[Finder, Callable[[Any, Eyes], Printed]]] = {
    CompassAnswer.KIND: (climb.compass_answer, of_answer),
    ChoiceMoment.KIND: (choices.choice, of_choice),
    Strength.KIND: (strengths.strength, of_strength),
    StartingAnswer.KIND: (starting.starting_answer, of_starting_answer),
    Dream.KIND: (climb.dream, of_dream),
    Goal.KIND: (climb.goal_page, of_goal),
    Entry.KIND: (trail.entry, of_entry),
    Route.KIND: (routes.route_page, of_route),
}
"""Per kind that has a page of its own: how its door finds it, and what its page prints."""


def example(kind: str, key: UUID, eyes: Eyes) -> Printed:
    """Make the page of one thing as its reader gets it, without anything the one who asks may not read as well."""
    if kind not in EXAMPLES:
        raise Thing.DoesNotExist
    find, page = EXAMPLES[kind]
    found = find(eyes.reader, eyes.at, key)
    opened = found if isinstance(found, Opened) else Opened(found)
    if not eyes.read_by_both([opened.thing]):
        raise Thing.DoesNotExist
    along = tuple(eyes.read_by_both(thing for thing in opened.along if thing))
    return page(Opened(opened.thing, along) if found is opened else found, eyes)
