"""The ladder: asked, attested rung by rung in any order, with words for the peer coach alone (G2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied, may
from klimtouw.access.table import Action
from klimtouw.foundation.clock import months_after
from klimtouw.peers.actions import (
    AskedAlready,
    NotAllRungs,
    ask_support,
    ask_trainer,
    attest,
    attest_rung,
    say_no,
    say_yes,
    stop_training,
)
from klimtouw.peers.choices import Step
from klimtouw.peers.models import Attestation, Rung, RungWords, Support, Training
from klimtouw.peers.queries import ladder_of, standing_of
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, Programme
from klimtouw.takeaway.erasing import erase_everything
from tests.peers.stories import A_YEAR, belong, make_peer_coach, train, walk

SignIn = Callable[[Person], Client]


def test_amir_asks_bram_who_attests_four_rungs_and_gives_the_attestation(
    amir: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    belong(amir, programme, "learner")
    belong(bram, programme, "staff")
    student, staff = sign_in(amir), sign_in(bram)
    row = Membership.objects.get(person=bram)
    student.post(reverse("peers:ask_trainer"), {"staff": row.pk})
    training = Training.objects.get()
    assert "Amir" in staff.get(reverse("peers:trainees")).content.decode()
    staff.post(reverse("peers:answer_training", args=[training.pk]), {"answer": "yes"})
    for step in reversed(Step):
        staff.post(
            reverse("peers:rung", args=[training.pk, step.value]), {"text": f"<b>Sterk</b> 🧗 {step.value}"}
        )
    day = months_after(localdate(at), 12)
    form = {"until": day.isoformat(), "id": "0193c0de-0000-7000-8000-000000000001"}
    for _twice in range(2):
        staff.post(reverse("peers:attest", args=[training.pk]), form)
    given = Attestation.objects.get()
    assert (given.owner, given.attested_by, given.last_day) == (amir, bram, day)
    own = student.get(reverse("peers:home")).content.decode()
    assert all(f"&lt;b&gt;Sterk&lt;/b&gt; 🧗 {step.value}" in own for step in Step)
    assert "Bram" in student.get(reverse("peers:attestation", args=[given.pk])).content.decode()


def test_v13_the_words_with_a_rung_are_for_the_peer_coach_alone(
    amir: Person,
    bram: Person,
    vera: Person,
    ines: Person,
    programme: Programme,
    at: datetime,
    sign_in: SignIn,
) -> None:
    training = train(amir, bram, programme, at)
    walk(training, at)
    stored = RungWords.objects.values_list("text", flat=True)
    assert not any(b"Over" in one.stored for one in stored)
    for who in (bram, vera, ines):
        client = sign_in(who)
        for name, args in (("training", [training.pk]), ("trainees", []), ("home", [])):
            page = client.get(reverse(f"peers:{name}", args=args))
            assert "Over cards" not in page.content.decode()
    assert sign_in(vera).get(reverse("peers:training", args=[training.pk])).status_code == 404
    assert {place.words for place in ladder_of(amir)} == {""}


def test_v21_the_rungs_come_in_any_order_and_the_attestation_needs_all(
    amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    training = train(amir, bram, programme, at)
    for step in (Step.SUPERVISION, Step.CARDS, Step.OBSERVED_TALK):
        attest_rung(training, by=bram, at=at, step=step)
    with pytest.raises(NotAllRungs):
        attest(training, by=bram, at=at, until=at + A_YEAR)
    first = attest_rung(training, by=bram, at=at, step=Step.PRACTICE_TALK, text="Rustig")
    assert attest_rung(training, by=bram, at=at, step=Step.PRACTICE_TALK, text="Rustig") == first
    assert RungWords.objects.get(rung=first).text == "Rustig"
    assert attest(training, by=bram, at=at, until=at + A_YEAR).is_valid(at)


def test_v13_words_that_come_after_a_rung_was_attested_are_given_back_and_not_dropped(
    amir: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    training, staff = train(amir, bram, programme, at), sign_in(bram)
    page = reverse("peers:rung", args=[training.pk, Step.CARDS.value])
    there = reverse("peers:training", args=[training.pk])
    assert staff.post(page, {"text": "Rustig"}).url == there
    assert staff.post(page, {"text": "Rustig"}).url == there  # the same press twice
    again = staff.post(page, {"text": "En wat luisterde je goed"}).content.decode()
    assert "al bevestigd" in again and "En wat luisterde je goed" in again and "Rustig" not in again
    assert RungWords.objects.get().text == "Rustig"
    too_long = staff.post(page, {"text": "Rustig " * 400})
    assert too_long.status_code == 200 and "Rustig Rustig" in too_long.content.decode()
    assert staff.get(page).url == there


def test_v5_a_rung_and_an_attestation_have_no_score_level_or_order() -> None:
    columns = {field.name for model in (Rung, Attestation) for field in model._meta.get_fields()}
    assert columns == {
        "id", "owner", "step", "attested_by", "attested_at", "words",
        "school", "programme_name", "valid_from", "valid_until",
    } - {"words"}  # fmt: skip


def test_v5_no_page_speaks_of_a_badge_points_or_levels(
    amir: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    attestation, _support = make_peer_coach(amir, bram, programme, at)
    client = sign_in(amir)
    for name, args in (("home", []), ("attestation", [attestation.pk])):
        text = client.get(reverse(f"peers:{name}", args=args)).content.decode().lower()
        for word in ("badge", "punten", "niveau", "score", "%"):
            assert word not in text


def test_v8_a_no_leaves_nothing_and_is_asked_no_reason(
    amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    belong(amir, programme, "learner")
    belong(bram, programme, "staff")
    asked = ask_trainer(by=amir, at=at, staff=bram, programme=programme)
    with pytest.raises(AskedAlready):
        belong(
            noor := Person.objects.create_user("noor2@school.example", display_name="Noor"),
            programme,
            "staff",
        )
        ask_trainer(by=amir, at=at, staff=noor, programme=programme)
    say_no(asked, by=bram, at=at)
    assert not Training.objects.exists()


def test_only_staff_of_ones_own_programme_is_asked_and_only_they_answer_and_attest(
    amir: Person, bram: Person, noor: Person, stan: Person, programme: Programme, at: datetime
) -> None:
    belong(amir, programme, "learner")
    belong(noor, programme, "learner")
    for other in (stan, noor, amir):
        with pytest.raises(Denied):
            ask_trainer(by=amir, at=at, staff=other, programme=programme)
    belong(bram, programme, "staff")
    training = ask_trainer(by=amir, at=at, staff=bram, programme=programme)
    with pytest.raises(Denied):
        say_yes(training, by=amir, at=at)
    with pytest.raises(Denied):
        attest_rung(training, by=bram, at=at, step=Step.CARDS)
    say_yes(training, by=bram, at=at)
    training.refresh_from_db()
    assert may(bram, Action.ATTEST_RUNG, training, at)
    Membership.objects.filter(person=bram).delete()
    assert not may(bram, Action.ATTEST_RUNG, training, at)
    stop_training(training, by=amir, at=at)
    assert not Training.objects.exists()


def test_v22_the_standing_needs_a_valid_attestation_and_staff_who_said_yes(
    amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    attestation, support = make_peer_coach(amir, bram, programme, at)
    assert standing_of(amir, at).is_whole
    assert not standing_of(amir, attestation.valid_until).is_whole
    assert standing_of(amir, attestation.valid_until - timedelta(seconds=1)).is_whole
    Support.objects.update(accepted_at=None)
    assert not standing_of(amir, at).is_whole
    say_yes(Support.objects.get(pk=support.pk), by=bram, at=at)
    assert ask_support(by=amir, at=at, staff=bram, programme=programme) == support
    Membership.objects.filter(person=bram).delete()
    assert standing_of(amir, at).responsible is None


def test_everything_of_the_ladder_goes_when_its_owner_erases_everything(
    amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    make_peer_coach(amir, bram, programme, at)
    erase_everything(amir, by=amir, at=at)
    for model in (Training, Support, Rung, RungWords, Attestation):
        assert not model._default_manager.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_those_i_help_asks_as_much_for_one_as_for_three(
    number: int,
    bram: Person,
    programme: Programme,
    at: datetime,
    sign_in: SignIn,
    django_assert_num_queries: object,
) -> None:
    for one in range(number):
        student = Person.objects.create_user(f"student{one}@school.example", display_name=f"Student {one}")
        make_peer_coach(student, bram, programme, at)
    client = sign_in(bram)
    client.get(reverse("peers:trainees"))
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(reverse("peers:trainees"))
