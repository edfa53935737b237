"""Pages with own words: the role mirror, the jotting, what helped, a note after practising."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.actions import ChangedMeanwhile, remove
from klimtouw.belongings.paging import page_number
from klimtouw.belongings.readers import only_you, sentence_for
from klimtouw.belongings.settling import settled
from klimtouw.belongings.trash import with_undo
from klimtouw.growth import actions
from klimtouw.growth.forms import JottingForm, PracticeNoteForm, WhatHelpedForm, WipeWish
from klimtouw.growth.models import PracticeNote
from klimtouw.growth.queries import own as queries
from klimtouw.growth.queries.mirror import mirror_of
from klimtouw.growth.queries.reading import Reading, coach_roles, practice_talk
from klimtouw.growth.texts.practice import PracticeTalk
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.kept_forms import give_back
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.talks.models import Talk
from klimtouw.talks.queries import has_open_bond
from klimtouw.talks.queries import talk as talk_of
from klimtouw.talks.views.shared import kept, taken_away


@shows(Action.SEE_OWN_PAGES, find=yourself)
def mirror(request: PersonRequest, person: Person) -> HttpResponse:
    """Show a coach which roles they took over time, and what coachees say that helped; nobody else (T6)."""
    role, number = request.GET.get("rol", ""), page_number(request.GET.get("page", ""))
    found = mirror_of(person, request.at, role=role, number=number)
    gate.note_looks(found.helped, person, request.at)
    known = {one.key: one for one in (*found.taken, *found.not_yet)}
    return render(request, "growth/mirror.html", {"mirror": found, "chosen": known.get(role)})


@changes(Action.JOT, find=relation_of)
def jotting(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Jot down something about one's own acting, read it again until the end, or wipe it (T9)."""
    form = JottingForm(request.POST or None, readers=only_you())
    if request.method == "POST" and "wipe" in request.POST:
        return _wiped(request, relation)
    if request.method == "POST" and form.is_valid():
        id = form.cleaned_data["id"]
        actions.jot(relation, by=request.person, at=request.at, **form.fields_of_thing, id=id)
        messages.success(request, _("Kept for yourself."))
        return redirect(relation)  # another page: what the device still holds of it goes
    mine = queries.jottings_in(relation, request.person)
    context = {"relation": relation, "other": relation.coachee, "form": form, "mine": mine}
    return render(request, "growth/jotting.html", context)


def _wiped(request: PersonRequest, relation: Relation) -> HttpResponse:
    wish = WipeWish(request.POST)
    if not wish.is_valid():
        raise Http404
    actions.wipe_jotting(relation, by=request.person, at=request.at, jotting=wish.cleaned_data["wipe"])
    messages.success(request, _("Wiped. Nothing of it is left."))
    return redirect("growth:jotting", relation.pk)


@changes(Action.SAY_WHAT_HELPED, find=talk_of)
def helped(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Tap which coach roles helped in a talk; private until shared (T6, V12)."""
    if not talk.has_begun(request.at):
        return give_back(request, talk)
    mine = queries.what_helped_in(talk, request.person, request.at)
    if mine and "remove" in request.POST:
        return taken_away(request, mine)
    readers = sentence_for(mine, request.at) if mine else only_you()
    form = WhatHelpedForm(request.POST or None, roles=coach_roles(), thing=mine, readers=readers)
    if request.method == "POST" and form.is_valid():
        new = {"talk": talk, "id": form.cleaned_data["id"]}
        if kept(request, form, actions.say_what_helped, **new):
            return redirect(talk)
    other, can_share = talk.relation.other(request.person), has_open_bond(talk.relation, request.at)
    context = {"talk": talk, "other": other, "form": form, "mine": mine, "can_share": can_share}
    return render(request, "growth/helped.html", context)


@changes(Action.WRITE_OWN, find=practice_talk)
def practice_note(request: PersonRequest, reading: Reading[PracticeTalk]) -> HttpResponse:
    """Keep what one takes from a practice talk, for oneself alone (T8)."""
    who, at, talk = request.person, request.at, reading.text
    mine = queries.practice_note_of(who, talk.key)
    form = PracticeNoteForm(request.POST or None, thing=mine, readers=only_you())
    if mine and "remove" in request.POST:
        return _put_away(request, mine)
    if request.method == "POST" and form.is_valid() and _note_is_kept(request, form, talk):
        return redirect("growth:home")
    return render(request, "growth/practice_note.html", {"talk": talk, "form": form, "mine": mine, "at": at})


def _put_away(request: PersonRequest, note: PracticeNote) -> HttpResponse:
    remove(note, by=request.person, at=request.at)
    messages.success(request, with_undo(_("Put away. Nothing is lost."), note))
    return redirect("growth:practice", note.practice)


def _note_is_kept(request: PersonRequest, form: PracticeNoteForm, talk: PracticeTalk) -> bool:
    by, at = request.person, request.at
    words = {"id": form.cleaned_data["id"], "seen": form.seen_version, **form.fields_of_thing}
    try:
        settled(form, lambda: actions.keep_practice_note(talk, by=by, at=at, **words), by=by, at=at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    messages.success(request, _("Kept for yourself."))
    return True
