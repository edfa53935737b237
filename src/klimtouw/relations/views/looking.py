"""Look halfway, look back together, and write a letter to a next coach."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import ChangedMeanwhile, StandsAsGiven, reword
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.gate import is_given_for_good, note_looks
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import only_you, sentence_for
from klimtouw.belongings.settling import settled
from klimtouw.belongings.trash import with_undo
from klimtouw.people.doors import changes, shows
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions import looking as actions
from klimtouw.relations.forms.looking import LetterForm, form_at
from klimtouw.relations.looking import Occasion
from klimtouw.relations.models import HandoverLetter, Relation
from klimtouw.relations.queries import looking as queries
from klimtouw.relations.queries.relations import relation as relation_of


@shows(Action.LOOK_TOGETHER, find=relation_of)
def midway(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show what each gets, gives and would like (R14)."""
    return _page(request, relation, Occasion.MIDWAY)


@shows(Action.LOOK_TOGETHER, find=relation_of)
def closing(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show the questions to look back with (R13)."""
    return _page(request, relation, Occasion.CLOSING)


def _page(request: PersonRequest, relation: Relation, occasion: Occasion) -> HttpResponse:
    person, at = request.person, request.at
    looking = queries.looking_at(occasion, relation, person, at)
    note_looks(looking.of_other, person, at)
    context = {
        "relation": relation,
        "other": relation.other(person),
        "looking": looking,
        "is_closing": occasion == Occasion.CLOSING,
        "may_complete": may(person, Action.COMPLETE_RELATION, relation, at),
        "may_write_letter": may(person, Action.WRITE_HANDOVER, relation, at),
    }
    return render(request, "relations/looking.html", context)


@changes(Action.LOOK_TOGETHER, find=queries.look_desk)
def look(request: PersonRequest, desk: queries.LookDesk) -> HttpResponse:
    """Write on one topic: for oneself, or also for the other."""
    if request.method != "POST" and desk.thing and is_given_for_good(desk.thing, request.at):
        messages.info(request, str(StandsAsGiven.words))
        return redirect(f"relations:{desk.topic.occasion}", desk.relation.pk)
    form, other = form_at(desk, request.POST or None), desk.relation.other(request.person)
    if request.method == "POST" and form.is_valid() and _is_kept(request, desk, form):
        return redirect(f"relations:{desk.topic.occasion}", desk.relation.pk)
    return render(request, "relations/look.html", {"desk": desk, "form": form, "other": other})


def _is_kept(request: PersonRequest, desk: queries.LookDesk, form: ThingForm) -> bool:
    # Whoever chooses between two texts says nothing about who may read them: that stays as it is.
    is_shared = None if form.choice else request.POST.get("for") == "both"
    by, at = request.person, request.at
    try:
        thing = settled(form, lambda: _written(desk, form, by, at, is_shared=is_shared), by=by, at=at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    except StandsAsGiven as given:
        messages.warning(request, str(given.words))
        return False
    said = _("Kept. %(readers)s") % {"readers": sentence_for(thing, at)} if thing else ""
    messages.success(request, said or _("You wrote nothing, and that is fine."))
    return True


def _written(
    desk: queries.LookDesk, form: ThingForm, by: Person, at: datetime, *, is_shared: bool | None
) -> Thing | None:
    return actions.write_look(
        desk.topic,
        relation=desk.relation,
        by=by,
        at=at,
        is_shared=is_shared,
        words=form.fields_of_thing,
        seen=form.seen_version,
        id=form.cleaned_data["id"],
    )


@changes(Action.WRITE_HANDOVER, find=relation_of)
def letter_new(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Write a letter to a next coach; it stays with its writer."""
    own = queries.own_letter_about(relation, request.person)
    if own and request.method != "POST":
        return redirect(own)
    readers = sentence_for(own, request.at) if own else only_you()
    form = LetterForm(request.POST or None, thing=own, readers=readers)
    if request.method == "POST" and form.is_valid() and (answer := _letter_kept(request, relation, form)):
        return answer
    return render(request, "relations/letter_new.html", {"form": form, "relation": relation, "own": own})


def _letter_kept(request: PersonRequest, relation: Relation, form: LetterForm) -> HttpResponse | None:
    by, at = request.person, request.at
    try:
        letter = settled(form, lambda: _letter_written(relation, form, by, at), by=by, at=at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return None
    said = _("Kept. %(readers)s") % {"readers": sentence_for(letter, at)} if letter else ""
    messages.success(request, said or _("You wrote nothing, and that is fine."))
    return redirect(letter or relation)


def _letter_written(relation: Relation, form: LetterForm, by: Person, at: datetime) -> HandoverLetter | None:
    return actions.write_letter_to_next(
        relation=relation,
        by=by,
        at=at,
        text=form.cleaned_data["text"],
        seen=form.seen_version,
        id=form.cleaned_data["id"],
    )


@changes(Action.WRITE, find=queries.letter)
def letter(request: PersonRequest, letter: HandoverLetter) -> HttpResponse:
    """Keep a letter: in other words, for a next coach to read or no longer, or away."""
    form = LetterForm(request.POST or None, thing=letter, readers=sentence_for(letter, request.at))
    wish = request.POST.get("wish", "")
    if (
        request.method == "POST"
        and (wish or form.is_valid())
        and _letter_changed(request, letter, form, wish)
    ):
        return redirect("relations:overview" if wish == "remove" else letter)
    context = {"letter": letter, "form": form}
    context |= {"coaches": queries.next_coaches_for(letter, request.person, request.at)}
    return render(request, "relations/letter.html", context)


def _letter_changed(request: PersonRequest, letter: HandoverLetter, form: LetterForm, wish: str) -> bool:
    by, at = request.person, request.at
    if wish == "remove":
        actions.put_letter_away(letter, by=by, at=at)
        messages.success(request, with_undo(_("Taken away."), letter))
    elif wish in ("share", "stop"):
        relation = relation_of(by, at, _id_in(request.POST.get("relation", "")))
        actions.letter_read_in(letter, relation, by=by, at=at, is_shared=wish == "share")
        messages.success(request, sentence_for(letter, at))
    else:
        return _reworded(letter, form, by, at)
    return True


def _id_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Relation.DoesNotExist from None


def _reworded(letter: HandoverLetter, form: LetterForm, by: Person, at: datetime) -> bool:
    def save() -> Thing:
        return reword(letter, by=by, at=at, seen=form.seen_version, text=form.cleaned_data["text"])

    try:
        settled(form, save, by=by, at=at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    return True
