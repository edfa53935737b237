"""Vocabulary of schools."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InstitutionKind(TextChoices):
    """Kinds of schools; each has its own preset of clauses (R7)."""

    BE_SECONDARY = "be_secondary", _("secondary school in Flanders")
    BE_HIGHER = "be_higher", _("higher education in Flanders")
    NL_VO = "nl_vo", _("secondary school in the Netherlands (vo)")
    NL_MBO = "nl_mbo", _("vocational education in the Netherlands (mbo)")
    NL_HBO = "nl_hbo", _("higher education in the Netherlands (hbo)")


class Country(TextChoices):
    """Where a helpline answers."""

    BELGIUM = "be", _("Belgium")
    NETHERLANDS = "nl", _("the Netherlands")


KEPT_MONTHS = 12
FEWEST_MONTHS, MOST_MONTHS = 1, 60
"""For how long ended relations with their contract and talks stay, unless an institution says otherwise (P5)."""
CONSENT_AGE = 13
YOUNGEST_CONSENT, OLDEST_CONSENT = 13, 18
"""From which age somebody may agree alone, unless an institution says otherwise (P6): 13 in Belgium, 16 in the Netherlands."""

RULES = "rules"
"""The act of changing the rules of an institution, as the ledger knows it."""
OPERATOR = "operator"
"""In the ledger: whoever runs Klimtouw, at the server itself. No hat: it opens nothing."""

COUNTRY_OF = {kind: Country(kind.value[:2]) for kind in InstitutionKind}


class MembershipHat(TextChoices):
    """What a person is in a programme. None of them reads what anybody wrote."""

    LEARNER = "learner", _("learner")
    STAFF = "staff", _("staff")
    COORDINATOR = "coordinator", _("coordinator")
    ADMINISTRATOR = "administrator", _("administrator")


class ProposalState(TextChoices):
    """How a proposed circle stands: all that a coordinator sees of it (V8)."""

    FORMING = "forming", _("is forming")
    GOES_ON = "goes_on", _("goes on with these people")
    ENDED = "ended", _("does not go on")


FEWEST_MEMBERS, MOST_MEMBERS = 3, 12
"""How many members a circle has, besides who facilitates it (G3)."""
