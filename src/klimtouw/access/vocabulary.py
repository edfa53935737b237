"""The words the policy is written in: hats, actions, and what one line says."""

from dataclasses import dataclass
from enum import StrEnum


class Hat(StrEnum):
    """What a person is, now, to one thing."""

    OWNER = "owner"
    COACH_ONCE_SHARED = "coach_once_shared"
    COACHEE_ONCE_SHARED = "coachee_once_shared"
    FACILITATOR_ONCE_SHARED = "facilitator_once_shared"
    MEMBER_ONCE_SHARED = "member_once_shared"
    COACHEE = "coachee"
    COACH = "coach"
    INVITER = "inviter"
    INVITEE = "invitee"
    FACILITATOR = "facilitator"
    MEMBER = "member"
    NEWCOMER = "newcomer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    IN_PROGRAMME = "in_programme"
    PROPOSED = "proposed"
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
    NOTE_IMAGE = "note_image"
    SEE_OWN_IMAGE = "see_own_image"
    DECLARE_DOUBLE_HAT = "declare_double_hat"
    MARK_FIRST_TALK_HELD = "mark_first_talk_held"
    ANSWER_CLICK = "answer_click"
    READ_CONTRACT = "read_contract"
    DRAFT_CONTRACT = "draft_contract"
    SIGN_CONTRACT = "sign_contract"
    LOOK_TOGETHER = "look_together"
    WRITE_HANDOVER = "write_handover"
    PAUSE_RELATION = "pause_relation"
    RESUME_RELATION = "resume_relation"
    COMPLETE_RELATION = "complete_relation"
    LEAVE_RELATION = "leave_relation"
    DISMISS_RELATION = "dismiss_relation"
    WRITE_OWN = "write_own"
    READ = "read"
    WRITE = "write"
    SHARE = "share"
    ERASE = "erase"
    SEE_HISTORY = "see_history"
    FOLLOW = "follow"
    PREVIEW = "preview"
    SUGGEST = "suggest"
    REPLY = "reply"
    ANSWER_SUGGESTION = "answer_suggestion"
    ASK_FOR_REPLY = "ask_for_reply"
    ANSWER_HAND = "answer_hand"
    SEE_HAND_IDEA = "see_hand_idea"
    SEE_TALKS = "see_talks"
    PLAN_TALK = "plan_talk"
    PREPARE_TALK = "prepare_talk"
    MARK_TALK_HELD = "mark_talk_held"
    WRITE_TAKEAWAY = "write_takeaway"
    ADD_COACH_SENTENCE = "add_coach_sentence"
    SAY_WHAT_HELPED = "say_what_helped"
    JOT = "jot"
    WRITE_IMPRESSION = "write_impression"
    MAKE_PROMISE = "make_promise"
    ARRANGE_OWN_CALENDAR = "arrange_own_calendar"
    START_CIRCLE = "start_circle"
    SEE_CIRCLE = "see_circle"
    WRITE_IN_CIRCLE = "write_in_circle"
    ANSWER_IN_CIRCLE = "answer_in_circle"
    CHOOSE_MEETING = "choose_meeting"
    AGREE_IN_CIRCLE = "agree_in_circle"
    INVITE_TO_CIRCLE = "invite_to_circle"
    LEAVE_CIRCLE = "leave_circle"
    ARRANGE_CIRCLE = "arrange_circle"
    SEE_ROSE = "see_rose"
    PICK_ANIMAL = "pick_animal"
    OPEN_SECOND_ROUND = "open_second_round"
    SEE_DESK = "see_desk"
    PROPOSE_CIRCLE = "propose_circle"
    ANSWER_PROPOSAL = "answer_proposal"
    SEE_FRAMEWORK = "see_framework"
    ARRANGE_FRAMEWORKS = "arrange_frameworks"
    ARRANGE_RULES = "arrange_rules"
    TAKE_ALONG = "take_along"


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
    """The states of the relation or circle in which the line holds; empty: in every state."""
