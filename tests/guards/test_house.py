"""The house stands: what import contracts cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, TextField
from django.urls import URLPattern, URLResolver, get_resolver

from klimtouw.access.page import as_markdown as policy_as_markdown
from klimtouw.access.table import Action
from klimtouw.belongings.words import WordsField
from klimtouw.people.doors import Door
from klimtouw.people.models import Session
from klimtouw.relations.choices import State
from klimtouw.relations.lifecycle import GONE, INVITED, MOVES, Event
from klimtouw.relations.lifecycle import as_markdown as states_as_markdown

ROOT = Path(settings.PACKAGE).parent.parent
PACKAGES = (
    "foundation", "access", "ledger", "people", "ui", "notices", "belongings", "programmes", "relations", "replies",
    "climb", "talks", "hand", "growth", "circles", "axenroos", "intervision", "basecamp", "takeaway", "offline", "home", "config",
)  # fmt: skip
"""From the ground up: each may use those before it."""
CONTENT = (
    "belongings",
    "replies",
    "climb",
    "talks",
    "growth",
    "circles",
    "axenroos",
    "intervision",
    "takeaway",
    "offline",
)


def every_pattern(resolver: URLResolver | None = None) -> list[URLPattern]:
    """Return every URL pattern of the product."""
    patterns: list[URLPattern] = []
    for entry in (resolver or get_resolver()).url_patterns:
        patterns += every_pattern(entry) if isinstance(entry, URLResolver) else [entry]
    return patterns


def name_of_url(pattern: URLPattern) -> str:
    """Return the full name of a URL: its package and its own name."""
    package = pattern.callback.__module__.split(".")[1]
    return str(pattern.name) if package == "home" else f"{package}:{pattern.name}"


OWN = [pattern for pattern in every_pattern() if not pattern.callback.__module__.startswith("allauth.")]


@pytest.mark.parametrize("pattern", OWN, ids=lambda pattern: str(pattern.name))
def test_every_url_has_a_door(pattern: URLPattern) -> None:
    door = getattr(pattern.callback, "door", None)
    assert isinstance(door, Door), f"{pattern.pattern} has no door: @shows, @changes or @open_to_everyone"


def test_every_action_of_the_policy_is_asked_somewhere() -> None:
    source = "\n".join(path.read_text() for path in source_files() if path.parent.name != "access")
    unused = [action.name for action in Action if f"Action.{action.name}" not in source]
    assert unused == []


def source_files() -> list[Path]:
    """Return every Python file of the product, migrations left out."""
    return [path for path in (ROOT / "src/klimtouw").rglob("*.py") if "migrations" not in path.parts]


def package_of(path: Path) -> str:
    """Return the package a file of the product stands in."""
    return path.relative_to(ROOT / "src/klimtouw").parts[0]


@pytest.mark.parametrize("model", apps.get_models(), ids=str)
def test_foreign_keys_point_down(model: type) -> None:
    label = model._meta.app_label
    if label not in PACKAGES:
        return
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model._meta.app_label in PACKAGES:
            below = field.related_model._meta.app_label
            assert PACKAGES.index(below) <= PACKAGES.index(label), f"{model.__name__}.{field.name} points up"


@pytest.mark.parametrize("model", apps.get_models(), ids=str)
def test_words_of_people_live_in_words_fields_alone(model: type) -> None:
    if model._meta.app_label not in PACKAGES:
        return
    if model is Session:
        return  # sealed as a whole: tests/people/test_sessions.py
    plain = [
        f.name for f in model._meta.get_fields() if isinstance(f, TextField) and not isinstance(f, WordsField)
    ]
    assert plain == []


def test_templates_reach_into_ui_and_their_own_package_only() -> None:
    sideways = []
    for path in (ROOT / "src/klimtouw").rglob("templates/**/*.*"):
        for reached in re.findall(r"{% (?:extends|include) [\"']([a-z_]+)/", path.read_text(errors="ignore")):
            if reached not in ("ui", package_of(path), "allauth", "account", "socialaccount", "mfa"):
                sideways.append(f"{path.relative_to(ROOT)} reaches {reached}")
    assert sideways == []


def test_templates_hold_no_inline_script_or_style() -> None:
    found = []
    for path in (ROOT / "src/klimtouw").rglob("templates/**/*.html"):
        if path.match("notices/mail/letter.html"):
            continue  # a mail carries its own look along: a mail program knows no other
        if re.search(r" style=[\"']| on[a-z]+=[\"']|<script>|<style", path.read_text()):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_nobody_reads_things_past_the_gate() -> None:
    """Rows are read and written in models, queries and actions; never in views, forms, tasks or templates."""
    found = []
    for path in source_files():
        drawer = {path.stem, path.parent.name}
        if drawer & {"views", "forms", "tasks", "templatetags"} and ".objects" in path.read_text():
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_no_signals_no_save_overrides_no_inline_imports() -> None:
    found = []
    for path in source_files():
        text = path.read_text()
        if re.search(r"django\.dispatch|post_save|signals import|def save\(self", text):
            found.append(f"{path.relative_to(ROOT)}: a signal or a save override")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(node)
            ):
                found.append(f"{path.relative_to(ROOT)}: an import inside {node.name}")
    assert found == []


def test_only_views_tasks_and_doors_read_the_clock() -> None:
    allowed = {
        "views",
        "tasks",
        "requests",
        "sessions",
        "clock",
        "command",
        "commands",
        "jobs",
        "rounds",
        "ids",
        "serving",
    }
    readers = []
    for path in source_files():
        reads = re.search(r"clock import now|timezone\.now|datetime\.now\(|time\.time\(", path.read_text())
        if reads and not {path.stem, path.parent.name} & allowed and "tasks" not in path.stem:
            readers.append(str(path.relative_to(ROOT)))
    assert readers == []


def test_no_day_is_read_off_a_moment_in_utc() -> None:
    """Between 22:00 or 23:00 and 24:00 UTC it is tomorrow in Brussels already: a day is `localdate(moment)`."""
    in_utc = re.compile(r"\b(\w+_)?at\.date\(\)|\((\w+_)?at [-+] .*?\)\.date\(\)")
    files = [*source_files(), *(ROOT / "tests").rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in files if in_utc.search(path.read_text())] == []


def test_no_file_grows_past_400_lines() -> None:
    long = [
        str(path.relative_to(ROOT)) for path in source_files() if len(path.read_text().splitlines()) > 400
    ]
    assert long == []


@pytest.mark.parametrize(
    ("file", "generated"),
    [("who-may-do-what.md", policy_as_markdown()), ("states.md", states_as_markdown())],
)
def test_generated_documents_are_fresh(file: str, generated: str) -> None:
    assert (ROOT / "docs" / file).read_text() == generated, "run: make docs"


def test_every_state_and_event_has_a_move() -> None:
    assert {move.event for move in MOVES} == set(Event)
    assert {move.start for move in MOVES} | {move.end for move in MOVES} == set(State) | {INVITED, GONE}


def test_every_setting_is_explained() -> None:
    names = set(
        re.findall(
            r"\"((?:KLIMTOUW_|DATABASE_URL)[A-Z_]*)\"", (ROOT / "src/klimtouw/config/settings.py").read_text()
        )
    )
    explained = (ROOT / "docs/operate/README.md").read_text()
    assert {name for name in names if name not in explained} == set()


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_lock_files_hold_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_those_who_arrange_import_no_content() -> None:
    """B4: the desk has no import path to a package that holds words."""
    forbidden = re.compile(rf"klimtouw\.({'|'.join(CONTENT)})|klimtouw\.relations\.(?!states|choices)")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "src/klimtouw/basecamp").rglob("*.py")
        for line in path.read_text().splitlines()
        if "import" in line and forbidden.search(line)
    ]
    assert found == []
