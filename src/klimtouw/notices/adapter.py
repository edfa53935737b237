"""The letters about signing in look like all others: their text, laid out as HTML too."""

from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.translation import get_language

from klimtouw.notices.layout import as_html
from klimtouw.notices.letters import WRITTEN_BY_THE_HOUSE
from klimtouw.people.adapter import Adapter


class LetterAdapter(Adapter):
    """Klimtouw's answers to the sign-in library, with letters of the house."""

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Write a letter about signing in; its links lead to the address the browser used."""
        letter = super().render_mail(
            template_prefix, email, context, {**WRITTEN_BY_THE_HOUSE, **(headers or {})}
        )
        assert isinstance(letter, EmailMultiAlternatives)  # noqa: S101  # narrows the type; every letter here has a text
        home, language = self.request.build_absolute_uri("/").rstrip("/"), get_language() or "nl"
        html = as_html(str(letter.body), subject=str(letter.subject), language=language, home=home)
        letter.attach_alternative(html, "text/html")
        return letter
