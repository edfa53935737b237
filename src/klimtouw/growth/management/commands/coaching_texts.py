"""See whether the texts for coaches can be read: those that come along, or those of a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from klimtouw.growth.texts.library import ALONG, faults_in


class Command(BaseCommand):
    """`klimtouw manage coaching_texts [FOLDER]`: for whoever edits them."""

    help = "See whether the texts for coaches in a folder can be read; without one: in the folder of this installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a folder."""
        parser.add_argument("folder", nargs="?", type=Path, help="the folder with cards, chapters, practice")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every file that cannot be used, and why."""
        folder = options["folder"] or settings.COACHING_TEXTS or ALONG
        found = faults_in(folder)
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError("what is named above is left out of the pages.")
        self.stdout.write(f"All is well in {folder}.")
