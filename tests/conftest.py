"""What every test shares: the cast, jobs that run at once, mail in a folder of its own, and no help from the network."""

from pathlib import Path

import pytest
from pytest_django import Settings

pytest_plugins = ["tests.cast", "tests.strict_templates", "tests.watchful"]


@pytest.fixture(autouse=True)
def _quiet_house(settings: Settings, tmp_path: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
