"""The contract: either drafts, both sign, and only then is the rope open, until the last day."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.gate import open_seats
from klimtouw.belongings.models import Seat, Thing
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import end_of, start_of
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations import clauses
from klimtouw.relations.actions.contracts import (
    DaysDoNotFit,
    LastDayIsOver,
    NewerVersion,
    NotTheNewest,
    draft_contract,
    sign_contract,
)
from klimtouw.relations.choices import State
from klimtouw.relations.models import CommonGround, Contract, Relation, Signature
from klimtouw.relations.queries.contracts import contract_page, newest_contract, terms_of
from klimtouw.relations.terms import Difference, Terms, a_year_after, differences
from tests.stories import make_relation
from tests.told import read_by

ZONE = ZoneInfo("Europe/Brussels")


@pytest.fixture
def relation(noor: Person, bram: Person, programme: Programme, at: datetime) -> Relation:
    """It clicked between Noor and Bram; there is no contract yet."""
    return make_relation(noor, bram, State.CONTRACTING, at, programme)


@pytest.fixture
def terms(at: datetime) -> Terms:
    """Five talks in a hundred days."""
    today = localdate(at)
    return Terms(
        starts_on=today,
        ends_on=today + timedelta(days=100),
        talks=5,
        rhythm="fortnightly",
        availability="Dinsdag, per bericht.",
        clauses=("Wat we zeggen, blijft hier.", "We mogen lachen."),
    )


def drafted(relation: Relation, by: Person, at: datetime, terms: Terms) -> Contract:
    """Let somebody draft a version, having seen the newest one."""
    newest = newest_contract(relation)
    return draft_contract(relation=relation, by=by, at=at, terms=terms, seen=newest.pk if newest else None)


def both_sign(relation: Relation, contract: Contract, at: datetime) -> None:
    """Let both sign one version."""
    for person in (relation.coachee, relation.coach):
        sign_contract(relation=relation, contract=contract.pk, by=person, at=at)


def windows(relation: Relation) -> dict[str, tuple[datetime, datetime | None]]:
    """Return the windows of the seats on the work bond, by hat."""
    return {
        seat.hat: (seat.opens_at, seat.closes_at) for seat in Seat.objects.filter(bond=relation.work_bond)
    }


def form_of(terms: Terms, **more: object) -> dict[str, object]:
    """Return the form as a browser sends it."""
    fields = {name: value for name, value in vars(terms).items() if name != "clauses"}
    return {**fields, **{f"clause_{n}": text for n, text in enumerate(terms.clauses)}, **more}


def page(client: Client, name: str, relation: Relation) -> str:
    """Return a page of a relation as text."""
    answer = client.get(reverse(f"relations:{name}", args=[relation.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


# Drafting and signing


def test_either_drafts_and_both_sign_separately(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime
) -> None:
    contract = drafted(relation, noor, at, terms)
    assert not contract.signatures.exists(), "saving is not signing"
    sign_contract(relation=relation, contract=contract.pk, by=bram, at=at)
    relation.refresh_from_db()
    assert (relation.state, windows(relation)) == (State.CONTRACTING, {})
    sign_contract(relation=relation, contract=contract.pk, by=noor, at=at + timedelta(hours=1))
    relation.refresh_from_db()
    contract.refresh_from_db()
    assert (relation.state, contract.in_force_at) == (State.RUNNING, at + timedelta(hours=1))
    closes = end_of(terms.ends_on, ZONE)
    opens = at + timedelta(hours=1)
    assert windows(relation) == {"coachee": (opens, None), "coach": (opens, closes)}


def test_a_contract_that_starts_later_opens_the_rope_that_day(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime
) -> None:
    later = replace(terms, starts_on=localdate(at) + timedelta(days=10))
    both_sign(relation, drafted(relation, noor, at, later), at)
    opens = start_of(later.starts_on, ZONE)
    assert windows(relation)["coach"][0] == windows(relation)["coachee"][0] == opens
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    share(goal, onto=relation.work_bond, by=noor, at=opens)
    assert not Thing.objects.visible_to(bram, opens - timedelta(microseconds=1)).exists()
    assert Thing.objects.visible_to(bram, opens).exists()


def test_both_signatures_stand_in_the_ledger_of_the_signer(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime
) -> None:
    contract = drafted(relation, bram, at, terms)
    both_sign(relation, contract, at)
    signed = {
        (line.owner_id, line.by_id, line.hat, line.about_id) for line in Line.objects.filter(act="signed")
    }
    assert signed == {(noor.pk, noor.pk, "coachee", contract.pk), (bram.pk, bram.pk, "coach", contract.pk)}


def test_signing_twice_is_signing_once(relation: Relation, terms: Terms, noor: Person, at: datetime) -> None:
    contract = drafted(relation, noor, at, terms)
    sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    assert Signature.objects.count() == 1
    assert Line.objects.filter(act="signed").count() == 1


def test_a_newer_draft_takes_the_place_of_an_unsigned_one_with_its_signature(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime
) -> None:
    first = drafted(relation, bram, at, terms)
    sign_contract(relation=relation, contract=first.pk, by=bram, at=at)
    second = drafted(relation, noor, at, replace(terms, talks=7))
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(NotTheNewest):
        sign_contract(relation=relation, contract=first.pk, by=noor, at=at)
    sign_contract(relation=relation, contract=second.pk, by=noor, at=at)
    relation.refresh_from_db()
    assert relation.state == State.CONTRACTING, "Bram signed another version"
    seen = contract_page(relation, bram)
    assert seen.replaced == first
    assert (
        seen.differences == [Difference("Aantal gesprekken", "5", "7", is_short=True)]
        or seen.differences[0].becomes == "7"
    )


def test_both_are_told_that_a_version_was_replaced(
    relation: Relation,
    terms: Terms,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:
    drafted(relation, bram, at, terms)
    drafted(relation, noor, at, replace(terms, talks=7))
    for person in (noor, bram):
        assert "Deze versie van Noor komt in de plaats van een vroegere van Bram." in page(
            sign_in(person), "contract", relation
        )


def test_a_writer_who_did_not_see_the_newest_version_is_told_and_loses_nothing(
    relation: Relation,
    terms: Terms,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:
    newest = drafted(relation, bram, at, terms)
    with pytest.raises(NewerVersion):
        draft_contract(relation=relation, by=noor, at=at, terms=terms, seen=None)
    answer = sign_in(noor).post(
        reverse("relations:contract_draft", args=[relation.pk]),
        form_of(replace(terms, talks=9, availability="Nooit op vrijdag.")),
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Bram bewaarde intussen een andere versie." in text
    assert "Nooit op vrijdag." in text
    assert f'name="seen" value="{newest.pk}"' in text
    assert Contract.objects.count() == 1


def test_saving_twice_keeps_one_version(
    relation: Relation, terms: Terms, noor: Person, sign_in: Callable[[Person], Client]
) -> None:
    form = form_of(terms, id=uuid4())
    for _time in range(2):
        answer = sign_in(noor).post(reverse("relations:contract_draft", args=[relation.pk]), form)
        assert answer.status_code == 302
    assert Contract.objects.count() == 1


def test_the_version_of_another_relation_in_the_body_is_not_signed(
    relation: Relation,
    terms: Terms,
    noor: Person,
    amir: Person,
    bram: Person,
    at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:
    elsewhere = make_relation(amir, bram, State.CONTRACTING, at)
    theirs = drafted(elsewhere, amir, at, terms)
    drafted(relation, bram, at, terms)
    for sent in (str(theirs.pk), "", "geen id", "0" * 5000):
        answer = sign_in(noor).post(
            reverse("relations:sign_contract", args=[relation.pk]), {"contract": sent}, follow=True
        )
        assert "Er is een nieuwere versie." in answer.content.decode()
    assert not Signature.objects.exists()


def test_only_the_two_draft_and_sign(
    relation: Relation, terms: Terms, noor: Person, stan: Person, vera: Person, ines: Person, at: datetime
) -> None:
    contract = drafted(relation, noor, at, terms)
    for outsider in (stan, vera, ines):
        with pytest.raises(Denied):
            drafted(relation, outsider, at, terms)
        with pytest.raises(Denied):
            sign_contract(relation=relation, contract=contract.pk, by=outsider, at=at)


@pytest.mark.parametrize(
    "state", [State.ACQUAINTING, State.CLICKING, State.NOT_STARTED, State.COMPLETED, State.STOPPED]
)
def test_there_is_nothing_to_draft_before_the_click_or_after_the_end(
    state: State, noor: Person, bram: Person, terms: Terms, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    relation = make_relation(noor, bram, state, at)
    with pytest.raises(Denied):
        drafted(relation, noor, at, terms)
    for name in ("contract_draft", "sign_contract"):
        assert sign_in(bram).post(reverse(f"relations:{name}", args=[relation.pk])).status_code == 404


def test_a_last_day_that_went_by_before_both_signed_is_not_signed(
    relation: Relation, terms: Terms, noor: Person, at: datetime
) -> None:
    contract = drafted(relation, noor, at, replace(terms, ends_on=localdate(at)))
    tomorrow = end_of(localdate(at), ZONE)
    sign_contract(relation=relation, contract=contract.pk, by=noor, at=tomorrow - timedelta(microseconds=1))
    with pytest.raises(LastDayIsOver):
        sign_contract(relation=relation, contract=contract.pk, by=relation.coach, at=tomorrow)


def test_each_step_tells_the_other_alone_in_their_language(
    relation: Relation,
    terms: Terms,
    noor: Person,
    bram: Person,
    at: datetime,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    bram.language = "en"
    bram.save()
    with django_capture_on_commit_callbacks(execute=True):
        contract = drafted(relation, noor, at, terms)
    assert (read_by(noor, at), "Noor put a version of your contract ready." in read_by(bram, at)) == (
        "",
        True,
    )
    with django_capture_on_commit_callbacks(execute=True):
        both_sign(relation, contract, at)
    assert "Bram tekende ook." in read_by(noor, at)
    assert read_by(bram, at) == ""  # the first signature is no news any more once one signed oneself
    assert "Dinsdag" not in "".join(str(letter.body) for letter in mail.outbox), (
        "no letter carries what they agreed"
    )


# V11: no open end, no silent renewal, no one-sided change


def test_v11_a_contract_without_a_last_day_is_refused_at_the_field(
    relation: Relation, terms: Terms, noor: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    answer = sign_in(noor).post(
        reverse("relations:contract_draft", args=[relation.pk]),
        form_of(terms, ends_on="", coach_may_expect="Stiptheid."),
    )
    text = answer.content.decode()
    assert "Er is altijd een laatste dag. Kies er een." in text
    assert "Stiptheid." in text, "nothing typed is lost"
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (-1, 10, "starts_on"),
        (400, 410, "starts_on"),
        (5, 4, "ends_on"),
        (0, 367, "ends_on"),
        (0, 3_000, "ends_on"),
    ],
)
def test_v11_wrong_days_are_refused_by_the_action_itself(
    relation: Relation, terms: Terms, noor: Person, at: datetime, start: int, end: int, field: str
) -> None:
    today = localdate(at)
    wrong = replace(terms, starts_on=today + timedelta(days=start), ends_on=today + timedelta(days=end))
    with pytest.raises(DaysDoNotFit) as refused:
        drafted(relation, noor, at, wrong)
    assert list(refused.value.faults) == [field]


@pytest.mark.parametrize("end", ["9999-12-31", "31/02/2027", "geen dag", "0001-01-01"])
def test_v11_an_end_far_away_or_unreadable_is_a_clear_error(
    relation: Relation, terms: Terms, noor: Person, end: str, sign_in: Callable[[Person], Client]
) -> None:
    url = reverse("relations:contract_draft", args=[relation.pk])
    for fields in (form_of(terms, ends_on=end), form_of(terms, starts_on=end, ends_on=end)):
        answer = sign_in(noor).post(url, fields)
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()


def test_v11_today_may_be_the_last_day_and_yesterday_may_not(
    relation: Relation, terms: Terms, noor: Person, at: datetime
) -> None:
    relation.started_at = at - timedelta(days=30)
    relation.save()
    today = localdate(at)
    began = replace(terms, starts_on=today - timedelta(days=20))
    drafted(relation, noor, at, replace(began, ends_on=today))
    with pytest.raises(DaysDoNotFit):
        drafted(relation, noor, at, replace(began, ends_on=today - timedelta(days=1)))


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2026, 11, 22)) == date(2027, 11, 22)


def test_v11_a_new_version_changes_nothing_until_both_signed_it(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime
) -> None:
    both_sign(relation, drafted(relation, noor, at, terms), at)
    before = windows(relation)
    longer = drafted(relation, bram, at, replace(terms, ends_on=terms.ends_on + timedelta(days=60)))
    sign_contract(relation=relation, contract=longer.pk, by=bram, at=at)
    assert windows(relation) == before
    assert not open_seats(end_of(terms.ends_on, ZONE)).filter(person=bram, bond=relation.work_bond).exists()
    sign_contract(relation=relation, contract=longer.pk, by=noor, at=at + timedelta(days=1))
    relation.refresh_from_db()
    assert relation.state == State.RUNNING
    assert windows(relation) == {"coachee": before["coachee"], "coach": (at, end_of(longer.ends_on, ZONE))}


def test_v11_a_later_version_may_be_shorter(
    relation: Relation, terms: Terms, noor: Person, at: datetime
) -> None:
    both_sign(relation, drafted(relation, noor, at, terms), at)
    shorter = drafted(relation, noor, at, replace(terms, ends_on=localdate(at) + timedelta(days=3)))
    both_sign(relation, shorter, at)
    assert windows(relation)["coach"] == (at, end_of(shorter.ends_on, ZONE))


def test_v11_nothing_renews_by_itself(relation: Relation, terms: Terms, noor: Person, at: datetime) -> None:
    both_sign(relation, drafted(relation, noor, at, terms), at)
    proposal = drafted(relation, noor, at, replace(terms, ends_on=terms.ends_on + timedelta(days=30)))
    over = end_of(terms.ends_on, ZONE)
    with pytest.raises(Denied):
        sign_contract(relation=relation, contract=proposal.pk, by=noor, at=over)
    with pytest.raises(Denied):
        drafted(relation, noor, over, terms)
    assert not open_seats(over).filter(person=relation.coach).exists()


def test_a_new_version_joins_up_with_the_one_in_force(
    relation: Relation, terms: Terms, noor: Person, at: datetime
) -> None:
    both_sign(relation, drafted(relation, noor, at, terms), at)
    after_a_hole = terms.ends_on + timedelta(days=2)
    with pytest.raises(DaysDoNotFit):
        drafted(
            relation,
            noor,
            at,
            replace(terms, starts_on=after_a_hole, ends_on=after_a_hole + timedelta(days=30)),
        )
    joined = terms.ends_on + timedelta(days=1)
    renewal = drafted(
        relation, noor, at, replace(terms, starts_on=joined, ends_on=joined + timedelta(days=30))
    )
    both_sign(relation, renewal, at + timedelta(days=1))
    assert windows(relation)["coach"] == (at, end_of(renewal.ends_on, ZONE)), "the open rope stays open"


def test_two_may_put_off_a_start_that_did_not_come_yet(
    relation: Relation, terms: Terms, noor: Person, at: datetime
) -> None:
    both_sign(
        relation,
        drafted(relation, noor, at, replace(terms, starts_on=terms.starts_on + timedelta(days=5))),
        at,
    )
    later = replace(terms, starts_on=terms.starts_on + timedelta(days=9))
    both_sign(relation, drafted(relation, noor, at, later), at)
    assert windows(relation)["coach"][0] == start_of(later.starts_on, ZONE)


def test_v24_what_was_written_to_get_acquainted_closes_on_the_same_last_day(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime
) -> None:
    ground = keep(CommonGround, by=noor, at=at, relation=relation, text="Allebei fietsers.")
    share(ground, onto=relation.acquaintance_bond, by=noor, at=at)
    both_sign(relation, drafted(relation, noor, at, terms), at)
    over = end_of(terms.ends_on, ZONE)
    assert Thing.objects.visible_to(bram, over - timedelta(microseconds=1)).exists()
    assert not Thing.objects.visible_to(bram, over).exists()


# What the pages say


def test_the_page_says_in_plain_words_what_becomes_different(
    relation: Relation,
    terms: Terms,
    noor: Person,
    bram: Person,
    at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:
    old = replace(terms, starts_on=localdate(at), ends_on=localdate(at) + timedelta(days=60))
    both_sign(relation, drafted(relation, noor, at, old), at)
    new = replace(
        old,
        ends_on=old.ends_on + timedelta(days=28),
        clauses=("Wat we zeggen, blijft hier.", "We bellen niet."),
    )
    drafted(relation, noor, at, new)
    text = " ".join(page(sign_in(bram), "contract", relation).split())
    with override("nl"):
        was, becomes = (f"{day:%-d} " for day in (old.ends_on, new.ends_on))
    assert re.search(
        rf"<strong>Laatste dag</strong>: was <del>{was}\w+ \d{{4}}</del>, wordt <ins>{becomes}\w+ \d{{4}}</ins>",
        text,
    )
    assert "<del>We mogen lachen.</del>" in text
    assert "<ins>We bellen niet.</ins>" in text
    assert "<del>Wat we zeggen" not in text


def test_differences_name_clauses_that_come_go_and_change() -> None:
    day = date(2027, 1, 30)
    old = Terms(starts_on=day, ends_on=day, talks=5, rhythm="weekly", clauses=("a", "b", "c"))
    with override("en"):
        assert differences(old, replace(old, clauses=("c", "a", "b"))) == [], (
            "one that only moved is no difference"
        )
        assert differences(old, replace(old, talks=6, clauses=("a", "c", "d"))) == [
            Difference("Number of talks", "5", "6", is_short=True),
            Difference("A clause that goes", "b", ""),
            Difference("A new clause", "", "d"),
        ]
        assert differences(old, replace(old, rhythm="monthly", clauses=("a", "B", "c"))) == [
            Difference("Rhythm", "about every week", "about every month", is_short=True),
            Difference("A clause in other words", "b", "B"),
        ]


def test_what_they_type_is_shown_as_typed_and_never_as_markup(
    relation: Relation, terms: Terms, noor: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    typed = "<script>alert(1)</script> 🧗 مرحبا " + "x" * 1900
    drafted(relation, noor, at, replace(terms, availability=typed, clauses=(typed,)))
    for name in ("contract", "contract_draft"):
        text = page(sign_in(noor), name, relation)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; 🧗 مرحبا" in text


def test_clauses_are_added_and_removed_without_javascript(
    relation: Relation, terms: Terms, noor: Person, sign_in: Callable[[Person], Client]
) -> None:
    text = page(sign_in(noor), "contract_draft", relation)
    shown = len(re.findall(r'<textarea name="clause_\d+"', text))
    assert shown == len(clauses.first_clauses(relation, "nl")) + 3
    form = form_of(replace(terms, clauses=("Eén.", "", "Drie.", "", "Mijn eigen.")))
    sign_in(noor).post(reverse("relations:contract_draft", args=[relation.pk]), form)
    assert terms_of(Contract.objects.get()).clauses == ("Eén.", "Drie.", "Mijn eigen.")


def test_many_sent_clauses_stop_at_a_limit(
    relation: Relation, terms: Terms, noor: Person, sign_in: Callable[[Person], Client]
) -> None:
    form = form_of(replace(terms, clauses=tuple(str(n) for n in range(99))))
    assert (
        sign_in(noor).post(reverse("relations:contract_draft", args=[relation.pk]), form).status_code == 302
    )
    assert len(terms_of(Contract.objects.get()).clauses) == 24


@pytest.mark.parametrize("talks", ["0", "31", "-1", "veel", "1e3"])
def test_one_to_thirty_talks(
    relation: Relation, terms: Terms, noor: Person, talks: str, sign_in: Callable[[Person], Client]
) -> None:
    answer = sign_in(noor).post(
        reverse("relations:contract_draft", args=[relation.pk]), form_of(terms, talks=talks)
    )
    assert (answer.status_code, Contract.objects.count()) == (200, 0)


def test_the_contract_page_asks_as_many_queries_with_one_clause_as_with_twenty(
    relation: Relation, terms: Terms, noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client],
    django_assert_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    client = sign_in(noor)
    page(client, "contract", relation)
    for number in (1, 20):
        new = drafted(
            relation, bram, at, replace(terms, clauses=tuple(f"Afspraak {n}" for n in range(number)))
        )
        both_sign(relation, new, at)
        drafted(relation, bram, at, replace(terms, talks=6))
        # One asks whether the version that waits makes it a peer relation (V22).
        with django_assert_num_queries(11):  # type: ignore[attr-defined]  # the fixture's own type says less
            page(client, "contract", relation)


def test_the_whole_contract_goes_by_hand_through_the_pages(
    relation: Relation, terms: Terms, noor: Person, bram: Person, sign_in: Callable[[Person], Client]
) -> None:
    of_noor, of_bram = sign_in(noor), sign_in(bram)
    saved = of_noor.post(reverse("relations:contract_draft", args=[relation.pk]), form_of(terms), follow=True)
    assert "Bewaard. Dit is nog geen handtekening" in saved.content.decode()
    for client, said in ((of_noor, "Je tekende. Dank je."), (of_bram, "Jullie tekenden allebei.")):
        (sent,) = re.findall(r'name="contract" value="([^"]+)"', page(client, "contract", relation))
        answer = client.post(
            reverse("relations:sign_contract", args=[relation.pk]), {"contract": sent}, follow=True
        )
        assert said in answer.content.decode()
    assert "Ik teken" not in page(of_noor, "contract", relation)
    relation.refresh_from_db()
    assert relation.state == State.RUNNING
