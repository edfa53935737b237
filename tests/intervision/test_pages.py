"""The pages of a room, as browsers without and with scripts ask for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.models import Seat
from klimtouw.circles.models import Circle
from klimtouw.climb.models import Entry
from klimtouw.intervision.choices import Kind
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Contribution, Room
from klimtouw.intervision.tokens import HOLDS_FOR, stand_token
from klimtouw.people.models import Person
from tests.intervision.stories import fresh, go, say

SignIn = Callable[[Person], Client]
BEGIN, NEXT = Event.BEGIN, Event.NEXT


def to(name: str, *of: object) -> str:
    """Return an address of this package."""
    return reverse(f"intervision:{name}", args=of)


def at_stand(token: str) -> str:
    """Return the address at which a screen asks."""
    return reverse("intervision_live:stand", args=[token])


def test_a_whole_incident_on_ordinary_forms(
    circle: Circle, noor: Person, amir: Person, lena: Person, stan: Person, sign_in: SignIn
) -> None:
    presenter, guide, member = sign_in(noor), sign_in(amir), sign_in(lena)
    opened = presenter.post(to("of_circle", circle.pk), {"method": "incident", "role": "presenter"})
    room = Room.objects.get()
    assert opened.url == to("room", room.pk)
    for client in (guide, member):
        assert client.get(to("room", room.pk)).status_code == 404  # not in yet
        assert "Noor" in client.get(to("enter", room.pk)).content.decode()
        assert client.post(to("enter", room.pk)).url == to("room", room.pk)
    assert sign_in(stan).get(to("enter", room.pk)).status_code == 404
    guide.post(to("role", room.pk), {"role": "guide"})
    assert "Begin" in guide.get(to("room", room.pk)).content.decode()

    def move(event: str) -> None:
        guide.post(to("move", room.pk), {"event": event, "seen": fresh(room).key_of_page})

    move("begin")
    presenter.post(to("write", room.pk, "story"), {"text": "Een ouder werd boos.", "id": str(uuid4())})
    move("next")
    late = member.post(to("write", room.pk, "advice"), {"text": "Bel <b>haar</b> op.", "id": str(uuid4())})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Bel &lt;b&gt;haar&lt;/b&gt; op." in page  # refused, and not lost
    assert '/tafel/advice/" ' not in page  # there is nowhere to advise
    id = str(uuid4())
    for _ in range(2):
        asked = member.post(
            to("write", room.pk, "question"), {"text": "Wie was erbij?", "id": id, "may_be_named": "on"}
        )
        assert asked.status_code == 302
    assert presenter.get(to("room", room.pk)).content.decode().count("Wie was erbij?") == 1
    for _ in range(2):
        move("next")
    member.post(to("write", room.pk, "advice"), {"text": "Ik zou wachten.", "id": str(uuid4())})
    for _ in range(3):
        move("next")
    keep = to("keep", room.pk, uuid4())
    assert member.get(keep).status_code == 404
    kept = [str(one.pk) for one in Contribution.objects.filter(author=lena)]
    taken_back = str(uuid4())  # ticked, and taken off the table in the meantime
    done = presenter.post(keep, {"kept": [*kept, taken_back], "own_words": "Eerst vragen."})
    entry = Entry.objects.get(owner=noor)
    assert presenter.post(keep, {"kept": kept, "own_words": "Eerst vragen."}).url == done.url  # pressed twice
    assert member.post(keep, {"kept": kept}).status_code == 404
    assert Entry.objects.count() == 1
    assert done.url == entry.get_absolute_url()
    assert entry.text == "Eerst vragen.\n\n– Lena: Wie was erbij?\n– Ik zou wachten."
    assert not Room.objects.exists()
    assert member.get(to("room", room.pk)).status_code == 404


def test_the_room_asks_the_same_number_of_questions_with_one_line_and_with_three(
    room: Room, lena: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    go(room, at, BEGIN, NEXT)
    client = sign_in(lena)
    say(room, bram, Kind.QUESTION, "Een?", at)
    asked = []
    for _ in range(2):
        client.get(to("room", room.pk))
        with CaptureQueriesContext(connection) as queries:
            client.get(to("room", room.pk))
        asked.append([one for one in queries if not one["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))])
        say(room, bram, Kind.QUESTION, "Twee?", at)
        say(room, lena, Kind.QUESTION, "Drie?", at)
    assert [len(one) for one in asked] == [8, 8]


def test_a_screen_asks_at_a_signed_address_without_words_a_session_or_more_than_one_query(
    room: Room, circle: Circle, lena: Person, amir: Person, at: datetime
) -> None:
    begun = go(room, at, BEGIN)
    say(room, room.presenter, Kind.STORY, "Een ouder werd boos.", at)
    place = room.people.get(person=lena)
    address = at_stand(stand_token(place.pk, at))
    nobody = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = nobody.get(address)
    assert len(queries) == 1
    ends = int(begun.phase_ends_at.timestamp() * 1000)
    told = answer.json()
    assert told | {"now": 0} == {
        "n": fresh(room).stand,
        "key": "meeting-0",
        "away": False,
        "now": 0,
        "ends": ends,
    }
    assert answer.cookies == {}
    with time_machine.travel(at + timedelta(seconds=70), tick=False):
        assert nobody.get(address).json()["away"] is True  # Lena's screen asks; the guide's does not
        guide = at_stand(stand_token(room.people.get(person=amir).pk, at))
        nobody.get(guide)
        assert nobody.get(address).json()["away"] is False
    with time_machine.travel(at + HOLDS_FOR, tick=False):
        assert nobody.get(address).status_code == 403
    for bent in (
        address[:-2] + "/",
        at_stand("wat.dan.ook"),
        at_stand(stand_token(place.pk, at + 9 * HOLDS_FOR)),
    ):
        assert nobody.get(bent).status_code == 403
    Seat.objects.filter(bond=circle.bond, person=lena).update(closes_at=at)
    assert nobody.get(address).json() == {"over": True}


def test_a_hostile_name_and_hostile_words_do_no_harm_on_the_wall(
    room: Room, noor: Person, lena: Person, sign_in: SignIn, at: datetime
) -> None:
    noor.display_name = "\u202e<img src=x onerror=alert(1)>" + "Z\u0300\u0301\u0302\u0303" * 10
    noor.save(update_fields=["display_name"])
    go(room, at, BEGIN)
    say(room, noor, Kind.STORY, "<script>alert(1)</script>\u202e", at)
    screen = sign_in(lena)
    page = screen.get(to("wall", room.pk)).content.decode()
    assert "alert(1)&lt;/script" not in page  # the presenter did not let it
    assert '<bdi class="room-name">&lt;img src=x onerror=…</bdi>' in page
    assert "\u202e" not in page
    sign_in(noor).post(to("presenter", room.pk), {"wall": "yes"})
    page = screen.get(to("wall", room.pk)).content.decode()
    assert "<script>alert" not in page
    assert '<li class="words" dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;' in page
    assert "Lena" not in page
    assert "room-name" in screen.get(to("room", room.pk)).content.decode()


def test_stopping_is_for_presenter_and_guide_at_any_time_and_leaves_the_choice_to_the_presenter(
    room: Room, noor: Person, lena: Person, sign_in: SignIn, at: datetime
) -> None:
    go(room, at, BEGIN, NEXT)
    assert sign_in(lena).post(to("stop", room.pk)).status_code == 404
    presenter = sign_in(noor)
    assert presenter.get(to("stop", room.pk)).status_code == 200
    for _ in range(2):  # pressed twice
        assert presenter.post(to("stop", room.pk)).url == to("room", room.pk)
    assert fresh(room).state == "choosing"
    assert "/bewaren/" in presenter.get(to("room", room.pk)).content.decode()
    assert presenter.post(to("keep", room.pk, uuid4())).url == to("of_circle", room.circle_id)
    assert not Entry.objects.exists()
    assert not Room.objects.exists()


@pytest.mark.parametrize("state", [[], [BEGIN], [BEGIN, *[NEXT] * 6]])
def test_every_page_of_the_room_stands_in_every_state_in_both_languages(
    state: list[Event], room: Room, noor: Person, amir: Person, lena: Person, sign_in: SignIn, at: datetime
) -> None:
    go(room, at, *state)
    for person, language in ((noor, "nl"), (amir, "en"), (lena, "nl")):
        person.language = language
        person.save(update_fields=["language"])
        client = sign_in(person)
        for name in ("room", "wall"):
            assert client.get(to(name, room.pk)).status_code == 200
