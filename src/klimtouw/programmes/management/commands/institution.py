"""Show the institutions, and change for how long they keep ended relations and whom they ask consent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from klimtouw.foundation.clock import now
from klimtouw.programmes.actions import OutOfBounds, Rules, set_rules_of
from klimtouw.programmes.queries import all_institutions, institution_called


class Command(BaseCommand):
    """`klimtouw manage institution`: what an administrator does on the page of the rules, at the server itself."""

    help = "Show the institutions; with a name, change for how long one keeps ended relations, or its consent age."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a name and what changes."""
        parser.add_argument("name", nargs="?", help="the institution, by its full name")
        parser.add_argument("--kept-months", type=int, help="months that ended relations stay: 1 to 60")
        parser.add_argument("--consent-age", type=int, help="from which age somebody agrees alone: 13 to 18")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change what was asked, and show how it stands."""
        institutions = all_institutions()
        if options["name"]:
            institution = institution_called(options["name"])
            if institution is None:
                raise CommandError(f"there is no institution called {options['name']}.")
            try:
                set_rules_of(institution, Rules(options["kept_months"], options["consent_age"]), at=now())
            except OutOfBounds as bounds:
                raise CommandError(str(bounds)) from bounds
            institutions = [one for one in all_institutions() if one.pk == institution.pk]
        for one in institutions:
            self.stdout.write(
                f"{one.name}: keeps ended relations {one.relations_kept_months} months, asks consent below {one.consent_age}."
            )
