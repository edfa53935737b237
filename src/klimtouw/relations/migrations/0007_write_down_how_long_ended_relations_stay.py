"""What is over already keeps the months that hold now: its page says so (P5). Run again, this changes nothing."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT_WITHOUT_INSTITUTION = 12


def write_down_the_months(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    relations = apps.get_model("relations", "Relation").objects.filter(
        state__in=("completed", "stopped"), kept_months=None
    )
    for institution in apps.get_model("programmes", "Institution").objects.order_by("pk"):
        of_this_one = relations.filter(programme__institution=institution)
        of_this_one.update(kept_months=institution.relations_kept_months)
    relations.filter(programme=None).update(kept_months=KEPT_WITHOUT_INSTITUTION)


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0006_how_long_a_relation_stays"),
        ("programmes", "0007_the_rules_of_an_institution_and_how_they_changed"),
    ]

    operations = [migrations.RunPython(write_down_the_months, migrations.RunPython.noop)]
