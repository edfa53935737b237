"""Guard 1: every URL × every member of the cast × every relation state × both methods gives what the table says.

What the table should say is written by hand: the hats of `scene.py`, what each opens in `promises.py`. A URL without a row
here, or without a promise there, fails. Each request runs in a transaction that is rolled back, so that no cell leans on another.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import sleep
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from klimtouw.access.decide import Denied, opening_hats
from klimtouw.access.table import Hat
from klimtouw.people.doors import Door
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.relations.tokens import token_for
from klimtouw.talks.models import Talk
from tests.guards.elsewhere import ABOVE, ELSEWHERE, build_the_rest, number_rows_from_above
from tests.guards.in_circles import CIRCLE_ROWS
from tests.guards.promises import ACT_OF, FILES, is_opened
from tests.guards.reading import ask, read, text_of
from tests.guards.scene import CANARY, Scene, build, canary_of, promised_hats
from tests.guards.test_house import OWN, name_of_url

pytestmark = pytest.mark.slow

SELF = "self"
CAST = ("noor", "bram", "vera", "stan", "ines", "amir")
THE_TWO = ("noor", "bram")
THE_OTHER_WAY_ROUND = (State.CLICKING, State.PAUSED, State.COMPLETED, State.STOPPED)
OF_EACH_ORDER = (State.RUNNING, State.STOPPED)


@pytest.fixture(autouse=True)
def _no_row_is_the_first(db: None) -> None:
    number_rows_from_above()


ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    # url name: one or more (what it is about, further values of the address)
    "people:settings": ((SELF,),),
    "people:signed_in": ((SELF,),),
    "notices:wishes": ((SELF,),),
    "programmes:match": ((SELF,),),
    "people:kept_form": ((SELF,),),
    "people:device_key": ((SELF,),),
    "offline:rucksack": ((SELF,),),
    "belongings:looks": ((SELF,),),
    "belongings:looks_by_me": ((SELF,),),
    "belongings:looks_at": (("goal",), ("private_goal",), ("entry",), ("stage",), ("reply",)),
    "belongings:share": (("goal",), ("private_goal",), ("reply",), ("stage",), ("view_of_coach",)),
    "belongings:versions": (("goal",), ("private_goal",), ("entry",), ("view_of_coach",)),
    "belongings:restore": (("goal", "1"), ("private_goal", "1"), ("entry", "1")),
    "belongings:trash": ((SELF,),),
    "belongings:take_back": (("goal",), ("private_goal",), ("stage",), ("reply",)),
    "belongings:erase": (("goal",), ("private_goal",), ("stage",), ("step",), ("reply",)),
    "basecamp:desk": (("programme",),),
    "basecamp:propose_circle": (("programme",),),
    "circles:overview": ((SELF,),),
    "circles:new": ((SELF,),),
    "programmes:framework": (("framework",),),
    "programmes:frameworks": (("institution",),),
    "programmes:rules": (("institution",),),
    "programmes:framework_import": (("institution",),),
    "programmes:framework_arrival": (("framework_arrival",),),
    "programmes:framework_version": (("framework_version",),),
    "coach-day": ((SELF,),),
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
    "relations:preview": (("relation",),),
    "relations:own_piece": (("relation", "common_ground"),),
    "relations:piece": (("relation", "behoeften-wensen-grenzen"),),
    "relations:image": (("relation",),),
    "relations:double_hat": (("relation",),),
    "relations:first_talk": (("relation",),),
    "relations:click": (("relation",),),
    "relations:dismiss": (("relation",),),
    "relations:contract": (("relation",),),
    "relations:contract_draft": (("relation",),),
    "relations:sign_contract": (("relation",),),
    "relations:ending": (("relation",),),
    "relations:midway": (("relation",),),
    "relations:closing": (("relation",),),
    "relations:look": (("relation", "gevoel"),),
    "relations:letter_new": (("relation",),),
    "relations:letter": (("handover_letter",),),
    "relations:pause": (("relation",),),
    "relations:resume": (("relation",),),
    "relations:complete": (("relation",),),
    "relations:leave": (("relation",),),
    "relations:take_up": (("relation",),),
    **{f"relations:{name}": (("support",), ("asked_support",)) for name in ("peer_coach", "step_back")},
    **{f"relations:{name}": (("attestation",),) for name in ("revoke_attestation", "give_up_attestation")},
    **{f"peers:{name}": ((SELF,),) for name in ("home", "trainees", "ask_trainer", "ask_support")},
    **{f"peers:{name}": (("training",), ("asked_training",)) for name in ("training", "answer_training", "stop_training", "attest")},
    "peers:rung": (("training", "cards"),),
    "peers:answer_support": (("asked_support",), ("support",)),
    **{f"peers:{name}": (("attestation",),) for name in ("attestation", "document")},
    "replies:reply": (("goal",), ("private_goal",), ("route",), ("entry",), ("stage",)),
    "replies:promise": (("goal",), ("private_goal",), ("entry",)),
    "replies:ask": (("goal",), ("private_goal",), ("entry",), ("dream",)),
    "replies:ask_again": (("asked",),),
    "replies:withdraw": (("asked",),),
    "replies:suggest": (("goal",), ("private_goal",), ("route",), ("stage",)),
    "replies:park": (("suggestion",),),
    "replies:leave": (("suggestion",),),
    "replies:reopen": (("suggestion",),),
    "replies:given": (("reply",), ("suggestion",)),
    "climb:home": ((SELF,),),
    "climb:compass": ((SELF,),),
    "climb:compass_write": ((SELF, "matters"),),
    "climb:compass_answer": (("compass_answer",),),
    "climb:compass_sheet": ((SELF,),),
    "climb:strength_new": ((SELF,),),
    **{f"climb:{name}": (("strength",),) for name in ("strength", "strength_edit", "strength_move", "strength_turn")},
    "climb:starting": ((SELF,),),
    "climb:starting_write": ((SELF, "can"), (SELF, "coach")),
    "climb:starting_answer": (("starting_answer",),),
    "climb:choices": ((SELF,),),
    "climb:choice_new": ((SELF,),),
    **{f"climb:{name}": (("choice_moment",),) for name in (
        "choice", "choice_edit", "option_new", "choice_decide", "choice_look_back",
    )},
    "climb:option": (("option",),),
    "climb:option_remove": (("option",),),
    "climb:story": (("goal",), ("private_goal",), ("dream",)),
    "climb:dream_new": ((SELF,),),
    "climb:dream": (("dream",),),
    "climb:dream_edit": (("dream",),),
    "climb:dream_move": (("dream",),),
    "climb:goal_new": ((SELF,),),
    "climb:goal": (("goal",), ("private_goal",)),
    "climb:goal_edit": (("goal",), ("private_goal",)),
    "climb:goal_move": (("goal",), ("private_goal",)),
    "climb:put_away": (("goal",), ("dream",), ("private_goal",), ("strength",), ("view_of_coach",)),
    "climb:framework_overview": ((SELF,),),
    "climb:framework_choose": (("goal",), ("private_goal",)),
    "climb:framework_browse": (("goal", "framework"), ("private_goal", "framework")),
    "climb:framework_link_new": (("goal", "framework_goal"), ("private_goal", "framework_goal")),
    "climb:framework_link": (("framework_link",),),
    "climb:framework_unlink": (("framework_link",),),
    "climb:trail": ((SELF,),),
    "climb:trail_search": ((SELF,),),
    "climb:trail_selection": ((SELF,),),
    "climb:entry_new": ((SELF,),),
    "climb:entry": (("entry",),),
    "climb:entry_edit": (("entry",),),
    "climb:evidence_new": (("entry",), ("goal",), ("private_goal",), ("step",)),
    **{f"climb:{name}": (("evidence",), ("paper",)) for name in ("evidence", "evidence_edit")},
    **{f"climb:{name}": (("evidence",),) for name in ("evidence_photo", "evidence_small")},
    "climb:evidence_file": (("paper",),),
    "climb:follow": (("relation",),),
    "climb:preview": (("relation",),),
    "climb:preview_thing": tuple(("relation", what) for what in (
        "goal", "private_goal", "dream", "compass_answer", "entry", "route", "strength", "starting_answer", "view_of_coach", "choice_moment",
    )),
    "climb:see_as": (("goal",), ("private_goal",), ("stage",)),
    "climb:shared_with": (("relation",),),
    "climb:stop_sharing": (("goal", "relation"), ("private_goal", "relation"), ("reply", "relation")),
    "climb:route_begin": (("goal",), ("private_goal",)),
    "climb:route": (("route",),),
    "climb:stage_new": (("route",),),
    **{f"climb:{name}": (("goal",), ("private_goal",)) for name in ("routes", "route_new")},
    **{f"climb:{name}": (("route",),) for name in (
        "route_words", "route_choose", "route_remove", "route_before", "route_print", "opportunity_new",
    )},
    **{f"climb:{name}": (("stage",),) for name in (
        "stage", "stage_state", "stage_mark", "stage_weather", "stage_split", "stage_move", "stage_detour", "stage_remove", "stage_put_back", "step_new",
    )},
    **{f"climb:{name}": (("step",),) for name in ("step", "step_done", "step_park", "step_remove", "step_put_back")},
    "climb:take_suggestion": (("suggestion",),),
    **{f"hand:{name}": (("relation",),) for name in ("note", "other", "idea")},
    "talks:of_relation": (("talks",),),
    "talks:preview_all": (("talks",),),
    "talks:propose": (("talks",),),
    **{f"talks:{name}": (("talk",),) for name in (
        "talk", "together", "preview", "choose", "move", "cancel", "calendar", "prepare", "held", "takeaway", "sentence", "impression", "promise",
    )},
    "talks:line": (("preparation_line",),),
    **{f"talks:{name}": (("promise", "talk"),) for name in ("promise_words", "promise_done")},
    **{f"talks:{name}": ((SELF,),) for name in ("own", "address", "habits", "free_hours")},
    "talks:show_hours": (("talks",),),
    **{f"growth:{name}": ((SELF,),) for name in ("home", "roles", "card")},
    **{f"axenroos:{name}": ((SELF,),) for name in ("animals", "card")},
    "axenroos:animal": ((SELF, "uil"),),
    "growth:chapter": ((SELF, "contacting"),),
    "growth:practice": ((SELF, "sam-zwijgt"),),
    "growth:practice_note": ((SELF, "sam-zwijgt"),),
    "growth:mirror": ((SELF,),),
    "growth:jotting": (("relation",),),
    "growth:helped": (("talk",),),
}  # fmt: skip
"""Which of a scene's things each URL is tried with."""

POSTED: dict[str, dict[str, str]] = {
    "climb:trail_search": {"sought": "kanarie"},
    "climb:dream_move": {"to": "resting"},
    "climb:goal_move": {"to": "resting"},
    "climb:strength_move": {"to": "later"},
    "climb:strength_turn": {"to": "work_point"},
    "climb:stage_state": {"state": "reached"},
    "climb:stage_move": {"to": "later"},
    "climb:step_done": {"done": "yes"},
    "climb:step_park": {"parked": "yes"},
    "climb:stage_weather": {"weather": "sun"},
    "programmes:framework_version": {"to": "off"},
}
"""What the buttons of a page send; all other forms are sent empty."""

GUARDED = [pattern for pattern in OWN if pattern.callback.door.action is not None]
ONLY: frozenset[str] = frozenset()
"""The addresses to try; empty: all. `make mutants` tries those of one act."""


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


def is_promised(scene: Scene, name: str, row: tuple[str, ...], who: str) -> bool:
    """Return whether an address opens to somebody in this scene."""
    if name == "belongings:share" and row == ("view_of_coach",):
        return False  # C5: how one sees one's coach is never shared, by nobody
    if "common_ground" in row and promised_hats(scene, row[-1], who) != {Hat.OWNER}:
        return False
    if name == "climb:preview_thing" and not promised_hats(scene, row[-1], "bram"):
        return False  # what the coach cannot read has no example
    state = str(scene.state) if row[0] in ("relation", "talk", "talks") else ""
    return is_opened(ACT_OF[name], promised_hats(scene, row[0], who), state)


def cells(scene: Scene) -> Iterator[tuple[str, Door, tuple[str, ...], str]]:
    """Go through every guarded URL with every thing it is tried with."""
    for pattern in GUARDED:
        name = name_of_url(pattern)
        if ONLY and name not in ONLY:
            continue
        for row in ROWS.get(name, ()):  # those of circles have a matrix of their own
            yield name, pattern.callback.door, row, address_of(scene, name, row)


def faults_of(
    scene: Scene, client: Client, who: str, methods: tuple[str, ...] = ("get", "post")
) -> list[str]:
    """Return what goes otherwise than promised when somebody tries every address."""
    hidden = [canary_of(what) for what in scene.things if not promised_hats(scene, what, who)]
    reader = {"noor": scene.noor, "bram": scene.bram}.get(who)
    hidden += [ELSEWHERE] if reader else []
    wrong = []
    for name, door, row, address in cells(scene):
        promised = is_promised(scene, name, row, who)
        for method in methods:
            here = f"{method} {name} {row}"
            if method == "get" and reader:
                response, faults = read(scene, reader, client, address)  # guard 3
                wrong += [f"{here} {fault}" for fault in faults]
            else:
                response = ask(client, method, address, POSTED.get(name) if method == "post" else None)
            status, body = response.status_code, text_of(response)
            wrong += [f"{here} shows {word}" for word in hidden if word in body]
            if body and not _is_of_its_kind(name, response):
                wrong.append(f"{here} gives {response.headers['Content-Type']}: say so in FILES")
            if method.upper() not in door.methods:
                if status not in (404, 405):
                    wrong.append(f"{here}: {status}, but this door does not answer {method}")
            elif (status != 404) != promised or status >= 500 or status == 403:
                wrong.append(f"{here}: {status}, promised {promised}")
    return wrong


def _is_of_its_kind(name: str, response: HttpResponse) -> bool:
    kind = response.headers["Content-Type"].split(";")[0]
    return kind in ("text/html", FILES.get(name))


def test_every_guarded_url_has_a_row() -> None:
    assert sorted(name_of_url(pattern) for pattern in GUARDED) == sorted(ROWS | CIRCLE_ROWS)


def test_every_guarded_url_has_a_promise_and_asks_for_that_act() -> None:
    assert {name_of_url(pattern): pattern.callback.door.action for pattern in GUARDED} == ACT_OF


def doors_that_give_way(scene: Scene, person: Person, who: str) -> list[str]:
    """Return the doors that let somebody in against the promise: asked at the door itself, without the house around it."""
    wrong = []
    for name, _door, row, address in cells(scene):
        if is_promised(scene, name, row, who):
            continue
        if gives_way(address, person, scene.at):
            wrong.append(f"{name} {row} lets {who} in")
    return wrong


def is_let_in(door: Door, address: str, person: Person, at: datetime) -> bool:
    """Return whether a door finds its thing for somebody and opens, whatever the page behind it would say."""
    assert door.find is not None
    assert door.action is not None
    try:
        return bool(opening_hats(person, door.action, door.find(person, at, **resolve(address).kwargs), at))
    except (ObjectDoesNotExist, Denied):
        return False


def gives_way(address: str, person: Person, at: datetime) -> bool:
    """Return whether a door and the page behind it, without the house around them, let somebody read."""
    found = resolve(address)
    request = cast(PersonRequest, RequestFactory().get(address))
    request.user = request.person = person
    request.at, request.session = at, {}
    try:
        found.func(request, *found.args, **found.kwargs)
    except Http404:
        return False
    return True


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("state", list(State))
def test_every_door_opens_to_whom_the_table_says_and_to_nobody_else(
    state: State, who: str, request: pytest.FixtureRequest, at: datetime
) -> None:
    """Half of the states are built in the other order: strangers before the coach, the coach before the coachee, and so on.

    The four who have no part in the relation are promised the same in every state. They try every page, sent and read, in two
    states, one of each order; in the other six they stand before every door that is closed to them, and see that it is.
    """
    scene, people = _built(state, request, at)
    if who in THE_TWO or state in OF_EACH_ORDER:
        methods = ("get", "head", "post") if state == State.RUNNING else ("get", "post")
        wrong = faults_of(scene, _signed_in(people[who]), who, methods)
    else:
        wrong = doors_that_give_way(scene, people[who], who)
    assert not wrong, "\n".join(wrong)


def _built(state: State, request: pytest.FixtureRequest, at: datetime) -> tuple[Scene, dict[str, Person]]:
    """Build the scene of a state, in the order that is that state's; where all is the other way round, the newest has the oldest id."""
    is_other_way_round = state in THE_OTHER_WAY_ROUND
    people: dict[str, Person] = {}
    for name in reversed(CAST) if is_other_way_round else CAST:
        people[name] = request.getfixturevalue(name)
        sleep(0.002)  # an id tells the millisecond it was made in
    noor, bram, vera, stan, ines, amir = (people[name] for name in CAST)
    programme = request.getfixturevalue("programme")
    if not is_other_way_round:
        build_the_rest(vera, stan, ines, amir, at)
    scene = build(state, noor, bram, vera, programme, at, newest_first=is_other_way_round)
    if is_other_way_round:
        build_the_rest(vera, stan, ines, amir, at)
    assert (noor.pk > bram.pk) == is_other_way_round
    assert (scene.things["goal"].pk > scene.things["reply"].pk) == is_other_way_round
    return scene, people


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_row_is_numbered_from_above_five_thousand(running_relation: Relation) -> None:
    assert min(running_relation.work_bond.seats.values_list("pk", flat=True)) > ABOVE


def test_no_door_answers_to_another_method(
    noor: Person, bram: Person, vera: Person, programme: Programme, at: datetime
) -> None:
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    client = _signed_in(noor)
    answered = {
        (method, name): status
        for name, address in {name: address for name, _door, _row, address in cells(scene)}.items()
        for method in ("put", "patch", "delete", "options")
        if (status := ask(client, method, address).status_code) != 405
    }
    assert answered == {}


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_is_given_to_its_own_people_alone(
    name: str, noor: Person, bram: Person, vera: Person, stan: Person, programme: Programme, at: datetime
) -> None:
    """A file that is given is a file here too: its words are read in every cell above."""
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    Talk.objects.update(state="planned", starts_at=at + timedelta(days=1))
    method = (
        "get"
        if name in ("peers:document", "talks:calendar", "offline:rucksack") or "evidence" in name
        else "post"
    )
    address = address_of(scene, name, ROWS[name][0])
    given = ask(_signed_in(noor), method, address)
    assert given.headers["Content-Type"].startswith(FILES[name])
    if method == "post" and name == "takeaway:package":
        assert canary_of("private_goal") in text_of(given)
    assert CANARY not in text_of(ask(_signed_in(stan), method, address))


def test_a_visitor_is_asked_to_sign_in_everywhere(
    noor: Person, bram: Person, vera: Person, programme: Programme, at: Any
) -> None:
    """Before a door looks for its thing: the state of the relation has no say in it."""
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    for _name, door, _row, address in cells(scene):
        for method in door.methods:
            response = ask(Client(), method.lower(), address)
            assert response.status_code == 302
            assert response.headers["Location"].startswith(reverse("account_login"))


EVERY_KIND = {name for name in ROWS if name.startswith(("belongings:", "replies:"))} | {
    "climb:evidence_new", "climb:evidence_file", "climb:put_away", "climb:see_as", "climb:stop_sharing",
}  # fmt: skip
"""These take things of more than one kind."""


@pytest.mark.parametrize("who", ["noor", "bram"])
def test_what_is_unknown_of_another_kind_or_of_others_is_not_found(
    who: str, noor: Person, bram: Person, vera: Person, stan: Person, ines: Person, amir: Person,
    programme: Programme, at: datetime,
) -> None:  # fmt: skip
    """Doors that find in one way and ask for one act refuse alike; only where these let somebody in is each page asked as well."""
    theirs, _ = build_the_rest(vera, stan, ines, amir, at)
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    person = {"noor": noor, "bram": bram}[who]
    keys = {what: thing.pk for what, thing in scene.things.items()}
    keys |= {what: _value(scene, what) for what in ("relation", "talk", "invitation", "programme", "parcel")}
    others = {f"{what} of others": key for what, key in theirs.ids.items() if isinstance(key, UUID)}
    others |= {"nothing": uuid4(), "nothing yet": UUID("00000000-0000-7000-8000-000000000000")}
    others |= {"noor": noor.pk, "bram": bram.pk, "stan": stan.pk, "a bond": scene.relation.work_bond_id}
    found = []
    for door, names in _ways_to_find():
        rows = ROWS[names[0]]
        taken = {"relation" if row[0] == "talks" else row[0] for row in rows}
        if SELF in taken:
            continue
        kinds = {what: key for what, key in keys.items() if not _is_one_of(what, taken)}
        if who == "bram" or names[0] in EVERY_KIND:
            kinds = {}  # Noor may read them all, so for her a mistaken kind would show
        for what, key in (others | kinds).items():
            values = [key, *(_value(scene, part) for part in rows[0][1:])]
            if is_let_in(door, reverse(names[0], args=values), person, at):
                tried = [name for name in names if gives_way(reverse(name, args=values), person, at)]
                found += [f"{name} finds {what}" for name in tried]
    assert not found, "\n".join(found)


def _ways_to_find() -> list[tuple[Door, list[str]]]:
    """Return each way in which doors find their thing and the act they then ask for, with the addresses that share it."""
    ways: dict[object, tuple[Door, list[str]]] = {}
    for pattern in GUARDED:
        door, name = pattern.callback.door, name_of_url(pattern)
        if name in ROWS:
            way = (door.find, door.action, ROWS[name], name in EVERY_KIND)
            ways.setdefault(way, (door, []))[1].append(name)
    return list(ways.values())


def _is_one_of(what: str, taken: set[str]) -> bool:
    """Return whether a thing is of a kind that this address takes; a private goal is a goal."""
    return what in taken or (what == "private_goal" and "goal" in taken)


def test_the_link_of_an_invitation_is_no_key_to_anything_else(
    noor: Person, bram: Person, vera: Person, programme: Programme, at: Any
) -> None:
    scene = build(State.ACQUAINTING, noor, bram, vera, programme, at)
    assert scene.invitation is not None
    visitor = Client()
    visitor.get(reverse("relations:invitation", args=[token_for(scene.invitation)]))
    assert visitor.get(reverse("relations:overview")).status_code == 302
    assert "_auth_user_id" not in visitor.session
