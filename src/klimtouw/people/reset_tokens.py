"""Links to choose a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

from klimtouw.people.models import Person

CLOCKS_MAY_DIFFER = 60  # seconds


class ResetTokens(PasswordResetTokenGenerator):
    """They work for one hour (PASSWORD_RESET_TIMEOUT), once, and not when they come from the future."""

    def check_token(self, user: Person | None, token: str | None) -> bool:
        """Return whether this link is ours, unused, young enough and not ahead of our clock."""
        if not super().check_token(user, token):
            return False
        made = base36_to_int(str(token).split("-", 1)[0])
        return made <= self._num_seconds(self._now()) + CLOCKS_MAY_DIFFER
