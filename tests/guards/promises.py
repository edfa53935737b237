"""What each hat opens and when, and which act each address stands for: written by hand from DOMAIN.md.

Nothing here is asked from `access/table.py` or from a door. The matrix (`test_every_url.py`) and the tests of the policy compare the
two, so that a slip in the table shows as a page that opens, and not as a promise that slipped along.
"""

from klimtouw.access.table import Action, Hat

ACQUAINTING, CLICKING, CONTRACTING = "acquainting", "clicking", "contracting"
RUNNING, PAUSED = "running", "paused"
NOT_STARTED, COMPLETED, STOPPED = "not_started", "completed", "stopped"
FORMING, AGREEING, ENDED = "forming", "agreeing", "ended"
CHOOSING = "choosing"
EVERY = frozenset(
    {
        ACQUAINTING,
        CLICKING,
        CONTRACTING,
        RUNNING,
        PAUSED,
        NOT_STARTED,
        COMPLETED,
        STOPPED,
        FORMING,
        AGREEING,
        ENDED,
        CHOOSING,
        "",
    }
)
"""The empty state is that of a thing that is no relation and no circle, or of a meeting that goes on."""
AS_LONG_AS_IT_LIVES = frozenset({ACQUAINTING, CLICKING, CONTRACTING, RUNNING, PAUSED})
AS_LONG_AS_A_CIRCLE_LIVES = frozenset({FORMING, AGREEING, RUNNING})

States = frozenset[str]

OF_WHAT_IS_ONES_OWN = (
    Action.SEE_OWN_PAGES, Action.CHANGE_OWN_SETTINGS, Action.OPEN_FOR_MATCH, Action.SIGN_OUT_ELSEWHERE, Action.WRITE_OWN, Action.READ,
    Action.WRITE, Action.SHARE, Action.ASK_FOR_REPLY, Action.ERASE, Action.SEE_HISTORY, Action.INVITE, Action.TAKE_ALONG,
    # G2: the way to peer coach, and the attestation, are one's own
    Action.ASK_STAFF, Action.STOP_TRAINING, Action.SHOW_ATTESTATION, Action.STEP_BACK,
    Action.ARRANGE_OWN_CALENDAR, Action.START_CIRCLE, Action.DECIDE_OWN_IN_ROOM, Action.ANSWER_IN_CIRCLE,
)  # fmt: skip
OF_A_CIRCLE: dict[Action, States] = {
    Action.SEE_CIRCLE: EVERY,
    Action.LEAVE_CIRCLE: EVERY,
    Action.AGREE_IN_CIRCLE: AS_LONG_AS_A_CIRCLE_LIVES,
}
OF_TWO: dict[Action, States] = {
    Action.SEE_RELATION: EVERY,
    Action.READ_CONTRACT: EVERY,
    Action.SEE_TALKS: EVERY,
    Action.WRITE_IMPRESSION: EVERY,  # T3: like the takeaway; once it is over a coach has no hat at talks (V24)
    # R3, R13: getting to know each other, and leaving, from the first day to the last
    Action.GET_ACQUAINTED: AS_LONG_AS_IT_LIVES,
    Action.LEAVE_RELATION: AS_LONG_AS_IT_LIVES,
    # §3: one state after the other, and back from a pause
    Action.MARK_FIRST_TALK_HELD: frozenset({ACQUAINTING}),
    Action.ANSWER_CLICK: frozenset({CLICKING}),
    Action.DRAFT_CONTRACT: frozenset({CONTRACTING, RUNNING, PAUSED}),
    Action.SIGN_CONTRACT: frozenset({CONTRACTING, RUNNING, PAUSED}),
    # R13, R14: from both signatures on; afterwards each still finds their own
    Action.LOOK_TOGETHER: frozenset({RUNNING, PAUSED, COMPLETED, STOPPED}),
    Action.PAUSE_RELATION: frozenset({RUNNING}),
    Action.TAKE_UP: AS_LONG_AS_IT_LIVES,  # V22: what rested goes on by an act of the two
    Action.RESUME_RELATION: frozenset({PAUSED}),
    Action.COMPLETE_RELATION: frozenset({RUNNING, PAUSED}),
    Action.DISMISS_RELATION: frozenset({NOT_STARTED}),
    # T1, T2: a pause is a pause for talks as well
    Action.PLAN_TALK: AS_LONG_AS_IT_LIVES - {PAUSED},
    Action.PREPARE_TALK: AS_LONG_AS_IT_LIVES - {PAUSED},
    Action.MAKE_PROMISE: AS_LONG_AS_IT_LIVES - {PAUSED},  # R10
    Action.MARK_TALK_HELD: AS_LONG_AS_IT_LIVES - {PAUSED},
}

PROMISED: dict[Hat, dict[Action, States]] = {
    # T1: who proposed a meeting chooses its moment, while the circle runs
    Hat.OWNER: {**dict.fromkeys(OF_WHAT_IS_ONES_OWN, EVERY), Action.CHOOSE_MEETING: frozenset({RUNNING})},
    # C9, C10, C11, V1: beside the text, never in it
    Hat.COACH_ONCE_SHARED: {Action.READ: EVERY, Action.REPLY: EVERY, Action.SUGGEST: EVERY},
    # V3: what becomes of a suggestion is up to the coachee alone
    Hat.COACHEE_ONCE_SHARED: {Action.READ: EVERY, Action.ANSWER_SUGGESTION: EVERY},
    # T3: the takeaway is the coachee's, also when all is over. C9: so is seeing what the coach sees
    Hat.COACHEE: {
        **OF_TWO,
        Action.WRITE_TAKEAWAY: EVERY,
        Action.SAY_WHAT_HELPED: EVERY,
        Action.PREVIEW: EVERY,
        Action.ANSWER_HAND: frozenset({RUNNING}),  # R11: each their own half of the hand
        # R13, V13: the letter to a next coach is the coachee's
        Action.WRITE_HANDOVER: frozenset({RUNNING, PAUSED, COMPLETED, STOPPED}),
    },
    Hat.COACH: {
        **OF_TWO,
        Action.DECLARE_DOUBLE_HAT: frozenset({ACQUAINTING, CLICKING}),  # R8: before the click
        # R9: noted before the first talk, and gone at the end
        Action.NOTE_IMAGE: frozenset({ACQUAINTING}),
        Action.SEE_OWN_IMAGE: AS_LONG_AS_IT_LIVES,
        Action.SEE_HAND_IDEA: frozenset({RUNNING}),
        Action.FOLLOW: frozenset({RUNNING, PAUSED}),  # R6: the contract is the permission
        Action.ADD_COACH_SENTENCE: AS_LONG_AS_IT_LIVES - {PAUSED},
        Action.JOT: AS_LONG_AS_IT_LIVES,  # T9: about their own acting, gone at the end
    },
    # R2, V9
    Hat.INVITER: {Action.READ_INVITATION: EVERY, Action.WITHDRAW_INVITATION: EVERY},
    Hat.INVITEE: {
        Action.READ_INVITATION: EVERY,
        Action.ANSWER_INVITATION: EVERY,
        Action.ANSWER_PEER_ASK: EVERY,
    },
    # G3: whoever sits in a circle, or said yes and waits until all have signed
    Hat.FACILITATOR: {
        **OF_A_CIRCLE,
        Action.WRITE_IN_CIRCLE: frozenset({RUNNING}),
        Action.ENTER_ROOM: EVERY,
        Action.CHOOSE_MEETING: frozenset({RUNNING}),
        Action.INVITE_TO_CIRCLE: AS_LONG_AS_A_CIRCLE_LIVES,
        Action.ARRANGE_CIRCLE: AS_LONG_AS_A_CIRCLE_LIVES,
        Action.SEE_ROSE: frozenset({RUNNING}),
        Action.OPEN_SECOND_ROUND: frozenset({RUNNING}),
    },
    Hat.MEMBER: {
        **OF_A_CIRCLE,
        Action.OFFER_TO_GUIDE: frozenset({RUNNING}),
        Action.ENTER_ROOM: EVERY,
        Action.WRITE_IN_CIRCLE: frozenset({RUNNING}),
        Action.SEE_ROSE: frozenset({RUNNING}),
        Action.PICK_ANIMAL: frozenset({RUNNING}),
    },
    Hat.NEWCOMER: OF_A_CIRCLE,  # who waits sees no rose
    # G5: who came in before it began reads along; one guides, one brings something in and keeps what they choose at the end
    Hat.IN_ROOM: dict.fromkeys((Action.SEE_ROOM, Action.TAKE_ROLE_IN_ROOM, Action.SPEAK_IN_ROOM), EVERY),
    Hat.GUIDE: {Action.GUIDE_ROOM: EVERY, Action.STOP_ROOM: EVERY},
    Hat.PRESENTER: {
        Action.BRING_IN_ROOM: EVERY,
        Action.STOP_ROOM: EVERY,
        Action.KEEP_FROM_ROOM: frozenset({CHOOSING}),
    },
    # C9: what is shared in a circle is read, and nothing else
    Hat.FACILITATOR_ONCE_SHARED: {Action.READ: EVERY, Action.ANSWER_IN_CIRCLE: EVERY},
    Hat.MEMBER_ONCE_SHARED: {Action.READ: EVERY, Action.ANSWER_IN_CIRCLE: EVERY},
    # G1, G2: a trainer attests; who stands behind a peer coach sees how it stands, and either may stop
    Hat.TRAINER: dict.fromkeys(
        (
            Action.SEE_TRAINING,
            Action.ATTEST_RUNG,
            Action.ATTEST_TRAINING,
            Action.REVOKE_ATTESTATION,
            Action.STOP_TRAINING,
        ),
        EVERY,
    ),
    Hat.RESPONSIBLE_COACH: {Action.SEE_PEER_STATE: EVERY, Action.STEP_BACK: EVERY},
    # V6, B4: those who arrange or assess never read
    # B3, V8: names are named, and who says what is nobody's business
    Hat.COORDINATOR: {Action.SEE_DESK: EVERY, Action.PROPOSE_CIRCLE: EVERY},
    Hat.PROPOSED: {Action.ANSWER_PROPOSAL: EVERY},
    # C4, V4: a framework is imported, never edited
    # P5, P6: and the rules of a school are said by who administers it
    Hat.ADMINISTRATOR: {Action.ARRANGE_FRAMEWORKS: EVERY, Action.ARRANGE_RULES: EVERY},
    Hat.IN_PROGRAMME: {Action.SEE_FRAMEWORK: EVERY},
    Hat.ASSESSOR: {},
}


def is_opened(action: Action, hats: frozenset[Hat], state: str = "") -> bool:
    """Return whether one of these hats opens this act in this state, as promised."""
    return any(state in PROMISED[hat].get(action, ()) for hat in hats)


ACTS: dict[Action, str] = {
    Action.SEE_OWN_PAGES: (
        "coach-day people:kept_form belongings:looks belongings:looks_by_me belongings:trash relations:overview circles:overview climb:home"
        " climb:framework_overview climb:compass climb:compass_sheet climb:choices climb:starting climb:trail offline:rucksack"
        " peers:home peers:trainees climb:trail_search climb:trail_selection talks:own axenroos:animals axenroos:animal axenroos:card growth:home growth:roles growth:card growth:chapter growth:practice growth:mirror"
    ),
    Action.CHANGE_OWN_SETTINGS: "people:settings notices:wishes",
    Action.OPEN_FOR_MATCH: "programmes:match",
    Action.SIGN_OUT_ELSEWHERE: "people:signed_in",
    Action.WRITE_OWN: "people:device_key relations:work_card climb:compass_write climb:dream_new climb:goal_new climb:entry_new"
    " climb:strength_new climb:starting_write climb:choice_new growth:practice_note",
    Action.READ: (
        "circles:question circles:shared circles:answer axenroos:pick"
        " replies:given climb:compass_answer climb:choice climb:strength climb:starting_answer climb:dream climb:goal climb:entry climb:route"
        " climb:evidence climb:evidence_photo climb:evidence_small climb:evidence_file"
    ),
    Action.WRITE: (
        "circles:question_edit circles:thanks circles:answer_edit circles:put_away axenroos:put_away"
        " belongings:take_back belongings:restore climb:dream_edit climb:dream_move climb:goal_edit climb:goal_move"
        " climb:framework_choose climb:framework_browse climb:framework_link_new climb:framework_link"
        " climb:framework_unlink climb:put_away climb:entry_edit climb:route_begin climb:stage_new climb:stage climb:stage_state"
        " climb:stage_mark climb:stage_move climb:stage_detour climb:stage_remove climb:stage_put_back"
        " climb:step_new climb:step climb:step_done climb:step_remove climb:step_put_back talks:line talks:promise_words talks:promise_done"
        " climb:routes climb:route_new climb:route_words climb:route_choose climb:route_remove climb:route_before"
        " climb:route_print climb:opportunity_new climb:stage_weather climb:stage_split climb:step_park"
        " climb:evidence_new climb:evidence_edit climb:strength_edit climb:strength_move climb:strength_turn"
        " climb:choice_edit climb:option_new climb:choice_decide climb:choice_look_back climb:option"
        " climb:option_remove relations:letter"
    ),
    Action.SHARE: "belongings:share climb:stop_sharing climb:see_as axenroos:share",
    Action.ERASE: "belongings:erase takeaway:erase_everything",
    Action.SEE_HISTORY: "belongings:looks_at belongings:versions climb:story",
    Action.TAKE_ALONG: ("takeaway:home takeaway:package takeaway:parcel takeaway:bring takeaway:arrival"),
    Action.FOLLOW: "climb:follow",
    Action.PREVIEW: "climb:preview climb:preview_thing climb:shared_with talks:preview talks:preview_all relations:preview",
    Action.REPLY: "replies:reply replies:promise",
    Action.ASK_FOR_REPLY: "replies:ask replies:ask_again replies:withdraw",
    Action.SUGGEST: "replies:suggest",
    Action.ANSWER_SUGGESTION: "replies:park replies:leave replies:reopen climb:take_suggestion",
    Action.INVITE: "relations:invite",
    Action.WITHDRAW_INVITATION: "relations:sent circles:sent",
    Action.SEE_RELATION: "relations:relation relations:first_talk relations:click relations:ending",
    Action.SEE_OWN_IMAGE: "relations:image",
    Action.GET_ACQUAINTED: "relations:acquaintance relations:own_piece relations:piece",
    Action.DECLARE_DOUBLE_HAT: "relations:double_hat",
    Action.READ_CONTRACT: "relations:contract",
    Action.DRAFT_CONTRACT: "relations:contract_draft",
    Action.SIGN_CONTRACT: "relations:sign_contract",
    Action.LOOK_TOGETHER: "relations:midway relations:closing relations:look",
    Action.WRITE_HANDOVER: "relations:letter_new",
    Action.PAUSE_RELATION: "relations:pause",
    Action.RESUME_RELATION: "relations:resume",
    Action.COMPLETE_RELATION: "relations:complete",
    Action.LEAVE_RELATION: "relations:leave",
    Action.DISMISS_RELATION: "relations:dismiss",
    Action.ANSWER_HAND: "hand:note hand:other",
    Action.SEE_HAND_IDEA: "hand:idea",
    Action.SEE_TALKS: "talks:of_relation talks:talk talks:together talks:calendar talks:show_hours",
    Action.PLAN_TALK: "talks:propose talks:choose talks:move talks:cancel",
    Action.PREPARE_TALK: "talks:prepare",
    Action.MARK_TALK_HELD: "talks:held",
    Action.WRITE_TAKEAWAY: "talks:takeaway",
    Action.ADD_COACH_SENTENCE: "talks:sentence",
    Action.SAY_WHAT_HELPED: "growth:helped",
    Action.JOT: "growth:jotting",
    Action.WRITE_IMPRESSION: "talks:impression",
    Action.MAKE_PROMISE: "talks:promise",
    Action.ARRANGE_OWN_CALENDAR: "talks:address talks:habits talks:free_hours",
    Action.ENTER_ROOM: "intervision:enter",
    Action.SEE_ROOM: "intervision:room intervision:wall",
    Action.TAKE_ROLE_IN_ROOM: "intervision:role",
    Action.SPEAK_IN_ROOM: "intervision:write",
    Action.DECIDE_OWN_IN_ROOM: "intervision:own",
    Action.GUIDE_ROOM: "intervision:move",
    Action.STOP_ROOM: "intervision:stop",
    Action.BRING_IN_ROOM: "intervision:presenter",
    Action.KEEP_FROM_ROOM: "intervision:keep",
    Action.WRITE_IN_CIRCLE: "intervision:of_circle circles:question_new"
    " circles:meetings circles:meeting_new circles:meeting circles:meeting_suits circles:meeting_calendar",
    Action.CHOOSE_MEETING: "circles:meeting_choose circles:meeting_cancel",
    Action.OFFER_TO_GUIDE: "circles:guide",
    Action.START_CIRCLE: "circles:new",
    Action.SEE_CIRCLE: "circles:circle circles:agreement circles:questions_of",
    Action.AGREE_IN_CIRCLE: "circles:agreement_draft circles:sign_agreement",
    Action.INVITE_TO_CIRCLE: "circles:invite",
    Action.ARRANGE_CIRCLE: "circles:arrange circles:end",
    Action.LEAVE_CIRCLE: "circles:leave",
    Action.ANSWER_IN_CIRCLE: "circles:answer_new",
    Action.SEE_ROSE: "axenroos:rose",
    Action.PICK_ANIMAL: "axenroos:own axenroos:choose",
    Action.OPEN_SECOND_ROUND: "axenroos:second_round",
    Action.ASK_STAFF: "peers:ask_trainer peers:ask_support",
    Action.ANSWER_PEER_ASK: "peers:answer_training peers:answer_support",
    Action.SEE_TRAINING: "peers:training",
    Action.ATTEST_RUNG: "peers:rung",
    Action.ATTEST_TRAINING: "peers:attest",
    Action.STOP_TRAINING: "peers:stop_training",
    Action.SHOW_ATTESTATION: "peers:attestation peers:document relations:give_up_attestation",
    Action.REVOKE_ATTESTATION: "relations:revoke_attestation",
    Action.STEP_BACK: "relations:step_back",
    Action.SEE_PEER_STATE: "relations:peer_coach",
    Action.TAKE_UP: "relations:take_up",
    Action.SEE_DESK: "basecamp:desk",
    Action.PROPOSE_CIRCLE: "basecamp:propose_circle",
    Action.ANSWER_PROPOSAL: "circles:proposal",
    Action.SEE_FRAMEWORK: "programmes:framework",
    Action.ARRANGE_FRAMEWORKS: (
        "programmes:frameworks programmes:framework_import programmes:framework_arrival programmes:framework_version"
    ),
    Action.ARRANGE_RULES: "programmes:rules",
}
"""What somebody does at each guarded address."""

ACT_OF: dict[str, Action] = {name: action for action, names in ACTS.items() for name in names.split()}

FILES = {
    "people:device_key": "application/json",
    "offline:rucksack": "application/json",
    "peers:document": "application/vc+jwt",
    "talks:calendar": "text/calendar",
    "climb:evidence_photo": "image/jpeg",
    "climb:evidence_small": "image/jpeg",
    "climb:evidence_file": "text/plain",
    "takeaway:package": "application/zip",
    "takeaway:parcel": "application/zip",
}
"""The addresses that answer with a file instead of a page; a guard looks inside each (a zip is opened)."""
