"""What every test shares: the cast, jobs that run at once, mail in a folder of its own, and no help from the network."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from tests.quiet import QUIET

pytest_plugins = [
    "tests.append_only", "tests.cast", "tests.config.installation", "tests.strict_templates", "tests.watchful",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _quiet_house(settings: Settings, tmp_path: Path) -> None:
    translation.activate("nl")  # a page in English leaves its language behind in the thread
    for name, value in QUIET.items():
        setattr(settings, name, value)
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Lay the second lock, as `klimtouw migrate` does: on PostgreSQL every page of every test works behind it."""
    with django_db_blocker.unblock():
        call_command("second_lock")


DATABASES = ("sqlite3", "postgresql")
"""`make test` runs the tests on each."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave a test marked `only_on("postgresql")` to the run on that database; the closing line counts it as deselected."""
    here = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    stay: list[pytest.Item] = []
    elsewhere: list[pytest.Item] = []
    for item in items:
        (stay if here in databases_of(item) else elsewhere).append(item)
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = stay


def databases_of(item: pytest.Item) -> tuple[str, ...]:
    """Return the databases a test runs on: all, or the one it is marked for; never none."""
    mark = item.get_closest_marker("only_on")
    if mark is None:
        return DATABASES
    if len(mark.args) != 1 or mark.args[0] not in DATABASES:
        raise pytest.UsageError(f"{item.nodeid}: only_on() names one of {DATABASES}, or it would run nowhere")
    return mark.args[:1]


def pytest_collection_finish() -> None:
    """Look for garbage less often: by far most of what there is was loaded once and stays until the end."""
    gc.set_threshold(100_000, 20, 100)
