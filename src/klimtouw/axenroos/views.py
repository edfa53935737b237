"""Pages of the axenroos: the ten animals, a card to talk about, one's own picks, and the rose of a circle."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.axenroos import actions, queries
from klimtouw.axenroos.cards import card_for
from klimtouw.axenroos.choices import Animal, Round
from klimtouw.axenroos.drawings import picture_of
from klimtouw.axenroos.forms import PickForm
from klimtouw.axenroos.models import AnimalPick
from klimtouw.axenroos.texts.library import library
from klimtouw.belongings.actions import ChangedMeanwhile, remove
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.readers import only_you, sentence_for
from klimtouw.belongings.settling import settled
from klimtouw.belongings.trash import with_undo
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import circle as find_circle
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def animals(request: PersonRequest, person: Person) -> HttpResponse:
    """Show the ten animals in their five pairs: everybody has them all."""
    pairs = [
        (pair, [(library().of[animal], picture_of(animal)) for animal in pair.animals])
        for pair in library().pairs
    ]
    return render(request, "axenroos/animals.html", {"pairs": pairs})


@shows(Action.SEE_OWN_PAGES, find=queries.about_animal)
def animal(request: PersonRequest, about: queries.AboutAnimal) -> HttpResponse:
    """Show what one animal brings, what it looks like overdone, and a question."""
    beside = library().beside(about.text.animal)
    pictures = {"picture": picture_of(about.text.animal), "picture_beside": picture_of(beside.animal)}
    return render(request, "axenroos/animal.html", {"animal": about.text, "beside": beside, **pictures})


@shows(Action.SEE_OWN_PAGES, find=yourself)
def card(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one card to talk about: of a pair, or of the empty places."""
    hand = card_for(request.GET.get("over", ""), request.GET.get("nr", ""))
    pictures = [picture_of(animal) for animal in hand.deck.animals]
    context = {"hand": hand, "decks": library().decks, "pictures": pictures}
    return render(request, "axenroos/card.html", context)


@shows(Action.SEE_ROSE, find=find_circle)
def rose(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show the rose of a circle, drawn and as a list, and what one may add oneself."""
    person, at, rounds = request.person, request.at, _rounds(circle)
    picks = queries.picks_in(circle, person, at)
    roses = queries.team_roses(circle, picks, at, rounds)
    note_looks(queries.looked_at(roses), person, at, hats=queries.read_as(circle, person, at))
    may_pick = may(person, Action.PICK_ANIMAL, circle, at)
    context = {"circle": circle, "roses": roses, "may_pick": may_pick}
    context["rounds"] = queries.own_rounds(picks, circle, person, at, rounds) if may_pick else []
    context["may_open"] = len(rounds) == 1 and may(person, Action.OPEN_SECOND_ROUND, circle, at)
    return render(request, "axenroos/rose.html", context)


@shows(Action.PICK_ANIMAL, find=find_circle)
def own(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show one's own rose, and with a second round both side by side: for oneself alone."""
    person, at = request.person, request.at
    picks = queries.picks_in(circle, person, at)
    rounds = queries.own_rounds(picks, circle, person, at, _rounds(circle))
    roses = [
        (one, queries.own_rose(one, person, f"{person.pk}/{number}")) for number, one in enumerate(rounds)
    ]
    return render(request, "axenroos/own.html", {"circle": circle, "roses": roses})


def _rounds(circle: Circle) -> list[Round]:
    return list(Round) if queries.second_round_is_open(circle) else [Round.FIRST]


@changes(Action.PICK_ANIMAL, find=queries.place)
def choose(request: PersonRequest, place: queries.Place) -> HttpResponse:
    """Choose an animal for oneself, or choose another one; private until one shares it oneself."""
    mine = queries.own_pick(place.circle, request.person, place.round, place.which)
    readers = _readers(request, mine, place.circle) if mine else only_you()
    form = PickForm(request.POST or None, thing=mine, readers=readers)
    if request.method == "POST" and form.is_valid() and _kept(request, form, place):
        return redirect("axenroos:rose", place.circle.pk)
    context = {"form": form, "place": place, "mine": mine, "circle": place.circle}
    return render(request, "axenroos/choose.html", context)


def _readers(request: PersonRequest, pick: AnimalPick, circle: Circle) -> str:
    return queries.read_by([pick], circle, request.person, request.at)[pick.pk]


def _kept(request: PersonRequest, form: PickForm, place: queries.Place) -> bool:
    by, at = request.person, request.at
    where: dict[str, Any] = {"round": place.round, "which": place.which, "id": form.cleaned_data["id"]}
    where |= {"words": form.words, "seen": form.seen_version}
    try:
        pick = settled(form, lambda: actions.pick_animal(place.circle, by=by, at=at, **where), by=by, at=at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    messages.success(request, _("Saved. %(readers)s") % {"readers": _readers(request, pick, place.circle)})
    return True


@shows(Action.READ, find=queries.pick)
def pick(request: PersonRequest, pick: AnimalPick) -> HttpResponse:
    """Show one pick, to its owner or to somebody it is shared with."""
    person, at = request.person, request.at
    about, is_own = pick.of_animal, may(person, Action.WRITE, pick, at)
    context: dict[str, Any] = {"pick": pick, "about": about, "may_write": is_own, "circle": None}
    context["picture"] = picture_of(Animal(pick.animal)) if about else ""
    context["readers"] = sentence_for(pick, at) if is_own else ""
    with suppress(Circle.DoesNotExist):  # who left it, or reads this elsewhere, has no way back to the circle
        context["circle"] = queries.circle_of(pick, person, at)
    return render(request, "axenroos/pick.html", context)


@changes(Action.SHARE, find=queries.pick_in_circle)
def share(request: PersonRequest, pick: AnimalPick) -> HttpResponse:
    """Share one's own pick with the circle, or stop; nobody else can (V12, V15)."""
    by, at = request.person, request.at
    circle = queries.circle_of(pick, by, at)
    if request.method != "POST":
        return render(request, "axenroos/share.html", {"pick": pick, "circle": circle})
    if "stop" in request.POST:
        actions.keep_from_circle(pick, circle=circle, by=by, at=at)
        messages.success(request, _("You stopped sharing. Your circle no longer sees this animal of yours."))
    else:
        actions.share_with_circle(pick, circle=circle, by=by, at=at)
        messages.success(request, _("Shared. %(readers)s") % {"readers": _readers(request, pick, circle)})
    return redirect("axenroos:rose", circle.pk)


@changes(Action.WRITE, find=queries.pick)
def put_away(request: PersonRequest, pick: AnimalPick) -> HttpResponse:
    """Ask once, then put one's own pick away."""
    if request.method != "POST":
        return render(request, "axenroos/put_away.html", {"pick": pick})
    remove(pick, by=request.person, at=request.at)
    messages.success(request, with_undo(_("Put away. Nothing is lost."), pick))
    return redirect("axenroos:animals")


@changes(Action.OPEN_SECOND_ROUND, find=find_circle)
def second_round(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Open a second round beside the first; nobody has to take part (V21)."""
    if request.method != "POST":
        return render(request, "axenroos/second_round.html", {"circle": circle})
    actions.open_second_round(circle, by=request.person, at=request.at)
    messages.success(request, _("The second round is open. Nobody has to take part."))
    return redirect("axenroos:rose", circle.pk)
