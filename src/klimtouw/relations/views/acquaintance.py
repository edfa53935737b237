"""Get acquainted: the space of two people, and the pieces one writes in it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import ChangedMeanwhile, remove
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import readers_of, sentence_for
from klimtouw.belongings.settling import settled
from klimtouw.belongings.trash import with_undo
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions import acquaintance as actions
from klimtouw.relations.choices import Side
from klimtouw.relations.forms.acquaintance import DoubleHatForm, WorkCardForm, form_for
from klimtouw.relations.models import Relation
from klimtouw.relations.queries import acquaintance as queries
from klimtouw.relations.queries.relations import relation as relation_of


@shows(Action.GET_ACQUAINTED, find=relation_of)
def acquaintance(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show the acquaintance space: one's own pieces beside those the other shares."""
    return _space(request, relation, Eyes(request.person, request.at))


def _space(request: PersonRequest, relation: Relation, eyes: Eyes) -> HttpResponse:
    reader, at = eyes.reader, eyes.at
    space = queries.space_through(eyes, relation)
    note_looks(space.of_other, request.person, at, hats=space.hats_to_other)
    context = {
        "relation": relation,
        "other": relation.other(reader),
        "space": space,
        "i_coach": relation.side_of(reader) == Side.COACH,
        "may_declare": may(reader, Action.DECLARE_DOUBLE_HAT, relation, at),
        "may_mark": may(reader, Action.MARK_FIRST_TALK_HELD, relation, at),
        "may_click": may(reader, Action.ANSWER_CLICK, relation, at),
        "may_preview": may(reader, Action.PREVIEW, relation, at),
        "preview": eyes if eyes.is_example else None,
    }
    return render(request, "relations/acquaintance.html", context)


@shows(Action.PREVIEW, find=relation_of)
def preview(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show the acquaintance space as the coach sees it now, without what the coach keeps to themself (C9)."""
    coach = relation.coach
    eyes = Eyes(coach, request.at, asker=request.person, relation_id=relation.pk)
    if may(coach, Action.GET_ACQUAINTED, relation, request.at):
        return _space(request, relation, eyes)
    context = {"relation": relation, "reader": coach, "preview": eyes}
    return render(request, "relations/preview_nothing.html", context)


@changes(Action.GET_ACQUAINTED, find=queries.desk)
def piece(request: PersonRequest, desk: queries.Desk) -> HttpResponse:
    """Write one piece: for oneself, or also for the other."""
    form = form_for(desk, request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_kept(request, desk, form):
        return redirect("relations:acquaintance", desk.relation.pk)
    return render(
        request,
        "relations/piece.html",
        {"desk": desk, "form": form, "other": desk.relation.other(request.person)},
    )


def _is_kept(request: PersonRequest, desk: queries.Desk, form: ThingForm) -> bool:
    by, at, other = request.person, request.at, desk.relation.other(request.person)
    # Whoever chooses between two texts says nothing about who may read them: that stays as it is.
    is_shared = None if form.choice else request.POST.get("for") == "both"
    try:
        thing = settled(form, lambda: _written(desk, form, by, at, is_shared=is_shared), by=by, at=at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    shared, own = _("Kept and shared with %(name)s.") % {"name": other.name}, _("Kept. This stays with you.")
    if thing is not None and not is_shared and readers_of([thing], request.at)[thing.pk]:
        # A card is one for all relations: kept from this reader, it may still be read by another.
        own = _("Saved. %(readers)s") % {"readers": sentence_for(thing, request.at)}
    messages.success(
        request, _("You wrote nothing, and that is fine.") if thing is None else shared if is_shared else own
    )
    return True


def _written(
    desk: queries.Desk, form: ThingForm, by: Person, at: datetime, *, is_shared: bool | None
) -> Thing | None:
    return actions.write_piece(
        desk.piece,
        relation=desk.relation,
        by=by,
        at=at,
        is_shared=is_shared,
        words=form.fields_of_thing,
        seen=form.seen_version,
        id=form.cleaned_data["id"],
    )


@changes(Action.GET_ACQUAINTED, find=queries.desk_of_thing)
def own_piece(request: PersonRequest, desk: queries.Desk) -> HttpResponse:
    """Share one piece as it stands, stop sharing it, or take it away."""
    if request.method == "POST":
        _take_care(request, desk)
        return redirect("relations:acquaintance", desk.relation.pk)
    other = desk.relation.other(request.person)
    return render(request, "relations/own_piece.html", {"desk": desk, "other": other})


def _take_care(request: PersonRequest, desk: queries.Desk) -> None:
    wish, name = request.POST.get("wish"), {"name": desk.relation.other(request.person).name}
    if wish == "remove":
        remove(desk.thing, by=request.person, at=request.at)
        messages.success(request, with_undo(_("Taken away."), desk.thing))
    elif wish in ("share", "stop"):
        is_shared = wish == "share"
        actions.read_by_other(
            desk.thing, relation=desk.relation, by=request.person, at=request.at, is_shared=is_shared
        )
        shared, own = (
            _("Shared. %(name)s can read this now."),
            _("You stopped sharing. %(name)s can no longer read this."),
        )
        messages.success(request, (shared if is_shared else own) % name)


@changes(Action.WRITE_OWN, find=yourself)
def work_card(request: PersonRequest, person: Person) -> HttpResponse:
    """Write how you work; sharing the card happens per relation."""
    card = queries.work_card_of(person)
    sentence = queries.sentence_under_card(card, request.at)
    form = WorkCardForm(request.POST or None, thing=card, readers=sentence)
    if request.method == "POST" and form.is_valid() and _card_is_kept(request, form):
        messages.success(request, _("Your card is kept."))
        return redirect("relations:work_card")
    return render(request, "relations/work_card.html", {"form": form, "card": card})


def _card_is_kept(request: PersonRequest, form: ThingForm) -> bool:
    by, at, words = request.person, request.at, form.fields_of_thing
    id, seen = form.cleaned_data["id"], form.seen_version
    try:
        settled(
            form,
            lambda: actions.write_work_card(by=by, at=at, words=words, seen=seen, id=id),
            by=by,
            at=at,
        )
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    return True


@changes(Action.DECLARE_DOUBLE_HAT, find=relation_of)
def double_hat(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Let the coach say whether they also assess this coachee (R8)."""
    form = DoubleHatForm(request.POST or None, coachee=relation.coachee.name, now=relation.has_double_hat)
    if request.method == "POST" and form.is_valid():
        actions.declare_double_hat(relation, by=request.person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Thank you. %(name)s sees this too.") % {"name": relation.coachee.name})
        return redirect("relations:acquaintance", relation.pk)
    return render(request, "relations/double_hat.html", {"form": form, "relation": relation})
