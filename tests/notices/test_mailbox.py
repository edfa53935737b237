"""Mails that are kept as files are sealed there, opened in the demo mailbox, and thrown away after a while (P3)."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from django.core.mail import send_mail
from pytest_django import Settings

from klimtouw.config.rounds import daily_round
from klimtouw.foundation.sealing import new_key, written
from klimtouw.notices.mailbox import newest_mails, throw_old_mails_away

WORDS = "Zin om samen te klimmen? 🧗"


@pytest.fixture
def folder(settings: Settings, db: None) -> Path:
    """The folder of a Klimtouw without a mail server."""
    settings.EMAIL_BACKEND = "klimtouw.notices.mailbox.FileBackend"
    return Path(settings.EMAIL_FILE_PATH)


def send(words: str = WORDS) -> None:
    send_mail("Een vraag", words, None, ["noor@school.example"])


def test_a_mail_is_sealed_on_the_disk_and_open_in_the_mailbox(folder: Path) -> None:
    send()
    (file,) = folder.iterdir()
    assert b"klimmen" not in file.read_bytes()
    assert b"noor@" not in file.read_bytes()
    (mail,) = newest_mails()
    assert (mail.to, mail.text.strip()) == ("noor@school.example", WORDS)


def test_after_a_rotation_earlier_mails_still_open_and_later_ones_are_sealed_with_the_newest(
    folder: Path, settings: Settings
) -> None:
    old, new = written(new_key()), written(new_key())
    settings.MASTER_KEYS = old
    send("eerst")
    settings.MASTER_KEYS = f"{new},{old}"
    sleep(0.002)  # the name of a mail tells the millisecond it was made in
    send("daarna")
    assert [mail.text.strip() for mail in newest_mails()] == ["daarna", "eerst"]
    settings.MASTER_KEYS = new
    assert [mail.text.strip() for mail in newest_mails()] == ["daarna"]


def test_a_file_that_does_not_open_here_is_passed_over(folder: Path) -> None:
    send("eerst")
    (file,) = folder.iterdir()
    (folder / "0-other.eml").write_bytes(file.read_bytes())  # sealed for another file
    (folder / "0-plain.eml").write_text("Subject: van vroeger\n\nopen en bloot")
    (folder / "0-empty.eml").write_bytes(b"")
    assert [mail.text.strip() for mail in newest_mails(2)] == ["eerst"]


def test_mails_of_more_than_thirty_days_ago_are_thrown_away(
    folder: Path, at: datetime, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for words, days in (("oud", 31), ("jong", 29)):
        send(words)
        file = max(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
        moment = (at - timedelta(days=days)).timestamp()
        os.utime(file, (moment, moment))
    daily_round.call()
    assert [mail.text.strip() for mail in newest_mails()] == ["jong"]
    assert throw_old_mails_away(at) == 0
