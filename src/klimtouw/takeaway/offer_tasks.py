"""The letter that offers the leaving package; it knows ids alone, and bears being done twice."""

from uuid import UUID

from django_tasks import task

from klimtouw.takeaway.offer_letters import send_offer


@task()
def write_offer(contract_id: str, person_id: str) -> None:
    """Write to one of the two."""
    send_offer(UUID(contract_id), UUID(person_id))
