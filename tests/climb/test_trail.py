"""The trail: write at any time, free text first, small fields only when wanted (C8)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.models import Thing
from klimtouw.belongings.words import Sealed, WordsField
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.models import Entry
from klimtouw.climb.queries.climb import own
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared
from tests.marks import unmarked

SignIn = Callable[[Person], Client]
MANY = 5_000


def test_an_entry_is_kept_from_the_top_of_the_trail(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    assert f'action="{reverse("climb:entry_new")}"' in seen(client, "trail")
    sent(client, "entry_new", text="Vandaag lukte het.", id=uuid4())
    entry = Entry.objects.get()
    assert (entry.owner, entry.text, entry.form, entry.answers) == (
        noor,
        "Vandaag lukte het.",
        EntryForm.FREE,
        "",
    )
    assert "Vandaag lukte het." in seen(client, "trail")


def test_small_fields_come_while_writing_and_the_words_stay(noor: Person, sign_in: SignIn) -> None:
    client, id = sign_in(noor), uuid4()
    page = sent(
        client, "entry_new", text="Ik was bang.", help="what_so_what", form="free", id=id
    ).content.decode()
    assert "Ik was bang." in page
    assert str(id) in page
    assert 'name="so_what"' in page
    assert "Schrijf minstens" not in page
    assert not Entry.objects.exists()
    sent(client, "entry_new", text="Ik was bang.", form="what_so_what", so_what="Nu minder.", id=id)
    entry = Entry.objects.get()
    assert (entry.form, entry.given) == (EntryForm.WHAT_SO_WHAT, {"so_what": "Nu minder."})
    page = seen(client, "entry", entry.pk)
    assert "Wat deed dat met jou?" in page
    assert "Nu minder." in page
    assert "Wat gebeurde er?" not in page


@pytest.mark.parametrize(
    ("name", "sign"),
    [("entry_new", "a"), ("entry_new", "é"), ("goal_new", "😀"), ("dream_new", " \n")],
    ids=["letters", "accents", "emoji", "lines"],
)
def test_c14_a_text_of_a_megabyte_gets_a_sentence_at_the_field_and_stays_on_the_page(
    name: str, sign: str, noor: Person, sign_in: SignIn
) -> None:
    """As a browser sends it, where a sign is up to twelve bytes; what is too long is said, and nothing of it is lost."""
    text = "b" + sign * (1_000_000 // len(sign.encode())) + "e"
    body, kind = urlencode({"text": text, "id": str(uuid4())}), "application/x-www-form-urlencoded"
    answer = sign_in(noor).post(reverse(f"climb:{name}"), body, content_type=kind)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Er is plaats voor 20000 tekens." in page
    assert text.replace("\r\n", "\n") in page
    assert not Thing.objects.filter(owner=noor).exists()


def test_small_fields_come_by_a_plain_link_too(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    page = client.get(reverse("climb:entry_new"), {"form": "three_words"}).content.decode()
    assert 'name="third_word"' in page
    assert 'name="first_word"' not in client.get(reverse("climb:entry_new"), {"form": "<b>"}).content.decode()


def test_three_words_without_a_text_are_an_entry(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    sent(client, "entry_new", form="three_words", first_word="moe", third_word="blij", id=uuid4())
    entry = Entry.objects.get()
    assert (entry.text, entry.title, list(entry.given.values())) == ("", "moe", ["moe", "blij"])
    assert "blij" in seen(client, "trail")


@pytest.mark.parametrize("form", list(EntryForm))
def test_an_entirely_empty_entry_gets_a_kind_word(form: EntryForm, noor: Person, sign_in: SignIn) -> None:
    page = sent(sign_in(noor), "entry_new", text="  ", form=form, id=uuid4()).content.decode()
    assert "Schrijf minstens één woord. Kort is goed." in page
    assert not Entry.objects.exists()


def test_two_tabs_on_one_entry_lose_no_words_of_the_small_fields(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    given = {"what": "Eerst."}
    entry = write_entry(by=noor, at=at, text="Kort.", form=EntryForm.WHAT_SO_WHAT, given=given)
    client, fields = sign_in(noor), {"text": "Kort.", "form": "what_so_what", "seen": 1}
    sent(client, "entry_edit", entry.pk, what="Eerste tab.", **fields)
    page = sent(
        client, "entry_edit", entry.pk, what="Tweede tab.", so_what="Meer.", **fields
    ).content.decode()
    for words in ("Eerste tab.", "Tweede tab.", "Meer."):
        assert words in unmarked(page)
    assert Entry.objects.get().given == {"what": "Eerste tab."}


def test_help_on_an_entry_there_is_keeps_what_was_typed(noor: Person, sign_in: SignIn, at: datetime) -> None:
    entry = write_entry(by=noor, at=at, text="Kort.")
    fields = {"text": "Langer nu.", "help": "three_words", "form": "free", "seen": 1, "id": entry.pk}
    page = sent(sign_in(noor), "entry_edit", entry.pk, **fields).content.decode()
    assert "Langer nu." in page
    assert 'name="second_word"' in page
    assert Entry.objects.get().text == "Kort."


def test_an_entry_hangs_on_a_goal_of_ones_own_alone(
    noor: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    own, other = (write_goal(by=who, at=at, text=f"Doel van {who}.") for who in (noor, stan))
    client = sign_in(noor)
    assert sent(client, "entry_new", text="Zo.", goal_id=other.pk, id=uuid4()).status_code == 200
    assert not Entry.objects.exists()
    sent(client, "entry_new", text="Zo.", goal_id=own.pk, id=uuid4())
    assert Entry.objects.get().goal == own


def test_the_trail_says_once_who_else_reads_an_entry_and_nothing_on_the_others(
    running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    entries = [write_entry(by=noor, at=at, text=f"Bericht {n}.") for n in range(3)]
    shared(running_relation, at, *entries[:2])
    assert seen(sign_in(noor), "trail").count("Bram") == 2


def test_the_newest_fifty_come_first_and_the_rest_is_older(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    for n in range(51):
        write_entry(by=noor, at=at + timedelta(minutes=n), text=f"Bericht-{n}.")
    client = sign_in(noor)
    first = seen(client, "trail")
    assert first.index("Bericht-50.") < first.index("Bericht-49.") < first.index("Bericht-1.")
    assert "Bericht-0." not in first
    assert "?page=2" in first
    second = client.get(reverse("climb:trail"), {"page": 2}).content.decode()
    assert "Bericht-0." in second
    assert "Bericht-1." not in second
    assert "?page=3" not in second


@pytest.mark.parametrize("page", ["0", "-1", "abc", "²", "9" * 40, "99"])
def test_odd_page_numbers_break_nothing(page: str, noor: Person, sign_in: SignIn, at: datetime) -> None:
    write_entry(by=noor, at=at, text="Bericht.")
    assert sign_in(noor).get(reverse("climb:trail"), {"page": page}).status_code == 200


def test_five_thousand_entries_cost_no_more_questions_than_one(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    write_entry(by=noor, at=at, text="De eerste.")
    with CaptureQueriesContext(connection) as with_one:
        seen(client, "trail")
    _write_many(noor, at)
    with CaptureQueriesContext(connection) as with_many:
        seen(client, "trail")
    assert len(with_many) == len(with_one) == 7


@pytest.mark.only_on("sqlite3")  # PostgreSQL chooses its plan by statistics
def test_the_trail_is_read_along_the_index(noor: Person, at: datetime) -> None:
    plan = own(Entry, noor).order_by("-created_at", "-pk")[:21].explain()
    assert "thing_of_owner (owner_id=? AND kind=?)" in plan


def _write_many(by: Person, at: datetime) -> None:
    """Write thousands of entries at once, row beside row, as only a test may."""
    ids = [new_id() for _ in range(MANY)]
    moments = [at - timedelta(minutes=n) for n in range(MANY)]
    Thing.objects.bulk_create(
        Thing(id=id, owner=by, kind=Entry.KIND, created_at=moment, changed_at=moment)
        for id, moment in zip(ids, moments, strict=True)
    )
    table = connection.ops.quote_name(Entry._meta.db_table)
    to_db, text_to_db = Entry._meta.pk.get_db_prep_value, WordsField(name="text").get_db_prep_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (thing_ptr_id, text, form, answers) VALUES (%s, %s, %s, %s)",  # noqa: S608  # our own table
            [
                (
                    to_db(id, connection),
                    text_to_db(
                        Sealed.of("Bericht.", holder=by.pk, place=f"climb.entry.text {id}"), connection
                    ),
                    "free",
                    b"",
                )
                for id in ids
            ],
        )
