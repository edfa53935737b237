"""What all sign again is what stands, never a draft that went by, and it never ends today (G3, V11)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from klimtouw.circles.actions.agreements import draft_agreement, offer_to_guide, sign_agreement
from klimtouw.circles.actions.circles import arrange_circle, leave_circle
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.agreements import newest_agreement, terms_of
from klimtouw.people.models import Person
from tests.circles.stories import make_circle


def test_v11_a_draft_of_which_the_last_day_went_by_gives_way_to_what_holds(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at)
    holds = newest_agreement(circle)
    assert holds is not None
    soon = localdate(at) + timedelta(days=2)
    draft = {"clauses": ("We beginnen met thee.",), "ends_on": soon}
    draft_agreement(circle, by=noor, at=at, seen=holds.pk, **draft)  # type: ignore[arg-type]  # by name
    arrange_circle(circle, by=bram, at=at, name="Kring Kade", has_double_hat=True)
    anew = newest_agreement(circle)
    assert anew is not None and terms_of(anew).clauses == ("We beginnen met thee.",), "it may still be signed"
    later = at + timedelta(days=3)
    arrange_circle(circle, by=bram, at=later, name="Kring Kade", has_double_hat=False)
    anew = newest_agreement(circle)
    assert anew is not None and anew.number == 4
    assert (anew.ends_on, terms_of(anew).clauses) == (holds.ends_on, ("We luisteren eerst.",))


def test_v11_on_the_last_day_it_is_proposed_for_as_long_as_before(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime
) -> None:
    at = at.replace(hour=12)  # the same day in every zone, also when the clock is put forward meanwhile
    circle = make_circle(bram, [noor, amir, vera], at)
    holds = newest_agreement(circle)
    assert holds is not None
    last = at + (holds.ends_on - holds.starts_on) - timedelta(minutes=1)
    leave_circle(circle, by=bram, at=last - timedelta(days=1))
    offered = offer_to_guide(Circle.objects.get(), by=noor, at=last)
    for one in (noor, amir, vera):
        sign_agreement(circle, agreement=offered.pk, by=one, at=last)
    offered.refresh_from_db()
    assert offered.in_force_at and offered.ends_on == localdate(last) + (holds.ends_on - holds.starts_on)
