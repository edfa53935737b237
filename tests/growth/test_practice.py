"""Practice talks: real choices with consequences, and a look-back that names and never counts (T8)."""

from collections.abc import Callable, Iterator
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from klimtouw.growth.choices import Manner
from klimtouw.growth.texts.library import library
from klimtouw.growth.texts.practice import PracticeTalk, practice_talk
from klimtouw.growth.texts.wording import Fault
from klimtouw.people.models import Person
from klimtouw.programmes.roles import ROLES

SignIn = Callable[[Person], Client]
TALKS = library().talks


def ways(talk: PracticeTalk, way: str = "") -> Iterator[str]:
    """Return every way through a talk, from its beginning to an ending."""
    here = talk.walk(way).here
    if here.is_ending:
        yield way
    for choice in here.choices:
        yield from ways(talk, way + choice.letter)


def shortest_to_each(talk: PracticeTalk) -> dict[str, str]:
    """Return for every node a way to it."""
    found, ahead = {talk.begin: ""}, [""]
    while ahead:
        way = ahead.pop(0)
        for choice in talk.walk(way).here.choices:
            if choice.to not in found:
                found[choice.to] = way + choice.letter
                ahead.append(way + choice.letter)
    return found


def page_of(client: Client, talk: str, way: str = "") -> str:
    answer = client.get(reverse("growth:practice", args=[talk]), {"weg": way} if way else {})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_t8_there_are_six_talks_each_with_another_coachee() -> None:
    assert list(TALKS) == [
        "sam-zwijgt", "robin-wil-alles", "jo-heeft-geen-keuze", "noa-droomt-groot", "alex-draagt-veel", "kim-wil-stoppen",
    ]  # fmt: skip
    assert len({talk.name for talk in TALKS.values()}) == 6


@pytest.mark.parametrize("key", TALKS)
def test_t8_every_way_ends_and_every_choice_leads_somewhere_real(key: str) -> None:
    talk = TALKS[key]
    every_way = list(ways(talk))
    assert {talk.walk(way).here.key for way in every_way} == set(talk.endings)
    assert min(map(len, every_way)) >= 2
    assert max(map(len, every_way)) <= 9
    assert set(shortest_to_each(talk)) == set(talk.nodes)
    for node in talk.nodes.values():
        assert len(node.choices) != 1, node.key
        assert len({choice.say.nl for choice in node.choices}) == len(node.choices), node.key


@pytest.mark.parametrize("key", TALKS)
def test_t8_silence_open_and_closed_questions_and_giving_can_all_be_tried(key: str) -> None:
    choices = [choice for node in TALKS[key].nodes.values() for choice in node.choices]
    assert {choice.manner for choice in choices} == set(Manner)
    assert {choice.role for choice in choices} - {""} <= {role.key for role in ROLES}
    assert len({choice.role for choice in choices} - {""}) >= 5
    for choice in choices:
        asks = choice.manner in (Manner.OPEN, Manner.CLOSED)
        assert "?" in choice.say.nl if asks else choice.manner in (Manner.SILENCE, Manner.GIVING)
        assert asks == ("?" in choice.say.en) or choice.manner == Manner.GIVING, choice.say.en


@pytest.mark.parametrize("key", TALKS)
def test_every_moment_has_a_page_in_both_languages(key: str, bram: Person, sign_in: SignIn) -> None:
    talk, client = TALKS[key], sign_in(bram)
    for language in ("nl", "en"):
        Person.objects.filter(pk=bram.pk).update(language=language)
        for node_key, way in shortest_to_each(talk).items():
            page, node = page_of(client, key, way), talk.nodes[node_key]
            for text in (node.scene, node.says, *(choice.say for choice in node.choices)):
                assert escape(getattr(text, language)) in page
            assert escape(getattr(node.look_back, language).split("\n")[0]) in page
            assert 'id="nu"' in page


def test_what_was_said_stands_above_and_one_step_back_takes_it_away(bram: Person, sign_in: SignIn) -> None:
    talk = TALKS["sam-zwijgt"]
    page = page_of(sign_in(bram), talk.key, "ba")
    first, second = talk.walk("ba").turns
    assert page.index(escape(first.chosen.say.nl)) < page.index(escape(second.chosen.say.nl))
    assert 'href="?weg=b#nu"' in page
    assert first.chosen.note.nl not in page, "the note waits for the look-back"


def test_the_look_back_names_roles_and_questions_and_leads_back_to_each_moment(
    bram: Person, sign_in: SignIn
) -> None:
    talk = TALKS["sam-zwijgt"]
    way = next(way for way in ways(talk) if len(way) == 4)
    page, walk = page_of(sign_in(bram), talk.key, way), talk.walk(way)
    for turn in walk.turns:
        assert escape(turn.chosen.note.nl) in page
        assert f'href="?weg={turn.way}#nu"' in page
    names = {role.key: role.name_nl for role in ROLES}
    for turn in walk.turns:
        assert names[turn.chosen.role] in page if turn.chosen.role else True
    for word in ("open vraag", "gesloten vraag", "stilte", "iets wat je gaf"):
        tried = word in {str(turn.chosen.manner.label) for turn in walk.turns}
        assert (f'<span class="pill">{word}</span>' in page) is tried


def test_v5_v27_no_look_back_holds_a_number_a_score_or_a_verdict(bram: Person, sign_in: SignIn) -> None:
    for talk in TALKS.values():
        way = next(ways(talk))
        page = page_of(sign_in(bram), talk.key, way)
        main = page[page.index("<main") : page.index("</main>")]
        shown = unescape("".join(part.split(">", 1)[-1] for part in main.split("<")))
        assert not any(letter.isdigit() for letter in shown), talk.key
        for word in ("score", "punten", "juist", "fout", "beste keuze", "goed gekozen"):
            assert word not in shown.lower()


def test_v5_nothing_is_kept_of_what_a_reader_chose(bram: Person, sign_in: SignIn) -> None:
    client = sign_in(bram)
    page_of(client, "sam-zwijgt")
    with CaptureQueriesContext(connection) as asked:
        for way in ("a", "ab", "abc"):
            page_of(client, "sam-zwijgt", way)
    wrote = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert wrote == []
    assert client.post(reverse("growth:practice", args=["sam-zwijgt"])).status_code == 405


@pytest.mark.parametrize("way", ["z", "1", "%00", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "<b>", "é"])
def test_an_odd_way_is_followed_as_far_as_it_goes(bram: Person, sign_in: SignIn, way: str) -> None:
    page = page_of(sign_in(bram), "sam-zwijgt", way)
    assert "<b>" not in page
    assert TALKS["sam-zwijgt"].title.nl in page


def test_a_talk_that_is_not_there_is_a_page_that_does_not_exist(bram: Person, sign_in: SignIn) -> None:
    assert sign_in(bram).get(reverse("growth:practice", args=["niemand"])).status_code == 404


# What is refused in a file.


def a_talk() -> dict[str, Any]:
    """Return a small talk that is right: five moments, three endings."""
    keys = ["a", "b", "c", "d", "e"]
    wording = {"nl": "tekst", "en": "text"}
    choice = {"say": wording, "manner": "silence", "note": wording}
    following = dict(zip(keys, [["b", "c"], ["c", "d"], ["d", "e"], ["e", "x"], ["y", "z"]], strict=True))
    nodes: dict[str, Any] = {
        key: {"says": wording, "choices": [{**choice, "to": to} for to in tos]}
        for key, tos in following.items()
    }
    nodes |= {key: {"says": wording, "look_back": wording} for key in ("x", "y", "z")}
    return {"order": 1, "name": "Pim", "title": wording, "about": wording, "begin": "a", "nodes": nodes}


def test_a_small_talk_is_read() -> None:
    assert practice_talk("pim", a_talk()).endings == ["x", "y", "z"]


FAULTS: dict[str, tuple[str, object]] = {
    "leads to 'nergens'": ("nodes.a.choices.0.to", "nergens"),
    "is no node": ("begin", "nergens"),
    "nobody comes by “los”": ("nodes.los", {"says": {"nl": "x", "en": "x"}, "look_back": {"nl": "x", "en": "x"}}),
    "goes round": ("nodes.b.choices.1.to", "a"),
    "nothing to choose": ("nodes.a.choices", [{"say": {"nl": "x", "en": "x"}, "manner": "open", "note": {"nl": "x", "en": "x"}, "to": "b"}]),
    "nothing is seen and nothing is said": ("nodes.b.says", {}),
    "either choices, or a look_back": ("nodes.x.look_back", {}),
    "one language only": ("nodes.b.says", {"nl": "alleen hier"}),
    "it can be open": ("nodes.a.choices.0.manner", "loud"),
    "nobody reads “sais”": ("nodes.a.sais", {"nl": "x", "en": "x"}),
    "“order” is a number": ("order", "eerst"),
}  # fmt: skip


@pytest.mark.parametrize("says", FAULTS)
def test_t8_what_would_strand_a_reader_is_refused_in_words(says: str) -> None:
    place, value = FAULTS[says]
    talk = a_talk()
    *path, last = place.split(".")
    inside: Any = talk
    for part in path:
        inside = inside[int(part)] if isinstance(inside, list) else inside[part]
    inside[int(last) if isinstance(inside, list) else last] = value
    with pytest.raises(Fault, match=says):
        practice_talk("pim", talk)


def test_a_talk_without_silence_or_with_too_few_moments_is_refused() -> None:
    loud = a_talk()
    for node, number in product(loud["nodes"].values(), (0, 1)):
        if "choices" in node:
            node["choices"][number] = {**node["choices"][number], "manner": "open"}
    with pytest.raises(Fault, match="nowhere can one be silent"):
        practice_talk("pim", loud)
    small = a_talk()
    small["nodes"]["a"]["choices"][0]["to"] = "c"
    del small["nodes"]["b"]
    with pytest.raises(Fault, match="at least 8 nodes"):
        practice_talk("pim", small)
