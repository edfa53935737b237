"""When a relation ends, however it ends, the talk that was still to come leaves both calendars (T1, V24)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_ended_relations, complete_relation, leave_relation
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.takeaway.erasing import erase_everything
from klimtouw.talks import actions
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from tests.stories import make_relation
from tests.talks.conftest import days, letters_to, make_planned
from tests.talks.test_other_eyes import calendars_to, seen

Ends = Callable[[Relation, Person, datetime], object]
ENDS: dict[str, tuple[State, Ends]] = {
    "stopped": (State.RUNNING, lambda relation, by, at: leave_relation(relation=relation, by=by, at=at)),
    "completed": (State.PAUSED, lambda relation, by, at: complete_relation(relation=relation, by=by, at=at)),
    "not started": (
        State.ACQUAINTING,
        lambda relation, by, at: leave_relation(relation=relation, by=by, at=at),
    ),
}


def feed_of(client: Client, person: Person, at: datetime) -> str:
    """Return what the calendar of somebody fetches."""
    return client.get(f"/agenda/{actions.make_calendar_address(by=person, at=at)}.ics").content.decode()


@pytest.mark.parametrize(("state", "end"), ENDS.values(), ids=ENDS.keys())
def test_a_talk_that_was_planned_is_taken_out_of_both_calendars_and_feeds(
    noor: Person, bram: Person, at: datetime, state: State, end: Ends, client: Client
) -> None:
    relation = make_relation(noor, bram, State.RUNNING if state == State.PAUSED else state, at)
    talk = make_planned(relation, days(2, at), place="Bij de vijver")
    before = feed_of(client, bram, at)
    Relation.objects.filter(pk=relation.pk).update(state=state)
    asked = Talk.objects.create(relation=relation, proposed_by=bram, proposed_at=at)
    end(relation, noor, at)
    for person in (noor, bram):
        method, calendar = calendars_to(person)[-1]
        event = calendar.vevent
        assert (method, calendar.method.value, event.status.value) == ("CANCEL", "CANCEL", "CANCELLED")
        assert event.uid.value.startswith(str(talk.pk))
        assert int(event.sequence.value) == talk.revision + 1
        assert event.dtstart.value == days(2, at)
        assert person.name not in str(letters_to(person)[-1].subject)
        assert not hasattr(seen(feed_of(client, person, at)), "vevent")
    assert "BEGIN:VEVENT" in before
    states = set(Talk.objects.filter(pk__in=[talk.pk, asked.pk]).values_list("state", flat=True))
    assert states == {TalkState.CANCELLED}


def test_the_end_at_the_date_and_an_end_by_erasing_take_it_out_too(
    noor: Person, bram: Person, amir: Person, at: datetime
) -> None:
    by_the_clock, erased = (make_relation(one, bram, State.RUNNING, at) for one in (noor, amir))
    held = make_planned(by_the_clock, days(1, at))
    ends = datetime.fromisoformat(f"{by_the_clock.contracts.get().ends_on}T22:30+00:00") + timedelta(days=1)
    stays = make_planned(by_the_clock, days(3, at))
    Talk.objects.filter(pk=stays.pk).update(starts_at=ends)
    make_planned(erased, days(2, at))
    mail.outbox = []
    erase_everything(amir, by=amir, at=at)
    assert [calendar.method.value for _, calendar in calendars_to(bram)] == ["CANCEL"]
    mail.outbox = []
    complete_ended_relations(at=ends)
    assert [calendar.method.value for _, calendar in calendars_to(noor) + calendars_to(bram)] == [
        "CANCEL"
    ] * 2
    held.refresh_from_db()
    assert held.state == TalkState.PLANNED  # its hour came: it stays as it was
