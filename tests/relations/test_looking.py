"""Looking halfway and back together (R13, R14), and the letter to a next coach: for the pair, each shares or keeps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.models import Share, Thing, Version
from klimtouw.belongings.queries import kinds
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_relation
from klimtouw.relations.actions.looking import letter_read_in, write_letter_to_next, write_look
from klimtouw.relations.choices import ClosingQuestion, Side, State, SupportArea
from klimtouw.relations.looking import QUESTIONS_OF, Occasion, topic_named, topics_of
from klimtouw.relations.models import ClosingLook, HandoverLetter, Relation, SupportLook
from klimtouw.relations.queries import looking as queries
from tests.stories import looks_of_others, make_relation, texts_beside

SignIn = Callable[[Person], Client]
STANDS = "De ander houdt dit zoals je het gaf: jullie tijd samen is voorbij. Het blijft zoals het is."
WORDS = {"gets": "Hij luistert.", "gives": "Ik kom op tijd.", "more": "Iemand op de dienst leren kennen."}


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    """Return a page as text."""
    answer = client.get(reverse(f"relations:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def write(relation: Relation, by: Person, at: datetime, name: str, *, shared: bool, **words: str) -> Any:
    """Let somebody write on a topic."""
    topic = topic_named(name)
    assert topic is not None
    return write_look(topic, relation=relation, by=by, at=at, is_shared=shared, words=words, seen=1)


def letter_about(relation: Relation, by: Person, at: datetime, text: str) -> HandoverLetter:
    """Let the coachee write a letter to a next coach."""
    letter = write_letter_to_next(relation=relation, by=by, at=at, text=text, seen=0)
    assert letter is not None
    return letter


# The midway look


def test_r14_in_the_two_weeks_from_the_middle_the_first_page_offers_to_look_until_one_did(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    offer, seen = "Halverwege kijken, met", {}
    for days in (59, 60, 73, 74):
        with time_machine.travel(at + timedelta(days=days), tick=False):
            seen[days] = [offer in sign_in(one).get(reverse("home")).content.decode() for one in (noor, bram)]
    assert seen == {59: [False, False], 60: [True, True], 73: [True, True], 74: [False, False]}
    middle = at + timedelta(days=61)
    write(running_relation, noor, middle, "gevoel", shared=False, gets="Hij luistert.")
    with time_machine.travel(middle, tick=False):
        assert offer not in sign_in(noor).get(reverse("home")).content.decode()
        assert offer in sign_in(bram).get(reverse("home")).content.decode()


def test_r14_each_writes_for_themself_or_for_the_pair_and_changes_their_mind(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    client, key = sign_in(noor), running_relation.pk
    address = reverse("relations:look", args=[key, "gevoel"])
    client.post(address, {**WORDS, "for": "me", "id": uuid4()})
    assert "Hij luistert." in page(client, "midway", key)
    assert "Hij luistert." not in page(sign_in(bram), "midway", key)
    client.post(address, {**WORDS, "for": "both", "seen": 1})
    assert "Hij luistert." in page(sign_in(bram), "midway", key)
    client.post(address, {**WORDS, "for": "me", "seen": 1})
    assert "Hij luistert." not in page(sign_in(bram), "midway", key)
    assert SupportLook.objects.count() == 1


def test_r14_it_has_two_sides_and_four_areas(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    for person, name in ((noor, "Bram"), (bram, "Noor")):
        text = page(sign_in(person), "midway", running_relation.pk)
        assert [str(area.label).replace("'", "&#x27;") in text for area in SupportArea] == [True] * 4
        assert (text.count("Van jou"), text.count(f"Van {name}")) == (4, 0)
    for area in SupportArea:
        write(running_relation, bram, at, area.value, shared=True, gives=f"Ik geef {area}.")
    text = page(sign_in(noor), "midway", running_relation.pk)
    assert [f"Ik geef {area}." in text for area in SupportArea] == [True] * 4
    assert (text.count("Van jou"), text.count("Van Bram")) == (4, 4)


def test_v5_v10_nothing_is_required_and_nothing_is_counted(
    running_relation: Relation, noor: Person, sign_in: SignIn
) -> None:
    address = reverse("relations:look", args=[running_relation.pk, "netwerk"])
    answer = sign_in(noor).post(address, {"gets": "", "gives": "", "more": "", "for": "both"}, follow=True)
    assert "Je schreef niets, en dat is prima." in answer.content.decode()
    assert not SupportLook.objects.exists()
    fields = {field.name for model in (SupportLook, ClosingLook) for field in model._meta.local_fields}
    assert fields == {"thing_ptr", "relation", "area", "gets", "gives", "more", "question", "text"}


def test_p2_the_other_leaves_a_look_on_what_is_shared(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    shared = write(running_relation, noor, at, "gevoel", shared=True, **WORDS)
    write(running_relation, noor, at, "vooruit", shared=False, gets="Een idee.")
    page(sign_in(bram), "midway", running_relation.pk)
    later = at + timedelta(hours=1)
    assert [(who, thing and thing.pk) for who, thing, _hat, _n in looks_of_others(noor, later)] == [
        ("Bram", shared.pk)
    ]


@pytest.mark.parametrize("who", ["vera", "ines", "stan", "amir"])
@pytest.mark.parametrize("name", ["midway", "closing", "letter_new"])
def test_v6_it_is_for_the_pair_alone(
    who: str, name: str, running_relation: Relation, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    page(sign_in(request.getfixturevalue(who)), name, running_relation.pk, status=404)


@pytest.mark.parametrize("state", [State.ACQUAINTING, State.CLICKING, State.CONTRACTING])
def test_v10_before_both_signed_there_is_nothing_to_look_back_on(
    state: State, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, bram, state, at)
    for name in ("midway", "closing"):
        page(sign_in(noor), name, relation.pk, status=404)


@pytest.mark.parametrize("name", ["midway", "closing"])
def test_a_page_asks_as_much_with_one_answer_as_with_many(
    name: str, running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    topics = topics_of(Occasion(name))
    counts = []
    first_of_each = [next(t for t in topics if t.is_asked_of(side)) for side in Side]
    for some in (first_of_each, topics):
        for topic in some:
            for person in (noor, bram):
                if topic.is_asked_of(running_relation.side_of(person)):
                    words = {"gets" if name == "midway" else "text": "iets"}
                    write(running_relation, person, at, topic.name, shared=True, **words)
        client = sign_in(noor)
        page(client, name, running_relation.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, name, running_relation.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13


def test_two_tabs_write_beside_each_other_and_nothing_is_lost(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    look = write(running_relation, noor, at, "gevoel", shared=False, gets="Eerst dit.")
    address = reverse("relations:look", args=[running_relation.pk, "gevoel"])
    client = sign_in(noor)
    client.post(address, {"gets": "In tab een.", "for": "me", "seen": 1})
    answer = client.post(address, {"gets": "In tab twee.", "for": "both", "seen": 1})
    assert texts_beside(answer) == [("In tab een.", "In tab twee.")]
    assert Version.objects.filter(thing=look.pk).count() == 1
    assert not Share.objects.exists()


def test_markup_and_very_long_words_stay_words(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    strange = "<b>vet</b> \u202eomgekeerd 🧗 " + "lang" * 4000
    write(running_relation, noor, at, "gevoel", shared=True, gets=strange)
    text = page(sign_in(bram), "midway", running_relation.pk)
    assert "<b>vet</b>" not in text
    assert "&lt;b&gt;vet" in text


# Looking back


def test_r13_each_has_own_questions_and_every_one_is_optional(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    for person, side in ((noor, Side.COACHEE), (bram, Side.COACH)):
        text = page(sign_in(person), "closing", running_relation.pk)
        asked = [question for question in ClosingQuestion if str(question.label) in text]
        assert asked == list(QUESTIONS_OF[side])
        other = Side.COACH if side == Side.COACHEE else Side.COACHEE
        for question in QUESTIONS_OF[other]:
            page(sign_in(person), "look", running_relation.pk, question.value, status=404)
    with pytest.raises(Denied):
        write(running_relation, bram, at, "meenemen", shared=True, text="In haar plaats.")
    write(running_relation, bram, at, "bedanken", shared=True, text="Voor je vragen.")
    assert "Voor je vragen." in page(sign_in(noor), "closing", running_relation.pk)


def test_v24_after_the_end_the_coachee_keeps_what_was_given_and_the_coach_only_their_own(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    write(running_relation, noor, at, "zeggen", shared=True, text="Woord van Noor.")
    write(running_relation, bram, at, "bedanken", shared=True, text="Woord van Bram.")
    assert "Woord van Noor." in page(sign_in(bram), "closing", running_relation.pk)
    complete_relation(relation=running_relation, by=noor, at=at + timedelta(seconds=1))
    text = page(sign_in(noor), "closing", running_relation.pk)
    assert "Woord van Bram." in text
    assert "Woord van Noor." in text
    assert "Woord van Noor." not in page(sign_in(bram), "closing", running_relation.pk)


@pytest.mark.parametrize(("name", "field"), [("gevoel", "gives"), ("bedanken", "text")])
@pytest.mark.parametrize("for_whom", ["me", "both"])
def test_v24_after_the_end_what_the_coach_gave_is_neither_reworded_nor_taken_back_in_passing(
    name: str,
    field: str,
    for_whom: str,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    given = write(running_relation, bram, at, name, shared=True, **{field: "Woord van Bram."})
    complete_relation(relation=running_relation, by=noor, at=at + timedelta(seconds=1))
    client, address = sign_in(bram), reverse("relations:look", args=[running_relation.pk, name])
    assert STANDS in client.get(address, follow=True).content.decode()
    answer = client.post(address, {field: "Bel mij nog eens.", "for": for_whom, "seen": 1}).content.decode()
    assert STANDS in answer
    assert "Bel mij nog eens." in answer  # nothing that was typed is lost
    given.refresh_from_db()
    assert getattr(given, field) == "Woord van Bram."
    assert Share.objects.filter(thing=given.pk, revoked_at=None).exists()


def test_v24_after_the_end_the_coach_still_writes_for_themself(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    later = at + timedelta(seconds=1)
    write(running_relation, bram, at, "bedanken", shared=False, text="Voor mij.")
    complete_relation(relation=running_relation, by=noor, at=later)
    address = reverse("relations:look", args=[running_relation.pk, "bedanken"])
    assert sign_in(bram).post(address, {"text": "Nog voor mij.", "for": "both", "seen": 1}).status_code == 302
    assert ClosingLook.objects.get().text == "Nog voor mij."
    assert not Share.objects.exists()


def test_v12_after_the_end_nothing_new_is_shared(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    later = at + timedelta(seconds=1)
    complete_relation(relation=running_relation, by=bram, at=later)
    assert "Bewaar en deel" not in page(sign_in(noor), "look", running_relation.pk, "zeggen")
    address = reverse("relations:look", args=[running_relation.pk, "zeggen"])
    sign_in(noor).post(address, {"text": "Nog iets.", "for": "both", "id": uuid4()})
    assert ClosingLook.objects.get().text == "Nog iets."
    assert not Share.objects.exists()


# The letter to a next coach


def test_r13_v13_a_letter_is_the_coachees_and_stays_private_until_shared_in_a_later_relation(
    running_relation: Relation, noor: Person, bram: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    page(sign_in(bram), "letter_new", running_relation.pk, status=404)
    letter = letter_about(running_relation, noor, at, "Wat mij helpt: tijd.")
    complete_relation(relation=running_relation, by=noor, at=at)
    later = make_relation(noor, amir, State.ACQUAINTING, at)
    words = "Wat mij helpt: tijd."
    for coach, relation in ((bram, running_relation), (amir, later)):
        page(sign_in(coach), "letter", letter.pk, status=404)
        assert words not in sign_in(coach).get(relation.get_absolute_url()).content.decode()
    assert words not in page(sign_in(amir), "acquaintance", later.pk)
    address = reverse("relations:letter", args=[letter.pk])
    sign_in(noor).post(address, {"wish": "share", "relation": later.pk})
    assert words in page(sign_in(amir), "acquaintance", later.pk)
    assert ("Amir", letter.pk) in [
        (who, thing and thing.pk) for who, thing, _h, _n in looks_of_others(noor, at + timedelta(hours=1))
    ]
    sign_in(noor).post(address, {"wish": "stop", "relation": later.pk})
    assert words not in page(sign_in(amir), "acquaintance", later.pk)


def test_v13_nothing_else_travels_to_a_next_coach(
    running_relation: Relation, noor: Person, bram: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    write(running_relation, noor, at, "zeggen", shared=True, text="VORIGE woorden")
    write(running_relation, bram, at, "bedanken", shared=True, text="VORIGE woorden")
    write(running_relation, bram, at, "gevoel", shared=True, gets="VORIGE woorden")
    complete_relation(relation=running_relation, by=noor, at=at + timedelta(seconds=1))
    later = make_relation(noor, amir, State.RUNNING, at)
    letter = letter_about(running_relation, noor, at, "Mijn brief.")
    letter_read_in(letter, later, by=noor, at=at, is_shared=True)
    client = sign_in(amir)
    for name in ("acquaintance", "midway", "closing", "relation", "contract"):
        text = page(client, name, later.pk)
        assert "VORIGE" not in text
        assert "Bram" not in text
    assert [kind for kind, model in kinds().items() if model.objects.visible_to(amir, at).exists()] == [
        "handover_letter"
    ]


def test_v13_a_letter_is_not_shared_with_the_coach_it_looks_back_at_nor_by_anybody_else(
    running_relation: Relation, noor: Person, bram: Person, stan: Person, amir: Person, at: datetime
) -> None:
    letter = letter_about(running_relation, noor, at, "Mijn brief.")
    with pytest.raises(Denied):
        letter_read_in(letter, running_relation, by=noor, at=at, is_shared=True)
    coaching = make_relation(stan, noor, State.RUNNING, at)
    with pytest.raises(Denied):
        letter_read_in(letter, coaching, by=noor, at=at, is_shared=True)
    later = make_relation(noor, amir, State.RUNNING, at)
    for other in (bram, amir, stan):
        with pytest.raises(Denied):
            letter_read_in(letter, later, by=other, at=at, is_shared=True)
    with pytest.raises(Denied):
        write_letter_to_next(relation=running_relation, by=bram, at=at, text="Over haar.", seen=0)


def test_the_letter_by_hand_twice_sent_reworded_and_taken_away(
    running_relation: Relation, noor: Person, sign_in: SignIn
) -> None:
    client, address = sign_in(noor), reverse("relations:letter_new", args=[running_relation.pk])
    sent = {"text": "Beste volgende coach.", "id": uuid4()}
    for _twice in range(2):
        client.post(address, sent)
    letter = HandoverLetter.objects.get()
    own = reverse("relations:letter", args=[letter.pk])
    assert client.get(address)["Location"] == own
    assert client.post(own, {"text": "Anders.", "seen": 1}).status_code == 302
    answer = client.post(own, {"text": "Nog anders.", "seen": 1})
    assert texts_beside(answer) == [("Anders.", "Nog anders.")]
    for odd in ("", "geen-id", str(uuid4())):
        assert client.post(own, {"wish": "share", "relation": odd}).status_code == 404
    client.post(own, {"wish": "remove"})
    assert Thing.objects.get(pk=letter.pk).removed_at is not None


def test_c14_a_letter_open_on_two_devices_loses_nothing(
    running_relation: Relation, noor: Person, sign_in: SignIn
) -> None:
    """Both devices opened the page before there was a letter; the second one saves later."""
    client, address = sign_in(noor), reverse("relations:letter_new", args=[running_relation.pk])
    client.post(address, {"text": "Van de telefoon.", "id": uuid4()})
    answer = client.post(address, {"text": "Van de laptop.", "id": uuid4()})
    assert texts_beside(answer) == [("Van de telefoon.", "Van de laptop.")]
    form = answer.context["form"]
    sent = {"id": form["id"].value(), "seen": form["seen"].value(), "text": "Van de laptop."}
    joined = client.post(address, {**sent, "choose": "join"}).context["form"]["text"].value()
    assert "Van de telefoon." in joined
    assert "Van de laptop." in joined
    assert client.post(address, {**sent, "choose": "other"}).status_code == 302
    letter = HandoverLetter.objects.get()
    assert (letter.text, letter.version) == ("Van de telefoon.", 3)
    assert client.post(address, {**sent, "seen": 3}).status_code == 302
    assert HandoverLetter.objects.get().text == "Van de laptop."


def test_c14_two_first_letters_at_the_same_moment_stand_side_by_side(
    running_relation: Relation, noor: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = sign_in(noor), reverse("relations:letter_new", args=[running_relation.pk])
    client.post(address, {"text": "De eerste.", "id": uuid4()})
    monkeypatch.setattr(queries, "own_letter_about", lambda *_: None)  # asked just before the other was kept
    answer = client.post(address, {"text": "De tweede.", "id": uuid4()})
    assert texts_beside(answer) == [("De eerste.", "De tweede.")]


def test_c9_the_example_shows_the_letter_as_the_coach_reads_it(
    running_relation: Relation, noor: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    letter = letter_about(running_relation, noor, at, "Mijn brief.")
    later = make_relation(noor, amir, State.ACQUAINTING, at)
    assert "Mijn brief." not in page(sign_in(noor), "preview", later.pk)
    letter_read_in(letter, later, by=noor, at=at, is_shared=True)
    assert "Mijn brief." in page(sign_in(noor), "preview", later.pk)
