"""What every test shares: the cast, jobs that run at once, mail in a folder of its own, and no help from the network."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from pytest_django import Settings

pytest_plugins = ["tests.append_only", "tests.cast", "tests.strict_templates", "tests.watchful"]


@pytest.fixture(autouse=True)
def _quiet_house(settings: Settings, tmp_path: Path) -> None:
    translation.activate("nl")  # a page in English leaves its language behind in the thread
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave a test marked `only_on("postgresql")` to the run on that database; the closing line counts it as deselected."""
    here = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    elsewhere = [
        item for item in items if (mark := item.get_closest_marker("only_on")) and here not in mark.args[0]
    ]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
