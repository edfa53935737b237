"""What can be overtaken: a talk is held tight while it changes, and whoever is late hears so kindly."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.talks.models import Talk
from klimtouw.talks.queries import talks_as_they_stand


class Overtaken(Exception):
    """The talk is no longer as this person saw it; `words` says so kindly, and nothing was changed."""

    words: Promise | str = _("Something about this talk changed in the meantime. This is how it stands now.")


class MomentIsGone(Overtaken):
    """The chosen moment is not one of the moments of this talk."""

    words = _("This moment is no longer there. Here is how it stands now.")


class MomentIsPast(Overtaken):
    """The chosen moment has gone by."""

    words = _("This moment has gone by. Choose another one, or propose new ones.")


class MomentIsAfterTheEnd(Overtaken):
    """The chosen moment lies after the last day of what the two agreed."""

    words = _("Your agreements end before this moment. Choose another one, or renew them first.")


class OwnProposal(Overtaken):
    """Whoever proposed leaves the choice to the other."""

    words = _("You proposed these moments, so the other one chooses.")


class WasCancelled(Overtaken):
    """The talk was cancelled meanwhile."""

    words = _("This talk was cancelled in the meantime. You can always propose a new one.")


class NotYetBegun(Overtaken):
    """A talk can only have been there once its hour has come."""

    words = _("This talk has not begun yet. Come back afterwards.")


class NothingToShareOnto(Overtaken):
    """No bond is open between the two."""

    words = _("Sharing is not possible now. You can keep it for yourself.")


def held_tight(talk: Talk, at: datetime) -> Talk:
    """Return the talk as it stands now; whoever else wants to change it waits."""
    return talks_as_they_stand(Talk.objects.select_for_update(of=("self",)).filter(pk=talk.pk), at)[0]
