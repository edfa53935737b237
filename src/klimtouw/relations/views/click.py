"""From the first talk to the click, and what follows a no."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions.beginning import mark_first_talk_held, put_away
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.choices import Click, Side, State
from klimtouw.relations.forms.click import ClickForm
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.next_act import url_now
from klimtouw.relations.queries.peers import behind
from klimtouw.relations.queries.relations import own_acts
from klimtouw.relations.queries.relations import relation as relation_of


# The doors of the first two pages open in every state: a second press, or the button in an old mail, leads to where the
# two stand now. What may be done is asked of the policy inside.
@changes(Action.SEE_RELATION, find=relation_of)
def first_talk(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Say that the first talk was held."""
    if not may(request.person, Action.MARK_FIRST_TALK_HELD, relation, request.at):
        return redirect(url_now(relation))
    if request.method == "POST":
        return redirect(url_now(mark_first_talk_held(relation, by=request.person, at=request.at)))
    return render(
        request, "relations/first_talk.html", {"relation": relation, "other": relation.other(request.person)}
    )


@changes(Action.SEE_RELATION, find=relation_of)
def click(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Ask one person for a private answer; the page depends on nothing the other answered (V7)."""
    if not may(request.person, Action.ANSWER_CLICK, relation, request.at):
        return redirect(url_now(relation))
    if relation.has_double_hat is None:
        page = "double_hat" if relation.side_of(request.person) == Side.COACH else "acquaintance"
        return redirect(f"relations:{page}", relation.pk)
    other, own = relation.other(request.person), own_acts(relation)
    form = ClickForm(request.POST or None, own=own, name=other.name, today=localdate(request.at))
    if request.method == "POST" and form.is_valid():
        return _answered(request, relation, form)
    context = {"form": form, "relation": relation, "other": other, "own": own.click}
    context |= {"behind": behind(relation), "rests": relation.rests(request.at)}
    return render(request, "relations/click.html", {**context, "i_coach": other == relation.coachee})


def _answered(request: PersonRequest, relation: Relation, form: ClickForm) -> HttpResponse:
    answer, day = Click(form.cleaned_data["answer"]), form.cleaned_data["think_until"]
    relation = answer_click(relation, by=request.person, at=request.at, answer=answer, think_until=day)
    if relation.state == State.CLICKING:
        messages.success(request, _("Your answer is kept. Only you see it."))
    return redirect(url_now(relation))


@changes(Action.DISMISS_RELATION, find=relation_of)
def dismiss(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Say kindly, and the same to both, that this relation does not start; put it away."""
    if request.method == "POST":
        put_away(relation, by=request.person, at=request.at)
        messages.success(request, _("Put away. What you wrote is still yours."))
        return redirect("relations:overview")
    return render(
        request, "relations/not_started.html", {"relation": relation, "other": relation.other(request.person)}
    )
