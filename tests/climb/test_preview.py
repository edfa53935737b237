"""See it as Bram: the example is word for word what Bram gets, nobody becomes somebody else, and nothing of Bram's own leaks."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import keep, remove
from klimtouw.belongings.choices import LOOK
from klimtouw.belongings.models import Share, Thing
from klimtouw.climb.choices import StageState
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Route, Stage, Step
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.choices import Outcome
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.talks.models import CoachSentence, PreparationLine, Takeaway, Talk
from tests.guards.scene import share_by_hand
from tests.stories import make_person, make_relation

SignIn = Callable[[Person], Client]
LEFT_OUT = {"crumb", "actions", "next", "notice--info", "messages", "no-print"}
"""What is not the words of the page: ways back, buttons, the band on top. (`no-print` on a list of suggestions is words.)"""
VOID = {"br", "img", "input", "meta", "link", "hr", "path", "circle", "line", "rect", "use", "polyline"}


class Words(HTMLParser):
    """Collect what a person reads on a page, without its frame and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        left_out = tag == "form" or bool(classes & LEFT_OUT and tag not in ("details", "section"))
        left_out = left_out or (tag == "section" and "next" in classes)
        if tag not in VOID:
            self.open.append((tag, left_out))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        in_main = any(tag == "main" for tag, _ in self.open)
        if in_main and not any(left_out for _, left_out in self.open) and data.strip():
            self.words.append(" ".join(data.split()))


def words_of(page: str) -> list[str]:
    """Return what a person reads on a page."""
    words = Words()
    words.feed(page)
    return words.words


class World:
    """Noor's rich climb in a relation of one state: shared, half shared, no longer shared, put away, answered, private."""

    def __init__(
        self, state: State, noor: Person, bram: Person, amir: Person, at: datetime, *, secrets: bool
    ) -> None:
        self.noor, self.bram, self.before = noor, bram, at - timedelta(days=2)
        self.relation = make_relation(noor, bram, state, at - timedelta(days=3))
        with_amir = make_relation(noor, amir, State.RUNNING, at - timedelta(days=3))
        bond, amirs = self.relation.work_bond, with_amir.work_bond
        dream = self.mine(Dream, "droom", bond)
        loose_dream = self.mine(Dream, "eigen-droom")
        self.goal = self.mine(
            Goal, "doel", bond, until=at + timedelta(days=9), dream=dream, why="waarom-doel"
        )
        hidden = self.mine(Goal, "eigen-doel", amirs, dream=dream)
        self.things: list[Thing] = [dream, loose_dream, self.goal, hidden]
        self.things += [self.mine(CompassAnswer, "kompas", bond, question="matters")]
        self.things += [self.mine(CompassAnswer, "eigen-kompas", question="dream")]
        self.things += [self.mine(Entry, "bericht", bond, goal=self.goal), self.mine(Entry, "eigen-bericht")]
        self.things += [self.mine(Entry, "afgelopen", bond, until=at - timedelta(days=1))]
        revoked, gone = self.mine(Goal, "gestopt", bond), self.mine(Goal, "weggedaan", bond)
        Share.objects.filter(thing=revoked).update(revoked_at=at - timedelta(hours=1))
        remove(gone, by=noor, at=at - timedelta(hours=1))
        self.things += [
            revoked,
            gone,
            self.route(self.goal, bond),
            self.route(hidden, bond),
            self.route(revoked),
        ]
        self.given(Reply, "reactie", self.goal, bond, reply_kind="support")
        for outcome in Outcome:
            self.given(Suggestion, f"voorstel-{outcome}", self.goal, bond, outcome=outcome)
        self.given(Reply, "van-amir", self.goal, amirs, by=amir, reply_kind="question")
        if secrets:
            self.given(Reply, "geheim-van-bram", self.goal, None, reply_kind="support")
        signed = state not in (State.ACQUAINTING, State.CLICKING, State.CONTRACTING)
        card = bond if signed else self.relation.acquaintance_bond
        self.talks = [self.talk(each, at, card, secrets=secrets) for each in ("planned", "held", "proposed")]

    def mine(self, model: Any, word: str, *bonds: Any, until: datetime | None = None, **fields: Any) -> Any:
        thing = keep(model, by=self.noor, at=self.before, text=f"woord-{word}-", **fields)
        for bond in bonds:
            Share.objects.create(thing_id=thing.pk, bond=bond, since=self.before, until=until)
        return thing

    def given(
        self, model: Any, word: str, about: Thing, bond: Any, *, by: Person | None = None, **more: Any
    ) -> None:
        text = f"woord-{word}-"
        given = keep(model, by=by or self.bram, at=self.before, about_id=about.pk, text=text, **more)
        if bond:
            share_by_hand(given, bond, self.before)

    def route(self, goal: Goal, *bonds: Any) -> Route:
        route = keep(Route, by=self.noor, at=self.before, goal=goal)
        for bond in bonds:
            share_by_hand(route, bond, self.before)
        for place, state in enumerate((StageState.REACHED, StageState.AHEAD, StageState.PARKED), start=1):
            stage = self.mine(
                Stage, f"etappe-{place}", whole=route, position=place, state=state, if_then="woord-als"
            )
            self.mine(Step, f"stap-{place}", whole=route, stage=stage, position=1, is_done=place == 1)
            if bonds:
                self.given(Reply, f"bij-etappe-{place}", stage, bonds[0], reply_kind="question")
        remove(self.mine(Stage, "weg", whole=route, position=9), by=self.noor, at=self.before)
        return route

    def talk(self, state: str, at: datetime, bond: Any, *, secrets: bool) -> Talk:
        day = at + timedelta(days=2) if state == "planned" else at - timedelta(days=1)
        talk = Talk.objects.create(
            relation=self.relation, proposed_by=self.noor, proposed_at=self.before, minutes=30, state=state,
            place="Tuin", starts_at=None if state == "proposed" else day,
        )  # fmt: skip
        lines = [
            (self.noor, "regel", bond),
            (self.noor, "eigen-regel", None),
            (self.bram, "zijn-regel", bond),
        ]
        for by, word, onto in [*lines, *([(self.bram, "geheim-van-bram", None)] if secrets else [])]:
            line = keep(
                PreparationLine, by=by, at=at, talk=talk, line_kind="talk_about", text=f"woord-{word}-"
            )
            if onto:
                share_by_hand(line, onto, self.before)
        taken = keep(Takeaway, by=self.noor, at=at, talk=talk, text="woord-mee-", next_step="woord-stap-")
        sentence = keep(CoachSentence, by=self.bram, at=at, talk=talk, text="woord-zin-")
        for thing in (taken, sentence):
            share_by_hand(thing, bond, self.before)
        if secrets and state == "held":
            Share.objects.filter(thing=sentence).update(revoked_at=at)
        return talk

    def pages(self) -> Iterator[tuple[str, str]]:
        """Return the address of every page of Bram, each with that of the example of it."""
        relation = self.relation.pk
        yield reverse("climb:follow", args=[relation]), reverse("climb:preview", args=[relation])
        for thing in self.things:
            yield thing.get_absolute_url(), reverse("climb:preview_thing", args=[relation, thing.pk])  # type: ignore[attr-defined]  # of its kind
        for talk in self.talks:
            yield talk.get_absolute_url(), reverse("talks:preview", args=[talk.pk])


def rich(
    state: State, noor: Person, bram: Person, amir: Person, at: datetime, *, secrets: bool = False
) -> World:
    """Build Noor's climb in a relation of one state."""
    return World(state, noor, bram, amir, at, secrets=secrets)


@pytest.mark.parametrize("state", list(State))
def test_the_example_is_word_for_word_what_bram_gets(
    state: State, noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(state, noor, bram, amir, at)
    noors, brams = sign_in(noor), sign_in(bram)
    seen = 0
    for real, example in [
        *world.pages(),
        *world.pages(),
    ]:  # twice: the first time each leaves the mark "seen"
        his, hers = brams.get(real), noors.get(example)
        if his.status_code == 200:
            assert words_of(hers.content.decode()) == words_of(his.content.decode()), real
            seen += 1
        else:
            assert hers.status_code == 404 or "woord-" not in hers.content.decode(), real
    reads_climb = state in (State.RUNNING, State.PAUSED)
    is_over = state in (State.NOT_STARTED, State.COMPLETED, State.STOPPED)
    assert seen == 2 * ((7 if reads_climb else 0) + (0 if is_over else 3))


def test_the_example_of_following_holds_exactly_what_is_shared(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    page = sign_in(noor).get(reverse("climb:preview", args=[world.relation.pk])).content.decode()
    assert set(re.findall(r"woord-([\w-]+?)-(?=[<\s\"])", page)) == {"droom", "kompas", "doel", "bericht"}
    assert "Zo ziet Bram dit nu." in page
    assert "Alleen jij ziet dit voorbeeld." in page


@pytest.mark.parametrize("state", list(State))
def test_v25_the_example_shows_nothing_of_bram_that_noor_may_not_read(
    state: State, noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(state, noor, bram, amir, at, secrets=True)
    lena = make_person("Lena")
    hers = make_relation(lena, bram, State.RUNNING, at - timedelta(days=3))
    others = keep(Goal, by=lena, at=world.before, text="geheim-van-lena")
    share_by_hand(others, hers.work_bond, world.before)
    for goal in Goal.objects.filter(owner=noor):
        given = keep(Reply, by=bram, at=at, about_id=goal.pk, reply_kind="support", text="geheim-van-lena")
        share_by_hand(given, hers.work_bond, world.before)  # beside Noor's goal, but for Lena alone
    client = sign_in(noor)
    opened = [client.get(example).content.decode() for _real, example in world.pages()]
    assert not [page for page in opened if "geheim" in page]
    assert client.get(reverse("climb:preview_thing", args=[world.relation.pk, others.pk])).status_code == 404
    assert client.get(reverse("climb:preview", args=[hers.pk])).status_code == 404
    assert client.get(reverse("climb:preview_thing", args=[hers.pk, others.pk])).status_code == 404


def test_v25_the_canaries_do_stand_on_brams_own_pages(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at, secrets=True)
    client = sign_in(bram)
    opened = [client.get(real).content.decode() for real, _example in world.pages()]
    assert sum("woord-geheim-van-bram-" in page for page in opened) == 4  # the goal and three cards
    assert sum("woord-zin-" in page for page in opened) == 1  # taken back from Noor, still his


def test_an_example_leaves_no_look_of_bram_and_what_noor_opens_of_bram_leaves_hers(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    client = sign_in(noor)
    for _real, example in world.pages():
        client.get(example)
    looks = Line.objects.filter(act=LOOK)
    assert not looks.filter(owner_id=noor.pk).exists()
    assert not looks.filter(by_id=bram.pk).exists()
    assert set(looks.values_list("by_id", "owner_id", "hat")) == {(noor.pk, bram.pk, "coachee_once_shared")}


def test_v25_nobody_acts_in_an_example(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    client = sign_in(noor)
    stays = re.compile(r"#|\?page=|/zie-het-als/|/wat-ik-deel/|/gesprek/[^/]+/zie-het-als/")
    for _real, example in world.pages():
        answer = client.get(example)
        if answer.status_code != 200:
            continue
        page = answer.content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert "<form" not in main and "<button" not in main
        band = main[main.index("notice--info") : main.index('class="page-head"')]
        links = re.findall(r'href="([^"]+)"', main.replace(band, ""))
        assert [link for link in links if not stays.match(link)] == [], example
        assert client.post(example).status_code == 405
    assert client.get(reverse("climb:preview", args=[world.relation.pk])).context["request"].person == noor


@pytest.mark.parametrize("who", ["bram", "vera", "stan", "amir"])
def test_v25_only_the_coachee_of_the_relation_gets_the_example(
    who: str,
    noor: Person,
    bram: Person,
    amir: Person,
    vera: Person,
    stan: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    client = sign_in({"bram": bram, "vera": vera, "stan": stan, "amir": amir}[who])
    assert {client.get(example).status_code for _real, example in world.pages()} == {404}
    assert client.get(reverse("climb:shared_with", args=[world.relation.pk])).status_code == 404


def test_what_is_no_longer_shared_is_gone_from_the_example_at_once(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    client, goal = sign_in(noor), world.goal
    mine = reverse("climb:shared_with", args=[world.relation.pk])
    assert "woord-doel-" in client.get(mine).content.decode()
    stopped = client.post(reverse("climb:stop_sharing", args=[goal.pk, world.relation.pk]), follow=True)
    assert "Bram kan het niet meer lezen." in stopped.content.decode()
    assert str(goal.pk) not in client.get(mine).content.decode()
    assert client.get(reverse("climb:preview_thing", args=[world.relation.pk, goal.pk])).status_code == 404
    assert sign_in(bram).get(goal.get_absolute_url()).status_code == 404


def test_the_overview_says_until_when_and_leaves_out_what_bram_cannot_read(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    page = sign_in(noor).get(reverse("climb:shared_with", args=[world.relation.pk])).content.decode()
    assert "Bram (coach, tot " in page
    client = sign_in(bram)
    for real, example in world.pages():
        assert (f'href="{example}"' in page) == (client.get(real).status_code == 200), example
    for hidden in ("eigen-", "gestopt", "weggedaan", "afgelopen", "van-amir"):
        # A shared route is called by its goal, which is hers to read.
        assert f"woord-{hidden}" not in page.replace("woord-eigen-doel-", "")


def test_v12_a_coach_stops_no_sharing_of_a_coachee(
    noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    world = rich(State.RUNNING, noor, bram, amir, at)
    address = reverse("climb:stop_sharing", args=[world.goal.pk, world.relation.pk])
    assert sign_in(bram).post(address).status_code == 404
    assert sign_in(noor).get(address).status_code == 302
    assert sign_in(bram).get(world.goal.get_absolute_url()).status_code == 200


def test_the_way_to_the_example_stands_where_one_shares(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client, goal = sign_in(noor), keep(Goal, by=noor, at=at, text="Ik durf te vragen.")
    share_page = reverse("belongings:share", args=[goal.pk])
    see_as = reverse("climb:see_as", args=[goal.pk])
    assert see_as not in client.get(share_page).content.decode()
    share_by_hand(goal, running_relation.work_bond, at)
    assert f"{see_as}?bond={running_relation.work_bond_id}" in client.get(share_page).content.decode()
    there = client.get(see_as, {"bond": running_relation.work_bond_id}, follow=True).content.decode()
    assert "Zo ziet Bram dit nu." in there
    for odd in ("", "geen-touw", str(goal.pk)):
        assert client.get(see_as, {"bond": odd}).headers["Location"] == share_page
    relation = client.get(running_relation.get_absolute_url()).content.decode()
    assert reverse("climb:shared_with", args=[running_relation.pk]) in relation


@pytest.mark.parametrize(("name", "literal"), [("preview", 8), ("shared_with", 8)])
@pytest.mark.parametrize("many", [1, 3])
def test_as_many_questions_for_three_as_for_one(
    many: int,
    name: str,
    literal: int,
    running_relation: Relation,
    noor: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    for model in (Goal, Dream, Entry):
        for _ in range(many):
            share_by_hand(keep(model, by=noor, at=at, text="Woord."), running_relation.work_bond, at)
    for goal in Goal.objects.all():
        share_by_hand(keep(Route, by=noor, at=at, goal=goal), running_relation.work_bond, at)
    client = sign_in(noor)
    address = reverse(f"climb:{name}", args=[running_relation.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) == literal, [query["sql"][:90] for query in asked.captured_queries]
