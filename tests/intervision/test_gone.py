"""What is left of a room when it is over: what the presenter kept, and not one byte more (G5, P3, P5)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.words import Sealed
from klimtouw.circles.actions.circles import end_circle, leave_circle
from klimtouw.circles.models import Circle
from klimtouw.climb.models import Entry
from klimtouw.intervision.actions.over import erase_rooms_left_open, keep_and_close
from klimtouw.intervision.actions.rooms import open_room, stop
from klimtouw.intervision.choices import Kind, MethodKey, Role
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Contribution, InRoom, Room
from klimtouw.intervision.tasks import erase_left_open
from klimtouw.people import keyring
from klimtouw.people.kept_forms import writer_mark
from klimtouw.people.models import DataKey, Person
from klimtouw.people.second_lock import page_of
from klimtouw.takeaway.erasing import erase_everything
from tests.config.installation import House
from tests.guards.test_marks import files_in, where_it_lies
from tests.intervision.stories import fresh, go, make_room, say

NEXT = Event.NEXT
SignIn = Callable[[Person], Client]


def told(room: Room, noor: Person, lena: Person, bram: Person, at: datetime) -> list[Contribution]:
    """Walk to the end with three lines on the table; Lena's second may carry her name."""
    go(room, at, Event.BEGIN)
    lines = [say(room, noor, Kind.STORY, "Zeldzaamverhaal", at)]
    go(room, at, NEXT)
    lines.append(say(room, bram, Kind.QUESTION, "Zeldzaamvraag?", at))
    lines.append(say(room, lena, Kind.QUESTION, "Zeldzaamnaam?", at, named=True))
    go(room, at, *[NEXT] * 5)
    return lines


def test_the_presenter_keeps_what_they_tick_and_names_nobody_who_did_not_agree(
    room: Room, noor: Person, lena: Person, bram: Person, at: datetime
) -> None:
    lines = told(room, noor, lena, bram, at)
    entry = keep_and_close(fresh(room), by=noor, at=at, kept=[one.pk for one in lines], own_words="Voor mij:")
    assert entry.text == "Voor mij:\n\n– Ik: Zeldzaamverhaal\n– Zeldzaamvraag?\n– Lena: Zeldzaamnaam?"
    assert (entry.owner, entry.shares.count()) == (noor, 0)
    assert not (Room.objects.exists() or InRoom.objects.exists() or Contribution.objects.exists())
    assert not DataKey.objects.filter(pk=room.pk).exists()


def test_p3_an_old_copy_of_the_rows_cannot_be_opened_when_the_room_is_over(
    room: Room, noor: Person, lena: Person, bram: Person, at: datetime
) -> None:
    told(room, noor, lena, bram, at)
    row = "SELECT id, text FROM intervision_contribution"
    with connection.cursor() as cursor:
        cursor.execute(row)
        copy = [(id, Sealed(bytes(text))) for id, text in cursor.fetchall()]
    assert all(sealed.holder == room.pk for _, sealed in copy)  # not the key of any person
    assert all(b"Zeldzaam" not in sealed.stored for _, sealed in copy)
    keep_and_close(fresh(room), by=noor, at=at)
    keyring.forget()
    assert not Entry.objects.exists()
    for id, sealed in copy:
        with pytest.raises(keyring.KeyDestroyed):
            sealed.open(holder=room.pk, place=f"intervision.contribution.text {id}")


def test_a_room_left_open_is_erased_a_day_after_its_last_move_and_again_changes_nothing(
    room: Room, circle: Circle, noor: Person, lena: Person, bram: Person, at: datetime
) -> None:
    hour = timedelta(hours=1)
    open_room(circle, by=noor, at=at, method=MethodKey.BALINT, role=Role.MEMBER)
    told(room, noor, lena, bram, at + 23 * hour)  # opened the day before, and going on
    assert erase_rooms_left_open(at=at + 24 * hour) == 1  # where nobody began, the opening counts
    assert list(Room.objects.all()) == [room]
    stop(fresh(room), by=noor, at=at + 46 * hour)  # already at its end: that is no move
    assert erase_rooms_left_open(at=at + 46 * hour) == 0
    assert erase_rooms_left_open(at=at + 47 * hour) == 1
    erase_left_open.call()
    assert not (Contribution.objects.exists() or DataKey.objects.filter(pk=room.pk).exists())


def test_p5_who_erases_everything_takes_their_words_off_the_table_and_the_room_of_what_they_brought(
    room: Room, noor: Person, lena: Person, bram: Person, at: datetime
) -> None:
    told(room, noor, lena, bram, at)
    erase_everything(lena, by=lena, at=at)
    assert {one.author for one in Contribution.objects.select_related("author")} == {noor, bram}
    erase_everything(noor, by=noor, at=at)
    assert not (Room.objects.exists() or DataKey.objects.filter(pk=room.pk).exists())


def test_when_the_circle_is_erased_nobody_sees_the_room_and_its_key_goes_within_the_day(
    room: Room, circle: Circle, noor: Person, lena: Person, bram: Person, at: datetime
) -> None:
    told(room, noor, lena, bram, at)
    circle.delete()
    assert fresh(room).hats_of(noor, at) == frozenset()
    assert erase_rooms_left_open(at=at + timedelta(days=1)) == 1
    assert not DataKey.objects.filter(pk=room.pk).exists()


def test_v24_who_leaves_the_circle_takes_their_words_off_the_table_and_the_room_goes_on(
    room: Room, circle: Circle, noor: Person, amir: Person, lena: Person, bram: Person, at: datetime
) -> None:
    told(room, noor, lena, bram, at)
    other = open_room(circle, by=bram, at=at, method=MethodKey.BALINT, role=Role.GUIDE)
    before = fresh(room).stand
    leave_circle(circle, by=bram, at=at)
    assert {one.author for one in Contribution.objects.select_related("author")} == {noor, lena}
    assert not InRoom.objects.filter(person=bram).exists()
    assert fresh(room).stand > before  # every screen fetches it
    assert not (Room.objects.filter(pk=other.pk).exists() or DataKey.objects.filter(pk=other.pk).exists())
    leave_circle(circle, by=amir, at=at)
    assert fresh(room).guide is None


def test_v24_when_the_presenter_leaves_or_the_circle_ends_the_room_and_its_key_are_gone(
    room: Room, circle: Circle, noor: Person, amir: Person, lena: Person, bram: Person, at: datetime
) -> None:
    told(room, noor, lena, bram, at)
    second = make_room(circle, lena, amir, [bram], at)
    third = go(make_room(circle, amir, lena, [bram], at), at, Event.BEGIN)
    say(third, amir, Kind.STORY, "Zeldzaamderde", at)
    leave_circle(circle, by=noor, at=at)
    assert {one.pk for one in Room.objects.all()} == {second.pk, third.pk}
    assert not Contribution.objects.filter(author=lena).exists()
    assert not DataKey.objects.filter(pk=room.pk).exists()
    end_circle(circle, by=bram, at=at)
    assert not (Room.objects.exists() or DataKey.objects.filter(pk=third.pk).exists())


def test_at_the_end_without_a_presenter_nothing_stays_whoever_lets_it_end(
    circle: Circle, noor: Person, amir: Person, lena: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    begun, last, choosing = (make_room(circle, noor, amir, [lena, bram], at) for _ in range(3))
    go(begun, at, Event.BEGIN)
    last = go(last, at, Event.BEGIN, *[NEXT] * 5)
    choosing = go(choosing, at, Event.BEGIN, *[NEXT] * 6)
    circle.bond.seats.filter(person=noor).update(closes_at=at)
    assert stop(fresh(begun), by=amir, at=at) is False
    guide, of_circle = sign_in(amir), reverse("intervision:of_circle", args=[circle.pk])
    to_the_end = {"event": "next", "seen": last.key_of_page}
    assert guide.post(reverse("intervision:move", args=[last.pk]), to_the_end).url == of_circle
    way_out = reverse("intervision:stop", args=[choosing.pk])
    assert way_out in guide.get(choosing.get_absolute_url()).content.decode()
    assert guide.get(way_out).context["can_keep"] is False
    assert guide.post(way_out).url == of_circle
    assert not Room.objects.exists()


def test_p3_what_is_sent_after_signing_out_is_kept_nowhere_and_given_back_at_once(
    room: Room, noor: Person, lena: Person, at: datetime, sign_in: SignIn
) -> None:
    go(room, at, Event.BEGIN, NEXT)
    nobody, address = Client(), reverse("intervision:write", args=[room.pk, "question"])
    sent = {"text": "<b>Zeldzaamvraag</b>", "id": str(room.pk), "written_by": writer_mark(lena)}
    answer = nobody.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;b&gt;Zeldzaamvraag&lt;/b&gt;" in page and f"next={quote_plus(address)}" in page
    keep = nobody.post(reverse("intervision:keep", args=[room.pk, room.pk]), {"own_words": "Zeldzaameigen"})
    assert "Zeldzaameigen" in keep.content.decode()
    for name in ("move", "stop", "role", "enter", "presenter"):
        led = nobody.post(reverse(f"intervision:{name}", args=[room.pk]), {"event": "next", "role": "out"})
        assert led.url.startswith(reverse("account_login"))
    assert not nobody.session.keys()  # neither the words nor that there was a room
    for person, form in ((lena, "room"), (noor, "keep")):
        go(room, at, *[NEXT] * 5 * (form == "keep"))
        args = [room.pk] if form == "room" else [room.pk, room.pk]
        page = sign_in(person).get(reverse(f"intervision:{form}", args=args)).content.decode()
        assert page.count("<textarea") == page.count("data-no-draft") == 1


@pytest.mark.only_on("postgresql")
def test_the_database_itself_shows_no_contribution_to_who_is_not_in_the_room(
    room: Room,
    circle: Circle,
    noor: Person,
    lena: Person,
    stan: Person,
    amir: Person,
    bram: Person,
    at: datetime,
) -> None:
    told(room, noor, lena, bram, at)
    outside = InRoom.objects.filter(person=bram)
    outside.delete()  # sits in the circle, and is not in the room
    circle.bond.seats.filter(person=lena).update(
        closes_at=at
    )  # was in the room, and sits in the circle no more
    seen = {}
    for person in (noor, amir, lena, bram, stan):
        with page_of(person.pk, at):
            seen[person.display_name] = Contribution.objects.count()
            assert Contribution.objects.exclude(author=person).delete()[0] == 0
    assert seen == {"Noor": 3, "Amir": 3, "Lena": 0, "Bram": 0, "Stan": 0}


MEET = """
import sys
from datetime import timedelta
from klimtouw.foundation.clock import now
from klimtouw.intervision.choices import Kind
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Contribution
from klimtouw.people.models import DataKey
from tests.circles.stories import make_circle
from tests.intervision.stories import go, make_room, say
from tests.stories import make_person
noor, amir, lena = (make_person(name) for name in ("Noor", "Amir", "Lena"))
at = now()
room = make_room(make_circle(amir, [noor, lena], at), noor, amir, [lena], at)
go(room, at, Event.BEGIN)
line = say(room, noor, Kind.STORY, sys.argv[1], at)
print(bytes(DataKey.objects.get(pk=room.pk).wrapped).hex())
print(Contribution.objects.get(pk=line.pk).__dict__["text"].stored.hex())
"""
END = """
from klimtouw.foundation.clock import now
from klimtouw.intervision.actions import over, rooms
from klimtouw.intervision.models import Room
room = Room.objects.get()
rooms.stop(room, by=room.presenter, at=now())
over.keep_and_close(room, by=room.presenter, at=now())
"""


@pytest.mark.slow
@pytest.mark.only_on("sqlite3")
def test_p3_on_the_disk_neither_words_nor_key_nor_seal_are_left_when_the_room_is_over(house: House) -> None:
    mark = "Zeldzaamverhaaltje"
    key, seal = (bytes.fromhex(line) for line in house.runs(MEET, mark).split())
    assert where_it_lies(mark, [house.home]) == []

    def lies_there(what: bytes) -> bool:
        return any(what in file.read_bytes() for file in files_in([house.home]))

    assert lies_there(key) and lies_there(seal)  # the search finds what is there
    house.runs(END)
    assert not (lies_there(key) or lies_there(seal) or where_it_lies(mark, [house.home]))
