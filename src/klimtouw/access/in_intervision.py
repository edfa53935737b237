"""The lines of the policy about an intervision room: who came in, who brings something, who guides.

They are part of the one table (`table.py`); nothing is decided here. What may be written in which phase is not a matter of who but
of when: it stands with the phases (`intervision/methods.py`).
"""

from klimtouw.access.vocabulary import Action, Hat, Line

IN_THE_ROOM = frozenset({Hat.IN_ROOM})

IN_INTERVISION: tuple[Line, ...] = (
    Line(
        action=Action.ENTER_ROOM,
        nl="een intervisie van de kring binnenkomen, voor ze begint",
        en="come into an intervision of the circle, before it begins",
        hats=frozenset({Hat.FACILITATOR, Hat.MEMBER}),
        because="who tells something knows who listens (G5)",
        because_nl="wie iets vertelt, weet wie luistert (G5)",
    ),
    Line(
        action=Action.SEE_ROOM,
        nl="in een intervisie mee kijken en mee lezen",
        en="see and read along in an intervision",
        hats=IN_THE_ROOM,
        because="nobody but those in the room reads (G5)",
        because_nl="niemand leest mee, behalve wie erbij is (G5)",
    ),
    Line(
        action=Action.TAKE_ROLE_IN_ROOM,
        nl="in een intervisie een rol nemen of loslaten, of weer weggaan voor ze begint",
        en="take a role in an intervision or let it go, or go out again before it begins",
        hats=IN_THE_ROOM,
        because="roles are for this time only, and nobody gives them to another (G5, R1)",
        because_nl="rollen gelden alleen deze keer, en iedereen kiest zelf (G5, R1)",
    ),
    Line(
        action=Action.SPEAK_IN_ROOM,
        nl="iets op tafel leggen dat bij de fase past",
        en="put something on the table that fits the phase",
        hats=IN_THE_ROOM,
        because="while one asks, nobody advises (G5)",
        because_nl="zolang er vragen zijn, geeft niemand raad (G5)",
    ),
    Line(
        action=Action.DECIDE_OWN_IN_ROOM,
        nl="wat je zelf op tafel legde weer terugnemen, of zeggen of je naam erbij mag",
        en="take back what you put on the table yourself, or say whether your name may stand beside it",
        hats=frozenset({Hat.OWNER}),
        because="your words are yours, also at a shared table (G5, V12)",
        because_nl="jouw woorden zijn van jou, ook aan een gedeelde tafel (G5, V12)",
    ),
    Line(
        action=Action.GUIDE_ROOM,
        nl="een intervisie laten beginnen, verder of terug laten gaan en langer laten duren",
        en="begin an intervision, let it go on or back, and let a phase last longer",
        hats=frozenset({Hat.GUIDE}),
        because="one person watches over the phases, so that the others can think (G5)",
        because_nl="één iemand bewaakt de fasen, zo kunnen de anderen denken (G5)",
    ),
    Line(
        action=Action.STOP_ROOM,
        nl="een intervisie op elk moment stoppen",
        en="stop an intervision at any moment",
        hats=frozenset({Hat.PRESENTER, Hat.GUIDE}),
        because="who brings something in never has to go on (G5)",
        because_nl="wie iets inbrengt, hoeft nooit verder te gaan (G5)",
    ),
    Line(
        action=Action.BRING_IN_ROOM,
        nl="zeggen wat op het grote scherm mag, of de leiding aan iemand anders geven",
        en="say what may be on the large screen, or hand the guiding to somebody else",
        hats=frozenset({Hat.PRESENTER}),
        because="it is about what the presenter brought (G5)",
        because_nl="het gaat over wat de inbrenger meebracht (G5)",
    ),
    Line(
        action=Action.KEEP_FROM_ROOM,
        nl="op het einde kiezen wat je bewaart; de rest wordt gewist",
        en="choose at the end what you keep; the rest is erased",
        hats=frozenset({Hat.PRESENTER}),
        when=frozenset({"choosing"}),
        because="only the presenter keeps the outcome, and names nobody unasked (G5)",
        because_nl="alleen de inbrenger bewaart iets, en noemt niemand ongevraagd (G5)",
    ),
)
