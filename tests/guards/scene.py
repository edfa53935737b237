"""One relation in one state, with something of every kind in it; and the promise, told by hand, of who is what to it.

The hats here are written down from DOMAIN.md, not asked from the code: the guard compares the two.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from PIL import Image

from klimtouw.access.table import Hat
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.contents import Size, keep_contents
from klimtouw.belongings.models import Bond, Share, Thing
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Evidence,
    Goal,
    Option,
    Route,
    RoutePicture,
    Stage,
    StartingAnswer,
    Step,
    Strength,
    ViewOfCoach,
)
from klimtouw.climb.models.framework_links import FrameworkLink
from klimtouw.foundation.ids import new_id
from klimtouw.peers.models import Attestation, Support, Training
from klimtouw.people.models import Person
from klimtouw.programmes.models import (
    Framework,
    FrameworkArrival,
    FrameworkGoal,
    FrameworkVersion,
    Institution,
    Membership,
    Programme,
)
from klimtouw.relations.choices import State
from klimtouw.relations.models import (
    ClosingLook,
    CommonGround,
    HandoverLetter,
    Invitation,
    Relation,
    SupportLook,
)
from klimtouw.replies.models import Reply, ReplyRequest, Suggestion
from klimtouw.takeaway.choices import ParcelState, Way
from klimtouw.takeaway.models import Parcel
from klimtouw.takeaway.package.contents import content_of, in_json
from klimtouw.talks.models import Moment, PreparationLine, Promise, Talk
from tests.stories import OVER, make_relation

CANARY = "kanarievogel"
"""Stands in every text; it may never reach somebody who may not read it."""


def canary_of(name: str) -> str:
    """Return the word that stands in one thing of the scene and nowhere else."""
    return f"{CANARY}-{name}-"


NOBODY: frozenset[Hat] = frozenset()
OPEN = (State.RUNNING, State.PAUSED)
ACQUAINTED = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, *OPEN)
GIVEN = (*OPEN, State.COMPLETED, State.STOPPED)


@dataclass
class Scene:
    """Noor and Bram's relation in one state, and what is in it."""

    state: State
    at: datetime
    noor: Person
    bram: Person
    relation: Relation
    programme: Programme
    things: dict[str, Thing] = field(default_factory=dict)
    invitation: Invitation | None = None
    talk: Talk | None = None
    moment: Moment | None = None
    asked: ReplyRequest | None = None
    training: Training | None = None
    asked_training: Training | None = None
    support: Support | None = None
    asked_support: Support | None = None
    attestation: Attestation | None = None
    parcel: Parcel | None = None
    arrival: Parcel | None = None
    institution: Institution | None = None
    framework: Framework | None = None
    framework_version: FrameworkVersion | None = None
    framework_goal: FrameworkGoal | None = None
    framework_arrival: FrameworkArrival | None = None
    ids: list[UUID] = field(default_factory=list)
    """Ids to hand out, the last first; when there are none, each is newer than the one before."""

    def next_id(self) -> UUID:
        """Return an id for something new in this scene."""
        return self.ids.pop() if self.ids else new_id()


def share_by_hand(thing: Thing, bond: Bond, at: datetime) -> None:
    """Share as it was done while the bond was open."""
    Share.objects.create(thing_id=thing.pk, bond=bond, since=at)


def build(
    state: State,
    noor: Person,
    bram: Person,
    vera: Person,
    programme: Programme,
    at: datetime,
    *,
    newest_first: bool = False,
) -> Scene:
    """Build the scene of one state; `newest_first` gives what is made first the newest id, and so on down."""
    relation = make_relation(noor, bram, state, at - timedelta(days=3), programme)
    if state in (State.NOT_STARTED, State.COMPLETED, State.STOPPED):
        relation.acquaintance_bond.seats.update(closes_at=at - timedelta(days=1))
    if state in (State.COMPLETED, State.STOPPED):
        relation.work_bond.seats.filter(hat="coach").update(closes_at=at - timedelta(days=1))
    earlier = at - timedelta(days=2)
    scene = Scene(state, at, noor, bram, relation, programme)
    scene.ids = sorted(new_id() for _ in range(40)) if newest_first else []
    scene.things = _write(scene, earlier)
    scene.invitation = Invitation.objects.create(
        id=scene.next_id(),
        inviter=bram,
        inviter_side="coach",
        email=vera.email,
        message=CANARY,
        sent_at=earlier,
        expires_at=at + timedelta(days=9),
    )
    scene.asked = ReplyRequest.objects.create(
        id=scene.next_id(), thing_id=scene.things["entry"].pk, relation=relation, asked_at=earlier
    )
    scene.talk = Talk.objects.create(
        id=scene.next_id(),
        relation=relation,
        proposed_by=bram,
        proposed_at=earlier,
        place=f"Tuin {CANARY}",
        minutes=30,
    )
    line = keep(
        PreparationLine,
        by=noor,
        at=earlier,
        id=scene.next_id(),
        talk=scene.talk,
        line_kind="talk_about",
        text=canary_of("preparation_line"),
    )
    share_by_hand(line, relation.work_bond, earlier)
    scene.things["preparation_line"] = line
    promise = keep(
        Promise, by=noor, at=earlier, id=scene.next_id(), talk=scene.talk, text=canary_of("promise")
    )
    share_by_hand(promise, relation.work_bond, earlier)
    scene.things["promise"] = promise
    scene.moment = Moment.objects.create(talk=scene.talk, starts_at=at + timedelta(days=1))
    packed = b64encode(canary_of("parcel").encode()).decode()
    scene.parcel = Parcel.objects.create(
        id=scene.next_id(), owner=noor, way=Way.OUT, state=ParcelState.READY, asked_at=at, content=packed
    )
    brought = in_json(content_of(noor, earlier, [])).decode()
    scene.arrival = Parcel.objects.create(
        id=scene.next_id(), owner=noor, way=Way.IN, state=ParcelState.READY, asked_at=at, content=brought
    )
    _catalogue(scene)
    _peers(scene, vera)
    return scene


def _peers(scene: Scene, vera: Person) -> None:
    """Let Noor learn to peer-coach with Bram and hold an attestation; Vera has Bram behind her; each asks for the other thing too."""

    def asked(model: Any, owner: Person, accepted_at: datetime | None) -> Any:
        who = {"owner": owner, "staff": scene.bram, "programme": scene.programme}
        return model.objects.create(id=scene.next_id(), asked_at=scene.at, accepted_at=accepted_at, **who)

    scene.training, scene.asked_support = (
        asked(Training, scene.noor, scene.at),
        asked(Support, scene.noor, None),
    )
    scene.support, scene.asked_training = asked(Support, vera, scene.at), asked(Training, vera, None)
    scene.attestation = Attestation.objects.create(
        id=scene.next_id(),
        owner=scene.noor,
        attested_by=scene.bram,
        school="De Kade",
        programme_name="Verpleegkunde",
        valid_from=scene.at - timedelta(days=1),
        valid_until=scene.at + timedelta(days=100),
    )


def _catalogue(scene: Scene) -> None:
    """Let the school offer a framework, with another file on its way; Noor and Bram belong to the programme."""
    for person, hat in ((scene.noor, "learner"), (scene.bram, "staff")):
        Membership.objects.get_or_create(person=person, programme=scene.programme, hat=hat)
    scene.institution = school = scene.programme.institution
    scene.framework = Framework.objects.create(institution=school, title="Kader")
    scene.framework_version = FrameworkVersion.objects.create(
        framework=scene.framework, number=1, imported_at=scene.at, goals=1
    )
    scene.framework_goal = FrameworkGoal.objects.create(
        version=scene.framework_version, identifier="a", statement="Samenwerken", number=0
    )
    scene.framework_arrival = FrameworkArrival.objects.create(
        institution=school,
        file_name="kader",
        file_kind="csv",
        state="ready",
        asked_at=scene.at,
        touched_at=scene.at,
        content=b"",
    )


def _write(scene: Scene, at: datetime) -> dict[str, Thing]:
    noor, bram, work = scene.noor, scene.bram, scene.relation.work_bond

    def by_noor(name: str, model: Any, **fields: Any) -> Any:
        return keep(model, by=noor, at=at, id=scene.next_id(), text=canary_of(name), **fields)

    goal, private_goal = by_noor("goal", Goal), by_noor("private_goal", Goal)
    new = scene.next_id
    route = keep(Route, by=noor, at=at, id=new(), goal=goal, name=canary_of("route"))
    stage = by_noor("stage", Stage, whole=route, position=1)
    choice = keep(ChoiceMoment, by=noor, at=at, id=new(), question=canary_of("choice_moment"))
    things = {
        "compass_answer": by_noor("compass_answer", CompassAnswer, question="matters"),
        "strength": by_noor("strength", Strength, position=1),
        "starting_answer": by_noor("starting_answer", StartingAnswer, question="can"),
        "view_of_coach": by_noor("view_of_coach", ViewOfCoach),
        "choice_moment": choice,
        "option": by_noor("option", Option, whole=choice, position=1, is_own=True),
        "dream": by_noor("dream", Dream),
        "goal": goal,
        "route": route,
        "stage": stage,
        "step": by_noor("step", Step, whole=route, stage=stage, position=1),
        "route_picture": by_noor("route_picture", RoutePicture, route=route, day=localdate(at)),
        "framework_link": by_noor(
            "framework_link",
            FrameworkLink,
            whole=goal,
            goal=goal,
            framework=new(),
            identifier="a",
            stood_as=CANARY,
        ),
        "entry": by_noor("entry", Entry),
        **_evidence(scene, goal, at),
        "private_goal": private_goal,
        "handover_letter": by_noor("handover_letter", HandoverLetter, relation=scene.relation),
        "closing_look": by_noor("closing_look", ClosingLook, relation=scene.relation, question="meenemen"),
        "support_look": keep(
            SupportLook,
            by=noor,
            at=at,
            id=new(),
            relation=scene.relation,
            area="gevoel",
            gets=canary_of("support_look"),
        ),
        "common_ground": by_noor("common_ground", CommonGround, relation=scene.relation),
        "reply": keep(
            Reply, by=bram, at=at, id=new(), about_id=goal.pk, reply_kind="support", text=canary_of("reply")
        ),
        "suggestion": keep(
            Suggestion, by=bram, at=at, id=new(), about_id=goal.pk, text=canary_of("suggestion")
        ),
    }
    for name in (
        "compass_answer",
        "strength",
        "starting_answer",
        "dream",
        "goal",
        "route",
        "entry",
        "reply",
        "suggestion",
    ):
        share_by_hand(things[name], work, at)
    share_by_hand(things["choice_moment"], work, at)
    share_by_hand(things["support_look"], work, at)
    share_by_hand(things["common_ground"], scene.relation.acquaintance_bond, at)
    return things


def _evidence(scene: Scene, goal: Goal, at: datetime) -> dict[str, Thing]:
    """Hang a photo and a paper on the goal: they are shared with it."""

    def hung(name: str, sort: str, content_type: str, contents: dict[Size, bytes]) -> Evidence:
        kept = keep(
            Evidence, by=scene.noor, at=at, id=scene.next_id(), on_id=goal.pk, whole_id=goal.pk, sort=sort,
            content_type=content_type, caption=canary_of(name), file_name=f"{canary_of(name)}.txt",
            digest=sha256(contents[Size.FULL]).hexdigest(),
        )  # fmt: skip
        keep_contents(kept, contents)
        return kept

    photo, paper = a_drawn_photo(), canary_of("paper").encode()
    return {
        "evidence": hung("evidence", "photo", "image/jpeg", {Size.FULL: photo, Size.SMALL: photo}),
        "paper": hung("paper", "file", "text/plain", {Size.FULL: paper}),
    }


def a_drawn_photo() -> bytes:
    """Return a small photo."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "JPEG")
    return drawn.getvalue()


PEERS = {
    "training": {"noor": Hat.OWNER, "bram": Hat.TRAINER},
    "asked_training": {"vera": Hat.OWNER, "bram": Hat.INVITEE},
    "support": {"vera": Hat.OWNER, "bram": Hat.RESPONSIBLE_COACH},
    "asked_support": {"noor": Hat.OWNER, "bram": Hat.INVITEE},
    "attestation": {"noor": Hat.OWNER, "bram": Hat.TRAINER},
}


def promised_hats(scene: Scene, what: str, who: str) -> frozenset[Hat]:  # noqa: PLR0911, PLR0912 - the promise, line by line
    """Return, as promised in DOMAIN.md, what somebody is to something in this scene."""
    if what == "self":
        return frozenset({Hat.OWNER})
    if what in ("talk", "talks") and who == "bram" and scene.state in OVER:
        return NOBODY  # V24: the coach opens nothing any more
    if what in ("relation", "talk", "talks"):
        return {"noor": frozenset({Hat.COACHEE}), "bram": frozenset({Hat.COACH})}.get(who, NOBODY)
    if what == "invitation":
        return {"bram": frozenset({Hat.INVITER}), "vera": frozenset({Hat.INVITEE})}.get(who, NOBODY)
    if what == "programme":
        return {"vera": frozenset({Hat.COORDINATOR}), "ines": frozenset({Hat.ADMINISTRATOR})}.get(who, NOBODY)
    if what in ("institution", "framework", "framework_version", "framework_arrival"):
        belongs = {"noor", "bram", "vera", "ines"}
        hats = {Hat.IN_PROGRAMME} if who in belongs else set()
        return frozenset(hats | {"vera": {Hat.COORDINATOR}, "ines": {Hat.ADMINISTRATOR}}.get(who, set()))
    if what in PEERS:  # G1, G2
        return frozenset({PEERS[what][who]}) if who in PEERS[what] else NOBODY
    if what in ("parcel", "arrival", "asked"):  # C10: a request stands open while the relation runs
        is_there = what != "asked" or scene.state == State.RUNNING
        return frozenset({Hat.OWNER}) if who == "noor" and is_there else NOBODY
    owner = "bram" if what in ("reply", "suggestion") else "noor"
    if who == owner:
        return frozenset({Hat.OWNER})
    if what in ("handover_letter", "closing_look", "private_goal", "view_of_coach", "route_picture"):
        return NOBODY
    if what == "common_ground":
        is_read = who == "bram" and scene.state in ACQUAINTED
        return frozenset({Hat.COACH_ONCE_SHARED}) if is_read else NOBODY
    if who == "bram" and scene.state in OPEN:
        return frozenset({Hat.COACH_ONCE_SHARED})
    if who == "noor" and scene.state in GIVEN:
        return frozenset({Hat.COACHEE_ONCE_SHARED})
    return NOBODY


Builder = Callable[[State], Scene]
__all__ = ["ACQUAINTED", "CANARY", "Builder", "Scene", "build", "promised_hats", "share", "share_by_hand"]
