"""Lay the second lock on the rows of PostgreSQL, or check that it is laid."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from klimtouw.belongings.lock_rows import is_laid, lay_second_lock
from klimtouw.people.second_lock import ROLE


class Command(BaseCommand):
    """Lay the second lock; `klimtouw migrate` does this."""

    help = "Lay the second lock on the rows of PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Do it, or say in one sentence why not."""
        if check and not is_laid():
            raise CommandError(
                "the second lock is not on every table of words; run `klimtouw migrate` first."
            )
        if check:
            return
        try:
            lay_second_lock()
        except ProgrammingError as refused:
            raise CommandError(
                f"the second lock needs a role of its own, which this user of the database may not make ({refused}). "
                f"Let a superuser run: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO the user in DATABASE_URL."
            ) from None
