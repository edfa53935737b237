"""The house as tests live in it: jobs run at once, passwords are hashed in one round; and how to lay something down once for many tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from klimtouw.people import keyring

QUIET = {
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}


@contextmanager
def laid_down_once(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whatever is written in the block is there for every test until it ends, and then never was.

    For a fixture of a whole module of which every test is content with the ordinary `django_db`: that nests in it.
    """
    with blocker.unblock(), transaction.atomic():
        with override_settings(**QUIET), translation.override("nl"):
            yield
        transaction.set_rollback(True)
    keyring.forget()
