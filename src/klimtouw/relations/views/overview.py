"""The pages of one's relations: all of them, and one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.paging import page_number
from klimtouw.people.doors import shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.choices import State
from klimtouw.relations.keeping import stays_until
from klimtouw.relations.models import Relation
from klimtouw.relations.next_act import path_of
from klimtouw.relations.queries import contracts, invitations
from klimtouw.relations.queries import overview as queries
from klimtouw.relations.queries.peers import behind
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.relations.queries.said_to_exist import said_to_exist

TEMPLATES = {
    State.NOT_STARTED: "relations/not_started.html",
    State.COMPLETED: "relations/relation_over.html",
    State.STOPPED: "relations/relation_over.html",
}


@shows(Action.SEE_OWN_PAGES, find=yourself)
def overview(request: PersonRequest, person: Person) -> HttpResponse:
    """Show with whom you climb, whom you coach, and what is next with each; nobody's words."""
    at = request.at
    present = queries.present(person, at)
    context = {
        "climbing": queries.coached_by(present, page=_page(request, "climbing")),
        "coaching": queries.coaching(present, page=_page(request, "coaching")),
        "received": invitations.open_invitations_to(person, at),
        "sent": invitations.sent_invitations_of(person, at),
        "past": queries.past(person, at, page=_page(request, "past")),
    }
    return render(request, "relations/overview.html", context)


def _page(request: PersonRequest, name: str) -> int:
    return page_number(request.GET.get(name, ""))


@shows(Action.SEE_RELATION, find=relation_of)
def relation(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show one relation: who, how you found each other, where you are, and the one next act."""
    row = queries.row_of(relation, request.person, request.at)
    standing = row.standing
    template = TEMPLATES.get(standing.state, "relations/relation.html")
    context = {
        "relation": relation,
        "other": standing.other,
        "standing": standing,
        "act": row.act,
        "path": path_of(standing.state),
        "stays_until": stays_until(relation),
        "said_to_exist": said_to_exist(relation, request.person),
    }
    context |= {"behind": behind(relation), "rests": relation.rests(request.at)}
    return render(
        request,
        template,
        {**context, "agreed": contracts.contract_in_force(relation), **_doors(request, relation)},
    )


def _doors(request: PersonRequest, relation: Relation) -> dict[str, Any]:
    """Return which of the quiet acts are open to this person now."""
    acts = (
        Action.PAUSE_RELATION,
        Action.COMPLETE_RELATION,
        Action.LEAVE_RELATION,
        Action.FOLLOW,
        Action.PREVIEW,
        Action.GET_ACQUAINTED,
        Action.LOOK_TOGETHER,
        Action.WRITE_HANDOVER,
    )
    return {f"may_{act.lower()}": may(request.person, act, relation, request.at) for act in acts}
