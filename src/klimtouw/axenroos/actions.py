"""Choose an animal for oneself, share it, and open a second round. Every change starts with the policy.

Whose pick it is follows from who asks: nothing here takes another person (V15).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.axenroos.choices import Animal, Round, Which
from klimtouw.axenroos.models import AnimalPick, SecondRound
from klimtouw.axenroos.queries import own_pick, second_round_is_open
from klimtouw.belongings import actions as belongings
from klimtouw.belongings.actions import keep, reword
from klimtouw.circles.models import Circle
from klimtouw.people.models import Person
from klimtouw.people.register import hold


class RoundNotOpen(Exception):
    """The second round of this circle is not open."""


@transaction.atomic
def pick_animal(
    circle: Circle, *, by: Person, at: datetime, round: Round, which: Which, words: dict[str, str],
    seen: int = 0, id: UUID | None = None,
) -> AnimalPick:  # fmt: skip
    """Keep which animal somebody chose for themself, private; one per question and round, whatever the number of tabs.

    Raises `RoundNotOpen`, and `ChangedMeanwhile` when another tab was first.
    """
    demand(by, Action.PICK_ANIMAL, circle, at)
    if round == Round.SECOND and not second_round_is_open(circle):
        raise RoundNotOpen
    hold(by)  # two tabs at once: the second one finds what the first one kept
    words = {"animal": str(Animal(words["animal"])), "text": words["text"]}
    if there := own_pick(circle, by, round, which):
        return reword(there, by=by, at=at, seen=seen, **words)
    own_id = belongings.id_as_sent(AnimalPick, id, by=by, **words)
    return keep(AnimalPick, by=by, at=at, id=own_id, circle=circle, round=round, which=which, **words)


@transaction.atomic
def share_with_circle(pick: AnimalPick, *, circle: Circle, by: Person, at: datetime) -> None:
    """Let the circle see one's own pick, as long as one is in it (V12). Raises `NotYourBond`."""
    if pick.circle_id != circle.pk:
        raise belongings.NotYourBond
    belongings.share(pick, onto=circle.bond, by=by, at=at)


@transaction.atomic
def keep_from_circle(pick: AnimalPick, *, circle: Circle, by: Person, at: datetime) -> None:
    """Let the circle no longer see it, at once."""
    belongings.revoke(pick, onto=circle.bond, by=by, at=at)


@transaction.atomic
def open_second_round(circle: Circle, *, by: Person, at: datetime) -> None:
    """Open a second round beside the first; opening it twice is opening it once."""
    demand(by, Action.OPEN_SECOND_ROUND, circle, at)
    SecondRound.objects.get_or_create(circle=circle, defaults={"opened_at": at})
