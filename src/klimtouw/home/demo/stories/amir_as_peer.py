"""Amir learns to peer-coach with Bram, and then coaches a fellow student, with Bram behind him."""

from datetime import timedelta

from django.utils.timezone import localdate

from klimtouw.home.demo.content import amir_as_peer as words
from klimtouw.home.demo.content.others import TALKS
from klimtouw.home.demo.content.school import VERPLEEGKUNDE
from klimtouw.home.demo.days import FRIDAY, MONDAY, THURSDAY, TUESDAY
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.notices.actions import forget_messages_of
from klimtouw.peers.actions import ask_support, ask_trainer, attest, attest_rung, say_yes
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import accept_invitation, invite
from klimtouw.relations.choices import Click, Rhythm, Side
from klimtouw.relations.clauses import first_clauses
from klimtouw.relations.models import Relation
from klimtouw.relations.terms import Terms

A_YEAR = timedelta(days=365)


def amir_as_peer(scene: Scene) -> Story[None]:
    """Tell the whole ladder, up to a peer relation on the way."""
    amir, bram, days = scene.people["Amir"], scene.people["Bram"], scene.days
    programme = scene.programmes[VERPLEEGKUNDE]
    at = yield days.weeks_ago(9, MONDAY, "12:20")
    training = ask_trainer(by=amir, at=at, staff=bram, programme=programme)
    at = yield days.weeks_ago(9, TUESDAY, "08:40")
    say_yes(training, by=bram, at=at)
    training.refresh_from_db()
    for week, (step, text) in enumerate(words.WORDS.items()):
        at = yield days.weeks_ago(8 - week, THURSDAY, "16:10")
        attest_rung(training, by=bram, at=at, step=step, text=text)
    attest(training, by=bram, at=at, until=at + A_YEAR)
    at = yield days.weeks_ago(5, FRIDAY, "10:05")
    support = ask_support(by=amir, at=at, staff=bram, programme=programme)
    at = yield days.weeks_ago(5, FRIDAY, "13:30")
    say_yes(support, by=bram, at=at)
    yield from _with_a_fellow_student(scene)


def _with_a_fellow_student(scene: Scene) -> Story[None]:
    amir, coachee, days = scene.people["Amir"], scene.people[words.COACHEE], scene.days
    at = yield days.weeks_ago(4, MONDAY, "12:45")
    letter = invite(
        by=amir, at=at, side=Side.COACH, email=coachee.email, message=words.MESSAGE, how_known=words.HOW_KNOWN
    )
    at = yield days.weeks_ago(4, TUESDAY, "20:15")
    relation = accept_invitation(letter, by=coachee, at=at)
    at = yield days.weeks_ago(3, THURSDAY, "13:15")
    declare_double_hat(relation, by=amir, at=at, has_double_hat=False)
    relation = mark_first_talk_held(relation, by=amir, at=at)
    for who, hour in ((coachee, "18:20"), (amir, "19:05")):
        at = yield days.weeks_ago(3, FRIDAY, hour)
        relation = answer_click(relation, by=who, at=at, answer=Click.YES)
    at = yield days.weeks_ago(2, MONDAY, "12:30")
    terms = Terms(
        starts_on=localdate(at),
        ends_on=days.end_of_semester,
        talks=TALKS,
        rhythm=Rhythm.FORTNIGHTLY,
        clauses=first_clauses(Relation.objects.get(pk=relation.pk), "nl"),
    )
    contract = draft_contract(relation=relation, by=amir, at=at, terms=terms)
    for who, hour in ((amir, "12:40"), (coachee, "21:10")):
        at = yield days.weeks_ago(2, MONDAY, hour)
        sign_contract(relation=relation, contract=contract.pk, by=who, at=at)
    for who in (amir, coachee, scene.people["Bram"]):
        forget_messages_of(who)  # nobody gets mail today about weeks ago
