"""Write somebody a letter: in their language, as text and as HTML, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from klimtouw.notices.layout import as_html
from klimtouw.people.models import NO_HOST

WRITTEN_BY_THE_HOUSE = {"Auto-Submitted": "auto-generated"}
"""So that no mailbox answers that somebody is on holiday (RFC 3834)."""


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    content: bytes
    mime_type: str

    @property
    def is_for_a_calendar(self) -> bool:
        """Whether a calendar is asked to do something with it."""
        return self.mime_type.startswith("text/calendar")


def send_letter(
    *,
    to: str,
    language: str,
    template: str,
    key: str,
    words: Mapping[str, Any],
    enclosure: Enclosure | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send one mail from `template`, whose first line is the subject, in the reader's language.

    `key` names this letter: the same key gives the same Message-ID, so that a letter sent twice arrives as one.
    Who erased everything before the letter left gets none.
    """
    if to.endswith(f"@{NO_HOST}"):
        return
    home = settings.SITE_ADDRESS
    with translation.override(language):
        text = render_to_string(template, {**words, "address": home}).strip()
        subject, body = (part.strip() for part in text.split("\n", 1))
        html = as_html(body, subject=subject, language=language, home=home)
    named = {"Message-ID": _message_id(key), **WRITTEN_BY_THE_HOUSE, **(headers or {})}
    letter = EmailMultiAlternatives(subject=subject, body=body + "\n", to=[to], headers=named)
    letter.attach_alternative(html, "text/html")
    if (
        enclosure and enclosure.is_for_a_calendar
    ):  # RFC 6047: many calendars look among the alternatives alone
        letter.attach_alternative(enclosure.content.decode(), enclosure.mime_type)
    if enclosure:
        letter.attach(enclosure.name, enclosure.content, enclosure.mime_type)
    letter.send()


def _message_id(key: str) -> str:
    host = settings.SITE_ADDRESS.split("//", 1)[-1].split(":", 1)[0]
    return f"<{key}@{host}>" if key else make_msgid(domain=host)
