"""What is told ahead of time: the card of a talk for whoever asked for it by mail (T2), and free hours that end (T1)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Line, Link, kind
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.talks.choices import LineKind, TalkState
from klimtouw.talks.models import PreparationLine, Takeaway, Talk
from klimtouw.talks.queries import TalkPage, free_hours_of, habits_of, talk_page, talks_as_they_stand

CARD_COMES = timedelta(minutes=10)
"""How long before a talk its card comes."""
STILL_OF_USE = timedelta(minutes=10)
"""A card that comes later than this after the talk began is left out."""


@kind("talk_card", Topic.REMINDERS)
def TALK_CARD(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802  # a kind is a constant
    """A talk begins in ten minutes, and this person asked for its card by mail."""
    talk = next(iter(talks_as_they_stand(Talk.objects.filter(pk=about), at)), None)
    if talk is None or not _is_about_to_begin(talk, at) or not may(to, Action.PREPARE_TALK, talk, at):
        return None
    if not habits_of(to).has_card_by_mail:
        return None
    page = _as_it_may_stay(talk_page(talk, to, at), to)
    gate.note_looks(page.of_others, to, at, hats=frozenset({Hat.COACHEE_ONCE_SHARED}))
    words = {"name": page.other.name, "hour": date_format(localtime(talk.starts_at), "H:i")}
    return Line(
        text="\n\n".join(_card(page, to, _("At %(hour)s you talk with %(name)s.") % words)),
        links=(Link(_("Open it together"), reverse("talks:together", args=[talk.pk])),),
        whom=page.other.name,
        subject=_("Your talk of %(hour)s") % words,
    )


def _is_about_to_begin(talk: Talk, at: datetime) -> bool:
    """A talk that moved has its own card, at its own moment."""
    if talk.state != TalkState.PLANNED or talk.starts_at is None:
        return False
    return talk.starts_at - CARD_COMES <= at <= talk.starts_at + STILL_OF_USE


def _as_it_may_stay(page: TalkPage, to: Person) -> TalkPage:
    """Return what goes in a mail: to a coach only the own lines, because a mail stays where a share would end (V24)."""
    said = {line.pk for line in page.my_lines}
    if page.talk.relation.side_of(to) == Side.COACHEE:
        said |= {thing.pk for thing in (*page.their_lines, *page.here)}
        said |= {page.last_time.pk} if page.last_time and _agreed(page.last_time) else set()
    return page.only(lambda everything: [thing for thing in everything if thing.pk in said])


def _agreed(last_time: Takeaway) -> str:
    return last_time.next_step or last_time.text


def _card(page: TalkPage, to: Person, opening: str) -> Iterator[str]:
    """Give the card in a few paragraphs: only what this person may read now, and may keep."""
    yield f"{opening} {' '.join(page.talk.place.split())}".strip()
    if page.last_time:
        yield _part(_("Last time"), [_agreed(page.last_time)])
    every = (*page.their_lines, *page.my_lines)
    for sort in (LineKind.WHAT_BECAME, LineKind.TALK_ABOUT, LineKind.PROUD_OF):
        if lines := [_said(line, to, page.other) for line in every if line.line_kind == sort]:
            yield _part(str(sort.label), lines)
    if page.here:
        yield _part(_("Now on the way"), [stage.title for stage in page.here])


def _said(line: PreparationLine, to: Person, other: Person) -> str:
    who = _("You") if line.owner_id == to.pk else other.name
    return f"{who}: {line.text}"


def _part(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}:", *(f"- {' '.join(line.split())}" for line in lines)])


@kind("free_hours_end", Topic.TALKS)
def FREE_HOURS_END(to: Person, at: datetime, about: UUID) -> Line | None:  # noqa: N802
    """One's own free hours end within days."""
    hours = free_hours_of(to)
    if hours is None or hours.pk != about:
        return None
    words = {"day": date_format(hours.ends_on, "j F")}
    return Line(
        text=_("Your free hours hold until %(day)s. Do they still fit?") % words,
        links=(Link(_("Look at my free hours"), reverse("talks:free_hours")),),
    )
