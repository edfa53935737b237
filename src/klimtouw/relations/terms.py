"""What two people agree, as plain values: what must hold of it, and how one version differs from another (R6, V11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimtouw.relations.choices import Rhythm

FEWEST_TALKS, MOST_TALKS = 1, 30
MOST_CLAUSES = 24
LONGEST_CLAUSE = 2_000

LABELS = {
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "talks": gettext_lazy("Number of talks"),
    "rhythm": gettext_lazy("Rhythm"),
    "availability": gettext_lazy("When we can reach each other"),
    "coachee_may_expect": gettext_lazy("What the coachee may expect"),
    "coach_may_expect": gettext_lazy("What the coach may expect"),
}
"""What each term is called, on every page that shows one."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Everything in one version of the contract."""

    starts_on: date
    ends_on: date
    talks: int
    rhythm: str
    availability: str = ""
    coachee_may_expect: str = ""
    coach_may_expect: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The days a contract of one relation must keep to."""

    related_since: date
    today: date
    in_force_until: date | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that changes; without `was` it is new, without `becomes` it goes. `is_short`: fits in one sentence."""

    label: str
    was: str
    becomes: str
    is_short: bool = False


def faults_of_days(starts_on: date, ends_on: date | None, bounds: Bounds) -> dict[str, str]:
    """Return what is wrong with the two days, by field; nothing when all is well. A contract always ends (V11)."""
    if fault := _fault_of_start(starts_on, bounds):
        return {"starts_on": fault}
    if fault := _fault_of_end(starts_on, ends_on, bounds.today):
        return {"ends_on": fault}
    return {}


def _fault_of_start(starts_on: date, bounds: Bounds) -> str:
    if starts_on < bounds.related_since:
        return _("You two began on %(day)s. Choose that day or a later one.") % {
            "day": in_words(bounds.related_since)
        }
    if starts_on > a_year_after(bounds.today):
        return _("This is more than a year ahead. Choose an earlier day.")
    # A hole between two versions would open the rope without a contract, or close it against one.
    if bounds.in_force_until and starts_on > bounds.in_force_until + timedelta(days=1):
        latest = in_words(bounds.in_force_until + timedelta(days=1))
        return _("The present contract must join up with this one. Choose %(day)s or an earlier day.") % {
            "day": latest
        }
    return ""


def _fault_of_end(starts_on: date, ends_on: date | None, today: date) -> str:
    if ends_on is None:
        return _("A contract always has a last day. Choose one.")
    if ends_on < starts_on:
        return _("The last day comes before the first. Choose %(day)s or a later day.") % {
            "day": in_words(max(starts_on, today))
        }
    if ends_on < today:
        return _("This day is over. Choose today or a later day.")
    if ends_on > a_year_after(starts_on):
        return _(
            "A contract lasts a year at most. Choose %(day)s or an earlier day. You can renew it later."
        ) % {"day": in_words(a_year_after(starts_on))}
    return ""


def a_year_after(day: date) -> date:
    """Return the same day a year later; 28 February for a leap day."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def in_words(day: date) -> str:
    """Return a day as people write it."""
    return date_format(day, "j F Y")


def differences(old: Terms, new: Terms) -> list[Difference]:
    """Return, in plain words, everything that becomes different (R6)."""
    return [*_changed_terms(old, new), *changed_clauses(old.clauses, new.clauses)]


def _changed_terms(old: Terms, new: Terms) -> Iterator[Difference]:
    for name, label in LABELS.items():
        if getattr(old, name) != getattr(new, name):
            is_short = name in ("starts_on", "ends_on", "talks", "rhythm")
            yield Difference(str(label), _shown(old, name), _shown(new, name), is_short)


def _shown(terms: Terms, name: str) -> str:
    value = getattr(terms, name)
    if isinstance(value, date):
        return in_words(value)
    return str(Rhythm(value).label) if name == "rhythm" else str(value)


def changed_clauses(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Difference]:
    """Pair clauses that stand in the same place; one that only moved is no difference."""
    for _tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if _tag == "equal":
            continue
        gone = [clause for clause in old[start:end] if clause not in new]
        come = [clause for clause in new[new_start:new_end] if clause not in old]
        for place in range(max(len(gone), len(come))):
            was, becomes = "".join(gone[place : place + 1]), "".join(come[place : place + 1])
            yield Difference(_label_of_clause(was, becomes), was, becomes)


def _label_of_clause(was: str, becomes: str) -> str:
    if not was:
        return _("A new clause")
    return _("A clause in other words") if becomes else _("A clause that goes")
