"""What the two promise each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klimtouw.talks.models.about import AboutTalk


class Promise(AboutTalk):
    """What one of the two promised the other in or after a talk; only who promised says that it is done (R10).

    It has no day, nobody sets it for another (V2), and after two talks it fades: no list of debts.
    """

    KIND = "promise"
    KIND_WORD = _("promise")
    kept_at = models.DateTimeField(null=True)
    """When its writer said that it is done."""

    @property
    def is_kept(self) -> bool:
        """Whether its writer said that it is done."""
        return self.kept_at is not None
