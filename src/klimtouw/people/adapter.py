"""Where the sign-in library asks us: what happens at a sign-in, and at a new password."""

import logging
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from klimtouw.people.actions import end_sessions_at_new_password
from klimtouw.people.devices import device_of
from klimtouw.people.models import Person
from klimtouw.people.offline import forget_device
from klimtouw.people.requests import PersonRequest
from klimtouw.people.sessions import BEGAN_KEY, DEVICE_KEY, OFFLINE_KEY

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Klimtouw's answers to the sign-in library."""

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign somebody in, and keep with the session since when and on which device."""
        super().login(request, user)
        request.session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))
        request.session[BEGAN_KEY] = cast(PersonRequest, request).at.isoformat()
        log.info("signed in: %s", user.pk)

    def logout(self, request: HttpRequest) -> None:
        """Sign somebody out; what this device kept for writing without network is unreadable from here on."""
        if isinstance(request.user, Person):
            forget_device(request.session.get(OFFLINE_KEY), request.user)
        log.info("signed out: %s", request.user.pk)
        super().logout(request)

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Ask the password again; proven anew, the session goes on under a new key."""
        is_theirs: bool = super().reauthenticate(user, password)
        if is_theirs:
            self.request.session.cycle_key()
        return is_theirs

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Stop at too many tries, and write down from where they came."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log.warning("too many tries, from %s", self.get_client_ip(request))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down from where a wrong password came, not for which address: people type passwords into that field."""
        log.warning("wrong password, from %s", self.get_client_ip(request))

    def set_password(self, user: Person, password: str) -> None:
        """Set a password, chosen or reset; every other session of this person ends."""
        super().set_password(user, password)
        end_sessions_at_new_password(person=user, but=self.request.session.session_key)
        log.info("new password: %s", user.pk)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the settings."""
        return reverse("people:settings")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter about signing in, without what a browser said about itself."""
        kept = {name: value for name, value in context.items() if name not in {"ip", "user_agent"}}
        super().send_mail(template_prefix, email, kept)
