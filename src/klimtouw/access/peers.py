"""The lines of the policy about learning to peer-coach, the attestation, and the coach who stands behind a peer coach.

They are part of the one table (`table.py`); nothing is decided here.
"""

from klimtouw.access.vocabulary import Action, Hat, Line

OWNER = frozenset({Hat.OWNER})

PEERS: tuple[Line, ...] = (
    Line(
        action=Action.ASK_STAFF,
        nl="iemand van je opleiding vragen als opleider, of als coach achter jou als peercoach",
        en="ask somebody of your programme as a trainer, or as the coach behind you as a peer coach",
        hats=OWNER,
        because="who wants to learn it asks for it (G2)",
        because_nl="wie het wil leren, vraagt erom (G2)",
    ),
    Line(
        action=Action.ANSWER_PEER_ASK,
        nl="ja of nee zeggen als een student je vraagt als opleider of als coach achter een peercoach",
        en="say yes or no when a student asks you as a trainer, or as the coach behind a peer coach",
        hats=frozenset({Hat.INVITEE}),
        because="nobody is made responsible without a yes, and no reason is asked (G1, V8)",
        because_nl="niemand wordt verantwoordelijk zonder ja, en niemand vraagt waarom (G1, V8)",
    ),
    Line(
        action=Action.SEE_TRAINING,
        nl="de namen en de sporten zien van wie je opleidt, nooit de woorden",
        en="see the names and the rungs of those you train, never the words",
        hats=frozenset({Hat.TRAINER}),
        because="a trainer attests, and keeps no file on a person (G2, V13)",
        because_nl="een opleider bevestigt, en houdt over niemand een dossier bij (G2, V13)",
    ),
    Line(
        action=Action.ATTEST_RUNG,
        nl="een sport bevestigen, met naam en datum, en met woorden voor de peercoach alleen",
        en="attest a rung, by name and date, with words for the peer coach alone",
        hats=frozenset({Hat.TRAINER}),
        because="each rung stands by itself, in any order, without a score (G2, V5, V21)",
        because_nl="elke sport staat op zich, in elke volgorde, zonder score (G2, V5, V21)",
    ),
    Line(
        action=Action.ATTEST_TRAINING,
        nl="het bewijs van opleiding geven, tot een dag",
        en="give the attestation of training, until a day",
        hats=frozenset({Hat.TRAINER}),
        because="it is what somebody can, attested by who saw it, and never a reward (G2, V5)",
        because_nl="het zegt wat iemand kan, bevestigd door wie het zag, en is nooit een beloning (G2, V5)",
    ),
    Line(
        action=Action.REVOKE_ATTESTATION,
        nl="een bewijs van opleiding intrekken, zonder reden",
        en="revoke an attestation of training, without a reason",
        hats=frozenset({Hat.TRAINER}),
        because="who gave it answers for it, and no reason is asked or kept (G2, V8)",
        because_nl="wie het gaf, staat ervoor in, en er wordt geen reden gevraagd of bewaard (G2, V8)",
    ),
    Line(
        action=Action.STOP_TRAINING,
        nl="stoppen met een opleiding tot peercoach",
        en="stop a training to peer coach",
        hats=frozenset({Hat.OWNER, Hat.TRAINER}),
        because="either may always stop, and what was attested stays (R13, G2)",
        because_nl="allebei mogen altijd stoppen, en wat bevestigd is, blijft (R13, G2)",
    ),
    Line(
        action=Action.SHOW_ATTESTATION,
        nl="je eigen bewijs van opleiding tonen, meenemen of opgeven",
        en="show, take along or give up your own attestation of training",
        hats=OWNER,
        because="it belongs to the peer coach (G2)",
        because_nl="het is van de peercoach (G2)",
    ),
    Line(
        action=Action.STEP_BACK,
        nl="niet langer de coach achter een peercoach zijn, of er geen meer willen",
        en="no longer be the coach behind a peer coach, or no longer want one",
        hats=frozenset({Hat.OWNER, Hat.RESPONSIBLE_COACH}),
        because="either may always stop; the peer coach then rests (R13, V22)",
        because_nl="allebei mogen altijd stoppen; de peercoach rust dan (R13, V22)",
    ),
    Line(
        action=Action.TAKE_UP,
        nl="weer verdergaan met een peerrelatie die rustte",
        en="go on with a peer relation that rested",
        hats=frozenset({Hat.COACHEE, Hat.COACH}),
        when=frozenset({"acquainting", "clicking", "contracting", "running", "paused"}),
        because="what rested goes on by an act of the two, never by itself (V22, V11)",
        because_nl="wat rustte, gaat verder als jullie dat zelf doen, nooit vanzelf (V22, V11)",
    ),
    Line(
        action=Action.SEE_PEER_STATE,
        nl="namen, toestanden en dagen van een peercoach zien, nooit wat iemand schreef",
        en="see names, states and days of a peer coach, never what anybody wrote",
        hats=frozenset({Hat.RESPONSIBLE_COACH}),
        because="who stands behind a peer coach supports, and reads nothing (G1, V6)",
        because_nl="wie achter een peercoach staat, ondersteunt en leest niets (G1, V6)",
    ),
)
