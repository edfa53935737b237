"""What began before anybody asked whether it is peer coaching, or before the class list, rests until the coachee goes on (V22).

What runs goes on until its last day; signing a renewal asks. Run again, this changes nothing.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

BEFORE_THE_AGREEMENTS = ("acquainting", "clicking", "contracting")
BATCH = 500


def mark_peer_relations(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    relation = apps.get_model("relations", "Relation")
    rows = relation.objects.filter(is_peer=False, state__in=BEFORE_THE_AGREEMENTS).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        _mark(apps, relation.objects.filter(pk__in=ids[start : start + BATCH]))


def _mark(apps: Apps, relations) -> None:  # type: ignore[no-untyped-def]  # rows of a model of that moment
    rows = list(relations.values_list("pk", "coach_id", "coachee_id", "acquaintance_bond_id", "work_bond_id"))
    people = {person for row in rows for person in row[1:3]}
    hats: dict[object, dict[object, set[str]]] = {}
    memberships = apps.get_model("programmes", "Membership").objects.filter(person__in=people)
    for person, programme, hat in memberships.values_list("person_id", "programme_id", "hat"):
        hats.setdefault(person, {}).setdefault(programme, set()).add(hat)
    peers = [row for row in rows if _is_peer(hats.get(row[1], {}), hats.get(row[2], {}))]
    relations.model.objects.filter(pk__in=[row[0] for row in peers]).update(is_peer=True)
    bonds = [bond for row in peers for bond in row[3:]]
    apps.get_model("belongings", "Seat").objects.filter(bond__in=bonds, hat="coach").update(
        closes_at=F("opens_at")
    )


def _is_peer(coach: dict[object, set[str]], coachee: dict[object, set[str]]) -> bool:
    shared = coach.keys() & coachee.keys() or coach.keys()
    worn = {hat for programme in shared for hat in coach[programme]}
    return "learner" in worn and "staff" not in worn


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0011_peer_relations"),
        ("belongings", "0006_seats_in_a_circle"),
        ("programmes", "0009_open_for_a_new_match"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(mark_peer_relations, migrations.RunPython.noop)]
