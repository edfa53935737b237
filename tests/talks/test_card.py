"""The preparation card: both add a line, privately or on the card, and last time stands on it (T2)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import StandsAsGiven, reword, share
from klimtouw.belongings.choices import LOOK
from klimtouw.belongings.looks import looks_at
from klimtouw.climb.actions.goals import move_goal, write_goal
from klimtouw.climb.actions.route import add_stage, set_state
from klimtouw.climb.choices import GoalState, StageState
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_relation
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.models import PreparationLine, Talk
from tests.marks import unmarked
from tests.stories import make_relation
from tests.talks.conftest import SignIn, days, make_held

LINE = "Ik durf nog niet te bellen naar mijn stageplaats."


def write(sign_in: SignIn, person: Person, talk: Talk, button: str, **fields: object) -> object:
    url = reverse("talks:prepare", args=[talk.pk])
    return sign_in(person).post(url, {"line_kind": "talk_about", "text": LINE, button: 1, **fields})


def looked_at(owner: Person, at: datetime) -> list[tuple[str, str, str]]:
    visits = [visit for _, visits in looks_at(owner, at).days for visit in visits if visit.act == LOOK]
    return [
        (visit.other, look.thing.text, visit.hat) for visit in visits for look in visit.looks if look.thing
    ]


def test_v12_a_line_is_private_until_its_writer_puts_it_on_the_card(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    form = sign_in(noor).get(reverse("talks:prepare", args=[planned.pk])).content.decode()
    assert "Alleen jij kan dit lezen. Zet je het op de kaart, dan leest Bram het ook." in form
    write(sign_in, noor, planned, "keep")
    assert LINE in sign_in(noor).get(planned.get_absolute_url()).content.decode()
    assert LINE not in sign_in(bram).get(planned.get_absolute_url()).content.decode()
    line = PreparationLine.objects.get()
    sign_in(noor).post(
        reverse("talks:line", args=[line.pk]),
        {"id": line.pk, "seen": 1, "line_kind": "talk_about", "text": LINE, "share": 1},
    )
    assert LINE in sign_in(bram).get(planned.get_absolute_url()).content.decode()


def test_both_add_a_line_and_both_see_the_card(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "share")
    write(sign_in, bram, planned, "share", line_kind="proud_of", text="Ik luisterde meer dan ik sprak.")
    for person in (noor, bram):
        page = sign_in(person).get(planned.get_absolute_url()).content.decode()
        assert LINE in page
        assert "Ik luisterde meer" in page


def test_the_card_is_one_tap_away_as_long_as_there_is_something_to_prepare(
    planned: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    to_card = '<a href="#card">'
    for person in (noor, bram):
        page = sign_in(person).get(planned.get_absolute_url()).content.decode()
        assert page.index(to_card) < page.index('<h2 id="card">')
    actions.cancel_talk(talk=planned, by=noor, at=at, seen=planned.revision)
    assert to_card not in sign_in(noor).get(planned.get_absolute_url()).content.decode()


def test_opening_a_line_of_the_other_leaves_a_look(
    planned: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "share")
    sign_in(noor).get(planned.get_absolute_url())
    assert looked_at(noor, at) == []
    sign_in(bram).get(planned.get_absolute_url())
    assert looked_at(noor, at) == [("Bram", LINE, "coach_once_shared")]


def test_taking_a_line_off_the_card_hides_it_at_once(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "share")
    line = PreparationLine.objects.get()
    url = reverse("talks:line", args=[line.pk])
    assert "Haal van de kaart" in sign_in(noor).get(url).content.decode()
    sign_in(noor).post(url, {"id": line.pk, "seen": 1, "line_kind": "talk_about", "text": LINE, "unshare": 1})
    assert LINE not in sign_in(bram).get(planned.get_absolute_url()).content.decode()
    assert LINE in sign_in(noor).get(planned.get_absolute_url()).content.decode()


def test_a_line_can_be_thrown_away(planned: Talk, noor: Person, bram: Person, sign_in: SignIn) -> None:
    write(sign_in, noor, planned, "share")
    line = PreparationLine.objects.get()
    sign_in(noor).post(reverse("talks:line", args=[line.pk]), {"remove": 1})
    for person in (noor, bram):
        assert LINE not in sign_in(person).get(planned.get_absolute_url()).content.decode()


def test_v24_after_the_end_what_the_coach_put_on_the_card_stands(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    write(sign_in, bram, planned, "share")
    line, later = PreparationLine.objects.get(), now() + timedelta(minutes=1)
    complete_relation(relation=planned.relation, by=noor, at=now())
    client, url = sign_in(bram), reverse("talks:line", args=[line.pk])
    for sent in ({"seen": 1, "line_kind": "talk_about", "text": "Bel mij."}, {"remove": 1}):
        assert client.post(url, sent).status_code == 404
    with pytest.raises(StandsAsGiven):
        actions.reword_line(line=line, by=bram, at=later, seen=1, line_kind="talk_about", text="Bel mij.")
    assert LINE in sign_in(noor).get(planned.get_absolute_url()).content.decode()


def test_v1_nobody_changes_a_line_of_the_other(
    planned: Talk, noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "share")
    line = PreparationLine.objects.get()
    for person in (bram, stan):
        client = sign_in(person)
        assert client.get(reverse("talks:line", args=[line.pk])).status_code == 404
        assert client.post(reverse("talks:line", args=[line.pk]), {"remove": 1}).status_code == 404
        with pytest.raises(Denied):
            actions.take_away(line, by=person, at=at)
        with pytest.raises(Denied):
            actions.share_with_other(line, by=person, at=at)
    assert PreparationLine.objects.kept().count() == 1


def test_sending_twice_writes_one_line(planned: Talk, noor: Person, sign_in: SignIn) -> None:
    page = sign_in(noor).get(reverse("talks:prepare", args=[planned.pk]))
    for _ in range(2):
        write(sign_in, noor, planned, "share", id=page.context["form"]["id"].value())
    assert PreparationLine.objects.count() == 1


def test_an_empty_line_is_answered_and_a_long_one_too(planned: Talk, noor: Person, sign_in: SignIn) -> None:
    answer = write(sign_in, noor, planned, "share", text="  ")
    assert "Schrijf een paar woorden" in answer.content.decode()
    answer = write(sign_in, noor, planned, "share", text="a" * 501)
    assert "text" in answer.context["form"].errors
    assert "a" * 501 in answer.content.decode()


def test_two_tabs_put_their_lines_side_by_side(
    planned: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "keep")
    line = PreparationLine.objects.get()
    reword(line, by=noor, at=at, seen=1, text="Eerste tab.")
    data = {"id": line.pk, "seen": 1, "line_kind": "talk_about", "text": "Tweede tab.", "keep": 1}
    page = unmarked(sign_in(noor).post(reverse("talks:line", args=[line.pk]), data).content.decode())
    assert "Eerste tab." in page
    assert "Tweede tab." in page
    line.refresh_from_db()
    assert line.text == "Eerste tab."


def test_before_the_contract_the_card_hangs_on_the_acquaintance_bond(
    acquainting_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    talk = actions.propose_talk(
        relation=acquainting_relation, by=bram, at=at, moments=[days(2, at)], minutes=60
    )
    write(sign_in, noor, talk, "share")
    assert PreparationLine.objects.get().shares.get().bond == acquainting_relation.acquaintance_bond
    assert LINE in sign_in(bram).get(talk.get_absolute_url()).content.decode()


def test_in_a_running_relation_it_hangs_on_the_work_bond(
    planned: Talk, noor: Person, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "share")
    assert PreparationLine.objects.get().shares.get().bond == planned.relation.work_bond


def test_a_contract_that_starts_later_leaves_the_card_on_the_acquaintance_bond(
    planned: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    planned.relation.work_bond.seats.update(opens_at=at + timedelta(days=7), closes_at=None)
    write(sign_in, noor, planned, "share")
    assert PreparationLine.objects.get().shares.get().bond == planned.relation.acquaintance_bond
    assert LINE in sign_in(bram).get(planned.get_absolute_url()).content.decode()


def test_the_card_starts_from_last_time_as_far_as_one_may_read(
    running_relation: Relation, planned: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    earlier = make_held(running_relation, days(-5, at))
    takeaway = actions.write_takeaway(
        talk=earlier, by=noor, at=at, seen=0, text="Ik mag fouten maken.", next_step="Dinsdag bel ik."
    )
    for_noor = sign_in(noor).get(planned.get_absolute_url()).content.decode()
    assert "Vorige keer" in for_noor and "Dinsdag bel ik." in for_noor
    assert "Vorige keer" not in sign_in(bram).get(planned.get_absolute_url()).content.decode()
    actions.share_with_other(takeaway, by=noor, at=at)
    assert "Dinsdag bel ik." in sign_in(bram).get(planned.get_absolute_url()).content.decode()


def test_last_time_comes_from_this_relation_alone(
    running_relation: Relation, planned: Talk, noor: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    elsewhere = make_relation(noor, amir, State.RUNNING, at)
    earlier = make_held(elsewhere, days(-5, at))
    actions.write_takeaway(talk=earlier, by=noor, at=at, seen=0, text="Tussen Amir en mij.", next_step="")
    assert "Tussen Amir en mij." not in sign_in(noor).get(planned.get_absolute_url()).content.decode()


def test_a_card_is_closed_once_the_talk_was_there_or_is_off(
    held: Talk, noor: Person, sign_in: SignIn
) -> None:
    assert sign_in(noor).get(reverse("talks:prepare", args=[held.pk])).url == held.get_absolute_url()
    write(sign_in, noor, held, "share")
    assert not PreparationLine.objects.exists()


def test_markup_and_other_scripts_are_shown_as_typed(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "share", text="<script>alert(1)</script> 🧗 مرحبا")
    page = sign_in(bram).get(planned.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🧗 مرحبا" in page


def test_the_id_of_somebody_elses_line_in_the_form_touches_nothing(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    write(sign_in, noor, planned, "keep")
    hers = PreparationLine.objects.get()
    assert write(sign_in, bram, planned, "keep", id=hers.pk, text="Van Bram.").status_code == 404
    hers.refresh_from_db()
    assert (hers.owner, hers.text) == (noor, LINE)


def test_v12_other_words_after_the_back_button_never_share_the_private_ones(
    planned: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    form = {"id": uuid4()}
    write(sign_in, noor, planned, "keep", text="Alleen voor mij", **form)
    write(sign_in, noor, planned, "share", text="Voor op de kaart", **form)
    page = sign_in(bram).get(planned.get_absolute_url()).content.decode()
    assert "Voor op de kaart" in page
    assert "Alleen voor mij" not in page
    assert PreparationLine.objects.count() == 2


def climb_of(noor: Person, at: datetime, *stages: str) -> Goal:
    goal = write_goal(by=noor, at=at, text="Ik bel zelf naar mijn stageplaats.", why="")
    for text in stages:
        add_stage(goal, by=noor, at=at, text=text)
    return goal


def cards_of(talk: Talk, sign_in: SignIn, *people: Person) -> list[str]:
    return [sign_in(person).get(talk.get_absolute_url()).content.decode() for person in people]


def test_where_i_am_on_the_mountain_stands_on_the_card_for_myself_alone_until_the_route_is_shared(
    planned: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    goal = climb_of(noor, at, "Het nummer opzoeken", "Het gesprek oefenen")
    own, of_coach = cards_of(planned, sign_in, noor, bram)
    assert "Waar ik ben op de berg" in own and "Het nummer opzoeken" in own
    assert "op de berg" not in of_coach and "Het nummer opzoeken" not in of_coach
    share(Route.objects.get(goal=goal), onto=planned.relation.work_bond, by=noor, at=at)
    own, of_coach = cards_of(planned, sign_in, noor, bram)
    assert "Waar Noor is op de berg" in of_coach and "Het nummer opzoeken" in of_coach
    assert "Het gesprek oefenen" not in own + of_coach
    assert looked_at(noor, at) == [("Bram", "Het nummer opzoeken", "coach_once_shared")]


def test_the_card_shows_the_stage_that_comes_next_and_nothing_of_a_goal_that_rests(
    planned: Talk, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    goal = climb_of(noor, at, "Het nummer opzoeken", "Het gesprek oefenen")
    set_state(Stage.objects.earliest("position"), by=noor, at=at, state=StageState.REACHED)
    (card,) = cards_of(planned, sign_in, noor)
    assert "Het gesprek oefenen" in card and "Het nummer opzoeken" not in card
    move_goal(goal, by=noor, at=at, to=GoalState.RESTING)
    (card,) = cards_of(planned, sign_in, noor)
    assert "op de berg" not in card
