"""The look keeps its promises: readable in every theme, light over the wire, nothing inline."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import engines

from klimtouw.ui.icons import ICONS

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough

UI = Path(__file__).resolve().parents[2] / "src" / "klimtouw" / "ui"
STATIC = UI / "static" / "ui"
CSS = (STATIC / "klimtouw.css").read_text(encoding="utf-8")
TEXT, LARGE_OR_DRAWN = 4.5, 3.0

GROUNDS = ("paper", "surface", "sunk")
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-soft") for ground in GROUNDS],
    *[
        (ink, ground, TEXT)
        for ink in ("rope", "rope-deep", "lichen", "ochre", "error")
        for ground in ("paper", "surface")
    ],
    ("rope-ink", "rope", TEXT),
    ("rope-ink", "rope-deep", TEXT),
    ("ink", "ridge-near", TEXT),
    ("sky-ink", "sky", TEXT),
    *[
        (ink, wash, TEXT)
        for wash in ("sky", "lichen-wash", "ochre-wash", "error-wash")
        for ink in ("ink", "rope-deep")
    ],
    ("lichen", "lichen-wash", TEXT),
    ("ochre", "ochre-wash", TEXT),
    *[(edge, ground, LARGE_OR_DRAWN) for edge in ("edge", "rope-bright") for ground in ("paper", "surface")],
]


def _tokens(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(selector + " {") :]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block[: block.index("}")]))


LIGHT = _tokens(":root")
THEMES = {
    "light": LIGHT,
    "dark": LIGHT | _tokens(':root[data-theme="dark"]'),
    "cream": LIGHT | _tokens(':root[data-theme="cream"]'),
}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
def test_every_ink_can_be_read_on_its_ground(theme: str) -> None:
    tokens = THEMES[theme]
    too_weak = []
    for ink, ground, least in PAIRS:
        darker, lighter = sorted((_luminance(tokens[ink]), _luminance(tokens[ground])))
        ratio = (lighter + 0.05) / (darker + 0.05)
        if ratio < least:
            too_weak.append(f"{ink} on {ground}: {ratio:.2f}")
    assert too_weak == []


def test_dark_is_the_same_whether_the_device_or_the_person_asks() -> None:
    assert _tokens(":root:not([data-theme])") == _tokens(':root[data-theme="dark"]')


def test_every_token_that_is_used_exists() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    assert used - set(re.findall(r"--([\w-]+):", CSS)) == set()


def test_no_red_and_no_alarm_outside_forms_and_notices() -> None:
    # V17: nothing is ever overdue.
    assert "overdue" not in CSS
    selectors = re.findall(r"^\s*([^{}/@]+) \{[^}]*var\(--error", CSS, re.M)
    assert {re.split(r"[\s>:\[]", selector.strip().lstrip("."))[0] for selector in selectors} <= {
        "", "field__error", "field--error", "error-summary", "notice--error",
    }  # fmt: skip


def test_a_first_visit_stays_light() -> None:
    # Who switched on the language mirror fetches it when a field gets the focus: no first visit brings it.
    scripts = sum(_on_the_wire(file) for file in STATIC.glob("*.js") if file.name != "mirror.js")
    assert scripts <= 20_000
    assert scripts + _on_the_wire(STATIC / "klimtouw.css") + _on_the_wire(STATIC / "favicon.svg") <= 50_000


def _on_the_wire(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


@pytest.mark.parametrize("template", sorted(UI.rglob("*.html")), ids=lambda file: file.name)
def test_no_template_needs_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_a_drawing_and_nothing_else(name: str) -> None:
    assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9.,\- ]+", ICONS[name])


def test_every_icon_a_template_asks_for_is_there() -> None:
    asked = {
        name
        for template in UI.parent.rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', template.read_text(encoding="utf-8"))
    }
    assert asked - set(ICONS) == set()


def test_every_template_of_the_house_can_be_read() -> None:
    for template in sorted(UI.rglob("templates/**/*.html")):
        engines["django"].get_template(str(template.relative_to(UI / "templates")))
