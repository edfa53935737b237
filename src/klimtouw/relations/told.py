"""What there is to tell about a relation in the next message (E3). An invitation, the outcome of the click and an end go in letters of their own."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.notices.by_mail import answer_link
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind, names_relations
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Contract, Relation, Signature
from klimtouw.relations.queries.contracts import newest_contract
from klimtouw.relations.queries.relations import LIVE, own_acts, relations_of
from klimtouw.relations.queries.relations import relation as relation_of

ANSWER = "answer_click"


@names_relations
def live_relations(person: Person, at: datetime) -> dict[UUID, str]:
    """Return with whom somebody is in a relation now, by name."""
    live = (one for one in relations_of(person, at) if one.state in LIVE)
    return {one.pk: one.other(person).name for one in live}


def _relation(person: Person, at: datetime, about: UUID, action: Action, *states: State) -> Relation | None:
    """Return a relation of this person if it stands in one of these states and this may be done there now."""
    try:
        found = relation_of(person, at, about)
    except Relation.DoesNotExist:
        return None
    return found if found.state in states and may(person, action, found, at) else None


def _line(relation: Relation, to: Person, text: str, *links: Link) -> Line:
    name = relation.other(to).name
    return Line(text=text % {"name": name}, links=links, whom=name)


@kind("accepted", Topic.TOGETHER)
def ACCEPTED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """An invitation of this person was accepted."""
    relation = _relation(to, at, about, Action.GET_ACQUAINTED, State.ACQUAINTING)
    if relation is None:
        return None
    text = _("%(name)s said yes to your invitation. Now you two can get acquainted, at your own pace.")
    link = Link(_("Go to your acquaintance"), reverse("relations:acquaintance", args=[relation.pk]))
    return _line(relation, to, text, link)


@kind("click_asked", Topic.TOGETHER)
def CLICK_ASKED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """The click question is open and this person has not answered it. It depends on nothing the other did (V7)."""
    relation = _relation(to, at, about, Action.ANSWER_CLICK, State.CLICKING)
    if relation is None or own_acts(relation).click:
        return None
    if relation.has_double_hat is None:
        return _first_the_double_hat(relation, to)
    text = _("You had your first talk. Does it click? Your answer is for you alone.")
    return _line(relation, to, text, answer_link(ANSWER, _("Give my answer"), to, about=relation.pk, at=at))


def _first_the_double_hat(relation: Relation, to: Person) -> Line | None:
    """The coach first says whether they also assess; the coachee hears of the question once that is said (R8)."""
    if relation.side_of(to) != Side.COACH:
        return None
    text = _(
        "You had your first talk. Before the click question there is one thing to say: do you also assess %(name)s?"
    )
    link = Link(_("Say it here"), reverse("relations:double_hat", args=[relation.pk]))
    return _line(relation, to, text, link)


@kind("double_hat_changed", Topic.TOGETHER)
def DOUBLE_HAT_CHANGED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """The coach corrected whether they also assess, and the click question is open again (R8)."""
    relation = _relation(to, at, about, Action.ANSWER_CLICK, State.CLICKING)
    if relation is None or own_acts(relation).click or relation.has_double_hat is None:
        return None
    says = (
        _("%(name)s now says: I also assess your work.")
        if relation.has_double_hat
        else _("%(name)s now says: I do not assess your work.")
    )
    asks = _("That can matter for your answer to the click question. So the question is open again for you.")
    link = answer_link(ANSWER, _("Give my answer"), to, about=relation.pk, at=at)
    return _line(relation, to, f"{says} {asks}", link)


def _contract_to_sign(to: Person, relation: Relation) -> Contract | None:
    """Return the version that waits for this person's signature."""
    newest = newest_contract(relation)
    if newest is None or newest.in_force_at or own_acts(relation).signed_the_newest:
        return None
    return newest


def _to_the_contract(relation: Relation, words: str) -> Link:
    return Link(words, reverse("relations:contract", args=[relation.pk]))


TO_AGREE = (State.CONTRACTING, State.RUNNING, State.PAUSED)


@kind("contract_drafted", Topic.TOGETHER)
def CONTRACT_DRAFTED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """The other put a version of the contract ready, and nobody signed it yet."""
    relation = _relation(to, at, about, Action.SIGN_CONTRACT, *TO_AGREE)
    contract = _contract_to_sign(to, relation) if relation else None
    if relation is None or contract is None or contract.drafted_by_id == to.pk:
        return None
    if Signature.objects.filter(contract=contract).exists():
        return None  # that is told by itself
    text = _("%(name)s put a version of your contract ready. It holds only once you have both signed.")
    return _line(
        relation,
        to,
        text,
        _to_the_contract(relation, pgettext("a version of the contract", "Read it when it suits you")),
    )


@kind("contract_signed", Topic.TOGETHER)
def CONTRACT_SIGNED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """The other signed the version that stands ready."""
    relation = _relation(to, at, about, Action.SIGN_CONTRACT, *TO_AGREE)
    contract = _contract_to_sign(to, relation) if relation else None
    if relation is None or contract is None or not Signature.objects.filter(contract=contract).exists():
        return None
    text = _("%(name)s signed the version that stands ready. You may sign it, change it, or wait.")
    return _line(relation, to, text, _to_the_contract(relation, _("See the contract")))


@kind("contract_in_force", Topic.TOGETHER)
def CONTRACT_IN_FORCE(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """Both signed."""
    relation = _relation(to, at, about, Action.READ_CONTRACT, State.RUNNING, State.PAUSED)
    if relation is None:
        return None
    text = _("%(name)s signed too. What you two agreed holds now.")
    return _line(relation, to, text, _to_the_contract(relation, _("See the contract")))


@kind("paused", Topic.TOGETHER)
def PAUSED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """The other asked for a pause, and it still lasts."""
    relation = _relation(to, at, about, Action.RESUME_RELATION, State.PAUSED)
    if relation is None:
        return None
    text = _(
        "You and %(name)s are taking a pause. Planning rests, and your contract runs on. Either of you can go on whenever it suits."
    )
    return _line(relation, to, text, Link(_("See how it stands"), relation.get_absolute_url()))


@kind("resumed", Topic.TOGETHER)
def RESUMED(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """The pause is over."""
    relation = _relation(to, at, about, Action.PAUSE_RELATION, State.RUNNING)
    if relation is None:
        return None
    text = _("You and %(name)s go on. You can plan talks again.")
    return _line(relation, to, text, Link(_("See how it stands"), relation.get_absolute_url()))


@kind("rests", Topic.TOGETHER)
def RESTS(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A peer relation rests: the same words for both, and nothing about why (V22, V8)."""
    relation = _relation(to, at, about, Action.TAKE_UP, *LIVE)
    if relation is None or not relation.rests(at):
        return None
    text = _("Your peer coaching with %(name)s rests for now. What you wrote stays, and nobody reads along.")
    return _line(relation, to, text, Link(_("See how it stands"), relation.get_absolute_url()))


@kind("taken_up", Topic.TOGETHER)
def TAKEN_UP(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """A peer relation that rested goes on."""
    relation = _relation(to, at, about, Action.TAKE_UP, *LIVE)
    if relation is None or relation.rests(at):
        return None
    text = _("You and %(name)s go on together.")
    return _line(relation, to, text, Link(_("See how it stands"), relation.get_absolute_url()))
