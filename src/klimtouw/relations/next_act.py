"""The one next act in a relation, for one of the two: in words, with the page where it is done."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.relations.choices import Origin, Side, State
from klimtouw.relations.models import Relation


@dataclass(frozen=True)
class NextAct:
    """What can be done now. Without a `label` there is nothing to do but wait, and that is fine."""

    title: str
    text: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Standing:
    """A relation as one of the two sees it: with whom, on which side, where it stands, what comes next."""

    relation: Relation
    other: Person
    side: Side
    state: State
    has_proposal: bool
    """A version of the contract waits for signatures."""
    i_signed: bool
    last_day: date | None = None
    """The last day of the contract in force."""
    ends_soon: bool = False
    """Whether that day comes within some weeks: the two may look at how they go on."""
    is_halfway: bool = False
    """Whether the middle of what they agreed was lately: they may look at what they get and give (R14)."""

    @property
    def i_coach(self) -> bool:
        """Whether this person holds the rope."""
        return self.side == Side.COACH

    @property
    def state_in_words(self) -> str:
        """Where it stands, in a few words."""
        return str(self.state.label)

    @property
    def origin_in_words(self) -> str:
        """How the two found each other, told to this person (R2)."""
        return {
            (Origin.CHOSEN, Side.COACHEE): _("You asked for that yourself."),
            (Origin.CHOSEN, Side.COACH): _("The question came to you."),
            (Origin.ASKED, Side.COACHEE): _("You were invited."),
            (Origin.ASKED, Side.COACH): _("You sent the invitation."),
            (Origin.ASSIGNED, self.side): _("The coordinator brought you two together."),
            (Origin.AT_RANDOM, self.side): _("You two were brought together at random."),
        }[Origin(self.relation.origin), self.side]

    @property
    def next_act(self) -> NextAct:
        """The one next act for this person."""
        if self.has_proposal and self.state in (State.CONTRACTING, State.RUNNING, State.PAUSED):
            return _sign(self)
        if self.ends_soon:
            return _how_to_go_on(self)
        if self.is_halfway:
            return _look_halfway(self)
        return {
            State.ACQUAINTING: _get_acquainted,
            State.CLICKING: _click,
            State.CONTRACTING: _draft,
            State.RUNNING: _follow if self.i_coach else _climb,
            State.PAUSED: _resume,
            State.NOT_STARTED: _look,
            State.COMPLETED: _look,
            State.STOPPED: _look,
        }[self.state](self)


@dataclass(frozen=True)
class Phase:
    """One phase on the small path of a relation."""

    name: str
    place: str
    """"behind", "here" or "ahead"; ahead is not locked, only not yet."""


PHASES = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING)


def path_of(state: State) -> list[Phase]:
    """Return the phases of a relation and where the two are; a pause is on the way."""
    names = (_("Getting acquainted"), _("Click"), _("Contract"), _("On the way"))
    here = (
        PHASES.index(State.RUNNING if state == State.PAUSED else state)
        if state in (*PHASES, State.PAUSED)
        else len(PHASES)
    )
    places = ["behind" if n < here else "here" if n == here else "ahead" for n in range(len(PHASES))]
    return [Phase(name, place) for name, place in zip(names, places, strict=True)]


def _get_acquainted(standing: Standing) -> NextAct:
    return NextAct(
        _("Get to know each other"),
        _("Write what you like, or nothing. A first talk does the rest."),
        _("Go and get acquainted"),
        _page("relations:acquaintance", standing),
    )


def _click(standing: Standing) -> NextAct:
    return NextAct(
        _("Does it click?"),
        _("You each answer for yourself, in private. Thinking it over is fine."),
        _("To the click question"),
        _page("relations:click", standing),
    )


def _draft(standing: Standing) -> NextAct:
    return NextAct(
        _("Make your contract"),
        _("Until when, how many talks, and what stays between you. Either of you may begin."),
        _("Begin the contract"),
        _page("relations:contract_draft", standing),
    )


def _sign(standing: Standing) -> NextAct:
    url = _page("relations:contract", standing)
    if standing.i_signed:
        title = _("You signed. Now it is up to %(name)s.") % {"name": standing.other.name}
        return NextAct(title, _("There is no hurry."), "", url)
    return NextAct(
        _("Read the contract"),
        _("Sign it when it suits you, or change it."),
        _("Read and sign"),
        url,
    )


def _how_to_go_on(standing: Standing) -> NextAct:
    assert standing.last_day is not None  # noqa: S101  # narrows the type: what ends soon has a last day
    return NextAct(
        _("Your contract runs until %(day)s") % {"day": date_format(standing.last_day, "j F Y")},
        _("Going on is fine, and so is rounding off. Nothing goes on by itself."),
        _("See how to go on"),
        _page("relations:ending", standing),
    )


def _look_halfway(standing: Standing) -> NextAct:
    return NextAct(
        _("Look halfway, with %(name)s?") % {"name": standing.other.name},
        _("What do you get, what do you give? For yourself, or to share."),
        _("Look halfway"),
        _page("relations:midway", standing),
    )


def _climb(standing: Standing) -> NextAct:
    return NextAct(
        _("Climb on"),
        _("You choose what you share with your coach."),
        _("To my climb"),
        _page("climb:home"),
    )


def _follow(standing: Standing) -> NextAct:
    return NextAct(
        _("See what %(name)s shares with you") % {"name": standing.other.name},
        _("A question or a kind word is often enough."),
        _("Follow"),
        _page("climb:follow", standing),
    )


def _resume(standing: Standing) -> NextAct:
    return NextAct(
        _("You two are pausing"),
        _("Either of you can go on whenever it suits."),
        _("Go on together"),
        _page("relations:resume", standing),
    )


def _look(standing: Standing) -> NextAct:
    return NextAct(standing.state_in_words, "", _("Open"), _page("relations:relation", standing))


def _page(name: str, standing: Standing | None = None) -> str:
    # A deployment may leave a package out; its page then simply is not there.
    try:
        return reverse(name, args=[standing.relation.pk] if standing else [])
    except NoReverseMatch:
        return ""
