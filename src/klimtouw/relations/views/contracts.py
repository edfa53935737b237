"""The contract: read it, write a version of it, sign it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.page import Language, who_sees_what
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.readers import you_and
from klimtouw.people.doors import changes, shows
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions import contracts as actions
from klimtouw.relations.actions.peers import NotBacked
from klimtouw.relations.choices import State
from klimtouw.relations.clauses import how_long
from klimtouw.relations.forms.contracts import ContractForm
from klimtouw.relations.models import Relation
from klimtouw.relations.queries import contracts as queries
from klimtouw.relations.queries.peers import behind_the_next
from klimtouw.relations.queries.relations import LIVE
from klimtouw.relations.queries.relations import relation as relation_of


@shows(Action.READ_CONTRACT, find=relation_of)
def contract(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show the version that waits for signatures, what is different in it, and the version that holds."""
    context = {
        "page": queries.contract_page(relation, request.person),
        "may_draft": may(request.person, Action.DRAFT_CONTRACT, relation, request.at),
        "may_sign": may(request.person, Action.SIGN_CONTRACT, relation, request.at),
    }
    return render(request, "relations/contract.html", {**context, **_around(request, relation)})


@changes(Action.SIGN_CONTRACT, find=relation_of)
def sign_contract(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Sign the version that stood on the page."""
    if request.method == "POST":
        _sign(request, relation)
    return redirect("relations:contract", relation.pk)


def _sign(request: PersonRequest, relation: Relation) -> None:
    try:
        version = actions.sign_contract(
            relation=relation,
            contract=_id_in(request.POST.get("contract", "")),
            by=request.person,
            at=request.at,
        )
    except actions.NotTheNewest:
        messages.warning(request, _("There is a newer version. Read this one first; nothing was signed."))
    except actions.LastDayIsOver:
        messages.warning(
            request, _("The last day in this version is over. Change it first; nothing was signed.")
        )
    except NotBacked:
        runs = relation.state in (State.RUNNING, State.PAUSED) and not relation.rests(request.at)
        goes_on = _(
            "Something is still missing for peer coaching. What you agreed before holds until its last day."
        )
        rests = _("This rests for now: something is still missing for peer coaching.")
        messages.warning(request, goes_on if runs else rests)
    else:
        in_force = _("You both signed. These are your agreements now.")
        messages.success(request, in_force if version.in_force_at else _("You signed. Thank you."))


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@changes(Action.DRAFT_CONTRACT, find=relation_of)
def contract_draft(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Write a version of the contract, starting from the newest one or from the preset of the school."""
    renews = "verlengen" in request.GET
    start = queries.start_of_draft(relation, _language(request), request.at, renews=renews)
    form = ContractForm(
        request.POST or None,
        bounds=queries.bounds_of(relation, request.at),
        start=start.fields,
        clauses=start.clauses,
        readers=_readers_of_contract(relation, relation.other(request.person)),
    )
    if request.method == "POST" and form.is_valid() and _draft(request, relation, form):
        return redirect("relations:contract", relation.pk)
    return render(
        request, "relations/contract_draft.html", {"form": form, "start": start, **_around(request, relation)}
    )


def _draft(request: PersonRequest, relation: Relation, form: ContractForm) -> bool:
    ids = {name: form.cleaned_data[name] for name in ("id", "seen")}
    try:
        actions.draft_contract(relation=relation, by=request.person, at=request.at, terms=form.terms, **ids)
    except actions.NewerVersion as newer:
        form.put_beside(newer.contract, queries.terms_of(newer.contract))
        return False
    except actions.DaysDoNotFit as fault:  # the last bounds changed between the two questions, at midnight
        for name, message in fault.faults.items():
            form.add_error(name, message)
        return False
    messages.success(request, _("Saved. This is not a signature yet: read it, then sign."))
    return True


def _readers_of_contract(relation: Relation, other: Person) -> str:
    return you_and(other, as_a=Hat(relation.side_of(other)), by=Action.READ_CONTRACT)


def _around(request: PersonRequest, relation: Relation) -> dict[str, Any]:
    return {
        "relation": relation,
        "other": relation.other(request.person),
        "who_sees_what": who_sees_what(_language(request), also=_also_around(relation)),
        "behind": behind_the_next(relation, request.at),
        "rests": relation.state in LIVE and relation.rests(request.at),
        "how_long": how_long(relation, _language(request)),
    }


def _also_around(relation: Relation) -> frozenset[Hat]:
    return frozenset({Hat.RESPONSIBLE_COACH}) if relation.is_peer else frozenset()


def _language(request: PersonRequest) -> Language:
    return "en" if request.person.language == "en" else "nl"
