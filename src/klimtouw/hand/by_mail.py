"""Say from a mail that all is well (R11, E3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.hand.actions import say_all_is_well
from klimtouw.hand.queries import reached
from klimtouw.hand.told import WELL
from klimtouw.notices.by_mail import Answer, Question
from klimtouw.notices.kinds import Link
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation


def _find(person: Person, at: datetime, about: UUID, value: str) -> Relation:
    return reached(person, at, about)


def _ask(person: Person, relation: Relation, value: str) -> Question:
    return Question(
        title=_("Busy, and all is well?"),
        text=_("Then it stays quiet for a while. %(name)s hears nothing of this.")
        % {"name": relation.coach.name},
        button=_("All is well"),
        further=Link(_("Something else"), reverse("hand:note", args=[relation.pk])),
    )


def _act(person: Person, at: datetime, relation: Relation, value: str, filled_in: Mapping[str, Any]) -> str:
    say_all_is_well(relation, by=person, at=at)
    return _("Good to know. It stays quiet for a while.")


ALL_IS_WELL = Answer[Relation](name=WELL, action=Action.ANSWER_HAND, find=_find, ask=_ask, act=_act)
