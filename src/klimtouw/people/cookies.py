"""The few cookies we set: none can be read by a script, and over https none can be set by a neighbour."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse


class MessagesInACookie(CookieStorage):
    """The message that shows once on the next page, under our own name."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


def keep_language(response: HttpResponse, language: str) -> None:
    """Remember the language a visitor chose, for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
