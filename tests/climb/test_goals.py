"""Dreams and goals: written, reworded, resting, let go, put away and taken back; the coachee climbs (V1)."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from klimtouw import climb as package
from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, remove, take_back
from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.words import words_of
from klimtouw.climb.actions.goals import move_dream, move_goal, reword_dream, write_dream, write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import DreamState, GoalState
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Route
from klimtouw.climb.urls import urlpatterns
from klimtouw.foundation.clock import now
from klimtouw.people.doors import WRITES
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import one_of_each, seen, sent, shared, texts_in
from tests.marks import unmarked
from tests.stories import looks_of_others, texts_beside

SignIn = Callable[[Person], Client]
ASKS_FOR = {"answer": CompassAnswer, "dream": Dream, "goal": Goal, "entry": Entry, "thing": Thing}


def doors_to_a_thing() -> list[tuple[URLPattern, str]]:
    """Return every address of this package that opens one thing somebody wrote, with what it asks for."""
    return [
        (pattern, name)
        for pattern in urlpatterns
        for name in pattern.pattern.converters
        if name in ASKS_FOR and len(pattern.pattern.converters) == 1
    ]


def everything_as_it_stands() -> list[tuple[object, ...]]:
    """Return every thing there is, whole."""
    return [
        (row.pk, row.owner_id, row.version, row.removed_at, words_of(row), getattr(row, "state", ""))
        for kind in (CompassAnswer, Dream, Goal, Entry)
        for row in kind.objects.order_by("pk")
    ]


def test_noor_writes_a_goal_in_her_own_words(noor: Person, sign_in: SignIn, at: datetime) -> None:
    dream = write_dream(by=noor, at=at, text="Een buurthuis.")
    fields = {
        "text": "Ik durf te vragen.",
        "why": "Dan hoor ik erbij.",
        "dream_id": dream.pk,
        "context": "placement",
    }
    response = sent(sign_in(noor), "goal_new", id=uuid4(), **fields)
    goal = Goal.objects.get()
    assert response.url == goal.get_absolute_url()
    assert (goal.text, goal.why, goal.dream, goal.context) == (
        "Ik durf te vragen.",
        "Dan hoor ik erbij.",
        dream,
        "placement",
    )
    page = seen(sign_in(noor), "goal", goal.pk)
    assert "Een buurthuis." in page
    assert "Alleen jij kan dit lezen." in page
    assert reverse("belongings:share", args=[goal.pk]) in page


def test_only_the_goal_itself_is_asked(noor: Person, sign_in: SignIn) -> None:
    assert sent(sign_in(noor), "goal_new", text="Ik slaap beter.", id=uuid4()).status_code == 302
    assert Goal.objects.get().dream is None
    assert (
        "Schrijf een paar woorden"
        in sent(sign_in(noor), "goal_new", why="Zomaar.", id=uuid4()).content.decode()
    )


def test_a_goal_does_not_hang_on_somebody_elses_dream(
    noor: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = write_dream(by=stan, at=at, text="Van Stan.")
    response = sent(sign_in(noor), "goal_new", text="Ik wil.", dream_id=dream.pk, id=uuid4())
    assert response.status_code == 200
    assert "Van Stan." not in response.content.decode()
    assert not Goal.objects.exists()
    with pytest.raises(Denied):
        write_goal(by=noor, at=at, text="Ik wil.", dream=dream)


@pytest.mark.parametrize(("name", "kind"), [("dream_new", Dream), ("goal_new", Goal), ("entry_new", Entry)])
def test_sending_twice_keeps_one_and_the_back_button_loses_no_words(
    name: str, kind: type[Dream | Goal | Entry], noor: Person, sign_in: SignIn
) -> None:
    client, id = sign_in(noor), uuid4()
    for _ in range(2):
        assert sent(client, name, text="Eerst zo.", id=id).status_code == 302
    again = sent(client, name, text="Toch anders.", id=id)
    page = again.content.decode()
    assert again.status_code == 200
    assert texts_beside(again) == [("Eerst zo.", "Toch anders.")]
    assert kind.objects.get().text == "Eerst zo."
    version = re.search(r'name="seen" value="(\d+)"', page)
    assert version is not None
    assert sent(client, name, text="Toch anders.", id=id, seen=version[1]).status_code == 302
    assert kind.objects.get().text == "Toch anders."


def test_two_tabs_on_one_goal_stand_side_by_side(noor: Person, sign_in: SignIn, at: datetime) -> None:
    goal = write_goal(by=noor, at=at, text="Zoals het was.", why="Daarom.")
    client = sign_in(noor)
    sent(client, "goal_edit", goal.pk, text="Eerste tab.", why="Daarom.", seen=1)
    page = unmarked(
        sent(client, "goal_edit", goal.pk, text="Tweede tab.", why="Daarom.", seen=1).content.decode()
    )
    assert "Zoals het er nu staat" in page
    assert "Eerste tab." in page
    assert "Tweede tab." in page
    assert Goal.objects.get().text == "Eerste tab."
    sent(client, "goal_edit", goal.pk, text="Allebei samen.", why="Daarom.", seen=2)
    assert Goal.objects.get().text == "Allebei samen."
    assert Version.objects.filter(thing=goal.pk).count() == 2


@pytest.mark.parametrize("state", list(GoalState))
def test_v21_a_goal_goes_anywhere_from_anywhere_and_back(
    state: GoalState, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    goal, client = write_goal(by=noor, at=at, text="Ik oefen."), sign_in(noor)
    for to in GoalState:
        sent(client, "goal_move", goal.pk, to=state)
        response = client.post(reverse("climb:goal_move", args=[goal.pk]), {"to": to}, follow=True)
        assert str(to.moved) in response.content.decode()
        goal.refresh_from_db()
        assert (goal.state, goal.version) == (to, 1)


@pytest.mark.parametrize("state", list(DreamState))
def test_a_dream_may_rest_or_be_let_go_and_is_taken_up_again(
    state: DreamState, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    dream, client = write_dream(by=noor, at=at, text="Ver weg."), sign_in(noor)
    for to in (state, DreamState.ALIVE):
        response = client.post(reverse("climb:dream_move", args=[dream.pk]), {"to": to}, follow=True)
        assert str(to.moved) in response.content.decode()
    dream.refresh_from_db()
    assert dream.state == DreamState.ALIVE


def test_looking_at_a_move_changes_nothing_and_an_unknown_state_is_no_page(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    goal, client = write_goal(by=noor, at=at, text="Ik oefen."), sign_in(noor)
    assert client.get(reverse("climb:goal_move", args=[goal.pk])).url == goal.get_absolute_url()
    assert sent(client, "goal_move", goal.pk, to="failed").status_code == 404
    goal.refresh_from_db()
    assert goal.state == GoalState.OPEN


def test_a_coach_reads_a_goal_only_once_it_is_shared_and_its_dream_only_when_that_is_shared_too(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, dream, goal, entry = one_of_each(noor, at)
    coach = sign_in(bram)
    seen(coach, "goal", goal.pk, status=404)
    shared(running_relation, at, entry)
    assert texts_in(seen(coach, "entry", entry.pk)) == {"entry"}
    shared(running_relation, at, goal)
    assert texts_in(seen(coach, "goal", goal.pk)) == {"goal", "why"}
    assert texts_in(seen(coach, "entry", entry.pk)) == {"entry", "goal"}
    shared(running_relation, at, dream)
    assert texts_in(seen(coach, "goal", goal.pk)) == {"goal", "why", "dream"}
    assert {thing for _, thing, _, _ in looks_of_others(noor, now())} == {goal, entry, dream}


def test_a_dream_shows_a_coach_only_the_goals_that_are_shared(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, dream, goal, _entry = one_of_each(noor, at)
    shared(running_relation, at, dream)
    assert texts_in(seen(sign_in(bram), "dream", dream.pk)) == {"dream"}
    shared(running_relation, at, goal)
    assert texts_in(seen(sign_in(bram), "dream", dream.pk)) == {"dream", "goal"}


def test_v1_no_page_gives_a_coach_a_control_over_what_is_shared(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    for thing, name in zip(things, ("compass_answer", "dream", "goal", "entry"), strict=True):
        page = seen(sign_in(bram), name, thing.pk)
        main = page[page.index("<main") : page.index("</main>")]
        assert "<form" not in main
        for forbidden in ("herschrijven", "/stand/", "weggedaan", "/delen/", "/versies/"):
            assert forbidden not in main, (name, forbidden)


def test_v1_every_address_that_changes_a_thing_is_closed_to_a_coach(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    before, coach, tried = everything_as_it_stands(), sign_in(bram), 0
    for pattern, name in doors_to_a_thing():
        if pattern.callback.door.methods != WRITES:
            continue
        for thing in [one for one in things if isinstance(one, ASKS_FOR[name])]:
            fields = {"text": "Van Bram.", "why": "Van Bram.", "to": "reached", "seen": 1, "id": thing.pk}
            assert coach.get(reverse(f"climb:{pattern.name}", args=[thing.pk])).status_code == 404
            assert sent(coach, pattern.name, thing.pk, **fields).status_code == 404
            tried += 1
    assert tried >= 10
    assert everything_as_it_stands() == before


@pytest.mark.parametrize("name", ["dream_new", "goal_new", "entry_new"])
def test_v1_somebody_elses_id_in_a_new_form_changes_nothing_of_theirs(
    name: str, running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    before = everything_as_it_stands()
    for thing in things:
        assert sent(sign_in(bram), name, text="Van Bram.", id=thing.pk).status_code in {302, 404}
    assert [row for row in everything_as_it_stands() if row[1] == noor.pk] == before


def test_v1_the_actions_themselves_refuse_a_coach(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    _answer, dream, goal, entry = one_of_each(noor, at)
    shared(running_relation, at, dream, goal, entry)
    by = {"by": bram, "at": at}
    for refused in (
        lambda: reword_dream(dream, **by, seen=1, text="Anders."),
        lambda: move_dream(dream, **by, to=DreamState.LET_GO),
        lambda: move_goal(goal, **by, to=GoalState.REACHED),
        lambda: remove(goal, **by),
        lambda: take_back(goal, **by),
        lambda: write_entry(**by, text="Van Bram.", goal=goal),
    ):
        with pytest.raises(Denied):
            refused()


@pytest.mark.parametrize("who", ["vera", "ines", "stan"])
def test_v6_those_who_arrange_and_strangers_open_nothing(
    who: str,
    running_relation: Relation,
    noor: Person,
    sign_in: SignIn,
    at: datetime,
    request: pytest.FixtureRequest,
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    client = sign_in(request.getfixturevalue(who))
    for pattern, name in doors_to_a_thing():
        for thing in [one for one in things if isinstance(one, ASKS_FOR[name])]:
            seen(client, str(pattern.name), thing.pk, status=404)
    seen(client, "follow", running_relation.pk, status=404)
    for name in ("home", "compass", "trail"):
        assert texts_in(seen(client, name)) == set()


def test_putting_a_goal_away_takes_its_route_along_and_nothing_is_lost(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, _dream, goal, _entry = one_of_each(noor, at)
    route = keep(Route, by=noor, at=at, goal=goal)
    shared(running_relation, at, goal, route)
    client = sign_in(noor)
    assert "Dit wegdoen?" in seen(client, "put_away", goal.pk)
    page = client.post(reverse("climb:put_away", args=[goal.pk]), follow=True).content.decode()
    assert "Ongedaan maken" in page
    assert "goal" not in texts_in(page)
    assert not Goal.objects.visible_to(bram, at).exists()
    assert not Route.objects.visible_to(bram, at).exists()
    seen(sign_in(bram), "goal", goal.pk, status=404)
    assert "goal" in texts_in(client.get(reverse("belongings:trash")).content.decode())
    assert "Je deed dit weg." in seen(client, "goal", goal.pk)
    page = client.post(reverse("belongings:take_back", args=[goal.pk]), follow=True).content.decode()
    assert "Het is terug. Alleen jij" in page
    assert Route.objects.visible_to(noor, at).kept().exists()


def test_v12_what_is_taken_back_comes_back_private(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    _answer, dream, goal, _entry = one_of_each(noor, at)
    route = keep(Route, by=noor, at=at, goal=goal)
    shared(running_relation, at, dream, goal, route)
    for thing in (dream, goal):
        remove(thing, by=noor, at=at)
        take_back(thing, by=noor, at=at)
    for model in (Dream, Goal, Route):
        assert not model.objects.visible_to(bram, at).exists()


def test_taking_back_happens_by_a_button_and_never_by_a_link(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = write_dream(by=noor, at=at, text="Ver weg.")
    remove(dream, by=noor, at=at)
    sign_in(noor).get(reverse("belongings:take_back", args=[dream.pk]))
    assert not Dream.objects.kept().exists()


def test_a_goal_let_go_is_not_offered_for_a_new_entry_but_stays_on_the_entry_that_has_it(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, _dream, goal, entry = one_of_each(noor, at)
    move_goal(goal, by=noor, at=at, to=GoalState.LET_GO)
    client = sign_in(noor)
    assert "goal" not in texts_in(seen(client, "entry_new"))
    assert "goal" in texts_in(seen(client, "entry_edit", entry.pk))


def test_the_help_beside_a_goal_is_made_of_questions_and_judges_nothing(
    noor: Person, sign_in: SignIn
) -> None:
    page = seen(sign_in(noor), "goal_new")
    assert page.count('name="worked"') == page.count('name="smallest"') == 1
    assert "%" not in re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")])


def questions(queries: CaptureQueriesContext) -> int:
    """Count what a page asks the database; the line a look leaves in the ledger is writing, and comes on top."""
    return len(
        [query for query in queries if "SAVEPOINT" not in query["sql"] and '"ledger_' not in query["sql"]]
    )


@pytest.mark.parametrize("name", ["compass_answer", "dream", "goal", "entry"])
@pytest.mark.parametrize("who", ["noor", "bram"])
def test_the_page_of_one_thing_asks_the_same_for_one_goal_as_for_three_and_at_most_twelve(
    who: str,
    name: str,
    running_relation: Relation,
    noor: Person,
    sign_in: SignIn,
    at: datetime,
    request: pytest.FixtureRequest,
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    thing = dict(zip(("compass_answer", "dream", "goal", "entry"), things, strict=True))[name]
    client, asked = sign_in(request.getfixturevalue(who)), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            seen(client, name, thing.pk)
        asked.append(questions(queries))
        for _ in range(2):
            shared(running_relation, at, write_goal(by=noor, at=at, text="Nog een.", dream=things[1]))
    assert asked[0] == asked[1] <= 12


FIXED_MINDSET = re.compile(
    r"\b(talent|aanleg|begaafd|intelligent|slim|dom|zwak|zwakte|fout|faal\w*|mislukt\w*|moeten|achterstand|"
    r"laat\s+op|te\s+laat|overschreden|niet\s+gehaald|score|punten\s+halen|perfect)\b",
    re.IGNORECASE,
)


def test_v20_our_own_texts_use_no_fixed_mindset_words_and_v17_no_guilt() -> None:
    po = Path(package.__path__[0]) / "locale/nl/LC_MESSAGES/django.po"
    texts = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', po.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(texts) > 100
    assert [text for text in texts if FIXED_MINDSET.search(text)] == []


def test_a_thing_of_another_kind_or_nobody_is_no_page(noor: Person, sign_in: SignIn, at: datetime) -> None:
    dream = write_dream(by=noor, at=at, text="Ver weg.")
    seen(sign_in(noor), "goal", dream.pk, status=404)
    seen(sign_in(noor), "put_away", UUID(int=0), status=404)
