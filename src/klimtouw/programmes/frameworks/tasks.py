"""Jobs about frameworks; they know ids alone, and bear being done twice."""

from uuid import UUID

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.programmes.frameworks.importing import bring_in, read_arrival


@task()
def read_framework_file(arrival_id: str) -> None:
    """Read a file that was brought, and say what would happen."""
    read_arrival(UUID(arrival_id), now)


@task()
def bring_framework_in(arrival_id: str) -> None:
    """Bring in what was read."""
    bring_in(UUID(arrival_id), now)
