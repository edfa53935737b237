"""Put the six coach roles in place (T5). Run again, it changes nothing a school has edited."""

from dataclasses import asdict

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from klimtouw.programmes.roles import ROLES


def put_roles_in_place(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the roles that are not there yet."""
    coach_role = apps.get_model("programmes", "CoachRole")
    for position, role in enumerate(ROLES, start=1):
        words = asdict(role)
        coach_role.objects.get_or_create(key=words.pop("key"), defaults={**words, "position": position})


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [migrations.RunPython(put_roles_in_place, migrations.RunPython.noop)]
