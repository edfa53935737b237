"""Whoever sends knows every kind of thing to tell, and whoever serves knows every answer from a mail."""

import re
from pathlib import Path

from django.conf import settings

from klimtouw.config.notice_tasks import SAID_BY
from klimtouw.config.urls import ANSWERED_BY
from klimtouw.notices.by_mail import ANSWERS
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import KINDS

HOUSE = Path(settings.PACKAGE)


def modules_with(sign: str) -> set[str]:
    """Return the modules of the house in which a line begins so."""
    files = [path for path in HOUSE.rglob("*.py") if re.search(f"^{sign}", path.read_text(), re.MULTILINE)]
    return {".".join(("klimtouw", *path.relative_to(HOUSE).with_suffix("").parts)) for path in files}


def test_every_kind_of_thing_to_tell_is_known_to_who_sends() -> None:
    assert modules_with(r"@kind\(") == {module.__name__ for module in SAID_BY}


def test_every_answer_from_a_mail_is_known_to_who_serves() -> None:
    with_an_answer = modules_with(r"[A-Z_]+ = Answer(\[\w+\])?\(")
    assert with_an_answer == {module.__name__ for module in ANSWERED_BY}
    assert len(ANSWERS) >= 5


def test_every_topic_one_can_mute_has_something_to_tell() -> None:
    assert {kind.topic for kind in KINDS.values()} >= set(Topic)
