"""Jobs that tell the other person what happened: one calm letter, never about one's own act (E3)."""

from enum import StrEnum
from functools import partial
from uuid import UUID

from django.db import transaction
from django_tasks import task

from klimtouw.notices.letters import send_letter
from klimtouw.people.models import Person
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
    GOES_SOON = "goes_soon"


@task()
def write_letter(letter: str, relation: str, reader: str, key: str) -> None:
    """Write one letter about a relation to one of the two."""
    address = address_of(UUID(reader))
    send_letter(
        to=address.email,
        language=address.language,
        template=f"relations/mail/{letter}.txt",
        key=key,
        words=words_about(UUID(relation), reader=UUID(reader)),
    )


def tell(letter: Letter, relation: Relation, reader: Person, about: object) -> None:
    """Have a letter written once the change is kept; `about` names the occasion, so that a job done twice sends one mail."""
    key = f"{letter}.{about}.{reader.pk}"
    transaction.on_commit(partial(write_letter.enqueue, letter.value, str(relation.pk), str(reader.pk), key))
