"""The page on which a member offers to guide a circle that nobody guides any more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.circles.actions.agreements import HasAGuide, offer_to_guide
from klimtouw.circles.forms.guiding import GuideForm
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import circle as find_circle
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest


@changes(Action.OFFER_TO_GUIDE, find=find_circle)
def guide(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Offer to guide; everybody signs a version that names this person."""
    if circle.facilitator_id is not None:
        return redirect(circle)
    form = GuideForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "circles/guide.html", {"circle": circle, "form": form})
    try:
        offer_to_guide(circle, by=request.person, at=request.at, **form.cleaned_data)
    except HasAGuide:  # somebody was first, at this very moment
        return redirect(circle)
    messages.success(request, _("Offered. You guide this circle once everybody has signed."))
    return redirect("circles:agreement", circle.pk)
