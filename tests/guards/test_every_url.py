"""Guard 1: every URL × every member of the cast × every relation state × both methods gives what the table says.

What the table says follows from the lines of `access/table.py` and from the promised hats in `scene.py`. A URL without a row
here fails. Each request runs in a transaction that is rolled back, so that no cell leans on another.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Hat
from klimtouw.people.doors import Door
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from klimtouw.relations.tokens import token_for
from tests.guards.scene import Scene, build, canary_of, promised_hats
from tests.guards.test_house import OWN, name_of_url

pytestmark = pytest.mark.slow

SELF = "self"
ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    # url name: one or more (what it is about, further values of the address)
    "people:settings": ((SELF,),),
    "people:signed_in": ((SELF,),),
    "people:kept_form": ((SELF,),),
    "belongings:looks": ((SELF,),),
    "belongings:looks_by_me": ((SELF,),),
    "belongings:looks_at": (("goal",), ("private_goal",), ("entry",), ("stage",), ("reply",)),
    "belongings:share": (("goal",), ("private_goal",), ("reply",), ("stage",)),
    "belongings:versions": (("goal",), ("private_goal",), ("entry",)),
    "belongings:restore": (("goal", "1"), ("private_goal", "1"), ("entry", "1")),
    "belongings:trash": ((SELF,),),
    "belongings:take_back": (("goal",), ("private_goal",), ("stage",), ("reply",)),
    "belongings:erase": (("goal",), ("private_goal",), ("stage",), ("step",), ("reply",)),
    "basecamp:desk": (("programme",),),
    "takeaway:home": ((SELF,),),
    "takeaway:package": ((SELF,),),
    "takeaway:parcel": (("parcel",),),
    "takeaway:bring": ((SELF,),),
    "takeaway:arrival": (("arrival",),),
    "takeaway:erase_everything": ((SELF,),),
    "relations:overview": ((SELF,),),
    "relations:invite": ((SELF,),),
    "relations:work_card": ((SELF,),),
    "relations:sent": (("invitation",),),
    "relations:relation": (("relation",),),
    "relations:acquaintance": (("relation",),),
    "relations:own_piece": (("relation", "common_ground"),),
    "relations:piece": (("relation", "behoeften-wensen-grenzen"),),
    "relations:double_hat": (("relation",),),
    "relations:first_talk": (("relation",),),
    "relations:click": (("relation",),),
    "relations:dismiss": (("relation",),),
    "relations:contract": (("relation",),),
    "relations:contract_draft": (("relation",),),
    "relations:sign_contract": (("relation",),),
    "relations:pause": (("relation",),),
    "relations:resume": (("relation",),),
    "relations:complete": (("relation",),),
    "relations:leave": (("relation",),),
    "replies:reply": (("goal",), ("private_goal",), ("route",), ("entry",), ("stage",)),
    "replies:suggest": (("goal",), ("private_goal",), ("route",), ("stage",)),
    "replies:park": (("suggestion",),),
    "replies:leave": (("suggestion",),),
    "replies:reopen": (("suggestion",),),
    "replies:given": (("reply",), ("suggestion",)),
    "climb:home": ((SELF,),),
    "climb:compass": ((SELF,),),
    "climb:compass_write": ((SELF, "matters"),),
    "climb:compass_answer": (("compass_answer",),),
    "climb:dream_new": ((SELF,),),
    "climb:dream": (("dream",),),
    "climb:dream_edit": (("dream",),),
    "climb:dream_move": (("dream",),),
    "climb:goal_new": ((SELF,),),
    "climb:goal": (("goal",), ("private_goal",)),
    "climb:goal_edit": (("goal",), ("private_goal",)),
    "climb:goal_move": (("goal",), ("private_goal",)),
    "climb:put_away": (("goal",), ("dream",), ("private_goal",)),
    "climb:trail": ((SELF,),),
    "climb:entry_new": ((SELF,),),
    "climb:entry": (("entry",),),
    "climb:entry_edit": (("entry",),),
    "climb:follow": (("relation",),),
    "climb:route_begin": (("goal",), ("private_goal",)),
    "climb:route": (("route",),),
    "climb:stage_new": (("route",),),
    **{f"climb:{name}": (("stage",),) for name in (
        "stage", "stage_state", "stage_mark", "stage_move", "stage_detour", "stage_remove", "stage_put_back", "step_new",
    )},
    **{f"climb:{name}": (("step",),) for name in ("step", "step_done", "step_remove", "step_put_back")},
    "climb:take_suggestion": (("suggestion",),),
    "talks:of_relation": (("talks",),),
    "talks:propose": (("talks",),),
    **{f"talks:{name}": (("talk",),) for name in (
        "talk", "choose", "move", "cancel", "calendar", "prepare", "held", "takeaway", "sentence",
    )},
    "talks:line": (("preparation_line",),),
}  # fmt: skip
"""Which of a scene's things each URL is tried with."""

POSTED: dict[str, dict[str, str]] = {
    "climb:dream_move": {"to": "resting"},
    "climb:goal_move": {"to": "resting"},
    "climb:stage_state": {"state": "reached"},
    "climb:stage_move": {"to": "later"},
    "climb:step_done": {"done": "yes"},
}
"""What the buttons of a page send; all other forms are sent empty."""

GUARDED = [pattern for pattern in OWN if pattern.callback.door.action is not None]


def address_of(scene: Scene, name: str, row: tuple[str, ...]) -> str:
    """Return the address of a URL for one thing of a scene."""
    values: list[Any] = []
    for part in row:
        if part == SELF:
            continue
        values.append(_value(scene, part))
    return reverse(name, args=values)


def _value(scene: Scene, part: str) -> Any:
    if part in scene.things:
        return scene.things[part].pk
    thing = getattr(scene, "relation" if part == "talks" else part, None)
    return thing.pk if thing is not None else part


def is_promised(scene: Scene, door: Door, row: tuple[str, ...], who: str) -> bool:
    """Return whether the table opens this door to somebody in this scene."""
    assert door.action is not None
    line = LINE_OF[door.action]
    if line.when and scene.state not in line.when and row[0] in ("relation", "talk", "talks"):
        return False
    if "common_ground" in row and promised_hats(scene, row[-1], who) != {Hat.OWNER}:
        return False
    return bool(line.hats & promised_hats(scene, row[0], who))


def cells(scene: Scene) -> Iterator[tuple[str, Door, tuple[str, ...], str]]:
    """Go through every guarded URL with every thing it is tried with."""
    for pattern in GUARDED:
        name = name_of_url(pattern)
        for row in ROWS[name]:
            yield name, pattern.callback.door, row, address_of(scene, name, row)


def ask(client: Client, method: str, address: str, data: dict[str, str] | None = None) -> HttpResponse:
    """Send one request and undo everything it did."""
    with transaction.atomic():
        response = client.post(address, data) if method == "post" else client.get(address)
        transaction.set_rollback(True)
    return response


def test_every_guarded_url_has_a_row() -> None:
    assert sorted(name_of_url(pattern) for pattern in GUARDED) == sorted(ROWS)


@pytest.mark.parametrize("who", ["noor", "bram", "vera", "stan", "ines", "amir"])
@pytest.mark.parametrize("state", list(State))
def test_every_door_opens_to_whom_the_table_says_and_to_nobody_else(
    state: State,
    who: str,
    noor: Person,
    bram: Person,
    vera: Person,
    stan: Person,
    ines: Person,
    amir: Person,
    programme: Programme,
    at: Any,
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    client = Client()
    client.force_login(
        {"noor": noor, "bram": bram, "vera": vera, "stan": stan, "ines": ines, "amir": amir}[who]
    )
    hidden = [what for what in scene.things if not promised_hats(scene, what, who)]
    wrong = []
    for name, door, row, address in cells(scene):
        promised = is_promised(scene, door, row, who)
        for method in ("get", "post"):
            response = ask(client, method, address, POSTED.get(name))
            status, body = response.status_code, response.content.decode(errors="replace")
            wrong += [f"{method} {name} {row} shows {thing}" for thing in hidden if canary_of(thing) in body]
            if method.upper() not in door.methods:
                if status not in (404, 405):
                    wrong.append(f"{method} {name} {row}: {status}, but this door does not answer {method}")
            elif (status != 404) != promised or status >= 500 or status == 403:
                wrong.append(f"{method} {name} {row}: {status}, promised {promised}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", [State.RUNNING, State.STOPPED])
def test_a_visitor_is_asked_to_sign_in_everywhere(
    state: State, noor: Person, bram: Person, vera: Person, programme: Programme, at: Any
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    for _name, door, _row, address in cells(scene):
        for method in door.methods:
            response = ask(Client(), method.lower(), address)
            assert response.status_code == 302
            assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("unknown", ["00000000-0000-7000-8000-000000000000"])
def test_an_unknown_thing_is_not_found(unknown: str, noor: Person) -> None:
    client = Client()
    client.force_login(noor)
    for pattern in GUARDED:
        for row in ROWS[name_of_url(pattern)]:
            if row[0] == SELF:
                continue
            values = [unknown, *([unknown] if row[-1] == "common_ground" else row[1:])]
            assert client.get(reverse(name_of_url(pattern), args=values)).status_code in (404, 405)


def test_the_link_of_an_invitation_is_no_key_to_anything_else(
    noor: Person, bram: Person, vera: Person, programme: Programme, at: Any
) -> None:
    scene = build(State.ACQUAINTING, noor, bram, vera, programme, at)
    assert scene.invitation is not None
    visitor = Client()
    visitor.get(reverse("relations:invitation", args=[token_for(scene.invitation)]))
    assert visitor.get(reverse("relations:overview")).status_code == 302
    assert "_auth_user_id" not in visitor.session
