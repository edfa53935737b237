"""The first five minutes: somebody without a coach and without explanation writes something that matters, and knows who reads it."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from klimtouw.belongings.models import Share
from klimtouw.climb.models import CompassAnswer
from klimtouw.relations.choices import State
from tests.journeys.scenes import a_letter_to, on_a_rope
from tests.journeys.walker import Walker, Way

SENTENCE = "Dat mijn broer weer durft te lachen."
WAYS = (
    Way("nl", 390, "dark"),
    Way("nl", 1280, "light"),
    Way("en", 390, "light"),
    Way("nl", 390, "light", has_javascript=False),
)


class Acts:
    """Counts what somebody must do after signing in: a press, a choice, or typing one text."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.number = walker, 0

    def types(self, name: str, text: str) -> None:
        """Type one text in a field that is in sight without scrolling."""
        field = self.walker.page.locator(f'main [name="{name}"]')
        box, height = field.bounding_box(), self.walker.page.evaluate("() => innerHeight")
        assert box is not None
        assert box["y"] + box["height"] < height, "one has to look for the field"
        self.walker.fills(**{name: text})
        self.number += 1

    def presses(self) -> None:
        """Press the one button that stands out."""
        self.walker.sends()
        self.number += 1


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c13_the_first_sentence_takes_at_most_three_acts_and_nobody_else_can_read_it(
    walker: Callable[..., Walker], way: Way
) -> None:
    stan = walker("Stan")
    stan.is_known()
    stan.opens("home")
    stan.reads(stan.says("Only you can read this."), stan.says("One sentence is enough. It may be rough."))
    acts = Acts(stan)
    acts.types("text", SENTENCE)
    acts.presses()
    assert acts.number <= 3
    stan.reads(SENTENCE, stan.says("Only you can read this."))
    assert CompassAnswer.objects.get(owner__email=stan.email).text == SENTENCE
    assert not Share.objects.filter(thing__owner__email=stan.email).exists()


def test_c13_who_has_a_coach_finds_the_same_field_and_the_coach_reads_nothing(
    walker: Callable[..., Walker],
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram, State.RUNNING)
    noor.opens("home")
    noor.reads(noor.says("Only you can read this."))
    noor.sends(text=SENTENCE)
    bram.opens("climb:follow", relation.pk)
    bram.cannot_find(SENTENCE)


def test_what_waits_stands_first_and_the_field_stays(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    noor.is_known()
    a_letter_to(noor, bram)
    noor.opens("home")
    assert noor.page.locator("main .button--primary").count() == 1
    noor.sends(
        ".button",
        within=f'main form[action="{reverse("climb:compass_write", args=["matters"])}"]',
        text=SENTENCE,
    )
    noor.reads(SENTENCE)


def test_who_wrote_something_is_not_asked_for_a_first_sentence_again(walker: Callable[..., Walker]) -> None:
    stan = walker("Stan")
    stan.is_known()
    stan.opens("home")
    stan.sends(text=SENTENCE)
    stan.opens("home")
    assert stan.page.locator('main [name="text"]').count() == 0
