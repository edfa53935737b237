"""Bram guides the circle of a project; halfway, its members choose an animal for themselves, and a meeting is planned."""

from klimtouw.axenroos.actions import pick_animal, share_with_circle
from klimtouw.axenroos.choices import Round
from klimtouw.belongings.gate import note_looks
from klimtouw.circles.actions.agreements import draft_agreement, sign_agreement
from klimtouw.circles.actions.circles import start_circle
from klimtouw.circles.actions.invitations import accept_circle_invitation, invite_to_circle
from klimtouw.circles.actions.meetings import choose_meeting_moment, propose_meeting, say_what_suits
from klimtouw.circles.actions.questions import answer_in_circle, ask_circle, thank
from klimtouw.circles.models import Circle
from klimtouw.foundation.ids import new_id
from klimtouw.home.demo.content import circle as words
from klimtouw.home.demo.content.school import VERPLEEGKUNDE
from klimtouw.home.demo.days import FRIDAY, MONDAY, TUESDAY, WEDNESDAY
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.notices.actions import forget_messages_about


def circle_of_a_project(scene: Scene) -> Story[None]:
    """Tell how the circle began, what it agreed, and what its members shared of the axenroos."""
    bram, days = scene.people["Bram"], scene.days
    members = [scene.people[name] for name in words.MEMBERS]
    at = yield days.weeks_ago(4, MONDAY, "11:10")
    circle = start_circle(by=bram, at=at, name=words.NAME, programme=scene.programmes[VERPLEEGKUNDE])
    letters = [
        invite_to_circle(circle, by=bram, at=at, email=member.email, message=words.MESSAGE)
        for member in members
    ]
    at = yield days.weeks_ago(4, TUESDAY, "19:30")
    for letter, member in zip(letters, members, strict=True):
        accept_circle_invitation(letter, by=member, at=at)
    at = yield days.weeks_ago(4, WEDNESDAY, "10:15")
    drafted = draft_agreement(circle, by=bram, at=at, ends_on=days.end_of_semester, clauses=words.CLAUSES)
    at = yield days.weeks_ago(4, FRIDAY, "12:05")
    for person in (bram, *members):
        sign_agreement(circle, agreement=drafted.pk, by=person, at=at)
    circle.refresh_from_db()
    yield from _a_question_with_answers(scene, circle)
    for day, (name, which, animal, text, is_shared) in enumerate(words.PICKS):
        at = yield days.weeks_ago(1, MONDAY + day // 2, f"1{day}:25")
        by = scene.people[name]
        chosen = {"animal": animal.value, "text": text}
        pick = pick_animal(circle, by=by, at=at, round=Round.FIRST, which=which, words=chosen)
        if is_shared:
            share_with_circle(pick, circle=circle, by=by, at=at)
    yield from _plan_a_meeting(scene, circle)
    for about in (circle.pk, drafted.pk):
        forget_messages_about(about)  # nobody gets mail today about weeks ago


def _a_question_with_answers(scene: Scene, circle: Circle) -> Story[None]:
    jarne, days = scene.people["Jarne"], scene.days
    at = yield days.weeks_ago(3, TUESDAY, "18:20")
    asked = ask_circle(circle, by=jarne, at=at, id=new_id(), text=words.ASKED)
    for day, (name, text) in enumerate(words.ANSWERED, start=WEDNESDAY):
        at = yield days.weeks_ago(3, day, "07:50")
        by = scene.people[name]
        note_looks([asked], by, at)
        answer_in_circle(asked, circle=circle, by=by, at=at, id=new_id(), text=text)
    at = yield days.weeks_ago(3, FRIDAY, "15:35")
    thank(asked, by=jarne, at=at, seen=1, thanks=words.THANKS, is_closed=False)


def _plan_a_meeting(scene: Scene, circle: Circle) -> Story[None]:
    """Bram proposes two moments of next week, Noor and Emma say what suits, and he ties the knot."""
    bram, days = scene.people["Bram"], scene.days
    at = yield days.weeks_ago(1, FRIDAY, "09:30")
    moments = [days.weeks_ago(-1, day, "13:15") for day in (WEDNESDAY, FRIDAY)]
    meeting = propose_meeting(circle, by=bram, at=at, moments=moments, minutes=60, place=words.PLACE)
    chosen = meeting.moments.get(starts_at=moments[0]).pk
    for name, hour in (("Noor", "12:20"), ("Emma", "14:05")):
        at = yield days.weeks_ago(1, FRIDAY, hour)
        say_what_suits(meeting, by=scene.people[name], at=at, moments=[chosen])
    at = yield days.weeks_ago(1, FRIDAY, "16:45")
    choose_meeting_moment(meeting, by=bram, at=at, moment_id=chosen)
