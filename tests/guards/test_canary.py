"""The word that stands in every text is never found in a letter, a log or a session; nor in the package of who may not read it."""

from datetime import datetime
from functools import partial

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from klimtouw.foundation.clock import now
from klimtouw.notices.sending import send_everything_that_waits
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.guards.elsewhere import ELSEWHERE, build_the_rest
from tests.guards.scene import CANARY, build, canary_of, promised_hats
from tests.guards.test_every_url import POSTED, ask, cells, text_of

pytestmark = pytest.mark.slow

WRITTEN = {
    "text": f"{CANARY}-nieuw", "why": f"{CANARY}-nieuw", "place": f"{CANARY}-nieuw", "next_step": f"{CANARY}-nieuw",
    "seen": "1", "line_kind": "talk_about", "reply_kind": "support", "for": "both", "share": "yes",
}  # fmt: skip


def _done_on_commit() -> None:
    """Do now what waits for the commit or for its hour, such as sending letters: what this request wrote is undone afterwards."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, act, _is_robust in waiting:
        act()
    send_everything_that_waits(now())


def _in_full(letter: EmailMessage) -> str:
    return letter.message().as_string() + letter.subject + str(letter.body)


@pytest.mark.parametrize("who", ["noor", "bram"])
@pytest.mark.parametrize("state", [State.ACQUAINTING, State.RUNNING])
def test_no_letter_no_log_and_no_session_carries_what_somebody_wrote(
    state: State,
    who: str,
    noor: Person,
    bram: Person,
    vera: Person,
    programme: Programme,
    at: datetime,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Letters say that something waits, not what; only the message of an invitation goes along, to whom it is for.

    Pages that read are asked where most is open to read; what is sent, in both states.
    """
    scene = build(state, noor, bram, vera, programme, at)
    client = Client()
    client.force_login({"noor": noor, "bram": bram}[who])
    caplog.set_level("DEBUG", logger="klimtouw")
    caplog.set_level("INFO")
    wrong, letters = [], 0
    for name, door, row, address in cells(scene):
        for method in ("get", "post") if state == State.RUNNING else ("post",):
            if method.upper() in door.methods:
                sent = POSTED.get(name, {}) | WRITTEN if method == "post" else None
                ask(client, method, address, sent, then=partial(_done_on_commit))
        wrong += [f"{name} {row}: in a letter" for letter in mailoutbox if CANARY in _in_full(letter)]
        letters += len(mailoutbox)
        mailoutbox.clear()
        wrong += [f"{name} {row}: in the log"] if CANARY in caplog.text else []
        caplog.clear()
        wrong += [f"{name} {row}: in the session"] if CANARY in str(dict(client.session.items())) else []
    assert not wrong, "\n".join(wrong)
    assert letters > 0  # else this proves nothing


@pytest.mark.parametrize("state", [State.RUNNING, State.STOPPED])
@pytest.mark.parametrize("who", ["noor", "bram", "vera", "stan", "ines"])
def test_v24_the_package_holds_what_may_be_read_and_nothing_else(
    who: str,
    state: State,
    noor: Person,
    bram: Person,
    vera: Person,
    stan: Person,
    ines: Person,
    amir: Person,
    programme: Programme,
    at: datetime,
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    build_the_rest(vera, stan, ines, amir, at)
    cast = {"noor": noor, "bram": bram, "vera": vera, "stan": stan, "ines": ines}
    client = Client()
    client.force_login(cast[who])
    package = text_of(ask(client, "post", reverse("takeaway:package")))
    assert len(package) > 1000
    own = [name for name, thing in scene.things.items() if thing.owner_id == cast[who].pk]
    assert [name for name in own if canary_of(name) not in package] == []
    hidden = [name for name in scene.things if not promised_hats(scene, name, who)]
    assert [name for name in hidden if canary_of(name) in package] == []
    assert (ELSEWHERE in package) == (who in ("vera", "stan", "ines"))
