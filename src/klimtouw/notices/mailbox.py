"""Mail as files: for the demo and for a school that tries Klimtouw out without a mail server.

What people write to each other goes along in mail, so the files are sealed too; they have no owner whose key could do that.
"""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage as Letter
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from klimtouw.foundation import sealing
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.sealing import CannotOpen
from klimtouw.people.master_keys import master_keys

PURPOSE = b"klimtouw mail files"
KEPT_FOR = timedelta(days=30)


class FileBackend(BaseEmailBackend):
    """Write each mail to a file of its own; the file appears whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails and return how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = new_id()
            draft = folder / f".{name}"
            draft.write_bytes(sealed(message.message().as_bytes(), name=str(name)))
            draft.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """One mail of the demo mailbox."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    html: str
    attachments: tuple[str, ...]


def newest_mails(limit: int = 50) -> list[Mail]:
    """Return the newest mails in the demo mailbox, the newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    letters = ((file, letter_in(file)) for file in sorted(folder.glob("*.eml"), reverse=True))
    return [_as_mail(file, letter) for file, letter in islice(letters, limit) if letter]


def mail_named(name: UUID) -> Mail | None:
    """Return one mail of the demo mailbox."""
    file = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
    letter = letter_in(file) if file.exists() else None
    return _as_mail(file, letter) if letter else None


def letter_in(file: Path) -> Letter | None:
    """Return the mail in a file; None when no key here opens it."""
    content = file.read_bytes()
    for key in master_keys().derived(PURPOSE):
        try:
            opened = sealing.unseal(content, key=key, place=_place(file.stem))
        except CannotOpen:
            continue
        return email.message_from_bytes(opened, _class=Letter, policy=email.policy.default)
    return None


def sealed(content: bytes, *, name: str) -> bytes:
    """Seal the content of one file, for that file."""
    return sealing.seal(content, key=master_keys().derived(PURPOSE)[0], place=_place(name))


def throw_old_mails_away(at: datetime) -> int:
    """Remove the files of mails of more than thirty days ago; return how many."""
    folder = Path(settings.EMAIL_FILE_PATH)
    old = [file for file in folder.glob("*.eml") if _written_at(file) < at - KEPT_FOR]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _written_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)


def _place(name: str) -> bytes:
    return f"mail {name}".encode()


def _as_mail(file: Path, letter: Letter) -> Mail:
    text, html = letter.get_body(preferencelist=("plain",)), letter.get_body(preferencelist=("html",))
    return Mail(
        name=file.stem,
        to=str(letter["to"]),
        subject=str(letter["subject"]),
        sent_at=parsedate_to_datetime(str(letter["date"])),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        attachments=tuple(part.get_filename() or "" for part in letter.iter_attachments()),
    )
