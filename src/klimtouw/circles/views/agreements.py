"""The agreements of a circle: read them, write a version, sign it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.page import Language
from klimtouw.access.table import Action
from klimtouw.belongings.gate import open_seats
from klimtouw.circles.actions import agreements as actions
from klimtouw.circles.choices import FEWEST, CircleState
from klimtouw.circles.forms.circles import AgreementForm
from klimtouw.circles.models import Circle
from klimtouw.circles.queries import agreements as queries
from klimtouw.circles.queries.circles import circle as circle_of
from klimtouw.circles.queries.circles import missing_in
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_CIRCLE, find=circle_of)
def agreement(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show what waits for signatures and what is different in it, what holds, and what a newcomer will read of you."""
    page = queries.agreement_page(circle, request.person)
    sits = open_seats(request.at).filter(bond=circle.bond_id, person=request.person).exists()
    context = {
        "circle": circle,
        "page": page,
        "comes": [person for person in page.newcomers if person.pk != request.person.pk],
        "own_shared": queries.own_shared_in(circle, request.person, request.at) if sits else [],
        "missing": missing_in(circle) if circle.state != CircleState.RUNNING else 0,
        "sign_until": page.sign_until if request.person in page.newcomers else None,
        "may_agree": may(request.person, Action.AGREE_IN_CIRCLE, circle, request.at),
    }
    return render(request, "circles/agreement.html", context)


@changes(Action.AGREE_IN_CIRCLE, find=circle_of)
def sign(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Sign the version that stood on the page."""
    if request.method == "POST":
        _sign(request, circle)
    return redirect("circles:agreement", circle.pk)


def _sign(request: PersonRequest, circle: Circle) -> None:
    sent = _id_in(request.POST.get("agreement", ""))
    try:
        version = actions.sign_agreement(circle, agreement=sent, by=request.person, at=request.at)
    except actions.NotTheNewest:
        messages.warning(request, _("There is a newer version. Read this one first; nothing was signed."))
    except actions.DayDoesNotFit:
        messages.warning(
            request, _("The last day in this version is over. Change it first; nothing was signed.")
        )
    else:
        holds = _("All of you have signed. These are your agreements now.")
        messages.success(request, holds if version.in_force_at else _("You signed. Thank you."))


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@changes(Action.AGREE_IN_CIRCLE, find=circle_of)
def draft(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Write a version of the agreements, starting from the newest one or from an example."""
    language: Language = "en" if request.person.language == "en" else "nl"
    start = queries.start_of_draft(circle, language)
    today = localdate(request.at)
    form = AgreementForm(request.POST or None, start=start.fields, clauses=start.clauses, today=today)
    if request.method == "POST" and form.is_valid() and _drafted(request, circle, form):
        return redirect("circles:agreement", circle.pk)
    context = {"circle": circle, "form": form, "start": start}
    return render(request, "circles/agreement_draft.html", context)


def _drafted(request: PersonRequest, circle: Circle, form: AgreementForm) -> bool:
    sent: dict[str, Any] = {name: form.cleaned_data[name] for name in ("ends_on", "id", "seen")}
    try:
        actions.draft_agreement(circle, by=request.person, at=request.at, clauses=form.texts, **sent)
    except actions.TooFew:
        too_few = _("A circle begins with %(number)s members or more. Wait until that many said yes.")
        form.add_error(None, too_few % {"number": FEWEST})
    except actions.NewerVersion as newer:
        form.put_beside(newer.agreement, queries.terms_of(newer.agreement))
    except actions.DayDoesNotFit as fault:  # the day went by between the two questions
        form.add_error("ends_on", str(fault))
    else:
        messages.success(request, _("Saved. This is not a signature yet: read it, then sign."))
        return True
    return False
