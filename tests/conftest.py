"""What every test shares: the cast, jobs that run at once, mail in a folder of its own, and no help from the network."""

import gc
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from tests.quiet import QUIET

pytest_plugins = [
    "tests.append_only", "tests.cast", "tests.migrated", "tests.config.installation", "tests.second_database", "tests.strict_templates",
    "tests.watchful",
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


def pytest_collection_finish() -> None:
    """Look for garbage less often: by far most of what there is was loaded once and stays until the end."""
    gc.set_threshold(100_000, 20, 100)
