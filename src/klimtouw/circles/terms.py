"""What a circle agrees, as plain values: what must hold of it, and how one version differs from another."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klimtouw.relations.terms import Difference, a_year_after, changed_clauses, in_words


@dataclass(frozen=True, kw_only=True)
class CircleTerms:
    """Everything in one version: the last day, the agreements, and who is named."""

    ends_on: date
    clauses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def fault_of_last_day(ends_on: date, today: date) -> str:
    """Say what is wrong with a last day, in words for the person; empty when all is well. Agreements always end (V11)."""
    if ends_on < today:
        return _("This day is over. Choose today or a later day.")
    if ends_on > a_year_after(today):
        latest = {"day": in_words(a_year_after(today))}
        return _("Agreements last a year at most. Choose %(day)s or an earlier day.") % latest
    return ""


def differences(old: CircleTerms, new: CircleTerms) -> list[Difference]:
    """Return, in plain words, everything that becomes different."""
    changes = [
        Difference(_("Comes into the circle"), "", name) for name in new.names if name not in old.names
    ]
    changes += [
        Difference(_("No longer in the circle"), name, "") for name in old.names if name not in new.names
    ]
    if old.ends_on != new.ends_on:
        changes.append(Difference(_("Last day"), in_words(old.ends_on), in_words(new.ends_on), is_short=True))
    return [*changes, *changed_clauses(old.clauses, new.clauses)]
