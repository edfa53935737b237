from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def take_along(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the one role a sentence had among its roles; done twice is done once."""
    sentences = apps.get_model("talks", "CoachSentence")
    sentences.objects.filter(roles="", role__isnull=False).update(roles=F("role_id"))


class Migration(migrations.Migration):
    dependencies = [("talks", "0003_several_roles_and_impressions")]

    operations = [migrations.RunPython(take_along, migrations.RunPython.noop)]
