"""Keep what a talk brought."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand, may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import id_as_sent, keep, reword
from klimtouw.people.models import Person
from klimtouw.talks.actions.overtaken import NotYetBegun, held_tight
from klimtouw.talks.actions.planning import note_it_was_there
from klimtouw.talks.actions.sharing import share_with_other
from klimtouw.talks.models import AboutTalk, CoachSentence, Impression, Takeaway, Talk
from klimtouw.talks.queries import kept_of

T = TypeVar("T", bound=AboutTalk)


@transaction.atomic
def write_takeaway(
    *, talk: Talk, by: Person, at: datetime, seen: int, id: UUID | None = None, **words: Any
) -> Takeaway:
    """Keep what the coachee takes from a talk, private; one per talk, whatever the number of tabs (T3)."""
    talk = held_tight(talk, at)
    demand(by, Action.WRITE_TAKEAWAY, talk, at)
    return _only_one(Takeaway, talk, by=by, at=at, seen=seen, id=id, **words)


@transaction.atomic
def give_sentence(
    *, talk: Talk, by: Person, at: datetime, seen: int, id: UUID | None = None, **words: Any
) -> CoachSentence:
    """Give the coachee one sentence after a talk, in a chosen role (T3). A second one takes the place of the first."""
    talk = held_tight(talk, at)
    demand(by, Action.ADD_COACH_SENTENCE, talk, at)
    sentence = _only_one(CoachSentence, talk, by=by, at=at, seen=seen, id=id, **words)
    share_with_other(sentence, by=by, at=at)
    return sentence


@transaction.atomic
def write_impression(
    *, talk: Talk, by: Person, at: datetime, seen: int, id: UUID | None = None, **words: Any
) -> Impression:
    """Keep how a talk was for oneself, private; one per talk and person (T3)."""
    talk = held_tight(talk, at)
    demand(by, Action.WRITE_IMPRESSION, talk, at)
    return _only_one(Impression, talk, by=by, at=at, seen=seen, id=id, **words)


def _only_one(
    model: type[T], talk: Talk, *, by: Person, at: datetime, seen: int, id: UUID | None, **words: Any
) -> T:
    if not talk.has_begun(at):
        raise NotYetBegun
    if may(by, Action.MARK_TALK_HELD, talk, at):  # whoever keeps something of a talk says that it was there
        note_it_was_there(talk, by=by, at=at)
    there = kept_of(model).filter(talk=talk, owner=by).first()
    if there is None:
        texts = {name: word for name, word in words.items() if isinstance(word, str)}
        return keep(model, by=by, at=at, id=id_as_sent(model, id, by=by, **texts), talk=talk, **words)
    return reword(there, by=by, at=at, seen=seen, **words)
