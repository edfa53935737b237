"""Two hands on one text at the very same moment: one of them hears of it, and no wording is lost (C14)."""

from collections.abc import Callable
from datetime import datetime

import pytest

from klimtouw.belongings.actions import ChangedMeanwhile, keep, keep_the_other, restore, reword
from klimtouw.belongings.models import Version
from klimtouw.belongings.versions import history_of
from klimtouw.climb.models import Dream
from klimtouw.people.models import Person
from tests.at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.only_on("postgresql"),
]
TIMES = 12


def every_wording(dream: Dream) -> list[str]:
    """Return every wording, the newest first, having checked that the numbers have no gap."""
    now = Dream.objects.get(pk=dream.pk)
    rows = history_of(now).rows
    assert [row.wording.number for row in rows] == list(range(now.version, 0, -1))
    return [row.wording.whole for row in rows]


def test_of_two_writers_one_is_kept_and_the_other_hears_of_it(noor: Person, at: datetime) -> None:
    for _ in range(TIMES):
        dream = keep(Dream, by=noor, at=at, text="Eerst.")

        def writes(text: str, dream: Dream = dream) -> Callable[[], Dream]:
            return lambda: reword(dream, by=noor, at=at, seen=1, text=text)

        met = at_once(writes("Links."), writes("Rechts."))
        assert {type(each) for each in met} == {Dream, ChangedMeanwhile}
        (kept,) = [each for each in met if isinstance(each, Dream)]
        assert every_wording(dream) == [kept.text, "Eerst."]


def test_eight_writers_who_try_again_all_find_their_wording_in_the_history(
    noor: Person, at: datetime
) -> None:
    dream = keep(Dream, by=noor, at=at, text="Eerst.")
    texts = [f"Tekst {number}." for number in range(8)]

    def writes_until_kept(text: str) -> Callable[[], Dream]:
        def write() -> Dream:
            seen = 1
            while True:
                try:
                    return reword(dream, by=noor, at=at, seen=seen, text=text)
                except ChangedMeanwhile as conflict:
                    seen = conflict.now.version

        return write

    met = at_once(*map(writes_until_kept, texts))
    assert all(isinstance(each, Dream) for each in met)
    found = every_wording(dream)
    assert sorted(found) == sorted(["Eerst.", *texts])


def test_putting_back_and_writing_at_once_lose_nothing(noor: Person, at: datetime) -> None:
    for _ in range(TIMES):
        dream = keep(Dream, by=noor, at=at, text="Eerst.")
        dream = reword(dream, by=noor, at=at, seen=1, text="Dan.")

        def puts_back(dream: Dream = dream) -> Dream:
            return restore(dream, by=noor, at=at, seen=2, number=1)

        def writes(dream: Dream = dream) -> Dream:
            return reword(dream, by=noor, at=at, seen=2, text="Nieuw.")

        met = at_once(puts_back, writes)
        assert {type(each) for each in met} == {Dream, ChangedMeanwhile}
        assert every_wording(dream) in (["Eerst.", "Dan.", "Eerst."], ["Nieuw.", "Dan.", "Eerst."])


def test_keeping_the_other_and_writing_at_once_lose_nothing(noor: Person, at: datetime) -> None:
    for _ in range(TIMES):
        dream = keep(Dream, by=noor, at=at, text="Eerst.")

        def keeps_the_other(dream: Dream = dream) -> Dream:
            kept: Dream = keep_the_other(dream.pk, by=noor, at=at, seen=1, text="Getypt.")
            return kept

        def writes(dream: Dream = dream) -> Dream:
            return reword(dream, by=noor, at=at, seen=1, text="Nieuw.")

        met = at_once(keeps_the_other, writes)
        assert {type(each) for each in met} == {Dream, ChangedMeanwhile}
        assert every_wording(dream) in (["Eerst.", "Getypt.", "Eerst."], ["Nieuw.", "Eerst."])
        Version.objects.filter(thing=dream.pk).delete()
