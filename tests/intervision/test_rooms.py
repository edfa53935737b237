"""Who comes in, who guides, and what each phase takes: refused on the server, whatever a screen shows."""

from datetime import datetime, timedelta

import pytest

from klimtouw.access.decide import Denied
from klimtouw.access.table import Hat
from klimtouw.belongings.models import Seat
from klimtouw.circles.models import Circle
from klimtouw.intervision import queries
from klimtouw.intervision.actions import rooms
from klimtouw.intervision.actions.table import DoesNotFit, let_be_named, put_on_table, take_back
from klimtouw.intervision.choices import Kind, MethodKey, Role
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Contribution, Room
from klimtouw.people.models import Person
from tests.intervision.stories import fresh, go, make_room, say

NEXT, BACK, BEGIN, LONGER = Event.NEXT, Event.BACK, Event.BEGIN, Event.LONGER


def test_a_stranger_and_a_member_who_did_not_come_in_are_nothing_in_a_room(
    room: Room, stan: Person, noor: Person, amir: Person, circle: Circle, at: datetime
) -> None:
    assert room.hats_of(stan, at) == frozenset()
    assert room.hats_of(noor, at) == {Hat.MEMBER, Hat.IN_ROOM, Hat.PRESENTER}
    other = rooms.open_room(circle, by=amir, at=at, method=MethodKey.BALINT, role=Role.MEMBER)
    assert fresh(other).hats_of(noor, at) == {Hat.MEMBER}
    with pytest.raises(Denied):
        rooms.take_role(other, by=noor, at=at, role=Role.GUIDE)
    with pytest.raises(Denied):
        rooms.enter(other, by=stan, at=at)
    with pytest.raises(Denied):
        rooms.open_room(circle, by=stan, at=at, method=MethodKey.BALINT, role=Role.GUIDE)


def test_with_two_it_does_not_begin_and_without_roles_neither(
    circle: Circle, noor: Person, amir: Person, lena: Person, at: datetime
) -> None:
    room = make_room(circle, noor, amir, [], at)
    with pytest.raises(rooms.TooFew):
        go(room, at, BEGIN)
    rooms.enter(room, by=lena, at=at)
    rooms.take_role(room, by=noor, at=at, role=Role.MEMBER)
    with pytest.raises(rooms.RolesMissing):
        go(room, at, BEGIN)
    with pytest.raises(rooms.RoleTaken):
        rooms.take_role(room, by=lena, at=at, role=Role.GUIDE)
    rooms.take_role(room, by=lena, at=at, role=Role.PRESENTER)
    assert go(room, at, BEGIN).state == "meeting"


def test_who_is_not_in_when_it_begins_does_not_come_in_and_who_dropped_out_does(
    circle: Circle, noor: Person, amir: Person, lena: Person, bram: Person, at: datetime
) -> None:
    room = go(make_room(circle, noor, amir, [lena], at), at, BEGIN)
    with pytest.raises(rooms.HaveBegun):
        rooms.enter(room, by=bram, at=at)
    rooms.enter(room, by=lena, at=at)  # she is in: coming back is no coming in
    assert [place.person for place in queries.people_in(room, at)] == [noor, amir, lena]


def test_only_the_guide_moves_goes_back_and_takes_longer_and_a_second_press_does_nothing(
    room: Room, noor: Person, lena: Person, at: datetime
) -> None:
    for person in (noor, lena):
        with pytest.raises(Denied):
            rooms.move(room, by=person, at=at, event=BEGIN, seen=room.key_of_page)
    begun = go(room, at, BEGIN)
    assert (begun.phase.key, begun.phase_ends_at) == ("tell", at + timedelta(minutes=5))
    assert go(room, at, LONGER).phase_ends_at == at + timedelta(minutes=7)
    rooms.move(begun, by=begun.guide, at=at, event=NEXT, seen=begun.key_of_page)
    rooms.move(begun, by=begun.guide, at=at, event=NEXT, seen=begun.key_of_page)  # pressed twice
    assert fresh(room).phase.key == "ask"
    assert go(room, at, BACK).phase.key == "tell"
    with pytest.raises(rooms.NotNow):
        go(room, at, BACK)
    assert go(room, at, *[NEXT] * 6).state == "choosing"


def test_no_advice_while_one_asks_also_not_by_a_form_made_at_home(
    room: Room, noor: Person, lena: Person, stan: Person, at: datetime
) -> None:
    go(room, at, BEGIN, NEXT)
    for person, kind in [(lena, Kind.ADVICE), (lena, Kind.VIEW), (noor, Kind.QUESTION), (lena, Kind.ANSWER)]:
        with pytest.raises(DoesNotFit):
            say(room, person, kind, "Ik zou gewoon …", at)
    with pytest.raises(Denied):
        say(room, stan, Kind.QUESTION, "Wie ben ik?", at)
    asked = say(room, lena, Kind.QUESTION, "Wie was erbij?", at)
    put_on_table(fresh(room), by=lena, at=at, kind=Kind.QUESTION, text="Wie was erbij?", id=asked.pk)
    with pytest.raises(Denied):  # the id of another opens nothing
        put_on_table(fresh(room), by=room.guide, at=at, kind=Kind.QUESTION, text="Ik", id=asked.pk)
    assert [one.text for one in Contribution.objects.all()] == ["Wie was erbij?"]


def test_in_a_quiet_phase_each_reads_only_their_own_until_it_is_over(
    room: Room, noor: Person, lena: Person, bram: Person, at: datetime
) -> None:
    go(room, at, BEGIN, NEXT, NEXT)
    say(room, lena, Kind.VIEW, "Misschien was het schrik.", at)
    say(room, bram, Kind.VIEW, "Misschien was het haast.", at)
    seen = {
        person: [one.text for one in queries.contributions_for(fresh(room), person)]
        for person in (noor, lena)
    }
    assert seen == {noor: [], lena: ["Misschien was het schrik."]}
    rooms.put_on_the_wall(room, by=noor, at=at, shows=True)
    assert queries.wall_of(fresh(room), lena, at).lines == []
    go(room, at, NEXT)
    assert len(queries.contributions_for(fresh(room), noor)) == 2
    assert fresh(room).phase.input_for(Role.MEMBER).kind == Kind.ADVICE


def test_ones_own_words_can_be_taken_back_and_nobody_else_touches_them(
    room: Room, lena: Person, noor: Person, at: datetime
) -> None:
    go(room, at, BEGIN, NEXT)
    line = say(room, lena, Kind.QUESTION, "Hoe laat?", at)
    for act in (
        lambda by: take_back(line, by=by, at=at),
        lambda by: let_be_named(line, by=by, at=at, named=True),
    ):
        with pytest.raises(Denied):
            act(noor)
    let_be_named(line, by=lena, at=at, named=True)
    take_back(line, by=lena, at=at)
    assert not Contribution.objects.exists()


def test_a_guide_who_closes_the_laptop_is_followed_up_after_a_minute_by_an_act_of_somebody(
    room: Room, amir: Person, lena: Person, noor: Person, bram: Person, at: datetime
) -> None:
    go(room, at, BEGIN)
    with pytest.raises(rooms.GuideIsHere):
        rooms.take_over(room, by=lena, at=at + timedelta(seconds=59))
    later = at + timedelta(seconds=61)
    with pytest.raises(rooms.NotNow):
        rooms.take_over(room, by=noor, at=later)  # who brings something in does not guide it as well
    rooms.take_over(room, by=lena, at=later)
    assert fresh(room).guide == lena
    with pytest.raises(Denied):
        rooms.move(room, by=amir, at=later, event=NEXT, seen=fresh(room).key_of_page)
    with pytest.raises(Denied):
        rooms.hand_over(room, to=bram, by=lena, at=later)
    rooms.hand_over(room, to=bram, by=noor, at=later)  # the presenter hands it, at once
    assert go(room, later, NEXT).phase.key == "ask"


def test_v24_who_leaves_the_circle_in_the_middle_loses_the_room_at_once(
    room: Room, circle: Circle, lena: Person, amir: Person, at: datetime
) -> None:
    go(room, at, BEGIN, NEXT)
    line = say(room, lena, Kind.QUESTION, "Wie?", at)
    place = room.people.get(person=lena)
    assert queries.place_at_stand(place.pk, at) is not None
    Seat.objects.filter(bond=circle.bond, person=lena).update(closes_at=at)
    assert fresh(room).hats_of(lena, at) == frozenset()
    assert queries.place_at_stand(place.pk, at) is None
    with pytest.raises(Room.DoesNotExist):
        queries.room(lena, at, room.pk)
    with pytest.raises(Denied):
        take_back(Contribution.objects.get(pk=line.pk), by=lena, at=at)
    assert lena not in [one.person for one in queries.table_of(fresh(room), amir, at).people]


def test_going_out_before_it_begins_frees_the_role_and_the_last_takes_the_room_along(
    circle: Circle, noor: Person, amir: Person, at: datetime
) -> None:
    room = make_room(circle, noor, amir, [], at)
    rooms.step_out(room, by=noor, at=at)
    assert fresh(room).presenter is None
    rooms.step_out(room, by=amir, at=at)
    assert not Room.objects.exists()
