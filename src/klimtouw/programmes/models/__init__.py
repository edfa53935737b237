"""Schools, programmes, who arranges them, the reference texts they may edit, and the catalogue of framework goals."""

from klimtouw.programmes.models.frameworks import (
    Framework,
    FrameworkArrival,
    FrameworkGoal,
    FrameworkVersion,
)
from klimtouw.programmes.models.matching import OpenToMatch
from klimtouw.programmes.models.proposals import CircleProposal, ProposalAnswer, ProposedPerson
from klimtouw.programmes.models.schools import (
    CoachRole,
    HelpContact,
    Institution,
    Membership,
    Programme,
    RuleChange,
)

__all__ = [
    "CircleProposal",
    "CoachRole",
    "Framework",
    "FrameworkArrival",
    "FrameworkGoal",
    "FrameworkVersion",
    "HelpContact",
    "Institution",
    "Membership",
    "OpenToMatch",
    "Programme",
    "ProposalAnswer",
    "ProposedPerson",
    "RuleChange",
]
