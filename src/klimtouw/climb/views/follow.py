"""What a coach sees of a coachee's climb: what is shared, and nothing else (V1, V6)."""

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.table import Action, Hat
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.paging import page_number
from klimtouw.climb.queries import follow as queries
from klimtouw.people.doors import shows
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import relation as relation_of


@shows(Action.FOLLOW, find=relation_of)
def follow(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show what a coachee shares with this coach, the dream first; every text read here leaves a look (P2)."""
    number = page_number(request.GET.get("page", ""))
    followed = queries.followed(relation, request.person, request.at, number)
    # All of it was found through the coach's own seat on the work bond: what hat that gives need not be asked again.
    note_looks(followed.read_here, request.person, request.at, hats=frozenset({Hat.COACH_ONCE_SHARED}))
    return render(request, "climb/follow.html", {"relation": relation, "followed": followed, "preview": None})
