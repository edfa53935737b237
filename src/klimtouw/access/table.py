"""THE POLICY: who may do what, as plain data. Nothing else in Klimtouw decides.

A line names an action in both languages, the hats that open it, in which states of a relation it is open, and why.
A hat is what a person is to one thing at this moment. No line means no. An assessor is a hat that opens nothing.
"""

from klimtouw.access.between_two import BETWEEN_TWO
from klimtouw.access.in_axenroos import IN_AXENROOS
from klimtouw.access.in_circles import IN_CIRCLES
from klimtouw.access.in_intervision import IN_INTERVISION
from klimtouw.access.peers import PEERS
from klimtouw.access.vocabulary import Action, Hat, Line

__all__ = ["TABLE", "Action", "Hat", "Line"]

OWNER = frozenset({Hat.OWNER})

TABLE: tuple[Line, ...] = (
    Line(
        action=Action.SEE_OWN_PAGES,
        nl="je eigen bladzijden zien",
        en="see your own pages",
        hats=OWNER,
        because="what you wrote is yours, with or without a coach (C13)",
        because_nl="wat je schreef is van jou, met of zonder coach (C13)",
    ),
    Line(
        action=Action.CHANGE_OWN_SETTINGS,
        nl="je naam, taal en leesinstellingen aanpassen",
        en="change your name, language and reading settings",
        hats=OWNER,
        because="you say how you are called and how you read (E1, E2)",
        because_nl="jij zegt hoe je heet en hoe je leest (E1, E2)",
    ),
    Line(
        action=Action.OPEN_FOR_MATCH,
        nl="de coördinator laten zien dat je openstaat voor een nieuwe match, en dat terugnemen",
        en="let the coordinator see that you are open for a new match, and take that back",
        hats=OWNER,
        because="a name and nothing else: no reason, no history (R5, V8, V9)",
        because_nl="een naam en niets anders: geen reden, geen geschiedenis (R5, V8, V9)",
    ),
    Line(
        action=Action.SIGN_OUT_ELSEWHERE,
        nl="zien waar je aangemeld bent, en daar afmelden",
        en="see where you are signed in, and sign out there",
        hats=OWNER,
        because="a phone that is lost must not stay a key (P3)",
        because_nl="een telefoon die je kwijt bent, mag geen sleutel blijven (P3)",
    ),
    Line(
        action=Action.WRITE_OWN,
        nl="iets nieuws schrijven op je eigen klim",
        en="write something new on your own climb",
        hats=OWNER,
        because="the coachee climbs (V1)",
        because_nl="de coachee klimt zelf (V1)",
    ),
    Line(
        action=Action.READ,
        nl="een tekst lezen (kompas, droom, doel, route, logboekbericht, kaart, reactie)",
        en="read a text (compass, dream, goal, route, entry, card, reply)",
        hats=frozenset(
            {
                Hat.OWNER,
                Hat.COACH_ONCE_SHARED,
                Hat.COACHEE_ONCE_SHARED,
                Hat.FACILITATOR_ONCE_SHARED,
                Hat.MEMBER_ONCE_SHARED,
            }
        ),
        because="the writer decides what is seen (C9)",
        because_nl="wie schrijft, beslist wat gelezen wordt (C9)",
    ),
    Line(
        action=Action.WRITE,
        nl="een tekst aanpassen, verplaatsen, afronden of wegdoen",
        en="change, move, finish or remove a text",
        hats=OWNER,
        because="a coach guides and belays, and never writes for a coachee (V1)",
        because_nl="een coach begeleidt en beveiligt, en schrijft nooit in jouw plaats (V1)",
    ),
    Line(
        action=Action.SHARE,
        nl="een tekst delen of het delen stoppen",
        en="share a text or stop sharing it",
        hats=OWNER,
        because="nobody but the owner shares (V12)",
        because_nl="alleen de eigenaar deelt (V12)",
    ),
    Line(
        action=Action.ERASE,
        nl="een tekst voorgoed wissen, of alles",
        en="erase a text for good, or everything",
        hats=OWNER,
        because="it belongs to the writer, who alone lets it go (P5, V1)",
        because_nl="het is van wie het schreef, en alleen die doet het weg (P5, V1)",
    ),
    Line(
        action=Action.SEE_HISTORY,
        nl="zien wie iets van jou opende, en vroegere versies lezen",
        en="see who opened something of yours, and read earlier versions",
        hats=OWNER,
        because="every look is visible to the one looked at (P2)",
        because_nl="elke inkijk is zichtbaar voor wie bekeken wordt (P2)",
    ),
    Line(
        action=Action.FOLLOW,
        nl="volgen: zien wat een coachee met jou deelt",
        en="follow: see what a coachee shares with you",
        hats=frozenset({Hat.COACH}),
        when=frozenset({"running", "paused"}),
        because="from both signatures until the end, and only what is shared (R6)",
        because_nl="vanaf beide handtekeningen tot het einde, en alleen wat gedeeld is (R6)",
    ),
    Line(
        action=Action.PREVIEW,
        nl="zien wat je coach van jou leest, precies zoals je coach het ziet",
        en="see what your coach reads of you, exactly as your coach sees it",
        hats=frozenset({Hat.COACHEE}),
        because="nobody has to guess who reads what (C9)",
        because_nl="niemand hoeft te raden wie wat leest (C9)",
    ),
    Line(
        action=Action.REPLY,
        nl="reageren op wat met jou gedeeld is: een vraag, steun of een blijk van vertrouwen",
        en="reply to what is shared with you: a question, support or a vote of confidence",
        hats=frozenset({Hat.COACH_ONCE_SHARED}),
        because="the answer of a coach is given beside the text, never in it (C10)",
        because_nl="het antwoord van een coach staat naast de tekst, nooit erin (C10)",
    ),
    Line(
        action=Action.ASK_FOR_REPLY,
        nl="je coach om een reactie vragen, het opnieuw vragen of je vraag intrekken",
        en="ask your coach for a reply, ask again or withdraw it",
        hats=OWNER,
        because="whoever wrote asks, and whoever answers is not counted (C10)",
        because_nl="wie schreef, vraagt; wie antwoordt, wordt niet geteld (C10)",
    ),
    Line(
        action=Action.SUGGEST,
        nl="een voorstel naast een doel of route leggen",
        en="put a suggestion beside a goal or route",
        hats=frozenset({Hat.COACH_ONCE_SHARED}),
        because="it is taken over, parked or left (C11)",
        because_nl="het wordt overgenomen, geparkeerd of niet nu (C11)",
    ),
    Line(
        action=Action.ANSWER_SUGGESTION,
        nl="een voorstel overnemen in eigen woorden, parkeren of laten liggen",
        en="take a suggestion over in own words, park it or leave it",
        hats=frozenset({Hat.COACHEE_ONCE_SHARED}),
        because="a suggestion never enters by itself (V3)",
        because_nl="een voorstel komt nooit vanzelf in je route (V3)",
    ),
    *BETWEEN_TWO,
    *PEERS,
    *IN_CIRCLES,
    *IN_INTERVISION,
    *IN_AXENROOS,
    Line(
        action=Action.ARRANGE_OWN_CALENDAR,
        nl="je vrije uren, je agenda-adres en de kaart per mail regelen",
        en="arrange your free hours, your calendar address and the card by mail",
        hats=OWNER,
        because="your calendar is yours, and an address that leaked stops with one act (T1)",
        because_nl="je agenda is van jou, en een uitgelekt adres stopt met één klik (T1)",
    ),
    Line(
        action=Action.SEE_DESK,
        nl="namen, toestanden en aantallen van een opleiding zien, nooit wat iemand schreef",
        en="see names, states and counts of a programme, never what anybody wrote",
        hats=frozenset({Hat.COORDINATOR}),
        because="those who arrange never read (B4)",
        because_nl="wie regelt, leest nooit mee (B4)",
    ),
    Line(
        action=Action.PROPOSE_CIRCLE,
        nl="een kring voorstellen: namen, en verder niets",
        en="propose a circle: names, and nothing else",
        hats=frozenset({Hat.COORDINATOR}),
        because="those who arrange name people, and never hear who would rather not (B3, V8)",
        because_nl="wie regelt, noemt namen, en hoort nooit wie liever niet wil (B3, V8)",
    ),
    Line(
        action=Action.ANSWER_PROPOSAL,
        nl="in stilte zeggen of een voorgestelde kring goed voelt, zonder reden",
        en="say in private whether a proposed circle feels right, without a reason",
        hats=frozenset({Hat.PROPOSED}),
        because="nobody sits in a circle who does not want it, and a no leaves no trace (G3, V9)",
        because_nl="niemand zit in een kring die dat niet wil, en een nee laat geen spoor na (G3, V9)",
    ),
    Line(
        action=Action.SEE_FRAMEWORK,
        nl="de kaderdoelen van je school lezen",
        en="read the framework goals of your school",
        hats=frozenset({Hat.IN_PROGRAMME}),
        because="they are the same for everybody, coach and coachee, and only to read (C4)",
        because_nl="ze zijn voor iedereen dezelfde, coach en coachee, en alleen om te lezen (C4)",
    ),
    Line(
        action=Action.ARRANGE_FRAMEWORKS,
        nl="kaderdoelen invoeren uit een bestand, of een versie niet meer aanbieden",
        en="import framework goals from a file, or no longer offer a version",
        hats=frozenset({Hat.ADMINISTRATOR}),
        because="nobody edits a framework goal or lowers it for one person: there is only the import (C4, V4)",
        because_nl="niemand past een kaderdoel aan of verlaagt het voor iemand: er is alleen de invoer (C4, V4)",
    ),
    Line(
        action=Action.ARRANGE_RULES,
        nl="zeggen hoe lang afgelopen coachrelaties blijven, en vanaf welke leeftijd iemand zelf instemt",
        en="say for how long ended relations stay, and from which age somebody agrees alone",
        hats=frozenset({Hat.ADMINISTRATOR}),
        because="a school answers for it, and what is over keeps the time that was told (P5, P6, B5)",
        because_nl="een school staat ervoor in, en wat voorbij is, houdt de tijd die toen gezegd is (P5, P6, B5)",
    ),
    Line(
        action=Action.TAKE_ALONG,
        nl="alles wat van jou is meenemen, of terugbrengen",
        en="take along everything that is yours, or bring it back",
        hats=OWNER,
        because="it belongs to you, at any time and without asking (P4)",
        because_nl="het is van jou, op elk moment en zonder te vragen (P4)",
    ),
)
