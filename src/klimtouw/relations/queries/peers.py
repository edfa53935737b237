"""What the coach behind a peer coach sees: names, states and days; and what both of a peer relation read about that coach."""

from dataclasses import dataclass
from datetime import date, datetime

from klimtouw.access.decide import Somebody
from klimtouw.peers.models import Support
from klimtouw.peers.queries import Standing, standing_of
from klimtouw.people.models import Person
from klimtouw.programmes.staff import coaches_as_fellow_learner
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Invitation, Relation
from klimtouw.relations.queries.contracts import as_it_stands, last_day_of, with_last_day

SEEN = (State.CONTRACTING, State.RUNNING, State.PAUSED)
"""From both yeses on: what does not begin leaves no trace, here neither (V8)."""


@dataclass(frozen=True)
class PeerState:
    """One relation of a peer coach, as the coach behind sees it: plain values, with no way to anybody's words (G1, V6)."""

    coachee: str
    state: str
    rests: bool
    started_at: datetime
    last_day: date | None


def peer_states(support: Support, at: datetime) -> list[PeerState]:
    """Return the relations that lean on this coach, by name of the coachee; one query."""
    rows = Relation.objects.filter(
        coach=support.owner_id, is_peer=True, responsible=support.staff_id, state__in=SEEN
    )
    found = with_last_day(rows.select_related("coachee")).order_by("coachee__display_name", "pk")
    standing = [as_it_stands(one, at) for one in found]
    return [
        PeerState(
            one.coachee.name, str(State(one.state).label), one.rests(at), one.started_at, last_day_of(one)
        )
        for one in standing
        if one.state in SEEN
    ]


def behind(relation: Relation) -> Person | None:
    """Return who stands behind the peer coach of this relation."""
    return relation.responsible if relation.is_peer else None


def behind_the_next(relation: Relation, at: datetime) -> Person | None:
    """Return who stands behind, also when the version that waits for signatures makes it a peer relation (V22).

    The relation must come from `as_seen_by`.
    """
    waits = relation.a_proposal_waits  # type: ignore[attr-defined]  # added by the query
    if relation.is_peer or not waits or not coaches_as_fellow_learner(relation.coach, relation.coachee):
        return behind(relation)
    return standing_of(relation.coach, at).responsible


def standing_behind_invitation(invitation: Invitation, reader: Somebody, at: datetime) -> Standing | None:
    """Return what a peer coach who invites stands on, for whoever reads the letter; None when no peer coach invites."""
    if invitation.inviter_side != Side.COACH:
        return None
    known = Person.objects.filter(email__iexact=invitation.email).first()
    coachee = reader if isinstance(reader, Person) else known
    if not coaches_as_fellow_learner(invitation.inviter, coachee):
        return None
    return standing_of(invitation.inviter, at)
