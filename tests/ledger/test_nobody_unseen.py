"""Nobody can become somebody else, and nobody reads unseen: no address, command, setting or letter offers it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.management import get_commands
from django.test import Client
from django.urls import get_resolver

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.queries import kinds
from klimtouw.people.doors import LeavesALook
from klimtouw.people.models import Person
from tests.guards.test_house import OWN, every_pattern

BECOMING = re.compile(
    r"impersonat|hijack|log_?in_?as|sign_?in_?as|act_?as|switch_?user|become|masquerad|inloggen-?als|aanmelden-?als|\bsu\b",
    re.IGNORECASE,
)


def test_v25_no_address_offers_to_become_somebody_else() -> None:
    found = [f"{one.name} {one.pattern}" for one in every_pattern(get_resolver())]
    assert [one for one in found if BECOMING.search(one)] == []


def test_v25_no_command_setting_or_app_offers_it() -> None:
    own = [name for name, app in get_commands().items() if str(app).startswith("klimtouw")]
    operate = (Path(settings.PACKAGE) / "config/operate.py").read_text()
    offered = re.findall(r"(?:command|add_parser)\(\s*\"([a-z-]+)\"", operate)
    names = [*own, *offered, *dir(settings), *settings.INSTALLED_APPS, *settings.MIDDLEWARE]
    assert {"ledger", "verify", "head"} <= set(offered)  # the pattern finds what there is
    assert [name for name in names if BECOMING.search(name)] == []
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


@pytest.mark.parametrize("name", ["as", "user", "person", "login_as", "impersonate", "su", "_auth_user_id"])
def test_v25_no_address_parameter_header_or_cookie_makes_one_somebody_else(
    noor: Person, bram: Person, name: str
) -> None:
    client = Client(headers={name.strip("_").replace("_", "-"): str(noor.pk), "remote-user": noor.email})
    client.force_login(bram)
    client.cookies[name] = str(noor.pk)
    for value in (str(noor.pk), noor.email):
        client.get("/", {name: value})
        client.post("/instellingen/", {name: value})
    assert client.session[SESSION_KEY] == str(bram.pk)


def test_no_hat_but_that_of_a_seat_and_the_owner_reads() -> None:
    """Who arranges, assesses or administers has no line that reads; who has one has a seat, and leaves a look."""
    assert LINE_OF[Action.READ].hats == {Hat.OWNER} | {hat.once_shared for hat in SeatHat}
    for action in (
        Action.READ,
        Action.FOLLOW,
        Action.REPLY,
        Action.SUGGEST,
        Action.SEE_TALKS,
        Action.GET_ACQUAINTED,
    ):
        assert not LINE_OF[action].hats & {Hat.COORDINATOR, Hat.ADMINISTRATOR, Hat.ASSESSOR}


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test_every_kind_of_thing_leaves_a_look_at_its_door(kind: type) -> None:
    assert issubclass(kind, LeavesALook)


SAID_IN_LETTERS = {
    "address", "by_day", "code", "coach", "coachee", "contract_path", "day", "email", "head.digest", "hour", "invitation.expires_at",
    "minutes", "moment", "name", "path", "relation_path", "talk.get_absolute_url", "talk.minutes", "talk.place",
    "meeting.get_absolute_url", "meeting.minutes", "meeting.starts_at", "place", "talk.starts_at", "was_at", "other.name", "reader.name", "head.day", "other", "last_day", "goes_on", "takeaway_path",
    "line.subject", "line.text", "link.path", "link.words", "stop", "whom",
}  # fmt: skip
"""A `line` is made by the `told` of a package, never of words but for the card of a talk, whole to a coachee alone, with its looks (`test_told_ahead`)."""
"""Names, moments, places and addresses. The place of a talk is of both, and that of a meeting of its circle: it stands in their calendars."""


@pytest.mark.parametrize(
    "letter",
    sorted(Path(settings.PACKAGE).rglob("templates/*/mail/*.txt")),
    ids=lambda path: f"{path.parts[-4]}-{path.stem}",
)
def test_no_letter_carries_what_somebody_wrote(letter: Path) -> None:
    """A mail cannot leave a look and lies open on the way, so words stay behind the door it leads to."""
    said = letter.read_text()
    blanks = set(re.findall(r"{{ ([a-z_.]+)", said)) | set(re.findall(r"\bwith ((?:\w+=[^ %]+ ?)+)", said))
    blanks = {value for blank in blanks for value in (re.findall(r"=([a-z_.]+)", blank) or [blank])}
    assert blanks - SAID_IN_LETTERS == set()


def test_every_own_address_has_been_looked_at() -> None:
    assert len(OWN) > 50
