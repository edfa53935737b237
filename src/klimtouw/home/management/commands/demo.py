"""Fill the demo school once, or say how to sign in to it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from klimtouw.foundation.clock import now
from klimtouw.home.demo.filling import fill
from klimtouw.home.demo.signing_in import how_to_sign_in


class Command(BaseCommand):
    """`klimtouw demo`: the first time it fills the demo; after that it does nothing and says nothing."""

    help = "Fill an empty Klimtouw with a small demo school, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Accept the question how to sign in."""
        parser.add_argument(
            "--how-to-sign-in", action="store_true", help="only say how to sign in to the demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill the demo, or answer the question; never in an installation that is no demo."""
        if not settings.DEMO:
            raise CommandError("this Klimtouw is no demo; set KLIMTOUW_DEMO=1 to make it one.")
        if options["how_to_sign_in"]:
            self.stdout.write(how_to_sign_in(), ending="")
        elif fill(at=now()):
            self.stdout.write("The demo school is filled.")
