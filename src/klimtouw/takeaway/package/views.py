"""Take everything along, and bring it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.people.doors import changes, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.people.uploads import takes_a_file
from klimtouw.takeaway.models import Parcel
from klimtouw.takeaway.package import parcels
from klimtouw.takeaway.package.actions import ask_for_parcel, bring_back_parcel, hand_over, keep_parcel
from klimtouw.takeaway.package.forms import ArrivalForm, PackageForm
from klimtouw.takeaway.package.making import NoRoom, make_file
from klimtouw.takeaway.package.names import MOST_BYTES
from klimtouw.takeaway.package.opening import NotAPackage

NO_ROOM = 507


@changes(Action.TAKE_ALONG, find=yourself)
def package(request: PersonRequest, person: Person) -> HttpResponse:
    """Give everything in one file, or have a large one made."""
    if request.method != "POST":
        return redirect("takeaway:home")
    if parcels.is_large(person):
        return redirect("takeaway:parcel", ask_for_parcel(by=person, at=request.at).pk)
    try:
        return _as_file(request, make_file(by=person, at=request.at))
    except NoRoom:
        return render(request, "takeaway/no_room.html", status=NO_ROOM)


@changes(Action.TAKE_ALONG, find=parcels.outgoing)
def parcel(request: PersonRequest, parcel: Parcel) -> HttpResponse:
    """Show how far a large package is, and hand it over once."""
    file = hand_over(parcel, by=request.person, at=request.at) if request.method == "POST" else None
    if file is not None:
        return _as_file(request, file)
    return render(
        request, "takeaway/parcel.html", {"parcel": parcel, "standing": parcels.standing(parcel, request.at)}
    )


def _as_file(request: PersonRequest, file: bytes) -> HttpResponse:
    name = f"klimtouw-{localdate(request.at):%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type="application/zip", headers=headers)


@takes_a_file(most_bytes=MOST_BYTES * 2)  # a file that is a little too large gets a sentence at the field
@changes(Action.TAKE_ALONG, find=yourself)
def bring(request: PersonRequest, person: Person) -> HttpResponse:
    """Take a package in, without changing anything yet."""
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = PackageForm(*sent, person=person, at=request.at)
    if is_sent and form.is_valid():
        kept = keep_parcel(form.cleaned_data["content"], by=person, at=request.at)
        return redirect("takeaway:arrival", kept.pk)
    return render(request, "takeaway/bring.html", {"form": form})


@changes(Action.TAKE_ALONG, find=parcels.incoming)
def arrival(request: PersonRequest, parcel: Parcel) -> HttpResponse:
    """Say in words what a package brings, and bring it back on a yes."""
    form = ArrivalForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            bring_back_parcel(parcel, by=request.person, at=request.at, **form.cleaned_data)
            messages.success(request, _("It is back. Only you can read it."))
            return redirect("takeaway:home")
        plan = parcels.plan_for(parcel, request.person, request.at)
    except NotAPackage as fault:
        messages.error(request, str(fault))
        return redirect("takeaway:bring")
    return render(request, "takeaway/arrival.html", {"form": form, "plan": plan})
