"""Find moments to offer for the next talk, so that one tap proposes them."""

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings

from klimtouw.relations.choices import Rhythm
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from klimtouw.talks.moments import WrongMoment, check_moment, same_hour_later
from klimtouw.talks.queries.talks import end_of_agreements

WITHOUT_A_RHYTHM = 2


def moments_to_talk_again(talk: Talk, at: datetime) -> list[datetime]:
    """Return up to three moments for a next talk, before the end of what was agreed: the same hour, some weeks later."""
    if talk.starts_at is None:
        return []
    zone, until = ZoneInfo(settings.TIME_ZONE), end_of_agreements(talk.relation)
    later = [same_hour_later(talk.starts_at, 7 * weeks, zone) for weeks in _weeks_agreed(talk)]
    return sorted(moment for moment in later if moment and _can_be(moment, at, until))


def _weeks_agreed(talk: Talk) -> set[int]:
    """Return after how many weeks: as the two agreed, and a week sooner or later. The talk must come from its finder."""
    agreed = cast("str | None", talk.rhythm)  # type: ignore[attr-defined]  # added by the query
    weeks = (Rhythm(agreed).weeks if agreed else None) or WITHOUT_A_RHYTHM
    return {max(1, weeks - 1), weeks, weeks + 1}


def _can_be(moment: datetime, at: datetime, until: datetime | None) -> bool:
    try:
        check_moment(moment, at, until)
    except WrongMoment:
        return False
    return True


def talked_before(talk: Talk) -> bool:
    """Return whether the two had an earlier talk than this one."""
    held = Talk.objects.filter(relation=talk.relation_id, state=TalkState.HELD, starts_at__lt=talk.starts_at)
    return held.exists()
