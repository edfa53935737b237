"""The `klimtouw` command, as it is started from a shell."""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

SETTINGS = "klimtouw.config.settings"
NEEDS_THE_KEYS = frozenset({"runserver", "migrate", "demo", "db_worker", "shell", "testserver"})
OURS_ALONE = 0o077  # files made here can be read by this user only: they hold what people write


def main() -> None:
    """Do what the command line asks for."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["manage"]:
        manage(arguments[1:])
        return
    os.umask(OURS_ALONE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    # Loading Django takes most of a second; Ctrl-C in that second should not print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    operate = import_module("klimtouw.config.operate")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    operate.act(arguments)


def manage(arguments: Sequence[str]) -> None:
    """Hand a command line to Django's own commands; one that serves or fills asks first whether the master keys fit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if NEEDS_THE_KEYS & set(arguments[:1]):
        import_module("klimtouw.config.operate").act(["keys", "check"])
    import_module("django.core.management").execute_from_command_line(["klimtouw manage", *arguments])


if __name__ == "__main__":
    main()
