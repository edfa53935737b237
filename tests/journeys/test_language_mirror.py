"""The language mirror (issue 4): off until somebody wants it, on the device alone, and silent to everybody else (V14)."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from klimtouw.climb.models import Entry
from klimtouw.people.models import Person
from tests.journeys.scenes import a_goal_of, on_a_rope, shared_with_the_coach
from tests.journeys.walker import Walker, Way
from tests.journeys.watch import NARROWEST, SIDEWAYS

FIELD = 'main textarea[name="text"]'
LINE = "main .mirror__line"
KEPT = """async () => ({
    local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
})"""


def writes(walker: Walker, text: str) -> Locator:
    """Type in the field, key by key, and wait until the mirror looked."""
    walker.page.locator(FIELD).first.focus()
    walker.page.wait_for_load_state("networkidle")
    walker.page.locator(FIELD).first.press_sequentially(text)
    walker.page.wait_for_timeout(700)
    return walker.page.locator(LINE)


def says_in(line: Locator) -> list[str]:
    """Return the phrase as written and the other wording."""
    expect(line).to_be_visible()
    return line.locator("q").all_text_contents()


@pytest.fixture
def noor(walker: Callable[..., Walker]) -> Walker:
    """Noor wants the mirror, and is about to write in her trail."""
    noor = walker("Noor")
    noor.is_known(has_mirror=True)
    noor.opens("climb:entry_new")
    return noor


def test_the_mirror_is_off_until_somebody_switches_it_on(walker: Callable[..., Walker]) -> None:
    stan = walker("Stan")
    stan.is_known()
    asked: list[str] = []
    stan.page.on("request", lambda request: asked.append(request.url))
    stan.opens("climb:entry_new")
    expect(writes(stan, "Ik kan dat niet. ")).to_have_count(0)
    assert not [url for url in asked if "mirror" in url]
    stan.opens("people:settings")
    stan.reads(stan.says("Show me a language mirror while I write"))
    stan.sends(has_mirror="on")
    assert Person.objects.get(email=stan.email).has_mirror
    stan.opens("climb:entry_new")
    assert says_in(writes(stan, "Ik kan dat niet. ")) == ["Ik kan dat niet", "Ik kan dat nog niet"]


def test_taking_over_changes_the_text_keeps_the_cursor_and_can_be_undone(noor: Walker) -> None:
    line, field = writes(noor, "Ik begin. Ik kan dat niet uitleggen."), noor.page.locator(FIELD)
    assert says_in(line) == ["Ik kan dat niet", "Ik kan dat nog niet"]
    line.get_by_role("button", name=noor.says("Take this over")).click()
    expect(field).to_have_value("Ik begin. Ik kan dat nog niet uitleggen.")
    expect(line).to_have_count(0)
    expect(field).to_be_focused()
    noor.page.keyboard.type(" Straks wel.")
    expect(field).to_have_value("Ik begin. Ik kan dat nog niet uitleggen. Straks wel.")
    for _ in range(20):
        if "nog" not in field.input_value():
            break
        noor.page.keyboard.press("Control+z")
    expect(field).to_have_value("Ik begin. Ik kan dat niet uitleggen.")
    noor.page.wait_for_timeout(700)
    expect(line).to_have_count(0)  # taken back: it is not offered again


def test_what_is_left_stays_as_it_is_and_by_keyboard_alone(noor: Walker) -> None:
    line = writes(noor, "ik ben slecht in rekenen. ")
    assert says_in(line) == ["ik ben slecht in", "ik groei nog in"]
    for _ in range(2):
        noor.page.keyboard.press("Tab")
    expect(line.get_by_role("button", name=noor.says("Leave it as it is"))).to_be_focused()
    noor.page.keyboard.press("Enter")
    expect(line).to_have_count(0)
    expect(noor.page.locator(FIELD)).to_be_focused()
    expect(writes(noor, "En nog: ik ben slecht in plannen.")).to_have_count(0)
    noor.sends()
    assert Entry.objects.get(owner__email=noor.email).text.startswith("ik ben slecht in rekenen. ")


def test_v14_nothing_leaves_the_device_and_nothing_is_kept_while_typing_taking_over_and_leaving(
    noor: Walker,
) -> None:
    page = noor.page
    page.wait_for_load_state("networkidle")
    before, asked = page.evaluate(KEPT), []
    page.on("request", lambda request: asked.append(request.url))
    line = writes(noor, "ik kan dat niet en ik moet oefenen ")
    line.get_by_role("button", name=noor.says("Take this over")).click()
    assert says_in(line) == ["ik moet", "ik wil"]
    line.get_by_role("button", name=noor.says("Leave it as it is")).click()
    expect(line).to_have_count(0)
    assert asked == []
    assert page.evaluate(KEPT) == before


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("dat lukt me nooit", "dat lukt me nog niet"),
        ("Zo ben ik nu eenmaal", "ben ik tot nu toe"),
        ("ik snap er niets van", "ik snap er nog niets"),
        ("het gaat altijd mis", "gaat soms nog anders dan ik wil"),
        ("dat is niets voor mij", "dat is nog nieuw voor mij"),
    ],
)
def test_e1_other_wordings_leave_room_to_grow(noor: Walker, text: str, other: str) -> None:
    assert says_in(writes(noor, f"{text}."))[1] == other


@pytest.mark.parametrize(
    "text",
    [
        "ik kan niet meer",
        "ik kan niet meer slapen",
        "ik kan dat nog niet",
        "weet ik niet meer",
        "<b>vrij</b>",
    ],
)
def test_v14_nobody_in_need_is_answered_by_a_list_and_what_can_grow_stays(noor: Walker, text: str) -> None:
    expect(writes(noor, f"{text}.")).to_have_count(0)


@pytest.mark.parametrize("way", [Way(language="en", width=390)], ids=str)
def test_the_mirror_speaks_english_on_a_phone(noor: Walker) -> None:
    line = writes(noor, "I can't do this. I'm bad at planning.")
    assert says_in(line) == ["I can't", "I can't yet"]
    line.get_by_role("button", name=noor.says("Take this over")).click()
    assert says_in(line) == ["I'm bad at", "I'm still growing in"]
    expect(noor.page.locator(FIELD)).to_have_value("I can't yet do this. I'm bad at planning.")


@pytest.mark.parametrize(
    "way", [Way(width=390), Way(width=390, theme="dark"), Way(language="en", theme="dark")], ids=str
)
def test_axe_finds_nothing_beside_the_mirror_and_it_fits_the_narrowest_phone(noor: Walker) -> None:
    Person.objects.filter(email=noor.email).update(reading_size="large", reading_spacing="wide")
    noor.opens("climb:entry_new")
    text = "Ik kan dat niet." if noor.way.language == "nl" else "I can't do that."
    expect(writes(noor, text)).to_be_visible()
    found = Axe().run(noor.page)
    assert found.violations_count == 0, found.generate_report()
    noor.page.set_viewport_size({"width": NARROWEST, "height": 640})
    assert noor.page.evaluate(SIDEWAYS) <= 0


def test_a_coach_gets_a_question_for_a_verdict_and_the_coachee_hears_nothing_of_it(
    walker: Callable[..., Walker],
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    Person.objects.filter(email=bram.email).update(has_mirror=True)
    goal = a_goal_of(Person.objects.get(email=noor.email))
    shared_with_the_coach(goal, relation)
    bram.opens("replies:reply", goal.pk)
    line = writes(bram, "Je moet vroeger beginnen. Waarom heb je niet gebeld?")
    assert says_in(line) == ["Je moet", "Hoe zou je"]
    line.get_by_role("button", name=bram.says("Take this over")).click()
    assert says_in(line) == ["Waarom heb je niet gebeld", "Wat zou je de volgende keer helpen"]
    line.get_by_role("button", name=bram.says("Take this over")).click()
    expect(bram.page.locator(FIELD)).to_have_value(
        "Hoe zou je vroeger beginnen. Wat zou je de volgende keer helpen?"
    )
    bram.opens("climb:entry_new")
    expect(writes(bram, "Je moet vroeger beginnen.")).to_have_count(
        0
    )  # to himself it is no verdict on another
    noor.opens("climb:entry_new")
    expect(writes(noor, "Ik kan dat niet.")).to_have_count(0)


@pytest.mark.parametrize("way", [Way(has_javascript=False)], ids=str)
def test_without_scripts_one_simply_writes(noor: Walker) -> None:
    noor.sends(text="Ik kan dat niet.")
    assert Entry.objects.get(owner__email=noor.email).text == "Ik kan dat niet."
