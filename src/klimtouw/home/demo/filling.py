"""Fill the demo, once and whole."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from klimtouw.home.demo.content.school import DE_KADE
from klimtouw.home.demo.days import Days
from klimtouw.home.demo.post import past_letters_unsent
from klimtouw.home.demo.stories.amir_and_bram import amir_and_bram
from klimtouw.home.demo.stories.amir_as_peer import amir_as_peer
from klimtouw.home.demo.stories.between_talks import between_the_talks
from klimtouw.home.demo.stories.circle import circle_of_a_project
from klimtouw.home.demo.stories.frameworks import bring_in_framework, lay_a_newer_file_ready
from klimtouw.home.demo.stories.noor_and_bram import noor_and_bram
from klimtouw.home.demo.stories.others import stories_of_others
from klimtouw.home.demo.stories.people import settle_people, settle_schools
from klimtouw.home.demo.telling import Scene, tell
from klimtouw.programmes.models import CoachRole, Institution


def is_filled() -> bool:
    """Return whether the demo was filled before; one row says so, whatever people changed since."""
    return Institution.objects.filter(pk=DE_KADE.id).exists()


def fill(*, at: datetime) -> bool:
    """Fill the demo unless it was filled before; a crash leaves nothing half-filled. Return whether it was filled now."""
    if is_filled():
        return False
    with past_letters_unsent(), transaction.atomic():
        _row, is_first = Institution.objects.get_or_create(
            pk=DE_KADE.id, defaults={"name": DE_KADE.name, "kind": DE_KADE.kind}
        )
        if not is_first:  # somebody else filled it at the same time
            return False
        scene = _scene(at)
        bring_in_framework(scene, at)
        tell(
            [
                noor_and_bram(scene),
                between_the_talks(scene),
                amir_and_bram(scene),
                amir_as_peer(scene),
                circle_of_a_project(scene),
                *stories_of_others(scene),
            ]
        )
        lay_a_newer_file_ready(scene, at)
    for send in scene.letters:
        send()
    return True


def _scene(at: datetime) -> Scene:
    programmes = settle_schools()
    return Scene(
        days=Days(localdate(at), ZoneInfo(settings.TIME_ZONE)),
        people=settle_people(programmes),
        programmes=programmes,
        roles=CoachRole.objects.in_bulk(),
    )
