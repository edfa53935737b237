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
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.images import image_of
from klimtouw.relations.queries.relations import relation as relation_of


@changes(Action.SEE_OWN_IMAGE, find=relation_of)
def image(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Note one's own picture before the first talk, read it again until the end, or wipe it (R9)."""
    own, form = image_of(relation, request.person), ImageForm(request.POST or None, readers=only_you())
    if request.method == "POST" and request.POST.get("wish") == "wipe":
        wipe_image(relation, by=request.person, at=request.at)
        messages.success(request, _("Wiped. Nothing of it is left."))
        return redirect("relations:image", relation.pk)
    may_note = own is None and may(request.person, Action.NOTE_IMAGE, relation, request.at)
    if request.method == "POST" and may_note and form.is_valid():
        return _noted(request, relation, form)
    context = {"relation": relation, "other": relation.coachee, "own": own, "may_note": may_note}
    return render(request, "relations/image.html", {**context, "form": form})


def _noted(request: PersonRequest, relation: Relation, form: ImageForm) -> HttpResponse:
    note_image(relation, by=request.person, at=request.at, **form.fields_of_thing, id=form.cleaned_data["id"])
    return redirect("relations:image", relation.pk)
