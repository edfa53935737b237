"""The jotting: short, about the coach's own acting; known to exist, read by nobody else, gone at the end (T9)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import NeverShared, share
from klimtouw.belongings.models import Thing
from klimtouw.foundation.ids import new_id
from klimtouw.growth import actions
from klimtouw.growth.models import Jotting
from klimtouw.growth.queries.own import jottings_in
from klimtouw.people import keyring
from klimtouw.people.models import DataKey, Person
from klimtouw.relations.actions.beginning import erase_relation
from klimtouw.relations.actions.closing import complete_ended_relations, complete_relation, leave_relation
from klimtouw.relations.actions.images import erase_images_without_key
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.said_to_exist import said_to_exist
from klimtouw.takeaway.package.contents import content_of
from tests.growth.conftest import SignIn
from tests.stories import OVER, make_relation

WORDS = "Ik stelde drie vragen na elkaar. Volgende keer wacht ik."


def page_of(relation: Relation) -> str:
    return reverse("growth:jotting", args=[relation.pk])


@pytest.fixture
def jotting(running_relation: Relation, bram: Person, at: datetime) -> Jotting:
    """Bram jots something down."""
    return actions.jot(running_relation, by=bram, at=at, text=WORDS)


def test_t9_bram_jots_something_down_and_reads_it_again(
    running_relation: Relation, bram: Person, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    kept = client.post(page_of(running_relation), {"text": WORDS})
    # Another page than that of the form: a device only lets go of what was typed once it sees one.
    assert kept.headers["Location"] == running_relation.get_absolute_url()
    page = client.get(page_of(running_relation)).content.decode()
    assert WORDS in page
    assert "Alleen jij kan dit lezen" in page
    assert "nooit wat erin staat" in page


def test_it_can_be_written_on_a_device_that_says_what_it_is(
    running_relation: Relation, bram: Person, sign_in: SignIn
) -> None:
    phone = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"}
    sign_in(bram).post(page_of(running_relation), {"text": WORDS}, headers=phone)
    jotting = Jotting.objects.get()
    assert jotting.device
    assert jotting.text == WORDS


def test_sending_twice_keeps_one_and_other_words_are_another_note(
    running_relation: Relation, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client, id = sign_in(bram), str(new_id())
    for text in (WORDS, WORDS, "Iets anders."):
        client.post(page_of(running_relation), {"text": text, "id": id})
    assert [one.text for one in jottings_in(running_relation, bram)] == ["Iets anders.", WORDS]


def test_nothing_written_or_too_much_is_not_kept_and_comes_back(
    running_relation: Relation, bram: Person, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    assert client.post(page_of(running_relation), {"text": "  "}).status_code == 200
    long = client.post(page_of(running_relation), {"text": "touw " * 200})
    assert "touw touw" in long.content.decode()
    assert not Jotting.objects.exists()


def test_markup_is_printed_and_never_run(running_relation: Relation, bram: Person, sign_in: SignIn) -> None:
    client = sign_in(bram)
    client.post(page_of(running_relation), {"text": "<script>alert(1)</script> 🧗 שלום"})
    page = client.get(page_of(running_relation)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "🧗 שלום" in page


def test_v13_noor_sees_that_it_exists_and_never_a_word_of_it(
    running_relation: Relation, noor: Person, bram: Person, jotting: Jotting, sign_in: SignIn
) -> None:
    page = sign_in(noor).get(running_relation.get_absolute_url()).content.decode()
    assert "Bram houdt een korte notitie bij over het eigen handelen als coach" in page
    assert WORDS not in page
    assert sign_in(noor).get(page_of(running_relation)).status_code == 404
    assert not Thing.objects.visible_to(noor, running_relation.started_at + timedelta(days=1)).filter(
        pk=jotting.pk
    )
    coach = sign_in(bram).get(running_relation.get_absolute_url()).content.decode()
    assert page_of(running_relation) in coach
    assert "Bram houdt een korte notitie" not in coach


def test_without_a_note_nothing_is_said_to_exist(
    running_relation: Relation, noor: Person, sign_in: SignIn
) -> None:
    assert "korte notitie" not in sign_in(noor).get(running_relation.get_absolute_url()).content.decode()


def test_it_costs_the_page_of_a_relation_one_question(
    running_relation: Relation,
    noor: Person,
    bram: Person,
    jotting: Jotting,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert len(said_to_exist(running_relation, noor)) == 1
    with django_assert_num_queries(0):
        assert said_to_exist(running_relation, bram) == []


def test_v12_v24_it_cannot_be_shared_and_nobody_else_opens_it(
    running_relation: Relation,
    bram: Person,
    jotting: Jotting,
    sign_in: SignIn,
    at: datetime,
    stan: Person,
    vera: Person,
) -> None:
    with pytest.raises(NeverShared):
        share(jotting, onto=running_relation.work_bond, by=bram, at=at)
    assert sign_in(bram).get(reverse("belongings:share", args=[jotting.pk])).status_code == 404
    for person in (stan, vera):
        assert sign_in(person).get(page_of(running_relation)).status_code == 404
        with pytest.raises(Denied):
            actions.jot(running_relation, by=person, at=at, text="x")


def test_the_coachee_cannot_jot_or_wipe(
    running_relation: Relation, noor: Person, jotting: Jotting, at: datetime
) -> None:
    with pytest.raises(Denied):
        actions.jot(running_relation, by=noor, at=at, text="x")
    with pytest.raises(Denied):
        actions.wipe_jotting(running_relation, by=noor, at=at, jotting=jotting.pk)


def test_bram_wipes_it_for_good_with_its_key(
    running_relation: Relation, bram: Person, jotting: Jotting, sign_in: SignIn, noor: Person
) -> None:
    other = sign_in(bram).post(page_of(running_relation), {"wipe": str(new_id())})
    assert other.status_code == 302
    assert Jotting.objects.exists()
    assert sign_in(bram).post(page_of(running_relation), {"wipe": "niets"}).status_code == 404
    sign_in(bram).post(page_of(running_relation), {"wipe": str(jotting.pk)})
    assert not Thing.objects.filter(pk=jotting.pk).exists()
    assert not DataKey.objects.filter(pk=jotting.pk).exists()
    assert said_to_exist(running_relation, noor) == []


def test_it_is_in_brams_own_package_while_it_lives(
    bram: Person, noor: Person, jotting: Jotting, at: datetime
) -> None:
    assert [one["words"]["text"] for one in content_of(bram, at, [])["things"]["jotting"]] == [WORDS]
    assert not content_of(noor, at, [])["things"].get("jotting")


@pytest.mark.parametrize("ends", ["complete", "leave", "clock", "erase"])
def test_t9_v24_it_is_gone_at_every_end_with_its_key(
    running_relation: Relation, noor: Person, jotting: Jotting, at: datetime, ends: str
) -> None:
    assert DataKey.objects.filter(pk=jotting.pk).exists()
    if ends == "complete":
        complete_relation(relation=running_relation, by=noor, at=at)
    elif ends == "leave":
        leave_relation(relation=running_relation, by=noor, at=at)
    elif ends == "clock":
        assert complete_ended_relations(at=at + timedelta(days=130)) == 1
    else:
        erase_relation(running_relation, at=at)
    assert not Thing.objects.filter(kind="jotting").exists()
    assert not DataKey.objects.filter(pk=jotting.pk).exists()


def test_it_is_gone_too_when_a_relation_does_not_start(noor: Person, bram: Person, at: datetime) -> None:
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    actions.jot(relation, by=bram, at=at, text=WORDS)
    leave_relation(relation=relation, by=noor, at=at)
    assert not Jotting.objects.exists()


def test_one_end_leaves_the_notes_of_another_relation(
    running_relation: Relation, bram: Person, stan: Person, jotting: Jotting, at: datetime
) -> None:
    other = make_relation(stan, bram, State.RUNNING, at)
    kept = actions.jot(other, by=bram, at=at, text="Bij Stan.")
    complete_relation(relation=running_relation, by=bram, at=at)
    assert list(Jotting.objects.values_list("pk", flat=True)) == [kept.pk]


def test_from_the_last_day_on_the_page_is_shut_before_any_job_ran(
    running_relation: Relation, bram: Person, jotting: Jotting, at: datetime
) -> None:
    with pytest.raises(Denied):
        actions.jot(running_relation, by=bram, at=at + timedelta(days=130), text="nog iets")


@pytest.mark.parametrize("state", OVER)
def test_once_it_is_over_there_is_no_page(
    noor: Person, bram: Person, at: datetime, state: State, sign_in: SignIn
) -> None:
    relation = make_relation(noor, bram, state, at)
    assert sign_in(bram).get(page_of(relation)).status_code == 404


def test_what_an_old_copy_brought_back_is_neither_read_nor_kept(
    running_relation: Relation, bram: Person, jotting: Jotting
) -> None:
    keyring.destroy(jotting.pk)
    keyring.forget()
    assert jottings_in(running_relation, bram) == []
    assert erase_images_without_key() == 1
    assert not Jotting.objects.exists()


def test_the_page_asks_as_much_for_one_note_as_for_three(
    running_relation: Relation,
    bram: Person,
    jotting: Jotting,
    sign_in: SignIn,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(bram)
    client.get(page_of(running_relation))
    for more in (0, 2):
        for number in range(more):
            actions.jot(running_relation, by=bram, at=at, text=f"Nog {number}.")
        keyring.forget()
        with django_assert_num_queries(5):
            client.get(page_of(running_relation))
