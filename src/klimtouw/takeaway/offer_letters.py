"""What the letter says, to whom."""

from uuid import UUID

from klimtouw.notices.letters import send_letter
from klimtouw.people.models import Person
from klimtouw.relations.models import Contract


def send_offer(contract_id: UUID, person_id: UUID) -> None:
    """Send the letter, unless its reader left or the contract is gone."""
    contract = (
        Contract.objects.select_related("relation__coachee", "relation__coach").filter(pk=contract_id).first()
    )
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if contract is None or person is None:
        return
    send_letter(
        to=person.email,
        language=person.language,
        template="takeaway/mail/offer.txt",
        key=f"offer.{contract.pk}.{person.pk}",
        words={
            "name": person.name,
            "other": contract.relation.other(person).name,
            "last_day": contract.ends_on,
            "relation_id": contract.relation_id,
            "is_coach": person.pk == contract.relation.coach_id,
        },
    )
