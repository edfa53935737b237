"""Give a version its number once it is written whole, or erase what was broken off."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from klimtouw.programmes.frameworks.choices import ArrivalState
from klimtouw.programmes.models import Framework, FrameworkArrival, FrameworkGoal, FrameworkVersion

ERASED_AT_A_TIME = 5_000


@transaction.atomic
def number_version(arrival: FrameworkArrival, version: FrameworkVersion, *, at: datetime) -> bool:
    """Let everybody see a version that is written whole; whether it may: nobody was first since it was read."""
    held = FrameworkArrival.objects.select_for_update().get(pk=arrival.pk)
    framework = Framework.objects.select_for_update().get(pk=version.framework_id)
    numbered = FrameworkVersion.objects.filter(framework=framework).exclude(number=None)
    newest = numbered.order_by("-number").first()
    if held.state != ArrivalState.IMPORTING or (newest.pk if newest else None) != held.beside:
        return False
    version.number = (numbered.aggregate(last=Max("number"))["last"] or 0) + 1
    version.save(update_fields=["number"])
    if held.title:
        framework.title = held.title
        framework.save(update_fields=["title"])
    held.state, held.content, held.framework, held.touched_at = ArrivalState.DONE, None, framework, at
    held.save(update_fields=["state", "content", "framework", "touched_at"])
    return True


def erase_unfinished(version: UUID) -> None:
    """Erase a version that never got its number, some goals at a time so that nobody has to wait."""
    if not FrameworkVersion.objects.filter(pk=version, number=None).exists():
        return
    goals = FrameworkGoal.objects.filter(version=version)
    while some := list(goals.values_list("pk", flat=True)[:ERASED_AT_A_TIME]):
        FrameworkGoal.objects.filter(pk__in=some)._raw_delete("default")  # nothing points at them
    FrameworkVersion.objects.filter(pk=version, number=None).delete()
