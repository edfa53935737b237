"""Pages of evidence: hang it on something, look at it, fetch it (C8)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.contents import Size
from klimtouw.belongings.eyes import Eyes
from klimtouw.climb.actions.evidence import NoRoomLeft, add_evidence, reword_evidence
from klimtouw.climb.evidence_files import JPEG, MEGABYTE, MOST_BYTES
from klimtouw.climb.forms.evidence import CaptionForm, EvidenceForm
from klimtouw.climb.models import Entry, Evidence, Goal, Step
from klimtouw.climb.queries import evidence as queries
from klimtouw.climb.views.saving import offered, readers_of_one, saved
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.people.uploads import takes_a_file

HEARD_OUT = 60 * MEGABYTE
"""So much is heard out so that a file that is far too large gets a sentence at the field; what is too much is dropped."""
ALONE = "default-src 'none'; sandbox"


@takes_a_file(most_bytes=MOST_BYTES, heard_out=HEARD_OUT)
@changes(Action.WRITE, find=queries.place_for_evidence)
def evidence_new(request: PersonRequest, thing: Entry | Goal | Step) -> HttpResponse:
    """Hang a photo, a file or a link on something; who can read it stands under the fields before anything is added."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*sent, readers=readers_of_one(thing, request.at))
    who, at = request.person, request.at
    try:
        if saved(request, form, lambda: add_evidence(thing, by=who, at=at, **form.new)):
            return redirect(thing)
    except NoRoomLeft:
        form.add_error("file", _("There is no room left: all together may be 48 MB. A link takes no room."))
    return render(request, "climb/evidence_new.html", {"form": form, "thing": thing})


@shows(Action.READ, find=queries.evidence)
def evidence(request: PersonRequest, evidence: Evidence) -> HttpResponse:
    """Show one piece of evidence."""
    context = {
        "thing": evidence,
        "on": evidence.hangs_on,
        **offered(evidence, Eyes(request.person, request.at)),
    }
    return render(request, "climb/evidence.html", context)


@changes(Action.WRITE, find=queries.evidence)
def evidence_edit(request: PersonRequest, evidence: Evidence) -> HttpResponse:
    """Say in other words what it shows."""
    who, at = request.person, request.at
    form = CaptionForm(request.POST or None, thing=evidence, readers=readers_of_one(evidence, at))
    if saved(request, form, lambda: reword_evidence(evidence, by=who, at=at, **form.reworded)):
        return redirect(evidence)
    return render(request, "climb/evidence_edit.html", {"form": form, "thing": evidence})


@shows(Action.READ, find=queries.photo)
def evidence_photo(request: PersonRequest, evidence: Evidence) -> HttpResponse:
    """Give a photo, as we drew it."""
    return _contents(evidence, Size.FULL)


@shows(Action.READ, find=queries.photo)
def evidence_small(request: PersonRequest, evidence: Evidence) -> HttpResponse:
    """Give a photo in small."""
    return _contents(evidence, Size.SMALL)


def _contents(evidence: Evidence, size: Size) -> HttpResponse:
    return HttpResponse(
        queries.bytes_in(evidence, size), content_type=JPEG, headers={"Content-Security-Policy": ALONE}
    )


@shows(Action.READ, find=queries.file)
def evidence_file(request: PersonRequest, evidence: Evidence) -> HttpResponse:
    """Give a photo or file to keep; a browser never opens it in the house's own name."""
    name = content_disposition_header(True, evidence.file_name)
    headers = {"Content-Disposition": name or "attachment", "Content-Security-Policy": ALONE}
    return HttpResponse(queries.bytes_in(evidence), content_type=evidence.content_type, headers=headers)
