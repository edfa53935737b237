"""Give a reply or a suggestion to a coachee; say what becomes of a suggestion."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import chain
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Thing
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.models import CoachRole
from klimtouw.replies import queries
from klimtouw.replies.actions_asking import close_answered
from klimtouw.replies.choices import Outcome, ReplyKind
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.replies.tasks import tell_something_is_left


class OfferedBefore(Exception):
    """This coach put the same words beside this thing before; what is answered is not offered again (V3)."""


@transaction.atomic
def give_reply(
    beside: Thing,
    *,
    by: Person,
    at: datetime,
    id: UUID,
    reply_kind: ReplyKind,
    text: str,
    role: CoachRole | None = None,
) -> Reply:
    """Lay a reply beside something of a coachee and let the coachee read it (C10)."""
    _let_one_tab_at_a_time(by, beside)
    demand(by, Action.REPLY, beside, at)
    if (twice := Reply.objects.filter(pk=id, owner=by).first()) and twice.text == text:
        return twice
    id = new_id() if twice else id  # the back button and other words: that is another reply
    reply = keep(Reply, by=by, at=at, id=id, about_id=beside.pk, reply_kind=reply_kind, text=text, role=role)
    _give(reply, beside=beside, by=by, at=at)
    close_answered(beside, by=by)
    return reply


@transaction.atomic
def give_suggestion(
    beside: Thing, *, by: Person, at: datetime, id: UUID, text: str, role: CoachRole | None = None
) -> Suggestion:
    """Lay another way beside a goal, route or stage; it never enters by itself (C11, V3)."""
    _let_one_tab_at_a_time(by, beside)
    demand(by, Action.SUGGEST, beside, at)
    if (twice := Suggestion.objects.filter(pk=id, owner=by).first()) and twice.text == text:
        return twice
    if folded(text) in map(folded, queries.words_beside(by, beside)):
        raise OfferedBefore
    id = new_id() if twice else id
    suggestion = keep(Suggestion, by=by, at=at, id=id, about_id=beside.pk, text=text, role=role)
    _give(suggestion, beside=beside, by=by, at=at)
    close_answered(beside, by=by)
    return suggestion


def _let_one_tab_at_a_time(by: Person, beside: Thing) -> None:
    """What was sent or offered before is only known once the other tab is done; and what is erased meanwhile is not there."""
    hold(by)
    with the_house():  # locking a row asks for the right to change it, which a page of the coach has not (V1)
        Thing.objects.select_for_update(no_key=True).get(pk=beside.pk)


def _give(thing: Reply | Suggestion, *, beside: Thing, by: Person, at: datetime) -> None:
    share(thing, onto=queries.bond_to_give_along(by, beside, at), by=by, at=at)
    transaction.on_commit(partial(tell_something_is_left.enqueue, str(thing.pk), str(beside.owner_id)))


@transaction.atomic
def answer_suggestion(suggestion: Suggestion, *, by: Person, at: datetime, outcome: Outcome) -> None:
    """Say what becomes of a suggestion; no reason is asked, and every answer can be changed by its giver (C11)."""
    demand(by, Action.ANSWER_SUGGESTION, suggestion, at)
    # Not `place`: the words stay the coach's, the outcome alone is the coachee's.
    current = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    current.outcome = outcome
    current.save(update_fields=["outcome"])
    suggestion.outcome = outcome


def note_that_read(besides: Iterable[queries.Beside], *, by: Person, at: datetime) -> None:
    """Note that somebody opened what stands beside things: once a day per reply or suggestion (P2)."""
    of_others = [thing for thing in chain(*(beside.all for beside in besides)) if thing.owner_id != by.pk]
    if of_others:
        already = queries.opened_today(of_others, by, at)
        gate.note_looks([thing for thing in of_others if thing.pk not in already], by, at)


def folded(text: str) -> str:
    """Return a text as it is compared: capitals, spaces and the last full stop make no difference."""
    return " ".join(text.casefold().split()).rstrip(" .!…")
