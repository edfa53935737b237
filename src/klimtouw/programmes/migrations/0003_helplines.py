"""Put the public helplines in place; run twice, it adds nothing twice."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from klimtouw.programmes.helplines import HELPLINES


def add_helplines(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    contacts = apps.get_model("programmes", "HelpContact").objects
    for position, line in enumerate(HELPLINES):
        contacts.update_or_create(
            institution=None,
            country=line.country,
            name=line.name,
            defaults={**line._asdict(), "position": position},
        )


class Migration(migrations.Migration):
    dependencies = (("programmes", "0002_six_coach_roles"),)
    operations = (migrations.RunPython(add_helplines, migrations.RunPython.noop),)
