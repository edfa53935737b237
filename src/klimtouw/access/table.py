"""THE POLICY: who may do what, as plain data. Nothing else in Klimtouw decides.

A line names an action in both languages, the hats that open it, in which states of a relation it is open, and why.
A hat is what a person is to one thing at this moment. No line means no. An assessor is a hat that opens nothing.
"""

from dataclasses import dataclass
from enum import StrEnum


class Hat(StrEnum):
    """What a person is, now, to one thing."""

    OWNER = "owner"
    COACH_ONCE_SHARED = "coach_once_shared"
    COACHEE_ONCE_SHARED = "coachee_once_shared"
    COACHEE = "coachee"
    COACH = "coach"
    INVITER = "inviter"
    INVITEE = "invitee"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    ASSESSOR = "assessor"


class Action(StrEnum):
    """Everything a person can ask Klimtouw to do."""

    SEE_OWN_PAGES = "see_own_pages"
    CHANGE_OWN_SETTINGS = "change_own_settings"
    SIGN_OUT_ELSEWHERE = "sign_out_elsewhere"
    INVITE = "invite"
    READ_INVITATION = "read_invitation"
    ANSWER_INVITATION = "answer_invitation"
    WITHDRAW_INVITATION = "withdraw_invitation"
    SEE_RELATION = "see_relation"
    GET_ACQUAINTED = "get_acquainted"
    DECLARE_DOUBLE_HAT = "declare_double_hat"
    MARK_FIRST_TALK_HELD = "mark_first_talk_held"
    ANSWER_CLICK = "answer_click"
    READ_CONTRACT = "read_contract"
    DRAFT_CONTRACT = "draft_contract"
    SIGN_CONTRACT = "sign_contract"
    PAUSE_RELATION = "pause_relation"
    RESUME_RELATION = "resume_relation"
    COMPLETE_RELATION = "complete_relation"
    LEAVE_RELATION = "leave_relation"
    DISMISS_RELATION = "dismiss_relation"
    WRITE_OWN = "write_own"
    READ = "read"
    WRITE = "write"
    SHARE = "share"
    SEE_HISTORY = "see_history"
    FOLLOW = "follow"
    SUGGEST = "suggest"
    REPLY = "reply"
    ANSWER_SUGGESTION = "answer_suggestion"
    SEE_TALKS = "see_talks"
    PLAN_TALK = "plan_talk"
    PREPARE_TALK = "prepare_talk"
    MARK_TALK_HELD = "mark_talk_held"
    WRITE_TAKEAWAY = "write_takeaway"
    ADD_COACH_SENTENCE = "add_coach_sentence"
    SEE_DESK = "see_desk"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the policy."""

    action: Action
    nl: str
    en: str
    hats: frozenset[Hat]
    because: str
    because_nl: str
    when: frozenset[str] = frozenset()
    """The states of the relation in which the line holds; empty: in every state."""


OWNER = frozenset({Hat.OWNER})
BOTH = frozenset({Hat.COACHEE, Hat.COACH})
TALKING = frozenset({"acquainting", "clicking", "contracting", "running"})
LIVE = TALKING | {"paused"}

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
        hats=frozenset({Hat.OWNER, Hat.COACH_ONCE_SHARED, Hat.COACHEE_ONCE_SHARED}),
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
        action=Action.REPLY,
        nl="reageren op wat met jou gedeeld is: een vraag, steun of een blijk van vertrouwen",
        en="reply to what is shared with you: a question, support or a vote of confidence",
        hats=frozenset({Hat.COACH_ONCE_SHARED}),
        because="the answer of a coach is given beside the text, never in it (C10)",
        because_nl="het antwoord van een coach staat naast de tekst, nooit erin (C10)",
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
    Line(
        action=Action.INVITE,
        nl="iemand uitnodigen voor een coachrelatie",
        en="invite somebody to a coaching relation",
        hats=OWNER,
        because="a light, modest invitation from either side is enough (R2)",
        because_nl="een lichte, bescheiden uitnodiging van een van beiden volstaat (R2)",
    ),
    Line(
        action=Action.READ_INVITATION,
        nl="een uitnodiging lezen",
        en="read an invitation",
        hats=frozenset({Hat.INVITER, Hat.INVITEE}),
        because="it is a letter between two people (R2)",
        because_nl="het is een brief tussen twee mensen (R2)",
    ),
    Line(
        action=Action.ANSWER_INVITATION,
        nl="een uitnodiging aannemen of afslaan, zonder reden",
        en="accept or decline an invitation, without a reason",
        hats=frozenset({Hat.INVITEE}),
        because="nobody is coached who does not want it (V9)",
        because_nl="niemand wordt gecoacht die dat niet wil (V9)",
    ),
    Line(
        action=Action.WITHDRAW_INVITATION,
        nl="een uitnodiging intrekken",
        en="withdraw an invitation",
        hats=frozenset({Hat.INVITER}),
        because="until it is answered it is yours (R2)",
        because_nl="tot het antwoord er is, is ze van jou (R2)",
    ),
    Line(
        action=Action.SEE_RELATION,
        nl="een coachrelatie openen",
        en="open a coaching relation",
        hats=BOTH,
        because="it belongs to two people (R1)",
        because_nl="ze is van twee mensen (R1)",
    ),
    Line(
        action=Action.GET_ACQUAINTED,
        nl="kennismaken: raakpunten, zo werk ik, verwachtingen, behoeften, wensen en grenzen",
        en="get acquainted: common ground, how I work, expectations, needs, wishes and limits",
        hats=BOTH,
        when=LIVE,
        because="both write, everything is optional (R3)",
        because_nl="allebei schrijven, niets moet (R3)",
    ),
    Line(
        action=Action.DECLARE_DOUBLE_HAT,
        nl="zeggen dat je deze coachee ook beoordeelt",
        en="say that you also assess this coachee",
        hats=frozenset({Hat.COACH}),
        when=frozenset({"acquainting", "clicking"}),
        because="declared before the click (R8)",
        because_nl="vóór de klik gezegd (R8)",
    ),
    Line(
        action=Action.MARK_FIRST_TALK_HELD,
        nl="aanduiden dat het eerste gesprek er was",
        en="mark the first talk as held",
        hats=BOTH,
        when=frozenset({"acquainting"}),
        because="the click comes after the first talk (R4)",
        because_nl="de klik komt na het eerste gesprek (R4)",
    ),
    Line(
        action=Action.ANSWER_CLICK,
        nl="antwoorden op de klikvraag, in stilte",
        en="answer the click question, in private",
        hats=BOTH,
        when=frozenset({"clicking"}),
        because="two independent answers (R4, V7)",
        because_nl="twee antwoorden, los van elkaar (R4, V7)",
    ),
    Line(
        action=Action.READ_CONTRACT,
        nl="de coachafspraken lezen",
        en="read the contract",
        hats=BOTH,
        because="both made it (R6)",
        because_nl="jullie maakten ze samen (R6)",
    ),
    Line(
        action=Action.DRAFT_CONTRACT,
        nl="coachafspraken voorstellen of aanpassen",
        en="propose or change the contract",
        hats=BOTH,
        when=frozenset({"contracting", "running", "paused"}),
        because="no one-sided change: the old version holds until both sign (V11)",
        because_nl="niemand verandert ze alleen: de oude versie geldt tot allebei tekenen (V11)",
    ),
    Line(
        action=Action.SIGN_CONTRACT,
        nl="de coachafspraken tekenen",
        en="sign the contract",
        hats=BOTH,
        when=frozenset({"contracting", "running", "paused"}),
        because="the contract is the permission (R6)",
        because_nl="de coachafspraken zijn de toestemming (R6)",
    ),
    Line(
        action=Action.PAUSE_RELATION,
        nl="even pauzeren",
        en="pause",
        hats=BOTH,
        when=frozenset({"running"}),
        because="life does not follow steps (R13)",
        because_nl="het leven volgt geen stappen (R13)",
    ),
    Line(
        action=Action.RESUME_RELATION,
        nl="na een pauze weer verdergaan",
        en="go on after a pause",
        hats=BOTH,
        when=frozenset({"paused"}),
        because="a pause is not an end (R13)",
        because_nl="een pauze is geen einde (R13)",
    ),
    Line(
        action=Action.COMPLETE_RELATION,
        nl="de coachrelatie afronden",
        en="complete the relation",
        hats=BOTH,
        when=frozenset({"running", "paused"}),
        because="completed, without blame (R13)",
        because_nl="afgerond, zonder verwijt (R13)",
    ),
    Line(
        action=Action.LEAVE_RELATION,
        nl="stoppen, met één klik en zonder reden",
        en="stop, with one act and without a reason",
        hats=BOTH,
        when=LIVE,
        because="any party can always leave (R13)",
        because_nl="allebei mogen altijd weg (R13)",
    ),
    Line(
        action=Action.DISMISS_RELATION,
        nl="een niet gestarte coachrelatie weghalen",
        en="put away a relation that did not start",
        hats=BOTH,
        when=frozenset({"not_started"}),
        because="a match that did not start leaves no trace (V8)",
        because_nl="een match die niet startte, laat geen spoor na (V8)",
    ),
    Line(
        action=Action.SEE_TALKS,
        nl="de gesprekken van een coachrelatie zien; de coach tot het einde",
        en="see the talks of a relation; the coach until the end",
        hats=BOTH,
        because="both were there, and a coach takes nothing along (T1, V24)",
        because_nl="jullie waren er allebei bij, en een coach neemt niets mee (T1, V24)",
    ),
    Line(
        action=Action.PLAN_TALK,
        nl="een gesprek voorstellen, een moment kiezen of afzeggen",
        en="propose a talk, choose a moment or cancel",
        hats=BOTH,
        when=TALKING,
        because="either may propose, either may choose (T1)",
        because_nl="allebei mogen voorstellen en kiezen (T1)",
    ),
    Line(
        action=Action.PREPARE_TALK,
        nl="een regel op de voorbereidingskaart zetten",
        en="add a line to the preparation card",
        hats=BOTH,
        when=TALKING,
        because="both add a line (T2)",
        because_nl="allebei zetten er een regel bij (T2)",
    ),
    Line(
        action=Action.MARK_TALK_HELD,
        nl="aanduiden dat een gesprek er was",
        en="mark a talk as held",
        hats=BOTH,
        when=TALKING,
        because="counted calmly against the contract (T1)",
        because_nl="rustig geteld naast de afspraken (T1)",
    ),
    Line(
        action=Action.WRITE_TAKEAWAY,
        nl="opschrijven wat je meeneemt uit een gesprek",
        en="write the takeaway of a talk",
        hats=frozenset({Hat.COACHEE}),
        because="in own words, by the coachee (T3)",
        because_nl="in eigen woorden, door de coachee (T3)",
    ),
    Line(
        action=Action.ADD_COACH_SENTENCE,
        nl="als coach één zin toevoegen na een gesprek",
        en="add one sentence after a talk, as the coach",
        hats=frozenset({Hat.COACH}),
        when=TALKING,
        because="one sentence, beside the takeaway (T3)",
        because_nl="één zin, naast wat de coachee meeneemt (T3)",
    ),
    Line(
        action=Action.SEE_DESK,
        nl="namen, toestanden en aantallen van een opleiding zien, nooit wat iemand schreef",
        en="see names, states and counts of a programme, never what anybody wrote",
        hats=frozenset({Hat.COORDINATOR}),
        because="those who arrange never read (B4)",
        because_nl="wie regelt, leest nooit mee (B4)",
    ),
)
