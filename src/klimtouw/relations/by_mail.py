"""Answer the click question from a mail (R4, V7). The link carries the question, never an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.notices.by_mail import Answer, NoLongerAsked, Question
from klimtouw.people.models import Person
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.choices import Click
from klimtouw.relations.forms.click import ClickForm
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import OwnActs
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.relations.told import ANSWER

NOTHING_YET = OwnActs(click=None, thinks_until=None, a_proposal_waits=False, signed_the_newest=False)
"""The page shows no answer given before, also not one's own: whoever holds the mail reads nothing from it."""


def _find(person: Person, at: datetime, about: UUID, value: str) -> Relation:
    found = relation_of(person, at, about)
    if found.has_double_hat is None:
        raise NoLongerAsked
    return found


def _ask(person: Person, relation: Relation, value: str) -> Question:
    return Question(
        title=_("Does it click with %(name)s?") % {"name": relation.other(person).name},
        text=_(
            "Your answer is for you alone. Once you have both said yes or no, you hear at the same moment how it goes on. Nobody asks why."
        ),
        button=_("Keep my answer"),
    )


def _form(person: Person, at: datetime, relation: Relation, data: Any) -> ClickForm:
    return ClickForm(data, own=NOTHING_YET, name=relation.other(person).name, today=localdate(at))


def _act(person: Person, at: datetime, relation: Relation, value: str, answered: Mapping[str, Any]) -> str:
    """Keep the answer. What is said is the same whatever it was, and whatever the other answered (V7)."""
    answer_click(
        relation,
        by=person,
        at=at,
        answer=Click(answered["answer"]),
        think_until=answered["think_until"],
    )
    return _("Your answer is kept. Once you have both said yes or no, you both hear how it goes on.")


CLICK = Answer(name=ANSWER, action=Action.ANSWER_CLICK, find=_find, ask=_ask, form=_form, act=_act)
