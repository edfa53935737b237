"""A request that carries ids of others in its body touches nothing of theirs, and a hat worn elsewhere opens nothing here."""

from datetime import datetime
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.models import Share, Thing
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.guards.elsewhere import ELSEWHERE, Elsewhere, build_the_rest, number_rows_from_above, rows_of
from tests.guards.scene import Scene, build, canary_of
from tests.guards.test_every_url import POSTED, ask, cells, text_of

pytestmark = pytest.mark.slow

CARRYING = {
    "id": "goal", "thing": "goal", "goal": "goal", "goals": "goal", "about": "goal", "bond": "bond",
    "suggestion": "suggestion", "contract": "contract", "moment": "moment", "talk": "talk", "relation": "relation",
    "owner": "coachee", "person": "coachee", "coachee": "coachee", "by": "coachee",
}  # fmt: skip
"""Every field in which a form sends an id, and some that no form has: whose id of others it gets."""


@pytest.fixture(autouse=True)
def _no_row_is_the_first(db: None) -> None:
    number_rows_from_above()


@pytest.fixture
def theirs(vera: Person, stan: Person, ines: Person, amir: Person, at: datetime) -> Elsewhere:
    """Vera, who coordinates here, coaches Stan elsewhere."""
    return build_the_rest(vera, stan, ines, amir, at)[0]


def _note(theirs: Elsewhere, rows: list[object]) -> None:
    rows += rows_of(theirs)


@pytest.mark.parametrize("who", ["noor", "bram"])
@pytest.mark.parametrize("state", [State.ACQUAINTING, State.CONTRACTING, State.RUNNING])
def test_ids_of_another_relation_in_the_body_touch_nothing_there(
    state: State,
    who: str,
    theirs: Elsewhere,
    noor: Person,
    bram: Person,
    vera: Person,
    programme: Programme,
    at: datetime,
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    client = Client()
    client.force_login({"noor": noor, "bram": bram}[who])
    ids = {field: str(theirs.ids[what]) for field, what in CARRYING.items()}
    body = {
        "text": "Van mij",
        "seen": "1",
        "until": "",
        "line_kind": "talk_about",
        "reply_kind": "support",
        **ids,
    }
    before, wrong = rows_of(theirs), []
    for name, door, row, address in cells(scene):
        if "POST" not in door.methods:
            continue
        after: list[object] = []
        sent = POSTED.get(name, {}) | body
        response = ask(client, "post", address, sent, then=partial(_note, theirs, after))
        wrong += [f"{name} {row}: {response.status_code}"] if response.status_code >= 500 else []
        wrong += [f"{name} {row} shows words of others"] if ELSEWHERE in text_of(response) else []
        wrong += [f"{name} {row} changes something of others"] if after != before else []
    assert not wrong, "\n".join(wrong)


def shares_onto(scene: Scene) -> list[object]:
    """Return what is shared onto the bonds of a scene."""
    bonds = [scene.relation.work_bond_id, scene.relation.acquaintance_bond_id]
    return list(Share.objects.filter(bond__in=bonds).order_by("pk").values_list("thing_id", "bond_id"))


def test_v12_nothing_is_shared_onto_the_bond_of_others(
    theirs: Elsewhere,
    noor: Person,
    bram: Person,
    vera: Person,
    stan: Person,
    programme: Programme,
    at: datetime,
) -> None:
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    before = shares_onto(scene)
    client = Client()
    client.force_login(stan)
    for bond in (scene.relation.work_bond_id, scene.relation.acquaintance_bond_id):
        client.post(reverse("belongings:share", args=[theirs.goal.pk]), {"bond": str(bond)})
    client.post(
        reverse("belongings:share", args=[scene.things["goal"].pk]), {"bond": str(theirs.ids["bond"])}
    )
    assert shares_onto(scene) == before
    assert not Share.objects.filter(thing=scene.things["goal"].pk, bond=theirs.ids["bond"]).exists()


def test_who_coordinates_here_and_coaches_there_reads_there_and_not_here(
    theirs: Elsewhere, noor: Person, bram: Person, vera: Person, programme: Programme, at: datetime
) -> None:
    """A right is asked of the thing at hand, never of the person."""
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    client = Client()
    client.force_login(vera)
    there, here = (reverse("climb:goal", args=[thing.pk]) for thing in (theirs.goal, scene.things["goal"]))
    assert ELSEWHERE in client.get(there).content.decode()
    assert client.get(here).status_code == 404
    desk = client.get(reverse("basecamp:desk", args=[programme.pk])).content.decode()
    assert ELSEWHERE not in desk
    assert canary_of("goal") not in desk
    assert not may(vera, Action.SEE_DESK, scene.relation, at)
    listed = set(Thing.objects.visible_to(vera, at).values_list("pk", flat=True))
    assert listed == {theirs.goal.pk, theirs.suggestion.pk}


def test_who_coordinates_another_programme_finds_no_desk_here(
    theirs: Elsewhere, amir: Person, programme: Programme
) -> None:
    client = Client()
    client.force_login(amir)
    assert client.get(reverse("basecamp:desk", args=[programme.pk])).status_code == 404


def test_v24_an_open_tab_sends_nothing_after_the_end(
    theirs: Elsewhere, noor: Person, bram: Person, vera: Person, programme: Programme, at: datetime
) -> None:
    """What stood on the screen is sent after the end: nothing is written, and nothing of it comes back."""
    scene = build(State.STOPPED, noor, bram, vera, programme, at)
    client = Client()
    client.force_login(bram)
    goal = scene.things["goal"]
    before = Thing.objects.count()
    for name in ("replies:reply", "replies:suggest"):
        sent = client.post(
            reverse(name, args=[goal.pk]), {"text": "Nog iets", "reply_kind": "support", "seen": "1"}
        )
        assert sent.status_code == 404
    assert scene.talk is not None
    calendar = client.get(reverse("talks:calendar", args=[scene.talk.pk]))
    assert calendar.status_code == 404
    assert Thing.objects.count() == before
