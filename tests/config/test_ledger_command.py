"""The ledger for who keeps Klimtouw running: verifying, and the head that leaves the machine."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import CommandError
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.config.commands.ledger import digests_in, print_head, verify_ledger
from klimtouw.config.ledger_tasks import keep_head_of_today
from klimtouw.config.operate import act
from klimtouw.config.rounds import daily_round
from klimtouw.ledger.actions import Act, record
from klimtouw.ledger.models import DailyHead, Line
from klimtouw.notices.mailbox import newest_mails
from klimtouw.people.models import Person
from tests.ledger.tampering import forge_chain, forge_daily_heads, tampering

Said = pytest.CaptureFixture[str]


@pytest.fixture
def looked(noor: Person, bram: Person, at: datetime) -> None:
    """Bram looked at three things of Noor."""
    acts = [Act(by_id=bram.pk, hat="coach_once_shared", act="look", about_id=bram.pk) for _ in range(3)]
    record(owner_id=noor.pk, acts=acts, at=at)


def forge_everything() -> None:
    """Take Bram's first look away, and cover it up as far as one can on this machine."""
    with tampering():
        Line.objects.filter(number=1).delete()
        forge_chain()
        forge_daily_heads()


def test_a_whole_ledger_is_said_to_be_whole(looked: None, capsys: Said) -> None:
    verify_ledger([])
    assert capsys.readouterr().out == (
        "Read 3 lines in 1 chains.\nThere is no daily head yet.\n"
        "The ledger is whole: every line is as it was written, and none is missing.\n"
    )


def test_a_broken_ledger_ends_with_one_and_names_chain_and_line_and_nobody(
    looked: None, noor: Person, capsys: Said
) -> None:
    with tampering():
        Line.objects.filter(number=2).delete()
    with pytest.raises(SystemExit) as end:
        verify_ledger([])
    said = capsys.readouterr().out
    assert end.value.code == 1
    assert f"THE LEDGER IS NOT WHOLE:\n  chain {noor.pk}, line 3: line 2 before it is missing\n" in said
    assert "Noor" not in said


def test_a_printed_head_can_be_typed_over(looked: None, capsys: Said) -> None:
    print_head()
    printed = capsys.readouterr().out
    verify_ledger([printed.splitlines()[2]])
    assert "It continues from what you gave" in capsys.readouterr().out


def test_a_head_that_left_the_machine_shows_what_was_covered_up(looked: None, capsys: Said) -> None:
    print_head()
    left = DailyHead.objects.get().digest
    forge_everything()
    verify_ledger([])
    with pytest.raises(SystemExit):
        verify_ledger([left])
    assert f"head {left}: this ledger does not continue from it" in capsys.readouterr().out


def test_what_is_no_head_is_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "mail.eml"
    empty.write_text("nothing here")
    for given in ("abc", str(empty), "z" * 64, "0" * 65):
        with pytest.raises(CommandError, match="there is no head"):
            digests_in(given)


def test_the_head_of_the_day_is_mailed_and_the_mail_verifies(
    looked: None, settings: Settings, capsys: Said
) -> None:
    settings.LEDGER_MAIL_TO = "register@school.example"
    settings.EMAIL_BACKEND = "klimtouw.notices.mailbox.FileBackend"
    keep_head_of_today.call()
    keep_head_of_today.call()
    (mail,) = newest_mails()
    head = DailyHead.objects.get()
    assert mail.to == "register@school.example"
    assert mail.subject.startswith("Dagafdruk van het inkijkregister")
    assert head.digest in mail.text
    assert "Bram" not in mail.text
    assert "Noor" not in mail.text
    received = Path(django_settings.EMAIL_FILE_PATH) / "received.eml"
    received.write_text(mail.text)
    verify_ledger([str(received)])
    assert "It continues from what you gave" in capsys.readouterr().out


def test_without_an_address_the_head_is_kept_and_not_mailed(looked: None) -> None:
    keep_head_of_today.call()
    assert DailyHead.objects.count() == 1
    assert newest_mails() == []


def test_every_round_keeps_the_head_of_its_day(looked: None, at: datetime, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for days in range(2):
        with time_machine.travel(at + timedelta(days=days), tick=False):
            daily_round.call()
    heads = list(DailyHead.objects.order_by("number"))
    assert [head.day for head in heads] == [localdate(at), localdate(at + timedelta(days=1))]
    assert heads[1].previous == heads[0].digest
    assert not DBTaskResult.objects.filter(task_path__endswith="mail_head").exists()


@pytest.mark.parametrize(
    "words", [["ledger", "verify", "--help"], ["ledger", "head", "--help"], ["ledger", "--help"]]
)
def test_the_command_explains_itself(words: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as end:
        act(words)
    assert end.value.code == 0
