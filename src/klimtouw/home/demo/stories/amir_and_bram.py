"""Amir and Bram: invited, acquainted, a first talk behind them; the click question is open and nobody answered yet."""

from klimtouw.belongings.gate import note_looks
from klimtouw.home.demo.content import amir_and_bram as words
from klimtouw.home.demo.days import FRIDAY, MONDAY, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY
from klimtouw.home.demo.stories.noor_and_bram import write_pieces
from klimtouw.home.demo.stories.talks import JUST_AFTER, plan_talk
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.relations.actions.acquaintance import declare_double_hat, read_by_other
from klimtouw.relations.actions.invitations import accept_invitation, invite
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Relation
from klimtouw.relations.pieces import Piece
from klimtouw.relations.queries.acquaintance import space_of, work_card_of
from klimtouw.talks.actions import mark_talk_held

AMIR_WRITES: tuple[tuple[Piece, dict[str, str], bool], ...] = (
    (Piece.COMMON_GROUND, {"text": words.AMIR_GROUND}, True),
    (Piece.WORK_CARD, words.AMIR_CARD, True),
    (Piece.HERE, {"text": words.AMIR_HERE}, True),
    (Piece.LEARN, {"text": words.AMIR_LEARNS}, False),
)


def amir_and_bram(scene: Scene) -> Story[None]:
    """Tell the story of the two up to the click question."""
    amir, bram, days = scene.people["Amir"], scene.people["Bram"], scene.days
    at = yield days.weeks_ago(3, MONDAY, "11:00")
    letter = invite(
        by=bram, at=at, side=Side.COACH, email=amir.email, message=words.MESSAGE, how_known=words.HOW_KNOWN
    )
    at = yield days.weeks_ago(3, TUESDAY, "19:30")
    relation = accept_invitation(letter, by=amir, at=at)
    at = yield days.weeks_ago(3, WEDNESDAY, "08:45")
    declare_double_hat(relation, by=bram, at=at, has_double_hat=True)
    if card := work_card_of(bram):
        read_by_other(card, relation=relation, by=bram, at=at, is_shared=True)
    at = yield days.weeks_ago(3, SUNDAY, "17:30")
    note_looks(space_of(relation, amir, at).of_other, amir, at)
    write_pieces(AMIR_WRITES, relation, by=amir, at=at)
    at = yield days.weeks_ago(2, TUESDAY, "12:10")
    note_looks(space_of(relation, bram, at).of_other, bram, at)
    write_pieces(((Piece.COMMON_GROUND, {"text": words.BRAM_GROUND}, True),), relation, by=bram, at=at)
    yield from _first_talk(scene, relation)


def _first_talk(scene: Scene, relation: Relation) -> Story[None]:
    days = scene.days
    talk = yield from plan_talk(
        relation,
        by=relation.coachee,
        proposed_at=days.weeks_ago(2, WEDNESDAY, "18:00"),
        chosen_at=days.weeks_ago(2, FRIDAY, "09:30"),
        moments=[days.weeks_ago(1, THURSDAY, "12:30"), days.weeks_ago(1, TUESDAY, "15:00")],
        place=words.PLACE,
        minutes=60,
    )
    at = yield days.weeks_ago(1, TUESDAY, "15:00") + JUST_AFTER
    mark_talk_held(talk=talk, by=relation.coachee, at=at)
