"""Jobs about packages; they know ids alone, and bear being done twice."""

from uuid import UUID

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.takeaway.package.making import fill_parcel


@task()
def make_parcel(parcel_id: str) -> None:
    """Make a package that was too large to wait for."""
    fill_parcel(UUID(parcel_id), at=now())
