"""The route (C6) and the mountain (C7): only its owner makes it, every act can be undone, and nothing counts or hurries."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, remove, reword, share
from klimtouw.belongings.choices import Purpose
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.models import Version
from klimtouw.climb.actions import route as actions
from klimtouw.climb.choices import StageMark, StageState
from klimtouw.climb.models import Goal, Route, Stage, Step
from klimtouw.climb.route_parts import mountain_of
from klimtouw.climb.urls_route import urlpatterns_of_route
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.stories import looks_of_others, make_bond, texts_beside

SignIn = Callable[[Person], Client]


@pytest.fixture
def goal(noor: Person, at: datetime) -> Goal:
    """A goal of Noor."""
    return keep(Goal, by=noor, at=at, text="Ik durf KANARIEDOEL te zeggen.")


@pytest.fixture
def stages(goal: Goal, noor: Person, at: datetime) -> list[Stage]:
    """Three stages on Noor's route."""
    return [actions.add_stage(goal, by=noor, at=at, text=text) for text in ("Eén", "Twee", "Drie")]


@pytest.fixture
def route(stages: list[Stage]) -> Route:
    """Noor's route."""
    return Route.objects.get(pk=stages[0].whole_id)


@pytest.fixture
def shared_route(route: Route, running_relation: Relation, noor: Person, at: datetime) -> Route:
    """Noor's route, shared with Bram; the goal is not."""
    share(route, onto=running_relation.work_bond, by=noor, at=at)
    return route


def order(route: Route) -> list[str]:
    """Return the texts in order, having checked that the places are 1, 2, 3 …"""
    kept = Stage.objects.filter(whole=route.pk).kept().order_by("position")
    assert [stage.position for stage in kept] == list(range(1, len(kept) + 1))
    return [stage.text for stage in kept]


def page(client: Client, route: Route) -> str:
    """Return the page of the route."""
    answer = client.get(route.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


# The owner.


def test_a_route_begins_with_its_first_stage(goal: Goal, noor: Person, sign_in: SignIn) -> None:
    client, begin = sign_in(noor), reverse("climb:route_begin", args=[goal.pk])
    assert "Zet het op mijn route" in client.get(begin).content.decode()
    assert not Route.objects.exists()
    id = uuid4()
    for _twice in range(2):
        client.post(begin, {"id": id, "text": "Eerst kijken."})
    route = Route.objects.get(goal=goal)
    assert order(route) == ["Eerst kijken."]
    assert client.get(begin).url == route.get_absolute_url()  # type: ignore[attr-defined]  # a redirect


def test_a_goal_never_gets_a_second_route(goal: Goal, noor: Person, at: datetime) -> None:
    first, second = (actions.add_stage(goal, by=noor, at=at, text=text) for text in ("A", "B"))
    assert first.whole_id == second.whole_id


def test_the_route_starts_private_and_says_so(
    route: Route, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    assert "Alleen jij kan dit lezen." in page(sign_in(noor), route)
    assert sign_in(bram).get(route.get_absolute_url()).status_code == 404


def test_every_act_leads_back_to_its_stage_and_can_be_made_undone(
    route: Route, stages: list[Stage], noor: Person, sign_in: SignIn
) -> None:
    client, stage = sign_in(noor), stages[1]

    def act(name: str, **sent: str) -> Stage:
        answer = client.post(reverse(f"climb:{name}", args=[stage.pk]), sent)
        assert answer.status_code == 302
        return Stage.objects.get(pk=stage.pk)

    assert client.post(reverse("climb:stage_state", args=[stage.pk]), {"state": "reached"}).url == (  # type: ignore[attr-defined]  # a redirect
        f"{route.get_absolute_url()}#stage-{stage.pk}"
    )
    assert act("stage_state", state="reached").state == StageState.REACHED
    assert act("stage_state", state="ahead").state == StageState.AHEAD
    assert act("stage_state", state="parked").state == StageState.PARKED
    assert act("stage_state", state="ahead").state == StageState.AHEAD
    assert act("stage_mark", mark="turning_point").mark == StageMark.TURNING_POINT
    assert act("stage_mark", mark="opportunity").mark == StageMark.OPPORTUNITY
    assert act("stage_mark", mark="").mark == StageMark.NONE
    act("stage_move", to="earlier")
    assert order(route) == ["Twee", "Eén", "Drie"]
    act("stage_move", to="later")
    assert order(route) == ["Eén", "Twee", "Drie"]
    assert act("stage_remove").removed_at is not None
    assert order(route) == ["Eén", "Drie"]
    assert act("stage_put_back").removed_at is None
    assert order(route) == ["Eén", "Twee", "Drie"]


def test_reaching_twice_is_reaching_once(stages: list[Stage], noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for _twice in range(2):
        client.post(reverse("climb:stage_state", args=[stages[0].pk]), {"state": "reached"})
    assert Stage.objects.get(pk=stages[0].pk).state == StageState.REACHED
    assert Version.objects.count() == 0


def test_v21_stages_are_reached_in_any_order(stages: list[Stage], noor: Person, at: datetime) -> None:
    actions.set_state(stages[2], by=noor, at=at, state=StageState.REACHED)
    assert [stage.state for stage in Stage.objects.order_by("position")] == ["ahead", "ahead", "reached"]


def test_a_button_nobody_printed_is_not_found(stages: list[Stage], noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for name, sent in (("state", {"state": "won"}), ("mark", {"mark": "star"}), ("place", {"to": "top"})):
        url = reverse({"place": "climb:stage_move"}.get(name, f"climb:stage_{name}"), args=[stages[0].pk])
        assert client.post(url, sent).status_code == 404


def test_asked_for_by_get_an_act_only_leads_back(stages: list[Stage], noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for name in ("stage_state", "stage_mark", "stage_move", "stage_remove", "stage_put_back"):
        assert client.get(reverse(f"climb:{name}", args=[stages[0].pk])).status_code == 302
    kept = Stage.objects.get(pk=stages[0].pk)
    assert (kept.state, kept.mark, kept.position, kept.removed_at) == ("ahead", "", 1, None)


def test_moving_from_two_tabs_at_once_loses_nothing(
    route: Route, stages: list[Stage], noor: Person, at: datetime
) -> None:
    # Both tabs hold the stages as they stood before either moved.
    first, second = stages[2], Stage.objects.get(pk=stages[2].pk)
    actions.move_stage(first, by=noor, at=at, is_later=False)
    actions.move_stage(second, by=noor, at=at, is_later=False)
    assert order(route) == ["Drie", "Eén", "Twee"]
    actions.move_stage(second, by=noor, at=at, is_later=False)
    assert order(route) == ["Drie", "Eén", "Twee"]


@pytest.mark.only_on(
    "postgresql"
)  # SQLite in memory knows no two writers; in a file it lets one write after the other
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_changes_at_the_very_same_time_keep_every_stage_and_every_place(
    goal: Goal, noor: Person, at: datetime
) -> None:
    first = [actions.add_stage(goal, by=noor, at=at, text=str(number)) for number in range(4)]

    def change(number: int) -> None:
        for turn in range(5):
            actions.move_stage(first[number], by=noor, at=at, is_later=bool(turn % 2))
            actions.add_stage(goal, by=noor, at=at, text=f"{number}-{turn}")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(4)))
    assert sorted(order(Route.objects.get())) == sorted(
        [*"0123", *(f"{number}-{turn}" for number in range(4) for turn in range(5))]
    )


@pytest.mark.only_on(
    "postgresql"
)  # SQLite in memory knows no two writers; in a file it lets one write after the other
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_first_stages_at_the_very_same_time_begin_one_route(
    goal: Goal, noor: Person, at: datetime
) -> None:
    def begin(text: str) -> None:
        actions.add_stage(goal, by=noor, at=at, text=text)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(begin, "abcd"))
    assert sorted(order(Route.objects.get())) == ["a", "b", "c", "d"]


def test_a_stage_put_away_in_one_tab_is_not_moved_in_another(
    route: Route, stages: list[Stage], noor: Person, at: datetime
) -> None:
    actions.remove_stage(stages[0], by=noor, at=at)
    actions.move_stage(stages[0], by=noor, at=at, is_later=True)
    assert order(route) == ["Twee", "Drie"]
    actions.put_back_stage(stages[0], by=noor, at=at)
    actions.put_back_stage(stages[0], by=noor, at=at)
    assert order(route) == ["Eén", "Twee", "Drie"]


def test_a_detour_comes_right_after_its_stage(
    route: Route, stages: list[Stage], noor: Person, sign_in: SignIn
) -> None:
    client, url, id = sign_in(noor), reverse("climb:stage_detour", args=[stages[0].pk]), uuid4()
    assert "Eén" in client.get(url).content.decode()
    for _twice in range(2):
        client.post(url, {"id": id, "text": "Omweg"})
    assert order(route) == ["Eén", "Omweg", "Twee", "Drie"]
    assert next(stage for stage in Stage.objects.all() if stage.text == "Omweg").is_detour
    assert "omweg" in page(client, route)


def test_steps_are_added_done_undone_removed_and_put_back(
    route: Route, stages: list[Stage], noor: Person, sign_in: SignIn
) -> None:
    client, url, id = sign_in(noor), reverse("climb:step_new", args=[stages[0].pk]), uuid4()
    for _twice in range(2):
        answer = client.post(url, {"id": id, "text": "Mail sturen"})
    assert f"open={stages[0].pk}" in answer.url  # type: ignore[attr-defined]  # a redirect
    client.post(url, {"id": uuid4(), "text": "Bellen"})
    assert [(step.text, step.position) for step in Step.objects.order_by("position")] == [
        ("Mail sturen", 1),
        ("Bellen", 2),
    ]
    done = reverse("climb:step_done", args=[id])
    for said, is_done in (("yes", True), ("yes", True), ("no", False)):
        client.post(done, {"done": said})
        assert Step.objects.get(pk=id).is_done is is_done
    client.post(reverse("climb:step_remove", args=[id]))
    assert f'id="done-{id}"' not in page(client, route)
    client.post(reverse("climb:step_put_back", args=[id]))
    assert f'id="done-{id}"' in page(client, route)


def test_an_empty_stage_or_step_is_asked_for_again(
    route: Route, stages: list[Stage], noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    for url in (
        reverse("climb:stage_new", args=[route.pk]),
        reverse("climb:step_new", args=[stages[0].pk]),
        reverse("climb:stage_detour", args=[stages[0].pk]),
        reverse("climb:stage", args=[stages[0].pk]),
    ):
        answer = client.post(url, {"id": uuid4(), "text": "  \n ", "seen": 1})
        assert "Schrijf een paar woorden." in answer.content.decode()
    assert order(route) == ["Eén", "Twee", "Drie"]
    assert not Step.objects.exists()


def test_the_back_button_and_other_words_give_another_stage(
    route: Route, noor: Person, sign_in: SignIn
) -> None:
    client, url, id = sign_in(noor), reverse("climb:stage_new", args=[route.pk]), uuid4()
    client.post(url, {"id": id, "text": "Vier"})
    client.post(url, {"id": id, "text": "Vijf"})
    assert order(route) == ["Eén", "Twee", "Drie", "Vier", "Vijf"]


def test_two_tabs_rewording_a_stage_see_both_texts(
    stages: list[Stage], noor: Person, sign_in: SignIn
) -> None:
    client, url = sign_in(noor), reverse("climb:stage", args=[stages[0].pk])
    client.post(url, {"text": "Tab een", "if_then": "Als ik bloos, dan adem ik.", "seen": 1})
    answer = client.post(url, {"text": "Tab twee", "if_then": "", "seen": 1})
    assert ("Tab een", "Tab twee") in texts_beside(answer)
    assert Stage.objects.get(pk=stages[0].pk).if_then == "Als ik bloos, dan adem ik."


def test_an_id_of_somebody_elses_thing_in_the_form_touches_nothing(
    route: Route, stages: list[Stage], bram: Person, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    theirs = keep(Goal, by=bram, at=at, text="Van Bram")
    answer = sign_in(noor).post(
        reverse("climb:stage_new", args=[route.pk]), {"id": theirs.pk, "text": "Van Noor"}
    )
    assert answer.status_code == 404
    assert Goal.objects.get(pk=theirs.pk).text == "Van Bram" and order(route) == ["Eén", "Twee", "Drie"]


def test_odd_words_are_shown_as_they_are(
    route: Route, goal: Goal, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    odd = "<script>alert('x')</script> & 🧗 أهلا " + "lang" * 100
    actions.add_stage(goal, by=noor, at=at, text=odd)
    html = page(sign_in(noor), route)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html and "🧗 أهلا" in html


def test_v5_v17_the_page_counts_nothing_and_hurries_nobody(
    route: Route, stages: list[Stage], noor: Person, at: datetime, sign_in: SignIn
) -> None:
    actions.set_state(stages[0], by=noor, at=at, state=StageState.REACHED)
    html = page(sign_in(noor), route)
    words = re.sub(r"<[^>]+>", " ", html)
    assert "%" not in words
    assert not re.search(r"\d+\s*(/|van de|of)\s*\d+", words)
    assert not re.search(
        r"notice--error|field--error|overdue|danger|te laat|<progress|<meter|type=\"date\"", html
    )


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_of_the_database_for_one_stage_and_for_thirty(
    number: int,
    goal: Goal,
    noor: Person,
    at: datetime,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number):
        stage = actions.add_stage(goal, by=noor, at=at, text=f"Etappe {place}")
        actions.add_step(stage, by=noor, at=at, text="Een stap")
    client, route = sign_in(noor), Route.objects.get(goal=goal)
    with django_assert_num_queries(10):
        page(client, route)


# The mountain.


def test_the_mountain_says_what_the_list_says(
    route: Route, stages: list[Stage], goal: Goal, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    actions.set_state(stages[0], by=noor, at=at, state=StageState.REACHED)
    html = page(sign_in(noor), route)
    start = html.index('<svg xmlns="http')
    end = html.index("</svg>", start)
    drawing, rest = html[start:end], html[:start] + html[end:]
    for text in ("Eén", "Twee", "Drie"):
        assert text in drawing and text in rest
    assert "Ik sta hier" in drawing and goal.title[:10] in drawing


def test_the_coach_stands_at_the_foot_only_while_somebody_belays(
    goal: Goal, route: Route, noor: Person, bram: Person, at: datetime
) -> None:
    alone = mountain_of(goal, route, Eyes(noor, at))
    assert "Bram" not in alone.drawing and "mountain-coach" not in alone.drawing
    make_bond(Purpose.WORK, noor, bram, at)
    belayed = mountain_of(goal, route, Eyes(noor, at))
    assert "Bram" in belayed.drawing and "mountain-coach" in belayed.drawing


def test_a_goal_without_a_route_has_no_mountain(goal: Goal, noor: Person, sign_in: SignIn) -> None:
    assert 'class="mountain' not in page(sign_in(noor), goal)


# The coach.


def test_a_coach_reads_a_shared_route_without_any_control(
    shared_route: Route, stages: list[Stage], noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    html = page(sign_in(bram), shared_route)
    assert "Eén" in html and "Route van Noor" in html
    assert "formaction" not in html and 'id="acts"' not in html and "data-reorder" not in html
    assert reverse("replies:reply", args=[stages[0].pk]) in html
    assert {thing for _, thing, _, _ in looks_of_others(noor, now())} == {shared_route}


def test_a_route_never_tells_a_goal_that_is_not_shared(
    shared_route: Route,
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    coach = sign_in(bram)
    assert "KANARIEDOEL" not in page(coach, shared_route)
    for name in ("replies:reply", "replies:suggest"):
        assert "KANARIEDOEL" not in coach.get(reverse(name, args=[shared_route.pk])).content.decode()
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert "KANARIEDOEL" in page(coach, shared_route)
    assert goal in {thing for _, thing, _, _ in looks_of_others(noor, now())}


def test_what_its_owner_took_off_the_route_no_coach_sees(
    shared_route: Route, stages: list[Stage], noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    step = actions.add_step(stages[1], by=noor, at=at, text="KANARIESTAP")
    actions.add_step(stages[0], by=noor, at=at, text="Blijft")
    reword(stages[0], by=noor, at=at, seen=1, text="KANARIE EEN")
    actions.remove_stage(stages[0], by=noor, at=at)
    actions.remove_step(step, by=noor, at=at)
    html = page(sign_in(bram), shared_route)
    assert "KANARIE" not in html and "Blijft" not in html and "Twee" in html
    assert "KANARIE EEN" in page(sign_in(noor), shared_route)


def test_parts_of_a_route_that_was_put_away_are_gone_for_a_coach(
    shared_route: Route, stages: list[Stage], noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    remove(shared_route, by=noor, at=at)
    coach = sign_in(bram)
    for url in (
        shared_route.get_absolute_url(),
        reverse("replies:reply", args=[stages[0].pk]),
        reverse("replies:suggest", args=[stages[0].pk]),
    ):
        assert coach.get(url).status_code == 404


@pytest.mark.parametrize("pattern", urlpatterns_of_route, ids=lambda pattern: pattern.name)
def test_v1_a_coach_changes_nothing_on_a_shared_route(
    pattern: object,
    shared_route: Route,
    stages: list[Stage],
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    step = actions.add_step(stages[0], by=noor, at=at, text="Een stap")
    before = _everything()
    things = {"goal": goal, "route": shared_route, "stage": stages[0], "step": step, "suggestion": stages[0]}
    (name,) = pattern.pattern.converters  # type: ignore[attr-defined]  # a URLPattern
    url = reverse(f"climb:{pattern.name}", args=[things[name].pk])  # type: ignore[attr-defined]  # idem
    sent = {
        "text": "Van Bram",
        "if_then": "x",
        "seen": 1,
        "state": "reached",
        "mark": "opportunity",
        "to": "later",
    }
    answer = sign_in(bram).post(url, {**sent, "done": "yes", "id": uuid4()})
    assert answer.status_code in (404, 405)
    assert _everything() == before


def _everything() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Goal, Route, Stage, Step)]


def test_v1_no_action_lets_a_coach_write(
    shared_route: Route, stages: list[Stage], goal: Goal, bram: Person, noor: Person, at: datetime
) -> None:
    step = actions.add_step(stages[0], by=noor, at=at, text="Een stap")
    acts: list[Callable[[], object]] = [
        lambda: actions.add_stage(goal, by=bram, at=at, text="x"),
        lambda: actions.take_detour(stages[0], by=bram, at=at, text="x"),
        lambda: actions.set_state(stages[0], by=bram, at=at, state=StageState.REACHED),
        lambda: actions.set_mark(stages[0], by=bram, at=at, mark=StageMark.OPPORTUNITY),
        lambda: actions.move_stage(stages[0], by=bram, at=at, is_later=True),
        lambda: actions.remove_stage(stages[0], by=bram, at=at),
        lambda: actions.put_back_stage(stages[0], by=bram, at=at),
        lambda: actions.add_step(stages[0], by=bram, at=at, text="x"),
        lambda: actions.set_done(step, by=bram, at=at, is_done=True),
        lambda: actions.remove_step(step, by=bram, at=at),
        lambda: actions.put_back_step(step, by=bram, at=at),
    ]
    before = _everything()
    for act in acts:
        with pytest.raises(Denied):
            act()
    assert _everything() == before


@pytest.mark.parametrize("number", [1, 30])
def test_a_coachs_page_asks_the_same_for_one_stage_and_for_thirty(
    number: int,
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    for place in range(number):
        stage = actions.add_stage(goal, by=noor, at=at, text=f"Etappe {place}")
        actions.add_step(stage, by=noor, at=at, text="Een stap")
    route = Route.objects.get(goal=goal)
    share(route, onto=running_relation.work_bond, by=noor, at=at)
    client = sign_in(bram)
    page(client, route)
    with CaptureQueriesContext(connection) as queries:
        page(client, route)
    assert len(queries) == 13  # eight to read, one of them the keys; five to note the look
