"""What a device fetches: a worker and a page that say nothing of anybody, and a rucksack of one's own."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.route import add_stage, add_step, set_done
from klimtouw.climb.models import Entry
from klimtouw.offline.rucksack import rucksack_of
from klimtouw.offline.shell import FILES
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks.models import Takeaway, Talk

SignIn = Callable[[Person], Client]
STATIC = Path(settings.PACKAGE) / "ui" / "static"


def with_a_step(person: Person, at: datetime, text: str, steps: int = 1) -> Any:
    """Write a goal with a route of one stage and some steps; return the last step."""
    goal = write_goal(by=person, at=at, text="Ik durf een vraag te stellen.")
    stage = add_stage(goal, by=person, at=at, text="Beginnen")
    for number in range(steps):
        step = add_step(stage, by=person, at=at, text=f"{text} {number}")
    return step


def titles(rucksack: dict[str, Any]) -> list[tuple[str, str]]:
    return [(form["kind"], form["title"]) for form in rucksack["forms"]]


def test_the_rucksack_holds_a_form_for_the_trail_and_ones_own_steps(
    noor: Person, stan: Person, at: datetime
) -> None:
    with_a_step(stan, at, "Van Stan")
    step = with_a_step(noor, at, "Bel de school")
    rucksack = rucksack_of(noor, at)
    assert titles(rucksack) == [("entry", "Schrijf in mijn spoor"), ("step", "Bel de school 0")]
    assert rucksack["forms"][1]["path"] == reverse("climb:step_done", args=[step.pk])


def test_what_is_done_is_not_taken_along(noor: Person, at: datetime) -> None:
    step = with_a_step(noor, at, "Bel de school")
    set_done(step, by=noor, at=at, is_done=True)
    assert titles(rucksack_of(noor, at)) == [("entry", "Schrijf in mijn spoor")]


def test_a_talk_ahead_can_be_prepared_and_one_that_was_held_taken_from(
    noor: Person, bram: Person, running_relation: Relation, at: datetime
) -> None:
    ahead = Talk.objects.create(
        relation=running_relation,
        proposed_by=bram,
        proposed_at=at,
        state="planned",
        starts_at=at + timedelta(days=2),
    )
    held = Talk.objects.create(
        relation=running_relation,
        proposed_by=bram,
        proposed_at=at,
        state="held",
        starts_at=at - timedelta(days=2),
    )
    hers, his = rucksack_of(noor, at), rucksack_of(bram, at)
    assert [kind for kind, _title in titles(hers)] == ["entry", "line", "takeaway"]
    assert [form["path"] for form in hers["forms"][1:]] == [
        reverse("talks:prepare", args=[ahead.pk]), reverse("talks:takeaway", args=[held.pk]),
    ]  # fmt: skip
    assert "Bram" in hers["forms"][1]["title"]
    assert [kind for kind, _title in titles(his)] == ["entry", "line"]  # T3: the takeaway is the coachee's


def test_what_the_rucksack_holds_is_what_the_page_would_send(
    sign_in: SignIn, noor: Person, bram: Person, running_relation: Relation, at: datetime
) -> None:
    Talk.objects.create(
        relation=running_relation,
        proposed_by=bram,
        proposed_at=at,
        state="held",
        starts_at=at - timedelta(days=2),
    )
    client = sign_in(noor)
    for form in json.loads(client.get(reverse("offline:rucksack")).content)["forms"]:
        fields = {field["name"]: field["value"] for field in form["fields"]}
        sent = {**fields, "text": "Zonder netwerk geschreven.", form["buttons"][0]["name"]: "1"}
        assert client.post(form["path"], sent).status_code == 302
    assert [entry.text for entry in Entry.objects.all()] == ["Zonder netwerk geschreven."]
    assert [takeaway.text for takeaway in Takeaway.objects.all()] == ["Zonder netwerk geschreven."]


def test_three_steps_cost_no_more_questions_than_one(noor: Person, at: datetime) -> None:
    asked = []
    for steps in (1, 3):
        with_a_step(noor, at, "Stap", steps)
        keyring.forget()
        with CaptureQueriesContext(connection) as queries:
            rucksack_of(noor, at)
        asked.append(len(queries))
    assert asked == [3, 3]


def test_a_visitor_gets_no_rucksack(client: Client, db: None) -> None:
    assert client.get(reverse("offline:rucksack")).status_code == 302


@pytest.mark.parametrize(("name", "language"), [("offline:shell_nl", "nl"), ("offline:shell_en", "en")])
def test_the_page_without_network_says_nothing_of_anybody(
    sign_in: SignIn, client: Client, noor: Person, name: str, language: str
) -> None:
    hers, anybodys = sign_in(noor).get(reverse(name)), client.get(reverse(name))
    assert hers.content == anybodys.content
    page = hers.content.decode()
    assert f'<html lang="{language}">' in page
    assert not re.search(r"csrf|Noor|data-worker|written_by", page)


def test_the_worker_serves_every_address_and_is_never_kept_itself(client: Client, db: None) -> None:
    answer = client.get(reverse("offline:worker"))
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_worker_keeps_files_of_the_pages_and_the_two_pages_alone(client: Client, db: None) -> None:
    script = client.get(reverse("offline:worker")).content.decode()
    house = json.loads(re.search(r"serve\((.*)\);", script)[1])  # type: ignore[index]  # there, or the test fails
    assert all(file.startswith("/static/") for file in house["files"])
    assert house["pages"] == {"nl": "/zonder-netwerk/nl/", "en": "/zonder-netwerk/en/"}


def test_every_file_the_worker_keeps_is_there_and_no_module_is_left_out() -> None:
    assert [file for file in FILES if not (STATIC / file).exists()] == []
    modules = {f"ui/offline/{path.name}" for path in (STATIC / "ui/offline").glob("*.js")}
    assert modules - {"ui/offline/worker.js"} <= set(FILES)


def test_the_manifest_makes_it_installable() -> None:
    manifest = json.loads((STATIC / "ui/manifest.webmanifest").read_text())
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    icons = {(icon["sizes"], icon["purpose"]): STATIC / "ui" / icon["src"] for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= icons.keys()
    for (sizes, _purpose), file in icons.items():
        if file.suffix == ".png":
            wide = int.from_bytes(file.read_bytes()[16:20], "big")
            assert sizes == f"{wide}x{wide}"


@pytest.mark.parametrize("page", ["climb:entry_new", "climb:trail"])
def test_the_buttons_that_may_wait_say_so(sign_in: SignIn, noor: Person, page: str) -> None:
    assert 'data-waits="entry"' in sign_in(noor).get(reverse(page)).content.decode()


def test_a_page_registers_the_worker_for_who_is_signed_in_alone(
    sign_in: SignIn, client: Client, noor: Person
) -> None:
    assert 'data-worker="/werker.js"' in sign_in(noor).get(reverse("home")).content.decode()
    assert "data-worker" not in client.get(reverse("home")).content.decode()
