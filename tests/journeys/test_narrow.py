"""The narrowest phone shows every page without scrolling sideways: with names of one long piece, and with the largest letters."""

from collections.abc import Callable

import pytest

from klimtouw.people.models import Person
from tests.journeys.scenes import a_goal_of, on_a_rope, shared_with_the_coach
from tests.journeys.walker import Walker, Way
from tests.journeys.watch import NARROWEST, SIDEWAYS

LONG_NAMES = (
    "Marie-Claire van den Berghe-Vandewalle de la Fontaine-Overbekestraten",
    "Wolfeschlegelsteinhausenbergerdorff",
)
OF_A_RELATION = (
    "relations:relation", "relations:contract", "relations:acquaintance", "relations:leave", "talks:of_relation", "talks:propose",
)  # fmt: skip
OF_ONESELF = (
    "home",
    "climb:home",
    "climb:trail",
    "relations:overview",
    "belongings:looks",
    "people:settings",
)
OF_A_GOAL = ("climb:goal", "belongings:share")


@pytest.mark.parametrize("way", [Way(width=390), Way(language="en", width=390)], ids=str)
@pytest.mark.parametrize("letters", ["normal", "large"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(walker: Callable[..., Walker], letters: str) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    spacing = "wide" if letters == "large" else "normal"
    for each, name in zip((noor, bram), LONG_NAMES, strict=True):
        people = Person.objects.filter(email=each.email)
        people.update(display_name=name, reading_size=letters, reading_spacing=spacing)
    goal = a_goal_of(
        Person.objects.get(email=noor.email), text="Hottentottententententoonstelling bezoeken durf ik."
    )
    shared_with_the_coach(goal, relation)
    noor.page.set_viewport_size({"width": NARROWEST, "height": 640})
    pages = [(name, relation.pk) for name in OF_A_RELATION] + [(name, goal.pk) for name in OF_A_GOAL]
    too_wide = {}
    for name, *args in [*pages, *((name,) for name in OF_ONESELF)]:
        noor.opens(name, *args)
        if (over := noor.page.evaluate(SIDEWAYS)) > 0:
            too_wide[name] = over
    assert too_wide == {}
