"""Jobs of this package that the clock asks for."""

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.relations.actions.beginning import erase_not_started
from klimtouw.relations.actions.images import erase_images_without_key
from klimtouw.relations.actions.invitations import erase_expired_invitations
from klimtouw.relations.actions.letters_sent import forget_letters_sent
from klimtouw.relations.actions.peers import rest_what_lost_its_backing


@task()
def tidy() -> None:
    """Erase what is over: invitations nobody answered, and relations that did not start (V8, V9).

    And write down which peer relations rest because something ended by itself (V22).
    """
    at = now()
    erase_expired_invitations(at)
    forget_letters_sent(at)
    erase_not_started(at)
    erase_images_without_key()
    rest_what_lost_its_backing(at=at)
