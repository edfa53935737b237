"""Write a mark into every field of every form of the product, in a real installation; started by `test_marks.py`.

    python -m tests.guards.leave_marks MARK

It says what it could not fill, then waits for a line on its input with its database connection open, so that the write-ahead
log is still there to be searched.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import django

django.setup()

from django import forms  # noqa: E402 (after Django is set up)
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402

from klimtouw.belongings.forms import Words  # noqa: E402
from klimtouw.belongings.words import words_fields_of  # noqa: E402
from klimtouw.circles.choices import CircleState  # noqa: E402
from klimtouw.climb.choices import EntryForm  # noqa: E402
from klimtouw.config.rounds import daily_round  # noqa: E402
from klimtouw.foundation.clock import now  # noqa: E402
from klimtouw.people import keyring  # noqa: E402
from klimtouw.people.cookies import MessagesInACookie  # noqa: E402
from klimtouw.people.kept_forms import WRITER_FIELD, writer_mark  # noqa: E402
from klimtouw.people.models import Person  # noqa: E402
from klimtouw.programmes.models import Institution, Membership, Programme  # noqa: E402
from klimtouw.relations.choices import ClosingQuestion, State  # noqa: E402
from klimtouw.relations.pieces import Piece  # noqa: E402
from klimtouw.talks.models import Talk  # noqa: E402
from tests.guards.in_circles import CAST, build_circle  # noqa: E402
from tests.guards.scene import Scene, build  # noqa: E402
from tests.guards.test_every_circle_url import cells as cells_of_circle  # noqa: E402
from tests.guards.test_every_url import GUARDED, ROWS, address_of  # noqa: E402
from tests.guards.test_house import name_of_url  # noqa: E402
from tests.stories import make_person  # noqa: E402

setup_test_environment(debug=False)  # a page tells which forms are on it
settings.EMAIL_BACKEND = "klimtouw.notices.mailbox.FileBackend"  # and not the one of tests
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
MARK = sys.argv[1]
STATES = (State.ACQUAINTING, State.CONTRACTING, State.RUNNING)
LEFT_OUT = (
    "people:",
    "takeaway:erase",
    "takeaway:bring",
    "relations:leave",
    "relations:complete",
    "relations:dismiss",
    "belongings:erase",
    "circles:leave",
    "circles:end",
    "circles:put_away",
    "circles:meeting_cancel",
    "intervision:stop",
)
"""What ends something is left to other tests: it writes no words. How somebody is called is no secret to those around them."""
NOT_TYPED = {
    "takeaway.Parcel.content",
    "takeaway.Brought.content",
    "climb.FrameworkLink.stood_as",
    "growth.WhatHelped.roles",
    "axenroos.AnimalPick.animal",
    "talks.FreeHours.hours",
}
"""Made of words that were typed elsewhere: files, the framework goal of a school, the keys of roles, and hours of the week."""

NUMBERS = count(1)
filled: set[str] = set()
refused: dict[str, str] = {}
in_messages: list[str] = []


def forms_in(value: Any, depth: int = 0) -> Iterator[forms.BaseForm]:
    """Find every form in what a page was made of."""
    if isinstance(value, forms.BaseForm):
        yield value
    elif isinstance(value, dict) and depth < 4:
        for one in value.values():
            yield from forms_in(one, depth + 1)
    elif isinstance(value, list | tuple) and depth < 4:
        for one in value:
            yield from forms_in(one, depth + 1)


def data_of(form: forms.BaseForm) -> dict[str, Any]:
    """Fill a form as somebody would who writes the mark wherever words can stand."""
    return {form[name].html_name: value_for(form, name, field) for name, field in form.fields.items()}


def value_for(form: forms.BaseForm, name: str, field: forms.Field) -> Any:  # noqa: PLR0911 (one line per sort of field)
    """Return what to type or choose in one field."""
    value = form[name].value()
    if field.widget.is_hidden:
        return "" if value is None else value
    if isinstance(field, forms.MultipleChoiceField):
        return [str(field.choices[0][0])]
    if isinstance(field, forms.ChoiceField):
        return value or next((str(key) for key, _ in field.choices if key), "")
    if isinstance(field, forms.DateField):
        return value or localdate() + timedelta(days=3)
    if isinstance(field, forms.TimeField):
        return f"1{name[-1]}:00" if name[-1].isdigit() else "10:00"
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.EmailField):
        return f"wie{next(NUMBERS)}@elders.example"
    if isinstance(field, forms.IntegerField):
        return value or 5
    if isinstance(field, forms.FileField):
        number = next(NUMBERS)
        return SimpleUploadedFile(f"{MARK}{number}.txt", f"{MARK} in een bestand {number}\n".encode() * 40)
    if name == "url":
        return f"https://elders.example/{MARK}"
    return f"{MARK} {name} {next(NUMBERS)}"


def note_messages(client: Client) -> None:
    """Look whether the message for the next page carries the mark."""
    if cookie := client.cookies.get(MessagesInACookie.cookie_name):
        said = str([str(one) for one in MessagesInACookie(None)._decode(cookie.value) or []])
        if MARK in said:
            in_messages.append(said)


def mark(client: Client, name: str, address: str) -> None:
    """Open one page and send every form on it, filled."""
    page = client.get(address)
    if page.status_code != 200 or page.context is None:
        return
    for form in forms_in([layer for context in page.context for layer in context.dicts]):
        kind = f"{type(form).__module__}.{type(form).__qualname__}"
        data = data_of(form)
        answer = client.post(address, data)
        if answer.status_code != 302 and {"file", "url"} <= data.keys():  # one of the two: each in its turn
            for left_out in ("file", "url"):
                answer = client.post(address, {**data_of(form), "id": uuid4(), left_out: ""})
        note_messages(client)
        if answer.status_code == 302:
            filled.add(kind)
        elif kind not in filled:
            again = [
                one.errors.as_json() for one in forms_in([d for c in answer.context or [] for d in c.dicts])
            ]
            refused[kind] = f"{name}: {answer.status_code} {again[:1]}"


def addresses(scene: Scene) -> Iterator[tuple[str, str]]:
    """Go through every page with a form; those of the pieces and of the small forms one by one."""
    for pattern in GUARDED:
        name = name_of_url(pattern)
        if "POST" not in pattern.callback.door.methods or name.startswith(LEFT_OUT):
            continue
        for row in ROWS.get(name, ()):  # one without a row fails in guard 1
            yield name, address_of(scene, name, row)
    for piece in Piece:
        yield "relations:piece", reverse("relations:piece", args=[scene.relation.pk, piece.value])
    for question in ClosingQuestion:
        yield "relations:look", reverse("relations:look", args=[scene.relation.pk, question.value])
    for side in ("coach", "coachee"):
        yield "relations:invite", f"{reverse('relations:invite')}?as={side}"
    for small in EntryForm:
        yield "climb:entry_new", f"{reverse('climb:entry_new')}?form={small}"


def leave_marks() -> None:
    """Let Noor and Bram, and Vera, write in every state of a relation."""
    at = now()
    college = Institution.objects.create(name="Hogeschool De Kade", kind="be_higher")
    programme = Programme.objects.create(institution=college, name="Verpleegkunde")
    for state in STATES:
        noor, bram, vera = (make_person(f"{name}{state.value}") for name in ("Noor", "Bram", "Vera"))
        Membership.objects.create(person=vera, programme=programme, hat="coordinator")
        scene = build(state, noor, bram, vera, programme, at)
        clients = [signed_in(person) for person in (noor, bram, vera)]
        for name, address in list(addresses(scene)):
            for client in clients:
                mark(client, name, address)
        held = Talk.objects.filter(pk=scene.talk.pk)  # type: ignore[union-attr]  # built
        held.update(state="held", starts_at=at - timedelta(hours=3))
        for name in (
            "growth:helped",
            "talks:takeaway",
            "talks:sentence",
            "talks:promise",
            "talks:impression",
        ):
            for client in clients:
                mark(client, name, address_of(scene, name, ("talk",)))
        sent_after_signing_out(scene, noor)
        looked_for(clients[0])
        fails_on_a_page(scene, clients[0])
    leave_marks_in_circles(programme)
    daily_round.call()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def leave_marks_in_circles(programme: Programme) -> None:
    """Let the people of a circle write wherever they can, in every state it lives in."""
    for state in (CircleState.FORMING, CircleState.AGREEING, CircleState.RUNNING):
        people = {name: make_person(f"{name}kring{state.value}") for name in CAST}
        scene = build_circle(state, people, programme, now())
        clients = [signed_in(people[name]) for name in ("bram", "noor", "amir")]
        for name, door, _row, address in list(cells_of_circle(scene)):
            if "POST" in door.methods and not name.startswith(LEFT_OUT):
                for client in clients:
                    mark(client, name, address)
                    if name == "intervision:write":  # its form stands on the page of the room
                        client.post(address, {"text": f"{MARK} {next(NUMBERS)}", "id": uuid4()})


def signed_in(person: Person) -> Client:
    """Give a browser in which somebody is signed in, that shows faults as a page."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def sent_after_signing_out(scene: Scene, noor: Person) -> None:
    """Send a form from a tab that was signed out: it waits in the session."""
    form = {"text": MARK, "why": MARK, WRITER_FIELD: writer_mark(noor)}
    assert Client().post(reverse("climb:goal_new"), form).status_code == 302


def looked_for(client: Client) -> None:
    """Look for the mark in one's own trail, in a tab that is signed in and in one that was signed out."""
    for name in ("climb:trail_search", "climb:trail_selection"):
        answer = client.post(reverse(name), {"sought": MARK, "to": "file"})
        assert answer.status_code == 200, answer.status_code
        assert MARK in answer.content.decode()
        assert Client().post(reverse(name), {"sought": MARK}).status_code == 302


def fails_on_a_page(scene: Scene, client: Client) -> None:
    """Have a fault on a page with words in hand: what is said about it goes to the log."""
    person = make_person(f"Kwijt{scene.state}")
    lost = signed_in(person)
    lost.post(reverse("climb:entry_new"), {"text": MARK})
    keyring.destroy(person.pk)
    answer = lost.get(reverse("climb:trail") + f"?zoek={MARK}")
    assert answer.status_code == 410, answer.status_code
    assert lost.post(reverse("climb:trail_search"), {"sought": MARK}).status_code == 410
    client.post(f"/bestaat-niet/{scene.relation.pk}", {"text": MARK})


def columns_without_mark() -> list[str]:
    """Return the columns for words into which no form wrote the mark."""
    missing = []
    for model in apps.get_models():
        for field in words_fields_of(model):
            rows = model._default_manager.all()
            if f"{model._meta.label}.{field.name}" in NOT_TYPED:
                continue
            if not any(MARK in opened(row, field.name) for row in rows):
                missing.append(f"{model._meta.label}.{field.name}")
    return missing


def opened(row: Any, name: str) -> str:
    """Return some words, or nothing when their key is gone."""
    try:
        return str(getattr(row, name))
    except keyring.KeyDestroyed:
        return ""


def kinds_with_words(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[str]:
    """Return every kind of form of the product that has a field for words."""
    for one in kind.__subclasses__():
        if any(isinstance(field, Words) for field in getattr(one, "base_fields", {}).values()):
            yield f"{one.__module__}.{one.__qualname__}"
        yield from kinds_with_words(one)


leave_marks()
known = {kind for kind in kinds_with_words() if kind.startswith("klimtouw.")}
sys.stdout.write(
    json.dumps(
        {
            "unfilled": sorted(known - filled),
            "refused": {kind: why for kind, why in refused.items() if kind not in filled},
            "columns": columns_without_mark(),
            "messages": in_messages,
            "filled": len(filled),
        }
    )
    + "\n"
)
sys.stdout.flush()
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
sys.stdin.readline()
