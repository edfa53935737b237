"""Jobs that tell the other person what happened, never about one's own act (E3): an end at once, the rest in their next message."""

from enum import StrEnum
from functools import partial
from uuid import UUID

from django.db import transaction
from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.notices.actions import take_back
from klimtouw.notices.actions import tell as have_told
from klimtouw.notices.letters import send_letter
from klimtouw.people.models import Person
from klimtouw.relations import told
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.letters import address_of, words_about


class Letter(StrEnum):
    """What there is to tell; each has its own text in `templates/relations/mail/`."""

    CONTRACT_DRAFTED = "contract_drafted"
    CONTRACT_SIGNED = "contract_signed"
    CONTRACT_IN_FORCE = "contract_in_force"
    PAUSED = "paused"
    RESUMED = "resumed"
    COMPLETED = "completed"
    STOPPED = "stopped"
    RESTS = "rests"
    TAKEN_UP = "taken_up"
    GOES_SOON = "goes_soon"


TOLD = {
    Letter.CONTRACT_DRAFTED: told.CONTRACT_DRAFTED,
    Letter.CONTRACT_SIGNED: told.CONTRACT_SIGNED,
    Letter.CONTRACT_IN_FORCE: told.CONTRACT_IN_FORCE,
    Letter.PAUSED: told.PAUSED,
    Letter.RESUMED: told.RESUMED,
    Letter.RESTS: told.RESTS,
    Letter.TAKEN_UP: told.TAKEN_UP,
}
"""What waits for the reader's next message; anything else is a letter of its own, sent at once."""
INSTEAD_OF = {Letter.RESUMED: told.PAUSED, Letter.PAUSED: told.RESUMED}
"""A pause that begins and ends before anybody heard of it is not told at all."""


@task()
def write_letter(letter: str, relation: str, reader: str, key: str) -> None:
    """Write one letter about a relation to one of the two, or have it told."""
    address = address_of(UUID(reader))
    if Letter(letter) in TOLD:
        _have_told(Letter(letter), UUID(relation), address)
        return
    send_letter(
        to=address.email,
        language=address.language,
        template=f"relations/mail/{letter}.txt",
        key=key,
        words=words_about(UUID(relation), reader=UUID(reader)),
    )


def _have_told(letter: Letter, relation: UUID, reader: Person) -> None:
    undone = INSTEAD_OF.get(letter)
    if undone is None or not take_back(undone, reader, about=relation):
        have_told(TOLD[letter], reader, about=relation, relation=relation, at=now())


def tell(letter: Letter, relation: Relation, reader: Person, about: object) -> None:
    """Have a letter written once the change is kept; `about` names the occasion, so that a job done twice sends one mail."""
    key = f"{letter}.{about}.{reader.pk}"
    transaction.on_commit(partial(write_letter.enqueue, letter.value, str(relation.pk), str(reader.pk), key))
