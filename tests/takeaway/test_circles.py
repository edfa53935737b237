"""Circles in the leaving package: who read along, and what the person signed there (P4, V24)."""

from datetime import datetime, timedelta

from klimtouw.belongings.actions import keep, revoke, share
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.takeaway.package.checking import check
from klimtouw.takeaway.package.schema import schema
from tests.circles.stories import make_circle
from tests.stories import make_person
from tests.takeaway.lives import data_of, package_of


def test_p4_v24_a_share_with_a_circle_names_who_was_there_and_nobody_who_came_later(
    noor: Person, bram: Person, amir: Person, at: datetime
) -> None:
    began = at - timedelta(days=9)
    lotte = make_person("Lotte Vandenberg")
    circle = make_circle(bram, [noor, amir, lotte], began)
    circle.bond.seats.filter(person=amir).update(closes_at=began + timedelta(days=1))  # before she shared
    goal = keep(Goal, by=noor, at=began + timedelta(days=2), text="Ik durf.")
    share(goal, onto=circle.bond, by=noor, at=began + timedelta(days=2))
    data = data_of(noor, at)
    check(data, schema())
    (place,) = data["places"]
    assert place["shares"][0]["with"] == sorted([str(bram.pk), str(lotte.pk)])
    assert {one["name"] for one in place["people"]} == {"Bram", "Lotte"}
    (signed,) = place["circles"][0]["agreements"]
    assert (place["circles"][0]["name"], signed["clauses"]) == ("Kring Kade", ["We luisteren eerst."])
    page = package_of(noor, at)["relations-1.html"].decode()
    assert "Kring Kade" in page and "We luisteren eerst." in page
    revoke(goal, onto=circle.bond, by=noor, at=began + timedelta(days=4))
    circle.bond.seats.filter(person=noor).update(closes_at=began + timedelta(days=4))
    circle.bond.seats.filter(person=lotte).update(opens_at=began + timedelta(days=5))  # she came after that
    (place,) = data_of(noor, at)["places"]
    assert place["shares"][0]["with"] == [str(bram.pk)] and place["circles"] == []
    older = dict(data, places=[{name: of for name, of in data["places"][0].items() if name != "circles"}])
    check(older, schema())
