"""Guard 1 for circles: every URL of a circle × everybody around it × every state × both methods gives what the table says."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.models import Share, Thing
from klimtouw.circles.choices import CircleState
from klimtouw.people.doors import Door
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from tests.guards.elsewhere import ELSEWHERE, number_rows_from_above
from tests.guards.in_circles import CANARY, CAST, CIRCLE_ROWS, POSTED_THERE, CircleScene, also, build_circle
from tests.guards.in_rooms import put_rooms_in
from tests.guards.promises import ACT_OF, is_opened
from tests.guards.scene import canary_of
from tests.guards.test_canary import WRITTEN, _done_on_commit, _in_full
from tests.guards.test_every_url import GUARDED, ask, text_of
from tests.guards.test_house import name_of_url
from tests.stories import make_person

pytestmark = pytest.mark.slow
also(put_rooms_in)


@pytest.fixture(autouse=True)
def _no_row_is_the_first(db: None) -> None:
    number_rows_from_above()


@pytest.fixture
def people(stan: Person, vera: Person, amir: Person, noor: Person, bram: Person) -> dict[str, Person]:
    """Strangers first: an id that is older opens nothing."""
    cast = {"stan": stan, "vera": vera, "amir": amir, "noor": noor, "bram": bram}
    return cast | {name.lower(): make_person(name) for name in ("Lotte", "Yusuf")}


def cells(scene: CircleScene) -> Iterator[tuple[str, Door, tuple[str, ...], str]]:
    """Go through every address of a circle with everything it is tried with."""
    for pattern in GUARDED:
        name = name_of_url(pattern)
        for row in CIRCLE_ROWS.get(name, ()):
            values = [scene.value(part) for part in row[1:] or row]
            yield name, pattern.callback.door, row, reverse(name, args=values)


def is_promised(scene: CircleScene, name: str, row: tuple[str, ...], who: str) -> bool:
    """Return whether an address opens to somebody: what is read in the circle, only to who sits in it now."""
    if name in ("circles:shared", "circles:answer_new", "axenroos:share"):
        sits = {str(hat) for hat in scene.hats_in_circle(who)} & {"facilitator", "member"}
        if not sits or row[0] == "private_goal":
            return False
    of_the_circle = row[0] in ("circle", "meeting")
    state = str(scene.state) if of_the_circle else scene.further_states.get(row[0], "")
    return is_opened(ACT_OF[name], scene.hats(row[0], who), state)


def hidden_from(scene: CircleScene, who: str) -> list[str]:
    """Return the words of things that somebody may not read; and the name of the circle, for who is nothing to it."""
    words = [canary_of(what) for what in scene.things if not scene.hats(what, who)]
    words += [word for word, may_read in scene.further_secrets.items() if not may_read(scene, who)]
    return words + ([] if scene.hats_in_circle(who) else [canary_of("circle"), canary_of("place")])


def faults_of(scene: CircleScene, who: str) -> list[str]:
    """Return what goes otherwise than promised when somebody tries every address of the circle."""
    client, wrong = Client(), []
    client.force_login(scene.people[who])
    hidden = hidden_from(scene, who)
    for name, door, row, address in cells(scene):
        promised = is_promised(scene, name, row, who)
        for method in ("get", "post"):
            response = ask(client, method, address, POSTED_THERE.get(name) if method == "post" else None)
            status, body, here = response.status_code, text_of(response), f"{who} {method} {name} {row}"
            wrong += [f"{here} shows {word}" for word in hidden if word in body]
            if method.upper() not in door.methods:
                wrong += [] if status in (404, 405) else [f"{here}: {status}"]
            elif (status != 404) != promised or status >= 500 or status == 403:
                wrong.append(f"{here}: {status}, promised {promised}")
    overview = text_of(client.get(reverse("circles:overview")))
    wrong += [f"{who} finds {word} in the overview" for word in hidden if word in overview]
    return wrong


def test_v24_every_address_of_a_circle_opens_to_whom_the_table_says_and_to_nobody_else(
    people: dict[str, Person], programme: Programme, at: datetime
) -> None:
    """Facilitator, members, who left, who waits, who arranges, a stranger: in every state of the circle."""
    wrong = []
    for state in CircleState:
        with transaction.atomic():  # one circle at a time
            scene = build_circle(state, people, programme, at)
            wrong += [f"{state}: {fault}" for who in CAST for fault in faults_of(scene, who)]
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def test_no_letter_carries_words_of_a_circle_and_ids_of_another_circle_in_the_body_touch_nothing_there(
    people: dict[str, Person], programme: Programme, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    scene = build_circle(CircleState.RUNNING, people, programme, at)
    theirs = {name: make_person(name) for name in ("bram2", "noor2", "amir2", "lotte2", "yusuf2")}
    other = build_circle(
        CircleState.RUNNING,
        {name[:-1]: person for name, person in theirs.items()} | {"stan": people["stan"]},
        programme,
        at,
    )
    ids = {name: str(thing.pk) for name, thing in other.things.items()}
    body = WRITTEN | {
        "circle": str(other.circle.pk),
        "bond": str(other.circle.bond_id),
        "id": ids["question"],
        "thing": ids["answer"],
    }
    body |= {
        "about": ids["question"],
        "question": ids["question"],
        "owner": str(theirs["noor2"].pk),
        "answer": "yes",
    }

    def standing() -> list[object]:
        return [
            *Thing.objects.filter(pk__in=[one.pk for one in other.things.values()]).order_by("pk").values(),
            *Share.objects.filter(bond=other.circle.bond).order_by("pk").values(),
        ]

    before, wrong = standing(), []
    for who in ("noor", "bram"):
        client = Client()
        client.force_login(people[who])
        for name, door, row, address in cells(scene):
            if "POST" in door.methods:
                for sent in (body, body | {"id": str(uuid4())}):
                    after: list[object] = []
                    response = ask(
                        client,
                        "post",
                        address,
                        POSTED_THERE.get(name, {}) | sent,
                        then=partial(_seen, after, standing),
                    )
                    here = f"{who} {name} {row}: {response.status_code}"
                    wrong += [here] if response.status_code >= 500 else []
                    wrong += [f"{here} changes something of others"] if after != before else []
        wrong += [f"{who}: in a letter" for letter in mailoutbox if CANARY in _in_full(letter)]
    assert mailoutbox  # else this proves nothing of letters
    assert not wrong, "\n".join(wrong)


def _seen(after: list[object], standing) -> None:  # type: ignore[no-untyped-def]
    _done_on_commit()
    after += standing()


@pytest.mark.parametrize("who", ["noor", "lotte", "stan"])
def test_the_package_of_a_member_holds_their_own_words_and_of_who_left_no_word_of_others(
    who: str, people: dict[str, Person], programme: Programme, at: datetime
) -> None:
    scene = build_circle(CircleState.RUNNING, people, programme, at)
    client = Client()
    client.force_login(people[who])
    package = text_of(ask(client, "post", reverse("takeaway:package")))
    assert len(package) > 1000 and ELSEWHERE not in package
    own = [name for name, thing in scene.things.items() if thing.owner_id == people[who].pk]
    assert [name for name in own if canary_of(name) not in package] == []
    hidden = [name for name in scene.things if not scene.hats(name, who)]
    assert [name for name in hidden if canary_of(name) in package] == []
