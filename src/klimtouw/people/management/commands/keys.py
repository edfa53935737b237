"""`klimtouw keys`: check the master keys, wrap every key in a new one, drop the master keys that wrap nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from klimtouw.foundation.clock import now
from klimtouw.people.key_actions import retire_master_keys, rotate_master_key
from klimtouw.people.master_keys import (
    MasterKeysRefused,
    keys_are_there,
    master_keys,
    must_open_what_is_sealed,
)
from klimtouw.people.models import DataKey


class Command(BaseCommand):
    """Look after the master keys."""

    help = "check | rotate | retire"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one wish."""
        parser.add_argument("wish", choices=("check", "rotate", "retire"))

    def handle(self, *args: Any, wish: str, **options: Any) -> None:
        """Do it, or say in one sentence why not; a wrong key changes nothing."""
        try:
            if not _something_can_be_sealed_here():
                if keys_are_there():
                    master_keys()
                return
            must_open_what_is_sealed()
            if wish == "rotate":
                self.stdout.write(f"{rotate_master_key()} keys are wrapped in the newest master key now.")
            elif wish == "retire":
                self.stdout.write(
                    f"{retire_master_keys(at=now())} master keys were dropped: they wrapped nothing."
                )
        except MasterKeysRefused as refusal:
            raise CommandError(str(refusal)) from None


def _something_can_be_sealed_here() -> bool:
    return DataKey._meta.db_table in connection.introspection.table_names()
