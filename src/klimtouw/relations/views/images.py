"""The page on which a coach meets their own picture of a coachee, before the first talk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.readers import only_you
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions.images import note_image, wipe_image
from klimtouw.relations.forms.images import ImageForm
from klimtouw.relations.models import ImageCheck, Relation
from klimtouw.relations.queries.images import image_of
from klimtouw.relations.queries.relations import relation as relation_of


@changes(Action.SEE_OWN_IMAGE, find=relation_of)
def image(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Note one's own picture before the first talk, read it again until the end, or wipe it (R9)."""
    form = ImageForm(request.POST or None, readers=only_you())
    if request.POST.get("wish") == "wipe":
        wipe_image(relation, by=request.person, at=request.at)
        messages.success(request, _("Wiped. Nothing of it is left."))
    elif form.is_valid():
        _note(request, relation, form)
    own = image_of(relation, request.person)
    if request.method == "POST" and not _not_kept(form, own):
        return redirect("relations:image", relation.pk)
    return _page(request, relation, own, form)


def _note(request: PersonRequest, relation: Relation, form: ImageForm) -> None:
    by, at = request.person, request.at
    if may(by, Action.NOTE_IMAGE, relation, at):
        note_image(relation, by=by, at=at, **form.fields_of_thing, id=form.cleaned_data["id"])


def _page(
    request: PersonRequest, relation: Relation, own: ImageCheck | None, form: ImageForm
) -> HttpResponse:
    typed = _not_kept(form, own)
    if form.is_valid():  # under another id: the first one may be the id of what is wiped
        form = ImageForm(readers=only_you(), initial={"text": typed})
    may_note = may(request.person, Action.NOTE_IMAGE, relation, request.at)
    context = {"relation": relation, "other": relation.coachee, "own": own, "may_note": may_note}
    return render(request, "relations/image.html", {**context, "typed": typed, "form": form})


def _not_kept(form: ImageForm, own: ImageCheck | None) -> str:
    """Return what was typed and stands nowhere else: it stays on the page."""
    typed = str(form.cleaned_data["text"] if form.is_valid() else form.data.get("text", ""))
    return "" if own and own.text == typed else typed
