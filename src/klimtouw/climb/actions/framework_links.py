"""Tie a goal to a framework goal. Only its owner can (V1); the framework goal itself is never touched (V4)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.actions.writing import demand_own, keep_words
from klimtouw.climb.models import FrameworkLink, Goal
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.programmes.models import FrameworkGoal


@transaction.atomic
def link_to_framework(
    goal: Goal,
    framework_goal: FrameworkGoal,
    *,
    by: Person,
    at: datetime,
    text: str = "",
    id: UUID | None = None,
    seen: int = 0,
) -> FrameworkLink:
    """Say that a goal is one's way to a framework goal; said a second time it is the same link, and words stand side by side."""
    demand_own(goal, by=by, at=at)
    framework = framework_goal.version.framework
    demand(by, Action.SEE_FRAMEWORK, framework, at)
    hold(by)
    place = {"goal": goal, "framework": framework.pk, "identifier": framework_goal.identifier}
    if there := FrameworkLink.objects.kept().filter(owner=by, **place).first():
        return belongings.reword(there, by=by, at=at, seen=seen, text=text) if text else there
    words = {"text": text, "stood_as": str(framework_goal)}
    return keep_words(
        FrameworkLink, by=by, at=at, id=id, seen=seen, words=words, links={**place, "whole": goal}
    )
