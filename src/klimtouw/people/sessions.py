"""Sessions, kept on our side: whose, on which device, last seen when.

A row stands under a fingerprint of its key and its content is sealed, so that a copy of the database opens no session
and holds no code that was mailed to somebody.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from klimtouw.foundation.clock import now
from klimtouw.people.composed import composed
from klimtouw.people.devices import in_words

DEVICE_KEY = "device"
BEGAN_KEY = "began"
OFFLINE_KEY = "offline"
LONGEST = timedelta(days=60)
"""However busy, a session ends after this; without a visit it ends after SESSION_COOKIE_AGE."""
SEEN_EVERY = timedelta(hours=1)


class Session(AbstractBaseSession):
    """One browser that is signed in, or about to be."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    device = models.CharField(max_length=40, blank=True)
    offline_device = models.UUIDField(null=True)
    last_seen_at = models.DateTimeField()

    @property
    def device_in_words(self) -> str:
        """Say on what somebody signed in, such as "Firefox on Windows"."""
        return in_words(self.device)

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """Return what reads and writes these rows."""
        return SessionStore


class SessionStore(DatabaseStore):
    """Read and write sessions; the key itself is only ever in the browser."""

    last_seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of a row."""
        return Session

    def is_due(self, at: datetime) -> bool:
        """Return whether it is a while ago that a visit was written down."""
        return self.last_seen_at is not None and at - self.last_seen_at > SEEN_EVERY

    def exists(self, session_key: str) -> bool:
        """Return whether a key is in use."""
        return super().exists(fingerprint(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session of a key, or this one."""
        if key := session_key or self.session_key:
            super().delete(fingerprint(key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of this session, ready to be saved."""
        row = cast(Session, super().create_model_instance(data))
        row.session_key = fingerprint(row.session_key)
        row.person_id = data.get("_auth_user_id")
        row.device = data.get(DEVICE_KEY, "")
        row.offline_device = data.get(OFFLINE_KEY)
        row.last_seen_at = self.last_seen_at = now()
        if began := data.get(BEGAN_KEY):
            row.expire_date = min(row.expire_date, datetime.fromisoformat(began) + LONGEST)
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what a session holds."""
        return _seal(settings.SECRET_KEY).encrypt(json.dumps(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open what a session holds; what was sealed with another key is an empty session."""
        try:
            content: dict[str, Any] = json.loads(_seal(settings.SECRET_KEY).decrypt(session_data))
        except InvalidToken:
            return {}
        return content

    def _get_session_from_db(self) -> Session | None:
        key = fingerprint(self.session_key or "")
        row = _living.first(key, now())
        if row is None:
            self._session_key = None
        else:
            self.last_seen_at = row.last_seen_at
        return row


@composed
def _living(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


def fingerprint(key: str) -> str:
    """Return what a session is filed under: 160 bits of a hash, from which nobody finds the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


@cache
def _seal(secret: str) -> Fernet:
    digest = salted_hmac("klimtouw.sessions.seal", "key", secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))
