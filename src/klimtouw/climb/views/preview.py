"""See it as your coach: examples of the coach's own pages, and everything one shares with that coach (C9).

The request stays that of the coachee (V25). What a coach wrote and she opens here leaves her own look, as on any other page;
nothing is ever noted in the name of the coach.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from klimtouw.access.table import Action
from klimtouw.belongings.actions import revoke
from klimtouw.belongings.models import Thing
from klimtouw.belongings.paging import page_number
from klimtouw.belongings.queries import thing as thing_of
from klimtouw.belongings.readers import stopped_with
from klimtouw.climb.queries import preview as queries
from klimtouw.climb.views import pages
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.models import Relation
from klimtouw.relations.pieces import Piece
from klimtouw.relations.queries.relations import relation as relation_of


@shows(Action.PREVIEW, find=relation_of)
def preview(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show the coach's page to follow as it is at this moment."""
    eyes = queries.eyes_of_coach(relation, request.person, request.at)
    number = page_number(request.GET.get("page", ""))
    followed = queries.example_of_following(eyes, relation, number)
    context = {"relation": relation, "followed": followed, "preview": eyes}
    return render(request, "climb/follow.html" if followed else "climb/preview_nothing.html", context)


@shows(Action.PREVIEW, find=queries.in_relation)
def preview_thing(request: PersonRequest, found: queries.InRelation) -> HttpResponse:
    """Show one thing as the coach sees it; what the coach cannot read has no example."""
    eyes = queries.eyes_of_coach(found.relation, request.person, request.at)
    return pages.show(request, pages.example(found.thing.kind, found.thing.pk, eyes))


@shows(Action.SHARE, find=thing_of)
def see_as(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Lead from where one shares a thing to the example of it."""
    relation = queries.relation_on(request.GET.get("bond", ""), request.person)
    if relation is None:
        return redirect("belongings:share", thing.pk)
    return redirect("climb:preview_thing", relation.pk, thing.whole_id or thing.pk)


@shows(Action.PREVIEW, find=relation_of)
def shared_with(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show everything one shares with a coach now, and until when."""
    shared = queries.shared_with_coach(relation, request.at, page_number(request.GET.get("page", "")))
    context = {"relation": relation, "page": shared.page, "rows": shared.rows}
    examples = {
        "with_example": list(pages.EXAMPLES),
        "of_acquaintance": {piece.model.KIND for piece in Piece},
    }
    return render(request, "climb/shared_with.html", context | examples)


@changes(Action.SHARE, find=queries.sharing)
def stop_sharing(request: PersonRequest, sharing: queries.Sharing) -> HttpResponse:
    """Stop sharing one thing in one relation, in one tap."""
    if request.method == "POST":
        for bond in queries.bonds_of(sharing.relation):
            revoke(sharing.thing, onto=bond, by=request.person, at=request.at)
        messages.success(request, stopped_with(sharing.relation.coach, sharing.thing, request.at))
    return redirect("climb:shared_with", sharing.relation.pk)
