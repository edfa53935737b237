"""What the first page says in one glance: what is next for me, and what may wait."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.circles.models import Circle
from klimtouw.circles.queries.waiting import waiting_in_circles
from klimtouw.climb.queries.climb import ClimbAtAGlance, climb_at_a_glance
from klimtouw.hand.queries import Hand, hands_out_to
from klimtouw.home.circles import next_in_circles
from klimtouw.home.day import first_promised, url_of
from klimtouw.home.next import Next
from klimtouw.people.models import Person
from klimtouw.programmes.choices import KEPT_MONTHS
from klimtouw.programmes.models import Institution, Programme, RuleChange
from klimtouw.programmes.queries import arranged_by, institutions_of, rule_changes_of
from klimtouw.relations.choices import Side, State
from klimtouw.relations.keeping import how_long_data_live
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.invitations import open_invitations_to
from klimtouw.relations.queries.next_act import next_act_in, offer_in
from klimtouw.relations.queries.relations import LIVE, relations_of
from klimtouw.replies.queries_asking import AskedBy, asked_of
from klimtouw.talks.models import Talk
from klimtouw.talks.queries import talks_waiting_for

RELATIONS_SHOWN = 6
ALSO_SHOWN = 4
CIRCLES_SHOWN = 6
QUIET = (State.RUNNING, State.PAUSED, State.COMPLETED, State.STOPPED)
"""States in which nothing waits for an answer."""


@dataclass(frozen=True)
class RelationRow:
    """A relation as a row: with whom, and which hat I wear."""

    relation: Relation
    other: Person
    hat: str


@dataclass(frozen=True)
class Start:
    """The first page of a person."""

    next: Next | None
    also: list[Next]
    relations: list[RelationRow]
    has_more_relations: bool
    circles: list[Circle]
    climb: ClimbAtAGlance
    desks: list[Programme]
    administers: list[Institution]
    coaches: bool
    """Whether there is somebody this person coaches now: then there is a day to look at."""
    invites_a_first_sentence: bool
    """Whether somebody finds a field to write in at once: nothing stands on their climb yet, and they came to climb."""


def start_of(person: Person, at: datetime) -> Start:
    """Return the first page of a person; seven queries, and a fixed number more for who coaches, is on the way or in a circle."""
    relations = relations_of(person, at)
    climb = climb_at_a_glance(person)
    arranged = arranged_by(person)
    desks = arranged.desks
    in_circles = waiting_in_circles(person, at)
    waiting = [
        *_asked(relations, person, at),
        *_invitations(person, at),
        *_talks(person, at),
        *next_in_circles(in_circles),
        *_acts(relations, person, at),
        *_offers(relations, person, at),
        *_hands(relations, person, at),
    ]
    only_coaches = bool(relations) and all(one.side_of(person) == Side.COACH for one in relations)
    is_new_here = not (climb.has_compass or climb.goal or desks or arranged.institutions or only_coaches)
    if not waiting and not is_new_here:
        waiting = _own_climb(climb, desks)
    return Start(
        next=waiting[0] if waiting else None,
        also=waiting[1 : 1 + ALSO_SHOWN],
        relations=[_row(relation, person) for relation in relations[:RELATIONS_SHOWN]],
        has_more_relations=len(relations) > RELATIONS_SHOWN,
        circles=in_circles.circles[:CIRCLES_SHOWN],
        climb=climb,
        desks=desks,
        administers=arranged.institutions,
        coaches=any(one.side_of(person) == Side.COACH and one.state in LIVE for one in relations),
        invites_a_first_sentence=is_new_here,
    )


@dataclass(frozen=True)
class Stays:
    """How long relations stay that are over: in one school, or (without a name) where there is no school."""

    name: str
    in_words: str
    consent_age: int | None = None
    changed: RuleChange | None = None
    """The last time the rules of this school changed, if ever."""


def how_long_it_stays(person: Person | None) -> list[Stays]:
    """Return for how long ended relations stay: in the schools of this person, and otherwise."""
    schools = institutions_of(person) if person else []
    if not schools:
        return [Stays("", how_long_data_live(KEPT_MONTHS))]
    newest_last = {change.institution_id: change for change in reversed(rule_changes_of(schools))}
    return [
        Stays(
            school.name,
            how_long_data_live(school.relations_kept_months),
            school.consent_age,
            newest_last.get(school.pk),
        )
        for school in schools
    ]


def _asked(relations: list[Relation], person: Person, at: datetime) -> list[Next]:
    """Return who would like a reply from this coach, one line a coachee: never how many, never for how long (V17)."""
    if all(one.side_of(person) == Side.COACHEE for one in relations):
        return []
    asked = asked_of(person, at)
    promised = {one.relation.pk: day for one in asked if (day := first_promised(one, at))}
    asked.sort(
        key=lambda one: promised.get(one.relation.pk, date.max)
    )  # whom one gave one's word comes first
    return [_reply_to(one, promised.get(one.relation.pk)) for one in asked]


def _reply_to(asked: AskedBy, promised: date | None) -> Next:
    """Lead to where one answers; to whom an answer was promised, with that day while it is to come."""
    name = {"name": asked.relation.coachee.name}
    if promised:
        title = _("You promised %(name)s an answer") % name
        text = _("By %(day)s. A question, a kind word, or “I have read this” is enough.") % {
            "day": date_format(promised, _("l j F"))
        }
    else:
        title = _("%(name)s would like a reply from you") % name
        text = _("A question, a kind word, or “I have read this” is enough.")
    return Next(title=title, text=text, label=_("Read and reply"), url=url_of(asked))


def _invitations(person: Person, at: datetime) -> list[Next]:
    return [
        Next(
            title=_("%(name)s invites you") % {"name": invitation.inviter.name},
            text=_("Read it when it suits you. Yes and no are both fine."),
            label=_("Read the invitation"),
            url=invitation.url,
        )
        for invitation in open_invitations_to(person, at)
    ]


def _talks(person: Person, at: datetime) -> list[Next]:
    waiting = talks_waiting_for(person, at)
    found = [_under_way(talk, person) for talk in (*waiting.begun, *waiting.without_sentence)]
    found += [
        Next(
            title=_("%(name)s proposes a talk") % {"name": talk.relation.other(person).name},
            text=_("Tap the moment that suits you."),
            label=_("Choose a moment"),
            url=talk.get_absolute_url(),
        )
        for talk in waiting.to_choose
    ]
    found += [
        Next(
            title=_("Your talk with %(name)s") % {"name": talk.relation.other(person).name},
            text=_("Write in a minute what you take with you."),
            label=_("Write my takeaway"),
            url=talk.get_absolute_url(),
        )
        for talk in waiting.without_takeaway
    ]
    planned = next((talk for talk in waiting.ahead if not talk.has_begun(at)), None)
    if planned and planned.starts_at:
        moment = date_format(localtime(planned.starts_at), _("l j F, H:i"))
        found.append(
            Next(
                title=_("Talk with %(name)s") % {"name": planned.relation.other(person).name},
                text=moment,
                label=_("Prepare the talk"),
                url=planned.get_absolute_url(),
            )
        )
    return found


def _under_way(talk: Talk, person: Person) -> Next:
    """Lead straight to the page that is open in the talk, so that writing it down takes no searching (T3)."""
    return Next(
        title=_("Your talk with %(name)s") % {"name": talk.relation.other(person).name},
        text=_("Look at the card together, and write in a minute what it brought."),
        label=_("Open the talk"),
        url=reverse("talks:together", args=[talk.pk]),
    )


def _offers(relations: list[Relation], person: Person, at: datetime) -> list[Next]:
    """Return what may be next on the way: a version to sign, a last day that comes near. It asks nothing (V11, V17)."""
    offers = [(offer_in(relation, person, at), relation.other(person).name) for relation in relations]
    return [
        Next(title=act.title, text=act.text, label=act.label, url=act.url, whom=name)
        for act, name in offers
        if act
    ]


def _hands(relations: list[Relation], person: Person, at: datetime) -> list[Next]:
    """Return a note or an idea where it has been quiet: kindly, last of all, and withdrawn by itself (R11, V17, V18)."""
    if all(relation.state != State.RUNNING for relation in relations):
        return []
    return [_hand(hand, side) for hand, side in hands_out_to(person, at)]


def _hand(hand: Hand, side: Side) -> Next:
    relation = hand.relation
    if side == Side.COACHEE:
        title, text = _("How is it going?"), _("Only you read this. Every answer is fine.")
        return Next(title, _("Tell it in one tap"), reverse("hand:note", args=[relation.pk]), text)
    name = {"name": relation.coachee.name}
    text = _("If you like. Nothing is asked of you.")
    return Next(
        _("A kind word to %(name)s?") % name, _("Some ideas"), reverse("hand:idea", args=[relation.pk]), text
    )


def _acts(relations: list[Relation], person: Person, at: datetime) -> list[Next]:
    waiting = [relation for relation in relations if relation.state not in QUIET]
    acts = [(next_act_in(relation, person, at), relation.other(person).name) for relation in waiting]
    return [
        Next(
            title=act.title,
            text=act.text,
            label=act.label,
            url=act.url,
            whom="" if name in act.title else name,
        )
        for act, name in acts
        if act
    ]


def _own_climb(climb: ClimbAtAGlance, desks: list[Programme]) -> list[Next]:
    """Return what could be next when nobody waits for an answer: one's own climb, or the desk one keeps."""
    if desks:
        return [Next(desks[0].name, _("Open the desk"), reverse("basecamp:desk", args=[desks[0].pk]))]
    if not climb.has_compass:
        title, text = _("What really matters to you?"), _("One sentence is enough. Only you can read it.")
        return [Next(title, _("Write one sentence"), reverse("climb:home"), text)]
    if climb.goal is None:
        title, text = _("What do you want to go for?"), _("A first try is enough. You can always change it.")
        return [Next(title, _("Write a goal"), reverse("climb:goal_new"), text)]
    title, text = _("How was today?"), _("Three words or ten lines, as you like.")
    return [Next(title, _("Write in my trail"), reverse("climb:entry_new"), text)]


def _row(relation: Relation, person: Person) -> RelationRow:
    hats = {Side.COACH: _("you coach"), Side.COACHEE: _("coaches you")}
    return RelationRow(relation=relation, other=relation.other(person), hat=hats[relation.side_of(person)])
