"""The mountain (C7): legible at any length, the same every time, never a chart and never a measure of a person."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klimtouw.climb.mountain import (
    Camp,
    CampMark,
    CampState,
    CampWeather,
    Climb,
    Labels,
    Layout,
    Shape,
    draw_mountain,
    lay_out,
)
from klimtouw.climb.mountain.layout import _bare, _without_words

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough

SVG = "{http://www.w3.org/2000/svg}"
NAMES = (
    "Mijn eerste gesprek met een bewoner alleen voeren",
    "De dagplanning van mijn afdeling begrijpen",
    "Om feedback durven vragen na een zorgmoment",
    "Verslag schrijven zonder hulp",
    "Een moeilijk gesprek met familie bijwonen",
    "Medicatieronde samen met mijn mentor",
    "Multidisciplinair overlegmoment voorzitten",
)
TITLE = "De berg van Noor"
DESCRIPTION = (
    "Noor staat bij etappe: De dagplanning van mijn afdeling begrijpen. Boven: Ik word verpleegkundige."
)
HARD_WORDS = (
    *NAMES,
    "Arbeidsongeschiktheidsverzekeringsmaatschappij",
    "👩🏽‍⚕️🧗🏽‍♀️🇧🇪 klimmen",
    "أريد أن أتعلم التحدث أمام المجموعة",
    "אני רוצה ללמוד לדבר",
    "<script>alert(1)</script> & \"so\" 'on'",
    "W" * 300,
    "nul\x00teken\x0b en \u202eomgekeerd\n\nregels",
    "a" + "\u0301" * 500,
    "",
    " ",
)


def climb_of(
    count: int, *, reached: int = 0, coach: str | None = "Bram", seed: str = "noor-1", **more: str
) -> Climb:
    camps = tuple(
        Camp(
            key=str(number),
            label=NAMES[number % len(NAMES)],
            state=CampState.REACHED if number < reached else CampState.AHEAD,
            **more,
        )
        for number in range(count)
    )
    return Climb("Ik word een verpleegkundige bij wie mensen zich veilig voelen", camps, "Noor", coach, seed)


def drawn(climb: Climb, shape: Shape = Shape.PORTRAIT) -> str:
    return draw_mountain(climb, title=TITLE, description=DESCRIPTION, words=Labels(), shape=shape)


def laid_out(climb: Climb, shape: Shape) -> Layout:
    return lay_out(climb, shape, Labels())


words = st.sampled_from(HARD_WORDS) | st.text(max_size=60)
camps = st.builds(
    Camp,
    key=st.just("k"),
    label=words,
    state=st.sampled_from(CampState),
    is_detour=st.booleans(),
    mark=st.sampled_from(CampMark),
    href=st.sampled_from(["", "/nl/etappes/1/?a=1&b=2"]),
    weather=st.sampled_from(CampWeather),
)
climbs = st.builds(
    Climb,
    summit=words,
    camps=st.lists(camps, max_size=60).map(tuple),
    climber=words,
    coach=st.none() | words,
    seed=st.uuids().map(str),
    is_reached=st.booleans(),
)
shapes = st.sampled_from(Shape)
often = settings(max_examples=60, deadline=None)


@often
@given(climb=climbs, shape=shapes)
def test_signs_never_overlap_and_never_leave_the_paper(climb, shape):
    layout = laid_out(climb, shape)

    assert all(layout.paper.holds(tag.box) for tag in layout.tags)
    assert not [pair for pair in combinations(layout.tags, 2) if pair[0].box.overlaps(pair[1].box)]
    assert all(1 <= len(tag.lines) <= 2 for tag in layout.tags)


@often
@given(climb=climbs, shape=shapes)
def test_the_top_where_i_am_and_what_comes_next_always_have_a_sign(climb, shape):
    layout = laid_out(climb, shape)
    keys = {tag.key for tag in layout.tags}
    ahead = [spot for spot in layout.route.spots if spot.camp.state == CampState.AHEAD]

    assert {"summit", "here"} <= keys
    assert {f"camp {spot.number}" for spot in layout.route.spots if spot.is_current} <= keys
    assert {f"camp {spot.number}" for spot in ahead[:1]} <= keys


@often
@given(climb=climbs, shape=shapes)
def test_the_climber_stands_above_the_coach(climb, shape):
    layout = laid_out(climb, shape)

    assert (layout.coach is None) == (climb.coach is None)
    if layout.coach:
        assert layout.climber.y < layout.coach.y
        assert layout.rope[0].start.y < layout.rope[-1].end.y


@often
@given(climb=climbs, shape=shapes)
def test_the_main_line_only_climbs_and_what_is_ahead_lies_above_what_is_reached(climb, shape):
    main = [
        spot
        for spot in laid_out(climb, shape).route.spots
        if spot.camp.state != CampState.PARKED and not spot.camp.is_detour
    ]
    reached = [spot.at.y for spot in main if spot.camp.state == CampState.REACHED]
    ahead = [spot.at.y for spot in main if spot.camp.state == CampState.AHEAD]

    assert all(lower.at.y > higher.at.y for lower, higher in pairwise(main))
    assert not reached or not ahead or min(reached) > max(ahead)


@often
@given(climb=climbs, shape=shapes)
def test_any_words_give_one_well_formed_picture_without_style_or_script(climb, shape):
    picture = drawn(climb, shape)
    root = ET.fromstring(picture)  # noqa: S314 - our own output is what is under test
    ids = [element.get("id") for element in root.iter() if element.get("id")]

    assert root.tag == f"{SVG}svg"
    assert not {"width", "height", "style"} & set(root.attrib)
    assert not {element.tag for element in root.iter()} & {
        f"{SVG}script",
        f"{SVG}style",
        f"{SVG}foreignObject",
    }
    assert not [element for element in root.iter() if "style" in element.attrib]
    assert len(ids) == len(set(ids))
    assert len(picture.encode()) <= 25 * 1024 + 100 * 60 * any(camp.href for camp in climb.camps)


@often
@given(climb=climbs, shape=shapes)
def test_c7_the_same_climb_gives_the_same_bytes(climb, shape):
    assert drawn(climb, shape) == drawn(climb, shape)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize(("count", "most"), [(0, 7), (5, 8), (12, 11), (30, 16), (60, 25)])
def test_the_picture_stays_small(count, most, shape):
    for seed in range(12):
        assert len(drawn(climb_of(count, reached=count // 2, seed=str(seed)), shape).encode()) <= most * 1024


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("count", [7, 20, 30, 45, 60])
def test_stages_do_not_stand_on_each_other(count, shape):
    for seed in range(12):
        spots = laid_out(climb_of(count, reached=count // 2, seed=str(seed)), shape).route.spots

        assert min(one.at.distance(other.at) for one, other in combinations(spots, 2)) >= 18


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("count", [7, 14, 30, 60])
def test_no_sign_hides_a_stage(count, shape):
    for seed in range(6):
        for reached in (0, count // 2, count - 1):
            layout = laid_out(climb_of(count, reached=reached, seed=str(seed)), shape)
            nearest = [
                tag.box.nearest(spot.at).distance(spot.at)
                for tag in layout.tags
                for spot in layout.route.spots
            ]

            assert min(nearest) > 4


def test_every_goal_has_a_ridge_of_its_own_that_stays_while_one_climbs():
    before, after = (laid_out(climb_of(6, reached=reached), Shape.PORTRAIT) for reached in (2, 3))
    other = laid_out(climb_of(6, reached=2, seed="another goal"), Shape.PORTRAIT)

    assert before.terrain == after.terrain
    assert before.terrain.near != other.terrain.near


def test_letters_stay_readable_on_a_screen_of_320_pixels():
    layout = laid_out(climb_of(60), Shape.PORTRAIT)

    assert layout.frame.letter * 320 / layout.frame.width >= 11
    assert layout.frame.letter * 288 / layout.frame.width >= 11


def test_v16_nothing_in_the_picture_measures_a_person():
    picture = drawn(climb_of(60, reached=30))
    texts = [text for text in ET.fromstring(picture).itertext() if text.strip()]  # noqa: S314 - our own output

    assert "%" not in picture
    assert not [text for text in texts if re.search(r"\d\s*(/|van|of)\s*\d", text)]
    assert not re.search(r'"(red|#[ef][0-4]{2}[0-4]*)"', picture)


def test_sixty_stages_with_all_their_weather_and_marks_stay_within_25_kb():
    camps = tuple(
        Camp(
            str(number),
            NAMES[number % len(NAMES)],
            CampState.REACHED if number < 30 else CampState.AHEAD,
            is_detour=number % 6 == 5,
            mark=list(CampMark)[number % 3],
            weather=list(CampWeather)[1 + number % 5],
        )
        for number in range(60)
    )
    for shape in Shape:
        assert len(drawn(Climb(NAMES[0], camps, "Noor", "Bram", "s"), shape).encode()) <= 25_000


def test_v14_weather_is_drawn_and_said_only_where_the_climber_set_it():
    said = Labels(weather={"rain": "regen", "sun": "zon"})
    wet = Climb("Top", (Camp("a", "Eerst", CampState.AHEAD, weather=CampWeather.RAIN),), "Noor", None, "s")
    dry = Climb("Top", (Camp("a", "Eerst", CampState.AHEAD),), "Noor", None, "s")
    pictures = [draw_mountain(climb, title="", description="", words=said) for climb in (wet, dry)]

    assert ["mountain-weather" in picture for picture in pictures] == [True, False]
    assert "1. Eerst (regen)" in pictures[0]
    assert "zon" not in "".join(pictures)


def test_a_climber_without_a_coach_has_no_rope():
    assert "mountain-rope" in drawn(climb_of(4))
    assert "mountain-rope" not in drawn(climb_of(4, coach=None))
    assert "mountain-coach" not in drawn(climb_of(4, coach=None))


def test_a_stage_reached_earlier_than_planned_lies_below_the_climber_and_keeps_its_number():
    first, second = Camp("a", "Eerst", CampState.AHEAD), Camp("b", "Dan", CampState.REACHED)
    spots = laid_out(Climb("Top", (first, second), "Noor", None, "s"), Shape.PORTRAIT).route.spots

    assert [(spot.number, spot.is_current) for spot in spots] == [(2, True), (1, False)]


def test_parked_stages_stand_aside_and_detours_are_loops():
    stages = tuple(
        Camp(str(n), NAMES[n], state, is_detour=n == 3)
        for n, state in enumerate((CampState.REACHED, CampState.PARKED, CampState.AHEAD, CampState.AHEAD))
    )
    climb = Climb("Top", stages, "Noor", None, "s")
    aside = [spot.at != spot.on for spot in laid_out(climb, Shape.PORTRAIT).route.spots]

    assert aside == [False, True, False, True]
    assert "mountain-stub" in drawn(climb)


def test_who_reached_the_goal_stands_on_the_top():
    climb = Climb("Top", climb_of(3, reached=3).camps, "Noor", None, "s", is_reached=True)
    layout = laid_out(climb, Shape.PORTRAIT)

    assert layout.climber.distance(layout.frame.peak) < 5


def test_a_picture_with_links_is_a_group_so_that_each_link_can_be_reached():
    linked, plain = climb_of(3, href="/etappe/?a=1&b=2"), climb_of(3)

    assert 'role="group"' in drawn(linked)
    assert drawn(linked).count("<a ") == 3
    assert 'href="/etappe/?a=1&amp;b=2"' in drawn(linked)
    assert 'role="img"' in drawn(plain)


def test_a_crowd_of_stages_has_no_links_for_they_would_be_too_small_to_touch():
    assert "<a " not in drawn(climb_of(31, href="/etappe/"))


def test_more_than_sixty_stages_shows_those_around_the_climber():
    layout = laid_out(climb_of(500, reached=200), Shape.PORTRAIT)

    assert len(layout.route.spots) == 60
    assert [spot.number for spot in layout.route.spots if spot.is_current] == [200]


def test_a_long_dutch_word_breaks_between_syllables():
    camp = Camp("a", "Gezondheidszorgopleidingscoördinatievergadering", CampState.AHEAD)
    layout = laid_out(Climb("Top", (camp,), "Noor", None, "s"), Shape.PORTRAIT)
    lines = next(tag.lines for tag in layout.tags if tag.key == "camp 1")

    assert lines[0].endswith("-")
    assert len(lines) == 2


def test_what_stays_in_memory_of_a_drawing_holds_nobodys_words() -> None:
    word = "kanarie"
    camps = tuple(Camp(key=word, label=word, state=state, href=f"/{word}") for state in CampState)
    climb = Climb(summit=word, camps=camps, climber=word, coach=word, seed="berg")
    bare = _without_words(climb)
    assert word not in repr(bare)
    assert word not in repr(_bare(bare, Shape.PORTRAIT))
    assert word in draw_mountain(climb, title="", description="")
    silent = replace(climb, summit="Top", climber="Noor", coach="Bram", camps=bare.camps)
    assert word not in draw_mountain(silent, title="", description="")
