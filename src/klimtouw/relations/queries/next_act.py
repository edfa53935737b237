"""What one person can do next in a relation; it follows from the state and from their own acts alone (V7)."""

from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.relations.choices import Click, Side, State
from klimtouw.relations.models import Relation
from klimtouw.relations.next_act import NextAct, Standing
from klimtouw.relations.queries.contracts import ends_soon, is_halfway, last_day_of
from klimtouw.relations.queries.relations import own_acts

OVER = (State.COMPLETED, State.STOPPED)
ON_THE_WAY = (State.RUNNING, State.PAUSED)


def next_act_in(relation: Relation, person: Person, at: datetime) -> NextAct | None:
    """Return what is next for this person here, or None when they can wait quietly.

    The relation must come from `relation` or `relations_of`, which bring this person's own acts along: no query is asked.
    """
    if relation.state in OVER:
        return None
    if relation.state == State.CLICKING:
        return _around_the_click(relation, person, at)
    if relation.state == State.NOT_STARTED:
        title = _("This coaching relation does not start")
        return NextAct(title, "", _("Read how to go on"), url_now(relation))
    act = _standing(relation, person).next_act
    return act if act.label else None


def offer_in(relation: Relation, person: Person, at: datetime) -> NextAct | None:
    """Return what may be next on the way: a version to read and sign, a look halfway, or the end that comes near; mostly there is nothing.

    The relation comes from where `next_act_in` takes its own: no query is asked.
    """
    own = own_acts(relation)
    if relation.state not in ON_THE_WAY or (own.signed_the_newest and own.a_proposal_waits):
        return None
    if own.a_proposal_waits:
        return _standing(relation, person).next_act
    if ends_soon(relation, at):
        return replace(_standing(relation, person), ends_soon=True).next_act
    if is_halfway(relation, at) and not own.looked_halfway:
        return replace(_standing(relation, person), is_halfway=True).next_act
    return None


def url_now(relation: Relation) -> str:
    """Return the page where a relation stands now."""
    page = {State.ACQUAINTING: "acquaintance", State.CLICKING: "click", State.NOT_STARTED: "dismiss"}
    return _page(page.get(State(relation.state), "relation"), relation)


def _page(name: str, relation: Relation) -> str:
    return reverse(f"relations:{name}", args=[relation.pk])


def _standing(relation: Relation, person: Person) -> Standing:
    own = own_acts(relation)
    return Standing(
        relation=relation,
        other=relation.other(person),
        side=relation.side_of(person),
        state=State(relation.state),
        has_proposal=own.a_proposal_waits,
        i_signed=own.signed_the_newest,
        last_day=last_day_of(relation),
    )


def _around_the_click(relation: Relation, person: Person, at: datetime) -> NextAct | None:
    name = {"name": relation.other(person).name}
    if relation.has_double_hat is None and relation.side_of(person) == Side.COACH:
        title = _("Do you also assess %(name)s?") % name
        return NextAct(title, _("Say so before the click."), _("Say it"), _page("double_hat", relation))
    if relation.has_double_hat is None:
        title = _("Get to know each other")
        return NextAct(title, "", _("Go and get acquainted"), _page("acquaintance", relation))
    own = own_acts(relation)
    is_thinking = own.thinks_until is not None and own.thinks_until > localdate(at)
    if own.click in (Click.YES, Click.NO) or is_thinking:
        return None
    text = _("You each answer for yourself, in private. Thinking it over is fine.")
    return NextAct(
        _("Does it click with %(name)s?") % name, text, _("To the click question"), _page("click", relation)
    )
