"""Answer a request for a reply from a mail: "I have read this", or by which day one answers (C10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.models import Thing
from klimtouw.foundation.ids import new_id
from klimtouw.notices.by_mail import Answer, NoLongerAsked, Question
from klimtouw.notices.kinds import Link
from klimtouw.people.models import Person
from klimtouw.replies import queries
from klimtouw.replies.actions import give_reply
from klimtouw.replies.actions_promising import promise_reply
from klimtouw.replies.choices import ReplyKind
from klimtouw.replies.forms import RoleField
from klimtouw.replies.forms_promising import DayForm
from klimtouw.replies.models import ReplyRequest
from klimtouw.replies.queries_asking import still_open
from klimtouw.replies.told import PROMISE, READ_THIS


@dataclass(frozen=True)
class AskedBeside:
    """An open request and what it is about; the policy is asked about that."""

    request: ReplyRequest
    thing: Thing

    @property
    def state_now(self) -> str:
        """The state the policy asks for."""
        return self.thing.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats to what it is about."""
        return self.thing.hats_of(person, at)


class RoleForm(forms.Form):
    """In which coach role, if one wants to say."""

    role = RoleField(
        queryset=None,
        label=gettext_lazy("In which role do you say this?"),
        required=False,
        empty_label=gettext_lazy("I leave this open"),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["role"].queryset = queries.coach_roles()  # type: ignore[attr-defined]  # a ModelChoiceField


def _find(person: Person, at: datetime, about: UUID, value: str) -> AskedBeside:
    asked = still_open(about, at)
    if asked is None or asked.relation.coach_id != person.pk:
        raise NoLongerAsked
    return AskedBeside(asked, queries.thing_to_reply_to(person, at, asked.thing_id))


def _name(asked: AskedBeside) -> dict[str, str]:
    return {"name": asked.request.relation.coachee.name}


def _page_of(asked: AskedBeside) -> Link:
    return Link(_("Read what %(name)s shared") % _name(asked), asked.request.get_absolute_url())


def _ask_read(person: Person, asked: AskedBeside, value: str) -> Question:
    return Question(
        title=_("Tell %(name)s that you have read it?") % _name(asked),
        text=_("%(name)s then sees: I have read this. You can still write more later.") % _name(asked),
        button=_("I have read this"),
        further=_page_of(asked),
    )


def _say_read(
    person: Person, at: datetime, asked: AskedBeside, value: str, filled_in: Mapping[str, Any]
) -> str:
    read = {"reply_kind": ReplyKind.READ, "text": "", "role": filled_in["role"]}
    give_reply(asked.thing, by=person, at=at, id=new_id(), **read)
    return _("%(name)s hears that you have read it.") % _name(asked)


def _ask_day(person: Person, asked: AskedBeside, value: str) -> Question:
    return Question(
        title=_("When do you answer %(name)s?") % _name(asked),
        text=_("You choose the day yourself. %(name)s then knows when to expect something.") % _name(asked),
        button=_("I answer by this day"),
        further=_page_of(asked),
    )


def _promise(
    person: Person, at: datetime, asked: AskedBeside, value: str, filled_in: Mapping[str, Any]
) -> str:
    promise_reply(asked.request, beside=asked.thing, by=person, at=at, day=filled_in["day"])
    words = {**_name(asked), "day": date_format(filled_in["day"], "l j F")}
    return _("%(name)s hears that you answer by %(day)s.") % words


READ = Answer(
    name=READ_THIS,
    action=Action.REPLY,
    find=_find,
    ask=_ask_read,
    act=_say_read,
    form=lambda person, at, asked, data: RoleForm(data),
)
DAY = Answer(
    name=PROMISE,
    action=Action.REPLY,
    find=_find,
    ask=_ask_day,
    act=_promise,
    form=lambda person, at, asked, data: DayForm(
        data, today=localdate(at), wished=asked.request.day_to_come(at)
    ),
)
