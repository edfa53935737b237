"""Noor and Bram: from her letter to a running contract. What follows stands in `noor_climbs`."""

from datetime import datetime

from klimtouw.belongings.gate import note_looks
from klimtouw.home.demo.content import noor_and_bram as words
from klimtouw.home.demo.days import FRIDAY, MONDAY, SUNDAY, THURSDAY, WEDNESDAY
from klimtouw.home.demo.stories.noor_climbs import five_weeks_of_climbing
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.people.models import Person
from klimtouw.relations.actions import mark_first_talk_held
from klimtouw.relations.actions.acquaintance import declare_double_hat, write_piece
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import accept_invitation, invite
from klimtouw.relations.choices import Click, Rhythm, Side
from klimtouw.relations.clauses import first_clauses
from klimtouw.relations.models import Relation
from klimtouw.relations.pieces import Piece
from klimtouw.relations.queries.acquaintance import space_of
from klimtouw.relations.terms import Terms

NOOR_WRITES: tuple[tuple[Piece, dict[str, str], bool], ...] = (
    (Piece.COMMON_GROUND, {"text": words.NOOR_GROUND}, True),
    (Piece.WORK_CARD, words.NOOR_CARD, True),
    (Piece.HERE, {"text": words.NOOR_HERE}, True),
    (Piece.YOU, {"text": words.NOOR_YOU}, True),
    (Piece.EXPECT, {"text": words.NOOR_HOPES}, False),
    (Piece.LEARN, {"text": words.NOOR_LEARNS}, True),
    (Piece.NEEDS, words.NOOR_NEEDS, True),
)
BRAM_WRITES: tuple[tuple[Piece, dict[str, str], bool], ...] = (
    (Piece.WORK_CARD, words.BRAM_CARD, True),
    (Piece.COMMON_GROUND, {"text": words.BRAM_GROUND}, True),
    (Piece.COMMON_GROUND, {"text": words.BRAM_GROUND_OF_HIS_OWN}, False),
    (Piece.NEEDS, words.BRAM_NEEDS, True),
)
"""Piece, words, and whether the other may read it."""


def noor_and_bram(scene: Scene) -> Story[None]:
    """Tell the whole story of the two."""
    relation = yield from _find_each_other(scene)
    yield from _get_acquainted(scene, relation)
    yield from _click(scene, relation)
    yield from _agree(scene, relation)
    relation.refresh_from_db()
    yield from five_weeks_of_climbing(scene, relation)


def _find_each_other(scene: Scene) -> Story[Relation]:
    noor, bram, days = scene.people["Noor"], scene.people["Bram"], scene.days
    at = yield days.weeks_ago(8, THURSDAY, "18:40")
    letter = invite(
        by=noor, at=at, side=Side.COACHEE, email=bram.email, message=words.MESSAGE, how_known=words.HOW_KNOWN
    )
    at = yield days.weeks_ago(8, FRIDAY, "09:05")
    return accept_invitation(letter, by=bram, at=at)


def _get_acquainted(scene: Scene, relation: Relation) -> Story[None]:
    noor, bram, days = scene.people["Noor"], scene.people["Bram"], scene.days
    at = yield days.weeks_ago(8, FRIDAY, "16:20")
    declare_double_hat(relation, by=bram, at=at, has_double_hat=False)
    write_pieces(BRAM_WRITES[:2], relation, by=bram, at=at)
    at = yield days.weeks_ago(8, SUNDAY, "20:15")
    _read_each_other(relation, noor, at)
    write_pieces(NOOR_WRITES, relation, by=noor, at=at)
    at = yield days.weeks_ago(7, MONDAY, "12:50")
    _read_each_other(relation, bram, at)
    write_pieces(BRAM_WRITES[2:], relation, by=bram, at=at)
    at = yield days.weeks_ago(7, THURSDAY, "13:15")
    mark_first_talk_held(relation, by=bram, at=at)


def write_pieces(
    pieces: tuple[tuple[Piece, dict[str, str], bool], ...], relation: Relation, *, by: Person, at: datetime
) -> None:
    """Write pieces of the acquaintance, each for oneself or for both."""
    for piece, texts, is_shared in pieces:
        write_piece(piece, relation=relation, by=by, at=at, is_shared=is_shared, words=texts, seen=0)


def _read_each_other(relation: Relation, by: Person, at: datetime) -> None:
    note_looks(space_of(relation, by, at).of_other, by, at)


def _click(scene: Scene, relation: Relation) -> Story[None]:
    at = yield scene.days.weeks_ago(7, FRIDAY, "21:00")
    answer_click(relation, by=relation.coachee, at=at, answer=Click.YES)
    at = yield scene.days.weeks_ago(6, MONDAY, "08:30")
    answer_click(relation, by=relation.coach, at=at, answer=Click.YES)


def _agree(scene: Scene, relation: Relation) -> Story[None]:
    days = scene.days
    at = yield days.weeks_ago(6, WEDNESDAY, "16:10")
    terms = Terms(
        starts_on=days.weeks_ago(5, MONDAY, "00:00").date(),
        ends_on=days.end_of_semester,
        talks=5,
        rhythm=Rhythm.FORTNIGHTLY,
        availability=words.AVAILABILITY,
        coachee_may_expect=words.COACHEE_MAY_EXPECT,
        coach_may_expect=words.COACH_MAY_EXPECT,
        clauses=(*first_clauses(relation, "nl"), words.OWN_CLAUSE),
    )
    contract = draft_contract(relation=relation, by=relation.coach, at=at, terms=terms)
    at = yield days.weeks_ago(6, THURSDAY, "20:45")
    sign_contract(relation=relation, contract=contract.pk, by=relation.coachee, at=at)
    at = yield days.weeks_ago(5, MONDAY, "08:40")
    sign_contract(relation=relation, contract=contract.pk, by=relation.coach, at=at)
