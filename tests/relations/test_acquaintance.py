"""Two people get acquainted: both write, nothing must, each piece is private until its writer shares it."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied, may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.actions import ChangedMeanwhile, keep, share
from klimtouw.belongings.models import Share, Thing, Version
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.actions.acquaintance import declare_double_hat, write_piece, write_work_card
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.choices import Click, State
from klimtouw.relations.models import (
    ClickAnswer,
    CommonGround,
    Expectation,
    NeedsWishesLimits,
    Relation,
    WorkCard,
)
from klimtouw.relations.pieces import Piece
from tests.marks import unmarked
from tests.stories import looks_of_others, make_relation
from tests.told import read_by

SignIn = Callable[[Person], Client]
LIVE = ("acquainting", "clicking", "contracting", "running", "paused")


@pytest.fixture
def relation(noor: Person, bram: Person, at: datetime) -> Relation:
    """Noor and Bram get acquainted."""
    return make_relation(noor, bram, State.ACQUAINTING, at)


def space(relation: Relation) -> str:
    """Return the address of the acquaintance."""
    return reverse("relations:acquaintance", args=[relation.pk])


def page_for(relation: Relation, piece: Piece) -> str:
    """Return the address where one piece is written."""
    return reverse("relations:piece", args=[relation.pk, piece.value])


def words_for(piece: Piece, text: str) -> dict[str, str]:
    """Return what fills in one piece."""
    names = {Piece.WORK_CARD: ("how_i_work", "reach_me"), Piece.NEEDS: ("needs", "limits")}
    return dict.fromkeys(names.get(piece, ("text",)), text)


def test_both_write_and_what_noor_writes_starts_private(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person
) -> None:
    for piece in Piece:
        sent = {**words_for(piece, f"Haar woorden: {piece.name}"), "for": "me"}
        assert sign_in(noor).post(page_for(relation, piece), sent).url == space(relation)
    assert Thing.objects.filter(owner=noor).count() == len(Piece)
    assert not Share.objects.exists()
    assert "Haar woorden" in sign_in(noor).get(space(relation)).content.decode()
    assert "Haar woorden" not in sign_in(bram).get(space(relation)).content.decode()


@pytest.mark.parametrize("piece", Piece)
def test_a_piece_is_shared_revoked_and_shared_again(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person, piece: Piece
) -> None:
    hers, his = sign_in(noor), sign_in(bram)
    hers.post(page_for(relation, piece), {**words_for(piece, "Ik hou van bergen"), "for": "both"})
    page = his.get(space(relation)).content.decode()
    assert "Ik hou van bergen" in page
    thing = Thing.objects.get(owner=noor)
    care = reverse("relations:own_piece", args=[relation.pk, thing.pk])
    assert "Bram (coach)" in hers.get(care).content.decode()
    hers.post(care, {"wish": "stop"})
    assert "bergen" not in his.get(space(relation)).content.decode()
    hers.post(care, {"wish": "share"})
    assert "bergen" in his.get(space(relation)).content.decode()
    hers.post(care, {"wish": "remove"})
    assert "bergen" not in his.get(space(relation)).content.decode()
    assert "bergen" not in hers.get(space(relation)).content.decode()


def test_keeping_for_myself_stops_the_sharing(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person
) -> None:
    hers, address = sign_in(noor), page_for(relation, Piece.NEEDS)
    hers.post(address, {"needs": "Rust", "for": "both"})
    thing = Thing.objects.get(owner=noor)
    hers.post(address, {"needs": "Rust en tijd", "seen": thing.version, "for": "me"})
    assert "Rust" not in sign_in(bram).get(space(relation)).content.decode()


def test_v12_nothing_is_shared_without_the_act(relation: Relation, noor: Person, sign_in: SignIn) -> None:
    for wish in ({}, {"for": "me"}, {"for": "everybody"}, {"for": ""}):
        sign_in(noor).post(page_for(relation, Piece.COMMON_GROUND), {"text": "Wij allebei", **wish})
    assert CommonGround.objects.count() == 4
    assert not Share.objects.exists()
    first_button = (
        sign_in(noor).get(page_for(relation, Piece.COMMON_GROUND)).content.decode().split('name="for"')[1]
    )
    assert first_button.startswith(' value="me"')  # pressing Enter in the field presses the first button


@pytest.mark.parametrize("piece", Piece)
def test_v10_saving_empty_works_and_nothing_is_required(
    relation: Relation, sign_in: SignIn, noor: Person, piece: Piece
) -> None:
    for wish in ("me", "both"):
        assert sign_in(noor).post(page_for(relation, piece), {"for": wish}).url == space(relation)
    assert not Thing.objects.exists()
    page = sign_in(noor).get(page_for(relation, piece))
    assert not any(field.required for field in page.context["form"].fields.values())
    assert " required" not in page.content.decode().split("<main")[1].split("</main>")[0]


def test_v10_what_was_written_can_be_emptied(relation: Relation, noor: Person, at: datetime) -> None:
    write_piece(
        Piece.NEEDS, relation=relation, by=noor, at=at, is_shared=False, words={"needs": "Rust"}, seen=0
    )
    write_piece(Piece.NEEDS, relation=relation, by=noor, at=at, is_shared=False, words={"needs": ""}, seen=1)
    assert NeedsWishesLimits.objects.get().needs == ""


def test_only_the_coachee_answers_the_four_questions(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person
) -> None:
    for piece in (each for each in Piece if each.question):
        assert sign_in(bram).get(page_for(relation, piece)).status_code == 404
        assert sign_in(bram).post(page_for(relation, piece), {"text": "x", "for": "me"}).status_code == 404
        sign_in(noor).post(page_for(relation, piece), {"text": piece.name, "for": "both"})
    assert sorted((answer.question, answer.text) for answer in Expectation.objects.all()) == [
        ("expect", "EXPECT"),
        ("here", "HERE"),
        ("learn", "LEARN"),
        ("you", "YOU"),
    ]
    page = sign_in(bram).get(space(relation)).content.decode()
    assert all(name in page for name in ("EXPECT", "HERE", "LEARN", "YOU"))


def test_the_card_is_one_and_is_shown_only_in_the_relation_where_it_is_shared(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person, amir: Person, at: datetime
) -> None:
    with_amir = make_relation(noor, amir, State.ACQUAINTING, at)
    hers = sign_in(noor)
    hers.post(page_for(relation, Piece.WORK_CARD), {"how_i_work": "Met muziek", "for": "both"})
    assert "Met muziek" in hers.get(space(with_amir)).content.decode()
    assert "Met muziek" in sign_in(bram).get(space(relation)).content.decode()
    assert "Met muziek" not in sign_in(amir).get(space(with_amir)).content.decode()
    card = WorkCard.objects.get()
    hers.post(reverse("relations:own_piece", args=[with_amir.pk, card.pk]), {"wish": "share"})
    assert "Met muziek" in sign_in(amir).get(space(with_amir)).content.decode()
    hers.post(reverse("relations:own_piece", args=[relation.pk, card.pk]), {"wish": "stop"})
    assert "Met muziek" not in sign_in(bram).get(space(relation)).content.decode()
    assert "Met muziek" in sign_in(amir).get(space(with_amir)).content.decode()


def test_the_card_has_a_page_of_its_own_that_shares_nothing(sign_in: SignIn, noor: Person) -> None:
    address = reverse("relations:work_card")
    assert sign_in(noor).post(address, {"how_i_work": ""}).url == address
    assert not WorkCard.objects.exists()
    sign_in(noor).post(address, {"how_i_work": "Met lijstjes"})
    sign_in(noor).post(address, {"how_i_work": "Met lijstjes", "reach_me": "Niet na tien uur", "seen": 1})
    assert WorkCard.objects.get().reach_me == "Niet na tien uur"
    assert not Share.objects.exists()


def test_two_tabs_keep_both_texts(relation: Relation, sign_in: SignIn, noor: Person) -> None:
    hers = sign_in(noor)
    for address in (
        page_for(relation, Piece.NEEDS),
        page_for(relation, Piece.WORK_CARD),
        reverse("relations:work_card"),
    ):
        name = "needs" if "behoeften" in address else "how_i_work"
        hers.post(address, {name: "Eerste tab", "id": uuid4(), "for": "me"})
        second = hers.post(address, {name: "Tweede tab", "id": uuid4(), "for": "me"})
        assert second.status_code == 200
        page = second.content.decode()
        assert "Eerste tab" in unmarked(page) and "Tweede tab" in unmarked(page)
        seen = second.context["form"].data["seen"]
        assert hers.post(address, {name: "Samen", "seen": seen, "for": "me"}).status_code == 302
        assert Version.objects.count() >= 1
        WorkCard.objects.all().delete()


def test_sending_twice_keeps_one_piece(relation: Relation, sign_in: SignIn, noor: Person) -> None:
    for piece in Piece:
        id = sign_in(noor).get(page_for(relation, piece)).context["form"]["id"].initial
        for _ in range(2):
            sign_in(noor).post(
                page_for(relation, piece), {**words_for(piece, "Eén keer"), "id": id, "for": "both"}
            )
    assert Thing.objects.count() == len(Piece)
    assert Share.objects.count() == len(Piece)


def test_v1_v12_bram_cannot_touch_what_noor_wrote(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    hers = keep(CommonGround, by=noor, at=at, relation=relation, text="Van Noor")
    share(hers, onto=relation.acquaintance_bond, by=noor, at=at)
    care = reverse("relations:own_piece", args=[relation.pk, hers.pk])
    for somebody in (bram, stan):
        assert sign_in(somebody).get(care).status_code == 404
        for wish in ("share", "stop", "remove"):
            assert sign_in(somebody).post(care, {"wish": wish}).status_code == 404
    sign_in(bram).post(
        page_for(relation, Piece.COMMON_GROUND), {"id": hers.pk, "text": "Van Bram", "for": "me"}
    )
    hers.refresh_from_db()
    assert (hers.text, hers.removed_at) == ("Van Noor", None)
    assert may(bram, Action.READ, hers, at)


def test_a_piece_of_another_relation_is_not_found_here(
    relation: Relation, sign_in: SignIn, noor: Person, amir: Person, at: datetime
) -> None:
    with_amir = make_relation(noor, amir, State.ACQUAINTING, at)
    elsewhere = keep(CommonGround, by=noor, at=at, relation=with_amir, text="Met Amir")
    assert (
        sign_in(noor).get(reverse("relations:own_piece", args=[relation.pk, elsewhere.pk])).status_code == 404
    )
    assert "Met Amir" not in sign_in(noor).get(space(relation)).content.decode()


def test_an_unknown_piece_or_wish_does_nothing(
    relation: Relation, sign_in: SignIn, noor: Person, at: datetime
) -> None:
    assert sign_in(noor).get(f"{space(relation)}cijfers/").status_code == 404
    line = keep(CommonGround, by=noor, at=at, relation=relation, text="Wij")
    care = reverse("relations:own_piece", args=[relation.pk, line.pk])
    assert sign_in(noor).post(care, {"wish": "give"}).url == space(relation)
    assert not Share.objects.exists()


@pytest.mark.parametrize("state", State)
def test_the_space_is_open_to_the_two_while_the_relation_lives(
    noor: Person,
    bram: Person,
    stan: Person,
    vera: Person,
    ines: Person,
    at: datetime,
    sign_in: SignIn,
    state: State,
) -> None:
    relation = make_relation(noor, bram, state, at)
    expected = 200 if state in LIVE else 404
    for somebody in (noor, bram):
        assert sign_in(somebody).get(space(relation)).status_code == expected
        assert sign_in(somebody).get(page_for(relation, Piece.NEEDS)).status_code == expected
    for somebody in (stan, vera, ines):
        assert sign_in(somebody).get(space(relation)).status_code == 404
        assert sign_in(somebody).post(page_for(relation, Piece.NEEDS), {"for": "both"}).status_code == 404


def test_opening_the_space_leaves_a_look_at_what_is_shared_and_writes_nothing_else(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person, at: datetime
) -> None:
    shared = keep(CommonGround, by=noor, at=at, relation=relation, text="Gedeeld")
    keep(CommonGround, by=noor, at=at, relation=relation, text="Eigen")
    share(shared, onto=relation.acquaintance_bond, by=noor, at=at)
    sign_in(noor).get(space(relation))
    assert looks_of_others(noor, now()) == []
    sign_in(bram).get(space(relation))
    assert looks_of_others(noor, now()) == [("Bram", shared, Hat.COACH_ONCE_SHARED, 1)]
    assert looks_of_others(bram, now()) == []


def test_markup_and_right_to_left_text_are_shown_as_typed(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person
) -> None:
    text = "<img src=x onerror=alert(1)> 🧗‍♀️ مرحبا"
    sign_in(noor).post(
        page_for(relation, Piece.NEEDS), {"needs": text, "limits": "x" * 20_000, "for": "both"}
    )
    page = sign_in(bram).get(space(relation)).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt; 🧗‍♀️ مرحبا" in page
    too_long = sign_in(noor).post(
        page_for(relation, Piece.WORK_CARD), {"how_i_work": "x" * 20_001, "for": "me"}
    )
    assert too_long.context["form"].errors["how_i_work"]


def _queries(client: Client, address: str) -> int:
    client.get(address)  # the first look of a day also makes the chain
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


@pytest.mark.parametrize("lines", [1, 3])
def test_the_space_costs_eleven_queries_however_much_is_written(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person, at: datetime, lines: int
) -> None:
    for writer in (noor, bram):
        for piece in Piece:
            if piece.question and writer == bram:
                continue
            for _ in range(lines if piece is Piece.COMMON_GROUND else 1):
                words = words_for(piece, "Iets")
                write_piece(piece, relation=relation, by=writer, at=at, is_shared=True, words=words, seen=0)
    assert _queries(sign_in(bram), space(relation)) == 11
    assert _queries(sign_in(noor), space(relation)) == 11


def test_a_stranger_writes_nothing(relation: Relation, stan: Person, at: datetime) -> None:
    with pytest.raises(Denied):
        write_piece(
            Piece.NEEDS, relation=relation, by=stan, at=at, is_shared=True, words={"needs": "x"}, seen=0
        )


def test_a_first_save_in_two_tabs_never_makes_two_cards(noor: Person, at: datetime) -> None:
    write_work_card(by=noor, at=at, words={"how_i_work": "Eén"}, seen=0, id=uuid4())
    with pytest.raises(ChangedMeanwhile):
        write_work_card(by=noor, at=at, words={"how_i_work": "Twee"}, seen=0, id=uuid4())
    assert WorkCard.objects.count() == 1


def test_the_coach_says_whether_there_is_a_double_hat_and_the_coachee_reads_it(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person
) -> None:
    address = reverse("relations:double_hat", args=[relation.pk])
    assert sign_in(noor).get(address).status_code == 404
    assert sign_in(bram).post(address, {"has_double_hat": ""}).context["form"].errors["has_double_hat"]
    for answer, sentence in (("yes", "also assesses your work."), ("no", "does not assess your work.")):
        assert sign_in(bram).post(address, {"has_double_hat": answer}).url == space(relation)
        relation.refresh_from_db()
        assert relation.has_double_hat is (answer == "yes")
        Person.objects.filter(pk=noor.pk).update(language="en")
        assert sentence in sign_in(noor).get(space(relation)).content.decode()


def test_correcting_the_double_hat_gives_the_coachee_the_question_back(
    relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    declare_double_hat(relation, by=bram, at=at, has_double_hat=False)
    relation = mark_first_talk_held(relation, by=noor, at=at)
    for person in (noor, bram):
        ClickAnswer.objects.create(relation=relation, person=person, answer=Click.TIME)
    declare_double_hat(relation, by=bram, at=at, has_double_hat=False)
    assert ClickAnswer.objects.count() == 2
    declare_double_hat(relation, by=bram, at=at, has_double_hat=True)
    assert [answer.person for answer in ClickAnswer.objects.all()] == [bram]
    assert "Bram zegt nu: ik beoordeel ook werk van jou." in read_by(noor, at)
    assert read_by(bram, at) == ""


def test_v13_a_coach_can_put_no_label_on_a_coachee(relation: Relation, sign_in: SignIn, bram: Person) -> None:
    """All a coach can write here is about the coach: no piece asks for a picture of the other."""
    fields = set()
    for piece in (each for each in Piece if not each.question):
        fields |= set(sign_in(bram).get(page_for(relation, piece)).context["form"].fields)
    assert fields == {
        "id",
        "seen",
        "text",
        "how_i_work",
        "reach_me",
        "good_to_know",
        "needs",
        "wishes",
        "limits",
    }


def test_v12_other_words_after_the_back_button_never_share_the_private_ones(
    relation: Relation, sign_in: SignIn, noor: Person, bram: Person
) -> None:
    form = {"id": uuid4()}
    for text, wish in (("Alleen voor mij", "me"), ("Voor ons twee", "both")):
        sign_in(noor).post(page_for(relation, Piece.COMMON_GROUND), {**form, "text": text, "for": wish})
    assert {thing.text for thing in CommonGround.objects.all()} == {"Alleen voor mij", "Voor ons twee"}
    page = sign_in(bram).get(space(relation)).content.decode()
    assert "Voor ons twee" in page
    assert "Alleen voor mij" not in page


def test_a_card_kept_from_one_coach_never_claims_that_another_does_not_read_it(
    relation: Relation, noor: Person, bram: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    other, hers = make_relation(noor, amir, State.ACQUAINTING, at), sign_in(noor)
    hers.post(page_for(relation, Piece.WORK_CARD), {"how_i_work": "Rustig", "for": "both"})
    sent = {"how_i_work": "Rustig en alleen", "seen": 1, "for": "me"}
    page = hers.post(page_for(other, Piece.WORK_CARD), sent, follow=True).content.decode()
    assert "Bewaard, alleen voor jou." not in page
    assert "Jij en Bram (coach) kunnen dit lezen." in page.split("</header>", 1)[1]
