"""The ledger: lines are chained per owner, so that a changed, moved or missing line shows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from klimtouw.ledger import verify as verifying
from klimtouw.ledger.actions import keep_daily_head
from klimtouw.ledger.models import ChainHead, DailyHead, Line
from klimtouw.ledger.verify import Report, find_heads, verify
from klimtouw.people.models import Person
from tests.ledger.tampering import forge_chain, forge_daily_heads, tampering

Look = Callable[..., None]
pytestmark = pytest.mark.django_db


def line(owner: Person, number: int) -> Line:
    return Line.objects.get(owner_id=owner.pk, number=number)


def test_an_empty_ledger_is_whole() -> None:
    assert verify() == Report()


def test_a_ledger_as_it_was_written_is_whole(three_days: datetime) -> None:
    found = verify()
    assert (found.lines, found.chains, found.faults) == (15, 2, [])
    assert found.newest_head == DailyHead.objects.get(number=2)


def test_everybody_has_a_chain_of_their_own(three_days: datetime, noor: Person, bram: Person) -> None:
    assert list(Line.objects.filter(owner_id=noor.pk).order_by("pk").values_list("number", flat=True)) == [
        *range(1, 10)
    ]
    assert list(Line.objects.filter(owner_id=bram.pk).order_by("pk").values_list("number", flat=True)) == [
        *range(1, 7)
    ]


def test_a_moment_without_fractions_verifies_on_every_database(look: Look, at: datetime) -> None:
    for micro in (0, 120_000, 1, 999_999):
        look(at=at.replace(microsecond=micro))
    assert verify().faults == []


def test_reading_in_small_pieces_finds_the_same(
    three_days: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", 4)
    assert (verify().lines, verify().faults) == (15, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_id", uuid4()),
        ("about_id", uuid4()),
        ("hat", "owner"),
        ("act", "shared"),
        ("at", datetime.fromisoformat("2026-01-01T00:00:00+00:00")),
        ("digest", "0" * 64),
        ("previous", "0" * 64),
    ],
)
def test_an_altered_line_is_named(three_days: datetime, noor: Person, column: str, value: object) -> None:
    with tampering():
        Line.objects.filter(pk=line(noor, 5).pk).update(**{column: value})
    assert f"chain {noor.pk}, line 5: was altered" in verify().faults


def test_a_line_of_another_owner_shows(three_days: datetime, noor: Person, bram: Person) -> None:
    with tampering():
        Line.objects.filter(pk=line(bram, 6).pk).update(owner_id=noor.pk, number=10)
    faults = verify().faults
    assert f"chain {noor.pk}, line 10: was altered" in faults
    assert f"chain {bram.pk}: lines 6 to 6 are missing at the end" in faults


@pytest.mark.parametrize(
    ("removed", "fault"),
    [
        ([1], ", line 2: line 1 before it is missing"),
        ([4, 5], ", line 6: lines 4 to 5 before it are missing"),
        ([9], ": lines 9 to 9 are missing at the end"),
        ([*range(1, 10)], ": lines 1 to 9 are missing at the end"),
    ],
    ids=["the first", "two in the middle", "the last", "all"],
)
def test_removed_lines_are_counted(
    three_days: datetime, noor: Person, removed: list[int], fault: str
) -> None:
    with tampering():
        Line.objects.filter(owner_id=noor.pk, number__in=removed).delete()
    assert f"chain {noor.pk}{fault}" in verify().faults


def test_two_lines_that_changed_places_show(three_days: datetime, noor: Person) -> None:
    second, third = line(noor, 2), line(noor, 3)
    with tampering():
        Line.objects.filter(pk=second.pk).update(number=99)
        Line.objects.filter(pk=third.pk).update(number=2)
        Line.objects.filter(pk=second.pk).update(number=3)
    assert verify().faults[:2] == [
        f"chain {noor.pk}, line 3: was altered",
        f"chain {noor.pk}, line 2: was altered",
    ]


def test_lines_that_changed_places_in_the_order_of_writing_show(three_days: datetime, noor: Person) -> None:
    second, third = line(noor, 2), line(noor, 3)
    with tampering():
        Line.objects.filter(pk=second.pk).update(id=10**9)
        Line.objects.filter(pk=third.pk).update(id=second.pk)
        Line.objects.filter(pk=10**9).update(id=third.pk)
    assert f"chain {noor.pk}, line 2: stands in another place than where it was written" in verify().faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"number": 8}, "lines after 8 were added, or the head was put back"),
        ({"number": 12}, "lines 10 to 12 are missing at the end"),
        ({"digest": "0" * 64}, "its head was altered"),
    ],
)
def test_an_altered_head_of_a_chain_shows(
    three_days: datetime, noor: Person, change: dict[str, object], fault: str
) -> None:
    with tampering():
        ChainHead.objects.filter(owner_id=noor.pk).update(**change)
    assert verify().faults == [f"chain {noor.pk}: {fault}"]


def test_a_removed_head_of_a_chain_shows(three_days: datetime, noor: Person) -> None:
    with tampering():
        ChainHead.objects.filter(owner_id=noor.pk).delete()
    assert verify().faults == [f"chain {noor.pk}: its head is missing"]


def test_a_chain_removed_head_and_all_shows_in_the_daily_heads(three_days: datetime, bram: Person) -> None:
    with tampering():
        Line.objects.filter(owner_id=bram.pk).delete()
        ChainHead.objects.filter(owner_id=bram.pk).delete()
    first, second = DailyHead.objects.order_by("number")
    assert verify().faults == [
        f"head of {first.day}: stands for 5 lines, and 3 are here",
        f"head of {second.day}: stands for 5 lines, and 3 are here",
    ]


def test_a_forged_chain_shows_in_the_daily_heads(three_days: datetime, noor: Person) -> None:
    with tampering():
        Line.objects.filter(pk=line(noor, 5).pk).update(by_id=uuid4())
        forge_chain()
    second = DailyHead.objects.get(number=2)
    assert verify().faults == [
        f"head of {second.day}: the lines or the head itself are no longer what they were"
    ]


def test_forged_daily_heads_do_not_show_here_but_no_longer_fit_a_head_that_left(
    three_days: datetime, noor: Person
) -> None:
    first, second = DailyHead.objects.order_by("number").values_list("digest", flat=True)
    with tampering():
        Line.objects.filter(pk=line(noor, 5).pk).update(by_id=uuid4())
        forge_chain()
        forge_daily_heads()
    found = verify()
    assert found.is_whole
    find_heads({first}, found)
    assert found.is_whole  # written before the line that was forged
    find_heads({second}, found)
    assert found.faults == [f"head {second}: this ledger does not continue from it"]


@pytest.mark.parametrize(
    "change", [{"digest": "0" * 64}, {"at": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}]
)
def test_an_altered_daily_head_shows(three_days: datetime, change: dict[str, object]) -> None:
    with tampering():
        DailyHead.objects.filter(number=1).update(**change)
    assert (
        f"head of {DailyHead.objects.get(number=1).day}: the lines or the head itself are no longer what they were"
        in verify().faults
    )


def test_a_removed_daily_head_shows(three_days: datetime) -> None:
    with tampering():
        DailyHead.objects.filter(number=1).delete()
    second = DailyHead.objects.get(number=2)
    assert f"head of {second.day}: does not join the head before it" in verify().faults


def test_a_ledger_in_ruins_is_not_listed_without_end(
    three_days: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "FAULTS_KEPT", 3)
    with tampering():
        Line.objects.update(hat="owner")
    found = verify()
    assert (len(found.faults), found.more_faults >= 12) == (3, True)


def test_no_name_stands_in_what_verifying_says(three_days: datetime, noor: Person) -> None:
    with tampering():
        Line.objects.update(hat="owner")
    said = " ".join(verify().faults)
    assert noor.display_name not in said
    assert noor.email not in said


def test_one_day_has_one_head(look: Look, at: datetime) -> None:
    look()
    first, is_new = keep_daily_head(day=localdate(at), at=at)
    look()
    again, is_new_again = keep_daily_head(day=localdate(at), at=at + timedelta(minutes=1))
    assert (first, is_new, is_new_again) == (again, True, False)


def test_a_clock_that_went_back_makes_no_head(look: Look, at: datetime) -> None:
    keep_daily_head(day=localdate(at), at=at)
    earlier = at - timedelta(days=2)
    assert not keep_daily_head(day=localdate(earlier), at=earlier)[1]
    assert DailyHead.objects.count() == 1


def test_a_day_without_a_line_has_a_head_too(three_days: datetime) -> None:
    for days in (1, 2):
        moment = three_days + timedelta(days=days)
        keep_daily_head(day=localdate(moment), at=moment)
    assert list(DailyHead.objects.order_by("number").values_list("lines", flat=True)) == [5, 5, 5, 0]
    assert verify().faults == []
