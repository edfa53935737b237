"""What the clock asks of this package, once a day."""

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.takeaway.offers import offer_packages
from klimtouw.takeaway.package.actions import forget_parcels


@task()
def look_ahead() -> None:
    """Offer the leaving package where an end is near, and forget packages nobody fetched."""
    at = now()
    forget_parcels(at=at)
    offer_packages(at=at)
