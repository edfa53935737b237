"""Guard 2: for every person, thing and state, the list and the single answer agree, and both keep the promise."""

from datetime import datetime

import pytest

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.guards.scene import build, promised_hats


@pytest.mark.parametrize("state", list(State))
def test_the_list_and_the_single_answer_keep_the_promise(
    state: State,
    noor: Person,
    bram: Person,
    vera: Person,
    stan: Person,
    ines: Person,
    amir: Person,
    programme: Programme,
    at: datetime,
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    cast = {"noor": noor, "bram": bram, "vera": vera, "stan": stan, "ines": ines, "amir": amir}
    for who, person in cast.items():
        in_list = set(Thing.objects.visible_to(person, at).values_list("pk", flat=True))
        for what, thing in scene.things.items():
            promised = promised_hats(scene, what, who)
            assert thing.hats_of(person, at) == promised, f"{who} to {what} in {state}"
            assert may(person, Action.READ, thing, at) == bool(promised), f"{who} reads {what} in {state}"
            assert (thing.pk in in_list) == bool(promised), f"{who} lists {what} in {state}"
