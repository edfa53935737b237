"""V8: a match that did not start is not kept as history on a person. Every table is searched, whatever it is for.

Two people are tied when a chain of rows leads from one to the other: a row that names both, or two rows that name the
same third thing. What is looked for are ids and addresses, in every column of every table, also in texts and JSON.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.belongings import gate
from klimtouw.belongings.models import Bond, Share, Thing
from klimtouw.config.rounds import daily_round
from klimtouw.foundation.clock import now
from klimtouw.ledger.models import Line
from klimtouw.notices.actions import choose_what_to_hear, tell
from klimtouw.notices.choices import Topic
from klimtouw.notices.models import Mute, Notice
from klimtouw.people.doors import Door, yourself
from klimtouw.people.models import Person
from klimtouw.relations.actions.acquaintance import declare_double_hat, write_piece
from klimtouw.relations.actions.beginning import erase_not_started, mark_first_talk_held, put_away
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.invitations import accept_invitation, invite
from klimtouw.relations.choices import Click, Side, State
from klimtouw.relations.models import ClickAnswer, Relation
from klimtouw.relations.pieces import Piece
from klimtouw.relations.queries.acquaintance import space_of
from klimtouw.relations.queries.relations import relations_of
from klimtouw.relations.states import states_in
from klimtouw.relations.told import CLICK_ASKED
from klimtouw.talks.actions import propose_talk, write_line
from klimtouw.talks.models import Talk
from tests.guards.test_house import OWN, name_of_url

SignIn = Callable[[Person], Client]
Row = tuple[str, dict[str, Any]]
ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
FOURTEEN_DAYS = timedelta(days=14)


def every_row() -> Iterator[Row]:
    """Return every row of every table of the database."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of our own
            names = [column[0] for column in cursor.description]
            yield from ((table, dict(zip(names, values, strict=True))) for values in cursor.fetchall())


def named_in(row: Row, known: set[UUID]) -> set[str]:
    """Return the ids and addresses that stand in a row; in sealed bytes those that are known."""
    found: set[str] = set()
    for value in row[1].values():
        if isinstance(value, bytes | memoryview):
            found |= {id.hex for id in known if id.bytes in bytes(value)}
        else:
            found |= {text.replace("-", "").lower() for text in ID.findall(str(value))}
            found |= {text.lower() for text in ADDRESS.findall(str(value))}
    return found


def is_tied(one: Person, other: Person, rows: list[Row], known: set[UUID]) -> bool:
    """Return whether some chain of rows leads from one person to the other."""
    by_name: defaultdict[str, list[set[str]]] = defaultdict(list)
    for row in rows:
        names = named_in(row, known)
        for name in names:
            by_name[name].append(names)
    reached, ahead = set(), {one.pk.hex}
    while ahead:
        reached |= ahead
        ahead = {name for here in ahead for names in by_name[here] for name in names} - reached
    return other.pk.hex in reached


@pytest.fixture
def known(noor: Person, bram: Person) -> set[UUID]:
    """The ids to look for in sealed bytes."""
    return {noor.pk, bram.pk}


@pytest.fixture
def not_started(noor: Person, bram: Person, known: set[UUID], settings: Settings) -> Relation:
    """Everything two people can do before the click, an hour ago; then Bram says no."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    at = now() - timedelta(hours=1)
    letter = invite(by=bram, at=at, side=Side.COACH, email=noor.email, message="Zin om samen te klimmen?")
    relation = accept_invitation(letter, by=noor, at=at)
    known |= {relation.pk, relation.acquaintance_bond_id, relation.work_bond_id}
    get_acquainted(relation, noor, bram, at)
    declare_double_hat(relation, by=bram, at=at, has_double_hat=False)
    choose_what_to_hear(person=noor, by=noor, at=at, topics=Topic, relations={relation.pk: False})
    mark_first_talk_held(relation, by=noor, at=at)
    for person in (noor, bram):
        tell(CLICK_ASKED, person, about=relation.pk, relation=relation.pk, at=at)
    relation.refresh_from_db()
    answer_click(relation, by=noor, at=at, answer=Click.YES)
    relation = answer_click(relation, by=bram, at=at, answer=Click.NO)
    assert relation.state == State.NOT_STARTED
    return relation


def get_acquainted(relation: Relation, noor: Person, bram: Person, at: datetime) -> None:
    """Both write every piece they may, share it, and read the other's; a talk is planned and prepared."""
    pieces = [(noor, piece) for piece in Piece] + [(bram, piece) for piece in Piece if not piece.question]
    for person, piece in pieces:
        name = {"zo-werk-ik": "how_i_work", "behoeften-wensen-grenzen": "needs"}.get(piece.value, "text")
        write_piece(
            piece, relation=relation, by=person, at=at, is_shared=True, seen=0, words={name: "Van mij."}
        )
    for person in (noor, bram):
        space = space_of(relation, person, at)
        gate.note_looks(space.of_other, person, at, hats=space.hats_to_other)
    talk = propose_talk(
        relation=relation, by=bram, at=at, moments=[at + timedelta(days=2)], minutes=60, place="Park"
    )
    write_line(talk=talk, by=noor, at=at, line_kind="talk_about", text="Hoe begin ik?", on_card=True)


def is_a_look(row: Row) -> bool:
    """Return whether a row is a look in the ledger: the one tie that may stay, with its owner and its viewer."""
    return row[0] == "ledger_line" and row[1]["act"] == "look"


def let_two_weeks_pass(relation: Relation) -> None:
    """The two weeks go by, every job is done, and two daily rounds come."""
    Relation.objects.filter(pk=relation.pk).update(ended_at=now() - FOURTEEN_DAYS)
    for _ in range(2):
        done = DBTaskResult.objects.exclude(task_path=daily_round.module_path)
        done.update(status="SUCCESSFUL", finished_at=timezone.now() - timedelta(hours=25))
        daily_round.call()


def test_v8_after_two_weeks_no_row_of_any_table_ties_the_two_but_their_own_looks(
    not_started: Relation, noor: Person, bram: Person, known: set[UUID]
) -> None:
    rows = list(every_row())
    assert is_tied(noor, bram, [row for row in rows if not is_a_look(row)], known)  # so the search can find
    let_two_weeks_pass(not_started)
    rows = list(every_row())
    assert not is_tied(noor, bram, [row for row in rows if not is_a_look(row)], known)
    # What stays, literally: who opened which thing, by id, each in the chain of its owner (P2, decision 7).
    things = {thing.pk: thing for thing in Thing.objects.all()}
    looks = [
        (line.owner_id, line.by_id, line.hat, things[line.about_id].kind)
        for line in Line.objects.filter(act="look").order_by("owner_id", "number")
    ]
    of_noor = (noor.pk, bram.pk, "coach_once_shared")
    of_bram = (bram.pk, noor.pk, "coachee_once_shared")
    assert sorted(looks) == sorted(
        [
            (*of_noor, kind)
            for kind in ("work_card", "common_ground", "needs_wishes_limits", *["expectation"] * 4)
        ]
        + [(*of_bram, kind) for kind in ("work_card", "common_ground", "needs_wishes_limits")]
    )


def test_v8_nothing_of_the_match_itself_is_left_and_everything_written_stays(
    not_started: Relation, noor: Person, bram: Person
) -> None:
    written = set(Thing.objects.values_list("pk", "owner_id"))
    assert not ClickAnswer.objects.exists()
    let_two_weeks_pass(not_started)
    assert [model.objects.count() for model in (Relation, Bond, Share, Talk)] == [0, 0, 0, 0]
    assert set(Thing.objects.values_list("pk", "owner_id")) == written
    named = {name for row in every_row() for name in named_in(row, {not_started.pk})}
    assert (
        not {not_started.pk.hex, not_started.acquaintance_bond_id.hex, not_started.work_bond_id.hex} & named
    )


def test_v8_at_once_nobody_mutes_it_and_nothing_about_it_waits_to_be_told(not_started: Relation) -> None:
    assert not Mute.objects.filter(relation=not_started.pk).exists()
    assert not Notice.objects.exists()


def test_v8_whoever_mutes_it_after_the_end_leaves_no_trace_of_it_either(
    not_started: Relation, noor: Person
) -> None:
    choose_what_to_hear(person=noor, by=noor, at=now(), topics=Topic, relations={not_started.pk: False})
    tell(CLICK_ASKED, noor, about=not_started.pk, relation=not_started.pk, at=now())
    let_two_weeks_pass(not_started)
    assert not {not_started.pk.hex} & {name for row in every_row() for name in named_in(row, set())}


def test_v8_both_have_two_weeks_to_read_the_message_and_who_puts_it_away_ends_them_for_nobody_else(
    not_started: Relation, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    assert not_started.ended_at is not None
    put_away(not_started, by=bram, at=now())
    assert erase_not_started(not_started.ended_at + FOURTEEN_DAYS - timedelta(seconds=1)) == 0
    page = reverse("relations:dismiss", args=[not_started.pk])
    assert sign_in(noor).get(page).status_code == 200
    assert erase_not_started(not_started.ended_at + FOURTEEN_DAYS) == 1
    assert sign_in(noor).get(page).status_code == 404


@pytest.mark.parametrize("has_gone_by", [False, True], ids=["at once", "after two weeks"])
def test_v8_no_page_of_ones_own_nor_of_others_names_the_other_but_the_message_and_the_looks(
    not_started: Relation, noor: Person, bram: Person, vera: Person, has_gone_by: bool, sign_in: SignIn
) -> None:
    put_away(not_started, by=noor, at=now())
    if has_gone_by:
        let_two_weeks_pass(not_started)
    for person, other in ((noor, bram), (vera, bram), (vera, noor)):
        client = sign_in(person)
        named = {
            name
            for name in own_pages()
            if other.name in client.get(reverse(name), follow=True).content.decode()
        }
        assert named <= ({"belongings:looks", "belongings:looks_by_me"} if person == noor else set())


def own_pages() -> list[str]:
    """Return the names of all pages of one's own that need nothing to be opened."""
    doors: list[tuple[Door, str]] = [
        (pattern.callback.door, name_of_url(pattern))
        for pattern in OWN
        if hasattr(pattern.callback, "door") and not pattern.pattern.converters
    ]
    return [name for door, name in doors if door.find is yourself]


def test_v8_no_list_no_desk_and_no_count_finds_what_did_not_start(
    not_started: Relation, noor: Person, bram: Person, programme: Any
) -> None:
    Relation.objects.update(programme=programme)
    assert states_in(programme) == []
    put_away(not_started, by=noor, at=now())
    assert relations_of(noor, now()) == []
    assert [row.pk for row in relations_of(bram, now())] == [not_started.pk]


def test_v8_the_letters_name_no_answer(not_started: Relation, noor: Person, bram: Person) -> None:
    for job in DBTaskResult.objects.all():
        if job.task_path.endswith("tell_not_started"):
            job.task_result.task.call(*job.args_kwargs["args"])
    bodies = {letter.to[0]: (letter.subject, letter.body) for letter in mail.outbox}
    assert set(bodies) == {noor.email, bram.email}
    as_of_noor = [text.replace("Noor", "X").replace("Bram", "X") for text in bodies[noor.email]]
    assert as_of_noor == [text.replace("Noor", "X").replace("Bram", "X") for text in bodies[bram.email]]
