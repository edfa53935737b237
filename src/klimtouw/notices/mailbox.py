"""Mail as files: for the demo and for a school that tries Klimtouw out without a mail server."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as Letter
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from klimtouw.foundation.ids import new_id


class FileBackend(BaseEmailBackend):
    """Write each mail to a file of its own; the file appears whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails and return how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = new_id()
            draft = folder / f".{name}"
            draft.write_bytes(message.message().as_bytes())
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
    attachments: tuple[str, ...]


def newest_mails(limit: int = 50) -> list[Mail]:
    """Return the newest mails in the demo mailbox, the newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.eml"), reverse=True)[:limit] if folder.is_dir() else []
    return [_mail_in(file) for file in files]


def _mail_in(file: Path) -> Mail:
    letter = email.message_from_bytes(file.read_bytes(), _class=Letter, policy=email.policy.default)
    body = letter.get_body(preferencelist=("plain",))
    return Mail(
        name=file.stem,
        to=str(letter["to"]),
        subject=str(letter["subject"]),
        sent_at=parsedate_to_datetime(str(letter["date"])),
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "" for part in letter.iter_attachments()),
    )
