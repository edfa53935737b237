"""The lines of the policy about circles: their facilitator, their members, and who said yes and still waits.

They are part of the one table (`table.py`); nothing is decided here.
"""

from klimtouw.access.vocabulary import Action, Hat, Line

SEATED = frozenset({Hat.FACILITATOR, Hat.MEMBER})
ALL_IN_IT = SEATED | {Hat.NEWCOMER}
LIVE = frozenset({"forming", "agreeing", "running"})

IN_CIRCLES: tuple[Line, ...] = (
    Line(
        action=Action.START_CIRCLE,
        nl="een kring beginnen",
        en="start a circle",
        hats=frozenset({Hat.OWNER}),
        because="a circle begins with somebody who asks others to come (G3)",
        because_nl="een kring begint met iemand die anderen vraagt (G3)",
    ),
    Line(
        action=Action.SEE_CIRCLE,
        nl="een kring openen: wie erbij hoort en wat afgesproken is",
        en="open a circle: who is in it and what was agreed",
        hats=ALL_IN_IT,
        because="it is of the people in it, and of nobody else (G3, R1)",
        because_nl="ze is van wie erbij hoort, en van niemand anders (G3, R1)",
    ),
    Line(
        action=Action.WRITE_IN_CIRCLE,
        nl="in een kring iets vragen, antwoorden of samen doen",
        en="ask, answer or do something together in a circle",
        hats=SEATED,
        when=frozenset({"running"}),
        because="members ask and answer each other once all have signed (G3)",
        because_nl="leden vragen en antwoorden zodra iedereen tekende (G3)",
    ),
    Line(
        action=Action.ANSWER_IN_CIRCLE,
        nl="antwoorden naast een vraag, of naast iets wat in een kring gedeeld is",
        en="answer beside a question, or beside something shared into a circle",
        hats=frozenset({Hat.OWNER, Hat.FACILITATOR_ONCE_SHARED, Hat.MEMBER_ONCE_SHARED}),
        because="an answer stands beside the text, never in it, and nobody counts them (G3, V5)",
        because_nl="een antwoord staat naast de tekst, nooit erin, en niemand telt ze (G3, V5)",
    ),
    Line(
        action=Action.CHOOSE_MEETING,
        nl="een moment kiezen voor een bijeenkomst die je voorstelde of begeleidt, of ze afzeggen",
        en="choose the moment of a meeting you proposed or guide, or cancel it",
        hats=frozenset({Hat.OWNER, Hat.FACILITATOR}),
        when=frozenset({"running"}),
        because="everybody says what suits, and one of them ties the knot (T1, G3)",
        because_nl="iedereen zegt wat past, en iemand legt de knoop (T1, G3)",
    ),
    Line(
        action=Action.AGREE_IN_CIRCLE,
        nl="de afspraken van een kring voorstellen, aanpassen en tekenen",
        en="propose, change and sign the agreements of a circle",
        hats=ALL_IN_IT,
        when=LIVE,
        because="they hold once everybody signed, also whoever comes later (G3, V11)",
        because_nl="ze gelden zodra iedereen tekende, ook wie later komt (G3, V11)",
    ),
    Line(
        action=Action.INVITE_TO_CIRCLE,
        nl="iemand in een kring uitnodigen",
        en="invite somebody to a circle",
        hats=frozenset({Hat.FACILITATOR}),
        when=LIVE,
        because="a light invitation is enough, and a no leaves no trace (G3, V9)",
        because_nl="een lichte uitnodiging volstaat, en een nee laat geen spoor na (G3, V9)",
    ),
    Line(
        action=Action.LEAVE_CIRCLE,
        nl="een kring verlaten, met één klik en zonder reden",
        en="leave a circle, with one act and without a reason",
        hats=ALL_IN_IT,
        because="whoever leaves takes along what is theirs (G3, V24)",
        because_nl="wie gaat, neemt mee wat van hem, haar of hen is (G3, V24)",
    ),
    Line(
        action=Action.OFFER_TO_GUIDE,
        nl="aanbieden een kring te begeleiden die niemand meer begeleidt; iedereen tekent opnieuw",
        en="offer to guide a circle that nobody guides any more; everybody signs again",
        hats=frozenset({Hat.MEMBER}),
        when=frozenset({"running"}),
        because="a circle goes on when its facilitator leaves, and all say yes to who follows (G3)",
        because_nl="een kring gaat verder als de begeleider gaat, en iedereen zegt ja tegen wie volgt (G3)",
    ),
    Line(
        action=Action.ARRANGE_CIRCLE,
        nl="een kring een naam geven, zeggen dat je er iemand beoordeelt, of de kring afronden",
        en="name a circle, say that you assess somebody in it, or end it",
        hats=frozenset({Hat.FACILITATOR}),
        when=LIVE,
        because="a facilitator holds the rope, and says which hats they wear (G3, R8)",
        because_nl="wie begeleidt, houdt het touw vast en zegt welke petten er zijn (G3, R8)",
    ),
)
