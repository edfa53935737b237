"""The pages of the ladder: one's own way, whom one trains, the attestation, and what anybody may check."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.peers import actions, queries
from klimtouw.peers.choices import Step
from klimtouw.peers.credential import fingerprint, public_keys, signed, withdrawn_list
from klimtouw.peers.forms import AttestationForm, RungForm, StaffForm
from klimtouw.peers.models import Asked, Attestation, Training
from klimtouw.people.doors import changes, open_to_everyone, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.staff import staff_around

FILE_NAME = gettext_noop("attestation.jwt")
"""Said here once more: whoever gathers the texts does not look inside the sentence that offers the file."""


@shows(Action.SEE_OWN_PAGES, find=yourself)
def home(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one's own way to peer coach: the rungs with the words that came along, the attestation, who stands behind."""
    ladder = queries.own_ladder(person)
    context = {
        "ladder": ladder,
        "is_walked": any(place.rung for place in ladder),
        "training": queries.training_of(person),
        "support": queries.support_of(person),
        "attestations": [one for one in queries.attestations_of(person) if one.is_valid(request.at)],
    }
    return render(request, "peers/home.html", context)


@changes(Action.ASK_STAFF, find=yourself)
def ask_trainer(request: PersonRequest, person: Person) -> HttpResponse:
    """Ask somebody of the programme as a trainer."""
    return _ask(request, actions.ask_trainer, "peers/ask_trainer.html")


@changes(Action.ASK_STAFF, find=yourself)
def ask_support(request: PersonRequest, person: Person) -> HttpResponse:
    """Ask somebody of the programme to stand behind one's peer coaching."""
    return _ask(request, actions.ask_support, "peers/ask_support.html")


def _ask(request: PersonRequest, act: Any, template: str) -> HttpResponse:
    around = list(staff_around(request.person))
    form = StaffForm(request.POST or None, around=around)
    if request.method == "POST" and form.is_valid():
        staff, programme = form.chosen
        try:
            act(by=request.person, at=request.at, staff=staff, programme=programme)
        except actions.AskedAlready as reason:
            form.add_error("staff", str(reason))
        else:
            messages.success(request, _("Your question is on its way to %(name)s.") % {"name": staff.name})
            return redirect("peers:home")
    return render(request, template, {"form": form, "around": around})


@shows(Action.SEE_OWN_PAGES, find=yourself)
def trainees(request: PersonRequest, person: Person) -> HttpResponse:
    """Show what students asked of this person: names alone, and what waits for an answer."""
    context = {
        "asking": queries.asked_of(person),
        "given": queries.attestations_given_by(person, request.at),
    }
    return render(request, "peers/trainees.html", context)


@changes(Action.ANSWER_PEER_ASK, find=queries.training)
def answer_training(request: PersonRequest, training: Training) -> HttpResponse:
    """Say yes or no to training a student."""
    return _answered(request, training)


@changes(Action.ANSWER_PEER_ASK, find=queries.support)
def answer_support(request: PersonRequest, support: Asked) -> HttpResponse:
    """Say yes or no to standing behind a peer coach."""
    return _answered(request, support)


def _answered(request: PersonRequest, asked: Asked) -> HttpResponse:
    answer = request.POST.get("answer")
    if request.method == "POST" and answer in ("yes", "no"):
        act = actions.say_yes if answer == "yes" else actions.say_no
        act(asked, by=request.person, at=request.at)
        messages.success(request, _("Thank you. Your answer is kept."))
        return redirect("peers:trainees")
    return render(request, "peers/answer.html", {"asked": asked})


@shows(Action.SEE_TRAINING, find=queries.training)
def training(request: PersonRequest, training: Training) -> HttpResponse:
    """Show the rungs of somebody one trains: names and days, no words."""
    ladder = queries.ladder_of(training.owner)
    given = queries.attestations_given_by(request.person, request.at)
    context = {
        "training": training,
        "ladder": ladder,
        "all_rungs": all(place.rung for place in ladder),
        "given": [one for one in given if one.owner_id == training.owner_id],
    }
    return render(request, "peers/training.html", context)


@changes(Action.ATTEST_RUNG, find=queries.attesting)
def rung(request: PersonRequest, attesting: queries.Attesting) -> HttpResponse:
    """Attest one rung, with words for the peer coach alone."""
    training, step = attesting.training, attesting.step
    form = RungForm(request.POST or None, name=training.owner.name)
    if request.method == "POST" and form.is_valid():
        try:
            actions.attest_rung(training, by=request.person, at=request.at, step=step, **form.cleaned_data)
        except actions.AttestedAlready as reason:
            form.add_error("text", str(reason))
        else:
            messages.success(request, _("Attested. %(name)s hears of it.") % {"name": training.owner.name})
            return redirect("peers:training", training.pk)
    if request.method != "POST" and attesting.is_attested:
        return redirect("peers:training", training.pk)
    return render(request, "peers/rung.html", {"training": training, "step": step, "form": form})


@changes(Action.ATTEST_TRAINING, find=queries.training)
def attest(request: PersonRequest, training: Training) -> HttpResponse:
    """Give the attestation until a day."""
    form = AttestationForm(request.POST or None, today=localdate(request.at))
    if request.method == "POST" and form.is_valid():
        id, until = form.fields_given
        try:
            actions.attest(training, by=request.person, at=request.at, until=until, id=id)
        except actions.NotAllRungs:
            form.add_error(None, _("Every rung comes first, in any order."))
        else:
            messages.success(
                request,
                _("The attestation is there. It belongs to %(name)s.") % {"name": training.owner.name},
            )
            return redirect("peers:training", training.pk)
    return render(request, "peers/attest.html", {"training": training, "form": form})


@changes(Action.STOP_TRAINING, find=queries.training)
def stop_training(request: PersonRequest, training: Training) -> HttpResponse:
    """Stop, or take the question back."""
    is_mine = may(request.person, Action.SHOW_ATTESTATION, training, request.at)
    if request.method == "POST":
        actions.stop_training(training, by=request.person, at=request.at)
        return redirect("peers:home" if is_mine else "peers:trainees")
    return render(request, "peers/stop_training.html", {"training": training, "is_mine": is_mine})


@shows(Action.SHOW_ATTESTATION, find=queries.attestation)
def attestation(request: PersonRequest, attestation: Attestation) -> HttpResponse:
    """Show one's attestation on a plain page that prints well."""
    context = {
        "attestation": attestation,
        "rungs": [(Step(rung.step), rung) for rung in queries.rungs_of(attestation.owner)],
        "fingerprint": public_keys()[0]["kid"],
    }
    return render(request, "peers/attestation.html", context)


@shows(Action.SHOW_ATTESTATION, find=queries.attestation)
def document(request: PersonRequest, attestation: Attestation) -> HttpResponse:
    """Give the signed document, to take along and to show outside."""
    text = signed(attestation, queries.rungs_of(attestation.owner))
    name = {"Content-Disposition": f'attachment; filename="{_("attestation.jwt")}"'}
    return HttpResponse(text, content_type="application/vc+jwt", headers=name)


@open_to_everyone
def keys(request: HttpRequest) -> HttpResponse:
    """Give the public keys, for whoever checks a document."""
    return JsonResponse({"keys": public_keys()})


@open_to_everyone
def key(request: HttpRequest, name: str) -> HttpResponse:
    """Give one public key by its fingerprint."""
    for one in public_keys():
        if fingerprint(one) == name:
            return JsonResponse(one)
    raise Http404


@open_to_everyone
def withdrawn(request: PersonRequest) -> HttpResponse:
    """Give the ids of documents that no longer hold; no names."""
    return JsonResponse(withdrawn_list(queries.withdrawn(request.at)))


@open_to_everyone
def about(request: HttpRequest) -> HttpResponse:
    """Say what an attestation of training means, and how to check one."""
    return render(
        request,
        "peers/about.html",
        {"steps": list(Step), "fingerprints": [key["kid"] for key in public_keys()]},
    )
