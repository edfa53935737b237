"""What a message says when it has been quiet: kindly, never that something is missing (R11, V17, V18)."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.hand.queries import hand_between
from klimtouw.notices.by_mail import answer_link
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Relation

WELL = "all_is_well"


def _relation_out_to(to: Person, side: Side, about: UUID, at: datetime) -> Relation | None:
    """Return a relation in which a hand is out to this person now."""
    hand = hand_between(about, at)
    is_theirs = hand is not None and hand.relation.hats_of(to, at) and hand.relation.side_of(to) == side
    return hand.relation if hand and is_theirs and hand.is_out_to(side, at) else None


@kind("hand_note", Topic.HAND)
def HAND_NOTE(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """A private note to the coachee, with three ways to answer."""
    relation = _relation_out_to(to, Side.COACHEE, about, at)
    if relation is None:
        return None
    page = reverse("hand:note", args=[relation.pk])
    return Line(
        text=_("How is it going? Only you read this. All three answers are fine."),
        links=(
            answer_link(WELL, _("Busy, all is well"), to, about=relation.pk, at=at),
            Link(_("Let us plan a talk"), page),
            Link(_("I would rather talk to somebody else"), page),
        ),
        whom=relation.coach.name,
    )


@kind("hand_idea", Topic.HAND)
def HAND_IDEA(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """An idea for the coach; the words are for the coach to find (V19)."""
    relation = _relation_out_to(to, Side.COACH, about, at)
    if relation is None:
        return None
    text = _("A kind word from you may be welcome now, in your own way. Nothing is asked of you.")
    link = Link(_("Some ideas"), reverse("hand:idea", args=[relation.pk]))
    return Line(text=text, links=(link,), whom=relation.coachee.name)
