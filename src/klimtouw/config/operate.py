"""What someone who keeps Klimtouw running can ask for: one line per wish, one sentence per mistake."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils.module_loading import import_string

from klimtouw import __version__
from klimtouw.config import keys_file, prepare, serving

HIGHEST_PORT = 65535
MISTAKES = (
    keys_file.BackupRefused,
    CommandError,
    ImproperlyConfigured,
    OperationalError,
    OSError,
    serving.CannotServe,
)


def act(arguments: Sequence[str]) -> None:
    """Do what the command line asks; end with one sentence when that cannot be."""
    asked = _parser().parse_args(arguments)
    try:
        asked.act(asked)
    except KeyboardInterrupt:
        sys.exit(130)
    except MISTAKES as mistake:
        sys.exit(f"klimtouw: {mistake_in_words(mistake)}")


def mistake_in_words(mistake: BaseException) -> str:
    """Say in one line what went wrong, and where the program can know it, what to do."""
    words = " ".join(str(mistake).split()) or type(mistake).__name__
    if isinstance(mistake, OperationalError):
        return f"the database cannot be used: {words}."
    if isinstance(mistake, PermissionError):
        return f"no permission to use {mistake.filename}; give this user the right or set KLIMTOUW_HOME."
    return words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="klimtouw", description="Run and look after Klimtouw.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(
        name: str, sentence: str, act: Callable[[argparse.Namespace], None]
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=sentence, description=sentence)
        added.set_defaults(act=act)
        return added

    serve = command("serve", "Serve the pages and do the background jobs, until Ctrl-C.", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (%(default)s)")
    serve.add_argument("--workers", type=_count, default=2, help="processes that serve pages (%(default)s)")
    serve.add_argument("--threads", type=_count, default=4, help="threads in each process (%(default)s)")
    serve.add_argument(
        "--prepare",
        action="store_true",
        help="first do what `klimtouw migrate` does, and in a demo `klimtouw demo`",
    )

    command("migrate", "Bring the database and the static files up to date; nothing is done twice.", _migrate)
    demo = command("demo", "Fill an empty Klimtouw with a small demo school, once.", _demo)
    demo.add_argument("--how-to-sign-in", action="store_true", help="only say how to sign in to the demo")
    copy = command("backup", "Write a consistent copy of the database while Klimtouw runs.", _backup)
    copy.add_argument("target", type=Path, help="the file to write; it may not exist yet")
    copy.add_argument("--keys", type=Path, help="the file for what opens it; an older one there is replaced")
    back = command(
        "restore", "Put a copy back, all or nothing, and erase again who was erased since.", _restore
    )
    back.add_argument("target", type=Path, help="the copy, as `klimtouw backup` wrote it")
    back.add_argument("--keys", type=Path, help="the newest keys file, when it is not beside the copy")
    back.add_argument("--replace", action="store_true", help="throw away what stands in the database now")
    _ledger_commands(command("ledger", "Verify the look ledger, or print its head of today.", _verify_ledger))
    keys = command("keys", "Check the master keys, or wrap every key in a new one while serving.", _keys)
    keys.add_argument(
        "wish", choices=("check", "rotate", "retire"), help="retire: drop the keys that wrap nothing"
    )
    command("manage", "Any of Django's own commands, for instance: klimtouw manage shell.", _migrate)
    return parser


def _ledger_commands(ledger: argparse.ArgumentParser) -> None:
    asked = ledger.add_subparsers(metavar="verify | head", required=True)
    sentence = (
        "Find any line of the ledger that was changed, removed or moved; ends with 1 when there is one."
    )
    verify = asked.add_parser("verify", help=sentence, description=sentence)
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HEAD",
        help="a head that left this machine, or a file that holds some: does the ledger still continue from it?",
    )
    verify.set_defaults(act=_verify_ledger)
    sentence = "Print the daily head of the ledger, to keep on paper outside this machine."
    asked.add_parser("head", help=sentence, description=sentence).set_defaults(act=_print_head)


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {HIGHEST_PORT}")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("one is the least")
    return number


def _serve(asked: argparse.Namespace) -> None:
    serving.must_be_free(asked.host, asked.port)
    django.setup()
    prepare.keys_must_fit()
    if asked.prepare:
        prepare.bring_up_to_date()
        if settings.DEMO:
            prepare.fill_demo()
    if prepare.steps_to_go():
        raise serving.CannotServe("the database is not up to date; run `klimtouw migrate` first.")
    call_command("second_lock", "--check")
    serving.serve(host=asked.host, port=asked.port, workers=asked.workers, threads=asked.threads)


def _migrate(asked: argparse.Namespace) -> None:
    django.setup()
    prepare.keys_must_fit()
    prepare.bring_up_to_date()


def _demo(asked: argparse.Namespace) -> None:
    django.setup()
    if asked.how_to_sign_in:
        sys.stdout.write(prepare.how_to_sign_in())
        return
    prepare.keys_must_fit()
    prepare.bring_up_to_date()
    prepare.fill_demo()


def _keys(asked: argparse.Namespace) -> None:
    django.setup()
    call_command("keys", asked.wish)


def _backup(asked: argparse.Namespace) -> None:
    django.setup()
    make_copy: Callable[..., None] = import_string("klimtouw.config.commands.copies.make_copy")
    make_copy(asked.target, keys=asked.keys)


def _restore(asked: argparse.Namespace) -> None:
    django.setup()
    put_back: Callable[..., None] = import_string("klimtouw.config.commands.copies.put_back")
    put_back(asked.target, keys=asked.keys, replace=asked.replace)


def _verify_ledger(asked: argparse.Namespace) -> None:
    django.setup()
    # By name, here and below: models may be imported only now that Django is set up.
    verify: Callable[[Sequence[str]], None] = import_string("klimtouw.config.commands.ledger.verify_ledger")
    verify(asked.head)


def _print_head(asked: argparse.Namespace) -> None:
    django.setup()
    print_head: Callable[[], None] = import_string("klimtouw.config.commands.ledger.print_head")
    print_head()
