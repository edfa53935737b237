"""Circles, their agreements and the invitations to them."""

from klimtouw.circles.models.agreements import CircleAgreement, CircleClause, CircleSignature
from klimtouw.circles.models.circles import AS_ITS_CIRCLE, Circle, CirclePlace
from klimtouw.circles.models.invitations import CircleInvitation
from klimtouw.circles.models.meetings import Meeting, MeetingFit, MeetingMoment, MeetingSaid
from klimtouw.circles.models.questions import Answer, Question

__all__ = [
    "AS_ITS_CIRCLE",
    "Answer",
    "Circle",
    "CircleAgreement",
    "CircleClause",
    "CircleInvitation",
    "CirclePlace",
    "CircleSignature",
    "Meeting",
    "MeetingFit",
    "MeetingMoment",
    "MeetingSaid",
    "Question",
]
