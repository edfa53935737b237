"""In the Netherlands somebody agrees alone from sixteen (P6); run again, this changes nothing."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def ask_sixteen(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("programmes", "Institution").objects.filter(
        kind__startswith="nl_", consent_age__lt=16
    ).update(consent_age=16)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_how_long_and_from_which_age")]

    operations = [migrations.RunPython(ask_sixteen, migrations.RunPython.noop)]
