"""The lines of the policy about the axenroos of a circle (G4, V15).

They are part of the one table (`table.py`); nothing is decided here. There is no line by which one chooses for another.
"""

from klimtouw.access.vocabulary import Action, Hat, Line

RUNNING = frozenset({"running"})

IN_AXENROOS: tuple[Line, ...] = (
    Line(
        action=Action.SEE_ROSE,
        nl="de axenroos van een kring zien: alleen wat iemand er zelf in deelde",
        en="see the axenroos of a circle: only what somebody shared in it themself",
        hats=frozenset({Hat.FACILITATOR, Hat.MEMBER}),
        when=RUNNING,
        because="it is of the people in the circle, and nobody is counted in it (G4, V15)",
        because_nl="ze is van wie in de kring zit, en niemand wordt erin geteld (G4, V15)",
    ),
    Line(
        action=Action.PICK_ANIMAL,
        nl="in een kring twee dieren kiezen, alleen voor jezelf",
        en="choose two animals in a circle, for yourself alone",
        hats=frozenset({Hat.MEMBER}),
        when=RUNNING,
        because="nobody gives another an animal, and nobody has to choose one (G4, V15)",
        because_nl="niemand geeft een ander een dier, en niemand hoeft te kiezen (G4, V15)",
    ),
    Line(
        action=Action.OPEN_SECOND_ROUND,
        nl="in een kring een tweede ronde van de axenroos openen",
        en="open a second round of the axenroos in a circle",
        hats=frozenset({Hat.FACILITATOR}),
        when=RUNNING,
        because="it stands beside the first, and nobody has to take part (G4, V21)",
        because_nl="ze staat naast de eerste, en niemand hoeft mee te doen (G4, V21)",
    ),
)
