"""`klimtouw manage signing_key show | rotate`: the keys that sign attestations of training."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klimtouw.peers.credential import public_keys
from klimtouw.peers.signing_keys import SigningKeysRefused, rotate_signing_key


class Command(BaseCommand):
    """Look after the keys that sign attestations."""

    help = "show | rotate"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one wish."""
        parser.add_argument("wish", choices=("show", "rotate"))

    def handle(self, *args: Any, wish: str, **options: Any) -> None:
        """Show the fingerprints, the newest first, after making a new key if that was asked."""
        try:
            if wish == "rotate":
                rotate_signing_key()
            for key in public_keys():
                self.stdout.write(key["kid"])
        except SigningKeysRefused as refusal:
            raise CommandError(str(refusal)) from None
