"""Say in words what was found in a file; the words are those of whoever reads them, not of whoever sent the file."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimtouw.programmes.frameworks.choices import IN_WORDS, REMARKS_IN_WORDS, Fault, FileKind, Remark
from klimtouw.programmes.models import FrameworkArrival

BY_LINE = frozenset({Fault.NOT_JSON, Fault.NOT_UTF_8})


@dataclass(frozen=True)
class Said:
    """One thing that stops a file: where, and how to repair it."""

    where: str
    text: str


def problems_in(arrival: FrameworkArrival) -> list[Said]:
    """Return what stops a file, the first ones, each with its place."""
    return [_said(one, arrival.file_kind) for one in arrival.findings.get("problems", ())]


def _said(problem: dict[str, Any], kind: str) -> Said:
    fault = Fault(problem["fault"])
    is_line = kind == FileKind.CSV or fault in BY_LINE
    other = problem["other"]
    if fault == Fault.IDENTIFIER_TWICE:
        other = _where(int(other), is_line=is_line)
    words = {"what": problem["what"], "other": other}
    return Said(_where(problem["place"], is_line=is_line), IN_WORDS[fault] % words)


def _where(place: int, *, is_line: bool) -> str:
    if not place:
        return ""
    return _("line %(number)s") % {"number": place} if is_line else _("item %(number)s") % {"number": place}


def further_problems(arrival: FrameworkArrival) -> str:
    """Say how many more there are than those shown."""
    more = arrival.findings.get("number_of_problems", 0) - len(arrival.findings.get("problems", ()))
    if more <= 0:
        return ""
    return ngettext("And %(number)s more.", "And %(number)s more.", more) % {"number": more}


def remarks_in(arrival: FrameworkArrival) -> list[tuple[Any, int]]:
    """Return what does not stop a file, and how often it is so."""
    return [
        (REMARKS_IN_WORDS[Remark(name)], number)
        for name, number in arrival.findings.get("remarks", {}).items()
    ]


@dataclass(frozen=True)
class Part:
    """What would happen to some goals: in one sentence, with the first of them by name."""

    sentence: str
    named: list[dict[str, str]]
    further: int


def parts_of(arrival: FrameworkArrival) -> list[Part]:
    """Return what would happen, in sentences."""
    found, named = arrival.findings, arrival.findings.get("named", {})
    new, changed = found.get("new", 0), found.get("changed", 0)
    leaving, same = found.get("leaving", 0), found.get("same", 0)
    sentences = {
        "new": ngettext("%(n)s goal is new.", "%(n)s goals are new.", new) % {"n": new},
        "changed": ngettext("%(n)s goal changes.", "%(n)s goals change.", changed) % {"n": changed},
        "leaving": ngettext(
            "%(n)s goal is not in this version any more. Who linked to it keeps the link.",
            "%(n)s goals are not in this version any more. Who linked to them keeps the link.",
            leaving,
        )
        % {"n": leaving},
        "same": ngettext("%(n)s goal stays as it is.", "%(n)s goals stay as they are.", same) % {"n": same},
    }
    parts = [
        Part(sentence, named.get(name, []), found.get(name, 0) - len(named.get(name, [])))
        for name, sentence in sentences.items()
        if found.get(name)
    ]
    if found.get("is_reordered"):
        parts.append(Part(_("The goals come in another order."), [], 0))
    return parts
