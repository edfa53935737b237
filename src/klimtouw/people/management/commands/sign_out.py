"""`klimtouw manage sign_out ADDRESS`, or `--everybody`: end sessions, for instance after a theft."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klimtouw.people.actions import end_sessions
from klimtouw.people.queries import person_with_address


class Command(BaseCommand):
    """End the sessions of one person, or of everybody; they sign in again, and lose nothing."""

    help = "end the sessions of one person, or of everybody"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address, or everybody."""
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("address", nargs="?")
        whom.add_argument("--everybody", action="store_true")

    def handle(self, *args: Any, address: str | None, everybody: bool, **options: Any) -> None:
        """End them, and say how many."""
        person = None if everybody else person_with_address(address or "")
        if person is None and not everybody:
            raise CommandError("nobody here has that address.")
        self.stdout.write(f"{end_sessions(of=person)} sessions ended.")
