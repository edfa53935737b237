"""Invitations, relations, the acquaintance space and the contract."""

from klimtouw.relations.models.acquaintance import CommonGround, Expectation, NeedsWishesLimits, WorkCard
from klimtouw.relations.models.contracts import Clause, Contract, Signature
from klimtouw.relations.models.images import ImageCheck
from klimtouw.relations.models.invitations import Invitation, LetterSent, LetterToAddress
from klimtouw.relations.models.looking import ClosingLook, HandoverLetter, SupportLook
from klimtouw.relations.models.relations import ClickAnswer, Relation

__all__ = [
    "Clause",
    "ClickAnswer",
    "ClosingLook",
    "CommonGround",
    "Contract",
    "Expectation",
    "HandoverLetter",
    "ImageCheck",
    "Invitation",
    "LetterSent",
    "LetterToAddress",
    "NeedsWishesLimits",
    "Relation",
    "Signature",
    "SupportLook",
    "WorkCard",
]
