"""Bram guides the circle of a project; halfway, its members choose an animal for themselves."""

from klimtouw.axenroos.actions import pick_animal, share_with_circle
from klimtouw.axenroos.choices import Round
from klimtouw.circles.actions.agreements import draft_agreement, sign_agreement
from klimtouw.circles.actions.circles import start_circle
from klimtouw.circles.actions.invitations import accept_circle_invitation, invite_to_circle
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
    for day, (name, which, animal, text, is_shared) in enumerate(words.PICKS):
        at = yield days.weeks_ago(1, MONDAY + day // 2, f"1{day}:25")
        by = scene.people[name]
        chosen = {"animal": animal.value, "text": text}
        pick = pick_animal(circle, by=by, at=at, round=Round.FIRST, which=which, words=chosen)
        if is_shared:
            share_with_circle(pick, circle=circle, by=by, at=at)
    for about in (circle.pk, drafted.pk):
        forget_messages_about(about)  # nobody gets mail today about weeks ago
