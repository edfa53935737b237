"""One circle in one state, with something of every kind in it; and the promise, told by hand, of who is what to it.

Circles have a matrix of their own (`test_every_circle_url.py`): the same product need not be walked again for a member. A package
that builds on circles puts its rows in `CIRCLE_ROWS`, and what they are about in the scene with `also`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from klimtouw.access.table import Hat
from klimtouw.axenroos.models import AnimalPick
from klimtouw.belongings.actions import keep
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Share, Thing
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import (
    Answer,
    Circle,
    CircleInvitation,
    CirclePlace,
    Meeting,
    MeetingMoment,
    Question,
)
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.programmes.models import CircleProposal, Programme, ProposedPerson
from tests.circles.stories import make_circle
from tests.guards.scene import CANARY, canary_of

NOBODY: frozenset[Hat] = frozenset()
CAST = ("bram", "noor", "amir", "lotte", "yusuf", "vera", "stan")
"""Bram guides; Noor and Amir are members; Lotte was one; Yusuf said yes and waits; Vera arranges; Stan is a stranger."""

ASKED: dict[str, dict[str, tuple[Hat, ...]]] = {
    "letter": {"bram": (Hat.INVITER,), "vera": (Hat.INVITEE,)},
    "proposal": dict.fromkeys(("bram", "noor", "amir", "yusuf"), (Hat.PROPOSED,)),
}
"""Who asked whom, before somebody is in a circle."""

CIRCLE_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    **{
        f"circles:{name}": (("circle",),)
        for name in (
            "circle", "invite", "agreement", "agreement_draft", "sign_agreement", "arrange", "leave", "end", "guide",
        )
    },
    "circles:sent": (("letter",),),
    "circles:proposal": (("proposal",),),
    "intervision:of_circle": (("circle",),),
    **{f"intervision:{name}": (("room",), ("room_at_its_end",)) for name in (
        "enter", "room", "wall", "role", "move", "stop", "presenter",
    )},
    "intervision:keep": (("room", "room", "room"), ("room_at_its_end", "room_at_its_end", "room_at_its_end")),
    "intervision:write": (("room", "room", "story"), ("room_at_its_end", "room_at_its_end", "story")),
    "intervision:own": (("contribution",),),
    "circles:questions_of": (("circle",),),
    "circles:question_new": (("circle",),),
    "circles:shared": (("shared_goal", "circle", "shared_goal"), ("private_goal", "circle", "private_goal")),
    "circles:answer_new": (
        ("shared_goal", "circle", "shared_goal"), ("question", "circle", "question"), ("private_goal", "circle", "private_goal"),
    ),
    "circles:question": (("question",), ("question_of_who_left",)),
    "circles:question_edit": (("question",), ("question_of_who_left",)),
    "circles:thanks": (("question",),),
    "circles:answer": (("answer",),),
    "circles:answer_edit": (("answer",),),
    "circles:put_away": (("question",), ("answer",)),
    **{f"circles:{name}": (("circle",),) for name in ("meetings", "meeting_new")},
    **{f"circles:{name}": (("meeting",),) for name in (
        "meeting", "meeting_suits", "meeting_choose", "meeting_cancel", "meeting_calendar",
    )},
    **{f"axenroos:{name}": (("circle",),) for name in ("rose", "own", "second_round")},
    "axenroos:choose": (("circle", "circle", "1", "herken"),),
    **{f"axenroos:{name}": (("shared_pick",), ("private_pick",), ("pick_of_who_left",)) for name in ("pick", "put_away")},
    "axenroos:share": (("shared_pick",), ("private_pick",)),
}  # fmt: skip
"""Each address of a circle, with what decides about it and then the values it is made of; one value decides and is the address."""

POSTED_THERE: dict[str, dict[str, str]] = {"axenroos:choose": {"animal": "uil"}}


@dataclass
class CircleScene:
    """A circle in one state, its people, and what is in it."""

    state: CircleState
    at: datetime
    people: dict[str, Person]
    circle: Circle
    proposal: CircleProposal
    meeting: Meeting
    letter: CircleInvitation
    things: dict[str, Thing] = field(default_factory=dict)
    further: dict[str, Any] = field(default_factory=dict)
    """What packages above circles put in it, by the name in their rows."""

    def hats(self, what: str, who: str) -> frozenset[Hat]:
        """Return, as promised in DOMAIN.md, what somebody is to something in this circle."""
        if what in self.further_hats:
            return self.further_hats[what](self, who)
        if what == "circle":
            return self.hats_in_circle(who)
        if what == "meeting":
            sits = self.hats_in_circle(who) & {Hat.FACILITATOR, Hat.MEMBER}
            return sits | {Hat.OWNER} if sits and who == "noor" else sits
        if what in ASKED:
            return frozenset(ASKED[what].get(who, ()))
        thing = self.things[what]
        if thing.owner_id == self.people[who].pk:
            return frozenset({Hat.OWNER})
        is_shared = what in ("question", "answer", "shared_goal", "shared_pick")
        once = {Hat.FACILITATOR: Hat.FACILITATOR_ONCE_SHARED, Hat.MEMBER: Hat.MEMBER_ONCE_SHARED}
        worn = self.hats_in_circle(who) if is_shared else NOBODY
        return frozenset(once[hat] for hat in worn if hat in once)

    further_hats: dict[str, Callable[["CircleScene", str], frozenset[Hat]]] = field(default_factory=dict)
    further_states: dict[str, str] = field(default_factory=dict)
    """In which state those are that the policy asks it of."""
    further_secrets: dict[str, Callable[["CircleScene", str], bool]] = field(default_factory=dict)
    """Words that lie in them, and who may read those."""

    def hats_in_circle(self, who: str) -> frozenset[Hat]:
        """Whoever sits is in it; who said yes waits; who left, and everybody after the end, is nothing (V24)."""
        if self.state == CircleState.ENDED:
            return NOBODY
        if who == "bram":
            return frozenset({Hat.FACILITATOR})
        if who in ("noor", "amir"):
            return frozenset({Hat.MEMBER if self.state == CircleState.RUNNING else Hat.NEWCOMER})
        return frozenset({Hat.NEWCOMER}) if who == "yusuf" else NOBODY

    def value(self, part: str) -> Any:
        """Return what stands in an address for a part of a row."""
        row = self.things.get(part) or self.further.get(part) or getattr(self, part, None)
        return row.pk if row is not None else part


ALSO: list[Callable[[CircleScene], None]] = []


def also(build: Callable[[CircleScene], None]) -> Callable[[CircleScene], None]:
    """Let a package put its own things into the scene: into `things`, or into `further` with a promise in `further_hats`."""
    ALSO.append(build)
    return build


def build_circle(
    state: CircleState, people: dict[str, Person], programme: Programme, at: datetime
) -> CircleScene:
    """Build a circle in one state: with things shared into it by hand, as they were while everybody sat."""
    earlier = at - timedelta(days=2)
    circle = make_circle(
        people["bram"], [people["noor"], people["amir"]], earlier, state, canary_of("circle")
    )
    circle.bond.seats.create(
        person=people["lotte"], hat=SeatHat.MEMBER, opens_at=earlier, closes_at=at - timedelta(days=1)
    )
    CirclePlace.objects.create(circle=circle, person=people["yusuf"], hat=SeatHat.MEMBER, came_at=earlier)
    proposal = CircleProposal.objects.create(
        programme=programme, proposed_at=earlier, answer_by=localdate(at) + timedelta(days=5)
    )
    for who in ("bram", "noor", "amir", "yusuf"):
        ProposedPerson.objects.create(proposal=proposal, person=people[who], is_facilitator=who == "bram")
    meeting = Meeting.objects.create(
        circle=circle, proposed_by=people["noor"], proposed_at=earlier, place=canary_of("place"), minutes=60
    )
    MeetingMoment.objects.create(meeting=meeting, starts_at=at + timedelta(days=2))
    letter = CircleInvitation.objects.create(
        circle=circle,
        inviter=people["bram"],
        email=people["vera"].email if "vera" in people else "elders@school.example",
        message=canary_of("letter"),
        sent_at=earlier,
        expires_at=at + timedelta(days=9),
    )
    scene = CircleScene(state, at, people, circle, proposal, meeting, letter)
    _write(scene, earlier)
    for more in ALSO:
        more(scene)
    return scene


def _write(scene: CircleScene, at: datetime) -> None:
    people, circle = scene.people, scene.circle

    def by(who: str, name: str, model: Any, **fields: Any) -> Any:
        return keep(model, by=people[who], at=at, text=canary_of(name), **fields)

    goal, question = by("noor", "shared_goal", Goal), by("noor", "question", Question, circle=circle)
    scene.things |= {
        "shared_goal": goal,
        "private_goal": by("noor", "private_goal", Goal),
        "question": question,
        "answer": by("amir", "answer", Answer, circle=circle, about_id=question.pk),
        "question_of_who_left": by("lotte", "question_of_who_left", Question, circle=circle),
        "shared_pick": by("noor", "shared_pick", AnimalPick, circle=circle, which="herken", animal="uil"),
        "private_pick": by("noor", "private_pick", AnimalPick, circle=circle, which="meer", animal="poes"),
        "pick_of_who_left": by(
            "lotte", "pick_of_who_left", AnimalPick, circle=circle, which="meer", animal="poes"
        ),
    }
    for name in ("shared_goal", "question", "answer", "shared_pick"):
        Share.objects.create(thing_id=scene.things[name].pk, bond=circle.bond, since=at)
    Share.objects.create(
        thing_id=scene.things["question_of_who_left"].pk,
        bond=circle.bond,
        since=at,
        revoked_at=scene.at - timedelta(days=1),
    )


__all__ = ["CANARY", "CAST", "CIRCLE_ROWS", "POSTED_THERE", "CircleScene", "also", "build_circle"]
