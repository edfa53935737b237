"""Who a session belongs to: asked at every page of everybody who is signed in."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from klimtouw.people.composed import composed
from klimtouw.people.models import Person


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """The sign-in library's way of signing in; only the question who somebody is, is composed once."""

    def get_user(self, user_id: str) -> Person | None:
        """Return an active person, or nobody."""
        return _active.first(UUID(str(user_id)))


@composed
def _active(id: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=id, is_active=True)
