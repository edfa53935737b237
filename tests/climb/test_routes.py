"""Several routes to one goal (C6): one is chosen, the others stay beside it, and choosing again undoes it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from klimtouw.belongings.actions import NeverShared, keep, remove, share, take_back
from klimtouw.climb.actions import route as actions
from klimtouw.climb.choices import StageMark, StageState, Weather
from klimtouw.climb.models import Goal, Route, RoutePicture, Stage, Step
from klimtouw.climb.models.route import MOST_ROUTES
from klimtouw.climb.queries.climb import route_to
from klimtouw.climb.queries.follow import followed
from klimtouw.climb.queries.route import stages_ahead_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation

SignIn = Callable[[Person], Client]


@pytest.fixture
def goal(noor: Person, at: datetime) -> Goal:
    """A goal of Noor."""
    return keep(Goal, by=noor, at=at, text="Ik leid de vergadering.")


@pytest.fixture
def chosen(goal: Goal, noor: Person, at: datetime) -> Route:
    """The route Noor climbs, with one stage."""
    stage = actions.add_stage(goal, by=noor, at=at, text="Eerst kijken")
    return Route.objects.get(pk=stage.whole_id)


@pytest.fixture
def other(chosen: Route, goal: Goal, noor: Person, at: datetime) -> Route:
    """Another way to the same goal, with one stage."""
    route = actions.add_route(goal, by=noor, at=at, name="Via de werkgroep", pros="Klein.", cons="Traag.")
    actions.add_stage(route, by=noor, at=at, text="Me aanmelden")
    return route


def texts(route: Route) -> list[str]:
    """Return what stands on a route, in order."""
    return [stage.text for stage in Stage.objects.filter(whole=route.pk).kept().order_by("position")]


def fresh(route: Route) -> Route:
    """Return a route as it stands in the database."""
    return Route.objects.get(pk=route.pk)


def test_another_way_stays_beside_the_chosen_one(
    chosen: Route, other: Route, noor: Person, at: datetime
) -> None:
    assert (fresh(chosen).is_chosen, fresh(other).is_chosen) == (True, False)
    assert (texts(chosen), texts(other)) == (["Eerst kijken"], ["Me aanmelden"])
    assert route_to(chosen.goal, noor, at) == chosen
    assert [stage.text for stage in stages_ahead_of(noor.pk, noor, at)] == ["Eerst kijken"]


def test_choosing_another_is_one_act_and_choosing_back_undoes_it(
    chosen: Route, other: Route, goal: Goal, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    answer = client.post(reverse("climb:route_choose", args=[other.pk]), follow=True)
    assert route_to(goal, noor, at) == other
    undo = reverse("climb:route_choose", args=[chosen.pk])
    assert undo in answer.content.decode()
    assert route_to(goal, noor, at) == other
    assert "Deze kiezen" in client.get(undo).content.decode()
    client.post(undo)
    client.post(undo)
    assert route_to(goal, noor, at) == chosen
    assert "Me aanmelden" not in client.get(goal.get_absolute_url()).content.decode()


def test_routes_stand_side_by_side_with_what_speaks_for_and_against(
    chosen: Route, other: Route, goal: Goal, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    page = sign_in(noor).get(reverse("climb:routes", args=[goal.pk])).content.decode()
    assert page.index("Eerst kijken") < page.index("Via de werkgroep")
    assert [word in page for word in ("Klein.", "Traag.", "Me aanmelden")] == [True] * 3
    assert sign_in(bram).get(reverse("climb:routes", args=[goal.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_routes_asks_the_same_for_one_and_for_three(
    number: int,
    goal: Goal,
    noor: Person,
    at: datetime,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number):
        route = actions.add_route(goal, by=noor, at=at, name=f"Weg {place}", pros="Kort.")
        actions.add_stage(route, by=noor, at=at, text="Beginnen")
    client, address = sign_in(noor), reverse("climb:routes", args=[goal.pk])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


def test_the_same_form_sent_twice_makes_one_route(goal: Goal, noor: Person, sign_in: SignIn) -> None:
    client, address = sign_in(noor), reverse("climb:route_new", args=[goal.pk])
    sent = {"name": "Rechtdoor", "id": "01a20000-0000-7000-8000-000000000001"}
    for _ in range(2):
        client.post(address, sent)
    assert Route.objects.get().is_chosen


def test_twelve_routes_are_enough_and_the_thirteenth_is_asked_kindly_to_wait(
    goal: Goal, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    for place in range(MOST_ROUTES):
        actions.add_route(goal, by=noor, at=at, name=f"Weg {place}")
    answer = sign_in(noor).post(reverse("climb:route_new", args=[goal.pk]), {"name": "Nog een"})
    assert "Er staan al twaalf routes naast elkaar." in answer.content.decode()
    assert "Nog een" in answer.content.decode()
    assert Route.objects.count() == MOST_ROUTES


def test_a_possible_route_is_put_away_and_taken_back_the_chosen_one_stays(
    chosen: Route, other: Route, goal: Goal, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    client.post(reverse("climb:route_remove", args=[chosen.pk]))
    assert fresh(chosen).removed_at is None
    client.post(reverse("climb:route_remove", args=[other.pk]))
    assert fresh(other).removed_at is not None
    assert "Via de werkgroep" not in client.get(reverse("climb:routes", args=[goal.pk])).content.decode()
    assert "Via de werkgroep" in client.get(reverse("belongings:trash")).content.decode()
    client.post(reverse("belongings:take_back", args=[other.pk]))
    assert "Via de werkgroep" in client.get(reverse("climb:routes", args=[goal.pk])).content.decode()


def test_a_route_put_away_earlier_stays_away_when_its_goal_comes_back(
    chosen: Route, other: Route, goal: Goal, noor: Person, at: datetime
) -> None:
    actions.remove_route(other, by=noor, at=at)
    remove(goal, by=noor, at=at + timedelta(hours=1))
    assert fresh(chosen).removed_at is not None
    take_back(Goal.objects.get(pk=goal.pk), by=noor, at=at + timedelta(hours=2))
    assert (fresh(chosen).removed_at, fresh(other).removed_at is None) == (None, False)


def test_v12_sharing_one_route_shares_no_other_and_a_possibility_is_called_so(
    chosen: Route,
    other: Route,
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    share(other, onto=running_relation.work_bond, by=noor, at=at)
    found = followed(running_relation, bram, at, 1)
    assert [one.route for one in found.goals] == [None]
    assert found.loose_routes == [other]
    client = sign_in(bram)
    page = client.get(other.get_absolute_url()).content.decode()
    assert [word in page for word in ("Via de werkgroep", "Klein.", "een mogelijkheid")] == [True] * 3
    assert client.get(chosen.get_absolute_url()).status_code == 404


# Stages cut in two, steps parked, chances, weather.


def test_a_stage_is_cut_in_two_and_some_steps_go_along(
    chosen: Route, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    stage = Stage.objects.get(whole=chosen.pk)
    stay, go = (actions.add_step(stage, by=noor, at=at, text=text) for text in ("Blijft", "Gaat mee"))
    last = actions.add_stage(chosen, by=noor, at=at, text="Het laatste")
    client, address = sign_in(noor), reverse("climb:stage_split", args=[stage.pk])
    assert "Gaat mee" in client.get(address).content.decode()
    sent = {"text": "Half", "then": "Heel", "along": [str(go.pk)], "seen": "1", "id": str(stage.pk)}
    sent["new"] = "01a20000-0000-7000-8000-000000000002"
    for _ in range(2):
        client.post(address, sent)
    assert texts(chosen) == ["Half", "Heel", "Het laatste"]
    second = Stage.objects.get(pk=sent["new"])
    assert [Step.objects.get(pk=step.pk).stage_id for step in (stay, go)] == [stage.pk, second.pk]
    assert Stage.objects.get(pk=last.pk).position == 3


def test_cutting_a_stage_that_changed_in_another_tab_loses_no_word(
    chosen: Route, noor: Person, sign_in: SignIn
) -> None:
    stage = Stage.objects.get(whole=chosen.pk)
    client = sign_in(noor)
    client.post(
        reverse("climb:stage", args=[stage.pk]), {"text": "Anders gezegd", "seen": "1", "id": str(stage.pk)}
    )
    sent = {"text": "Half", "then": "Heel", "seen": "1", "id": str(stage.pk)}
    page = client.post(reverse("climb:stage_split", args=[stage.pk]), sent).content.decode()
    assert [word in page for word in ("Anders gezegd", "Half", "Heel")] == [True] * 3
    assert texts(chosen) == ["Anders gezegd"]


def test_a_step_is_parked_and_taken_up_again(
    chosen: Route, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    step = actions.add_step(Stage.objects.get(whole=chosen.pk), by=noor, at=at, text="Bellen")
    client, address = sign_in(noor), reverse("climb:step_park", args=[step.pk])
    client.post(address, {"parked": "yes"})
    assert "geparkeerd" in client.get(chosen.get_absolute_url()).content.decode()
    assert "Stap weer opnemen" in client.get(reverse("climb:step", args=[step.pk])).content.decode()
    client.post(address, {"parked": "no"})
    assert not Step.objects.get(pk=step.pk).is_parked


def test_a_chance_is_noted_outside_the_order_and_joins_the_route_later(
    chosen: Route, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    client.post(reverse("climb:opportunity_new", args=[chosen.pk]), {"text": "De jobbeurs"})
    chance = Stage.objects.get(state=StageState.NOTED)
    page = client.get(chosen.get_absolute_url()).content.decode()
    assert "De jobbeurs" in page
    assert (
        "De jobbeurs" not in page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    )
    client.post(reverse("climb:stage_state", args=[chance.pk]), {"state": "ahead"})
    chance.refresh_from_db()
    assert (chance.state, chance.position, chance.mark) == (StageState.AHEAD, 2, StageMark.OPPORTUNITY)


def test_a_chance_is_taken_off_and_put_back_outside_the_order(
    chosen: Route, noor: Person, at: datetime
) -> None:
    chance = actions.note_opportunity(chosen, by=noor, at=at, text="De jobbeurs")
    actions.remove_stage(chance, by=noor, at=at)
    actions.put_back_stage(chance, by=noor, at=at)
    assert [stage.position for stage in Stage.objects.filter(whole=chosen.pk).order_by("position")] == [0, 1]


def test_v14_the_weather_of_a_stage_is_what_its_climber_says_and_nothing_else(
    chosen: Route, noor: Person, sign_in: SignIn
) -> None:
    stage = Stage.objects.get(whole=chosen.pk)
    client, address = sign_in(noor), reverse("climb:stage_weather", args=[stage.pk])
    assert "mountain-weather" not in client.get(chosen.get_absolute_url()).content.decode()
    client.post(address, {"weather": "rain"})
    page = client.get(chosen.get_absolute_url()).content.decode()
    assert ("mountain-weather" in page, "regen" in page) == (True, True)
    assert client.post(address, {"weather": "storm"}).status_code == 404
    client.post(address, {"weather": ""})
    assert Stage.objects.get(pk=stage.pk).weather == Weather.NONE


# Drawn to another place; how the route was; the sheet.


def test_a_stage_is_put_before_another_or_at_the_end(
    chosen: Route, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    first = Stage.objects.get(whole=chosen.pk)
    second, third = (actions.add_stage(chosen, by=noor, at=at, text=text) for text in ("Twee", "Drie"))
    client = sign_in(noor)
    client.post(reverse("climb:stage_move", args=[third.pk]), {"to": "before", "before": str(first.pk)})
    assert texts(chosen) == ["Drie", "Eerst kijken", "Twee"]
    client.post(reverse("climb:stage_move", args=[third.pk]), {"to": "before", "before": ""})
    assert texts(chosen) == ["Eerst kijken", "Twee", "Drie"]
    actions.remove_stage(second, by=noor, at=at)
    answer = client.post(
        reverse("climb:stage_move", args=[third.pk]), {"to": "before", "before": str(second.pk)}, follow=True
    )
    assert "Je route veranderde intussen ergens anders." in answer.content.decode()
    assert texts(chosen) == ["Eerst kijken", "Drie"]


def test_how_a_route_stood_is_kept_once_a_day_for_its_owner_alone(
    chosen: Route, running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    assert not RoutePicture.objects.exists()
    stage = Stage.objects.get(whole=chosen.pk)
    for days in (2, 2, 5):
        actions.add_stage(chosen, by=noor, at=at + timedelta(days=days), text=f"Na {days}")
    pictures = RoutePicture.objects.order_by("day")
    assert [picture.text.splitlines() for picture in pictures] == [
        ["1. Eerst kijken"],
        ["1. Eerst kijken", "2. Na 2", "3. Na 2"],
    ]
    assert stage.version == 1
    share(chosen, onto=running_relation.work_bond, by=noor, at=at)
    address = reverse("climb:route_before", args=[chosen.pk])
    assert "3. Na 2" in sign_in(noor).get(address).content.decode()
    assert sign_in(bram).get(address).status_code == 404
    with pytest.raises(NeverShared):
        share(pictures[0], onto=running_relation.work_bond, by=noor, at=at)


def test_v24_the_sheet_to_print_is_for_the_climber_alone(
    chosen: Route, running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    actions.add_step(Stage.objects.get(whole=chosen.pk), by=noor, at=at, text="Bellen")
    share(chosen, onto=running_relation.work_bond, by=noor, at=at)
    address = reverse("climb:route_print", args=[chosen.pk])
    page = sign_in(noor).get(address).content.decode()
    assert [word in page for word in ("mountain--landscape", "Eerst kijken", "Bellen")] == [True] * 3
    assert sign_in(bram).get(address).status_code == 404


# As much as fits on a page.


def test_a_stage_too_many_is_refused_kindly_and_its_words_stay_in_the_field(
    chosen: Route, noor: Person, at: datetime, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stage, "MOST_IN", (("whole", 1),))
    client = sign_in(noor)
    answers = [
        client.post(reverse("climb:stage_new", args=[chosen.pk]), {"text": "Nog een"}),
        client.post(reverse("climb:stage_detour", args=[Stage.objects.get().pk]), {"text": "Nog een"}),
        client.post(reverse("climb:opportunity_new", args=[chosen.pk]), {"text": "Nog een"}),
    ]
    pages = [answer.content.decode() for answer in answers]
    assert ["Meer past hier niet." in page and "Nog een" in page for page in pages] == [True] * 3
    assert texts(chosen) == ["Eerst kijken"]


def test_ten_thousand_steps_stop_where_a_page_is_full(
    chosen: Route, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    stage = Stage.objects.get(whole=chosen.pk)
    for place in range(50):
        keep(Step, by=noor, at=at, whole=chosen, stage=stage, position=place, text=f"Stap {place}")
    with pytest.raises(actions.NoRoomLeft):
        actions.add_step(stage, by=noor, at=at, text="Eentje te veel")
    page = (
        sign_in(noor).post(reverse("climb:step_new", args=[stage.pk]), {"text": "Te veel"}).content.decode()
    )
    assert "Meer past hier niet." in page
    assert Step.objects.count() == 50
