import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def name_owners(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give each earlier wording the owner of its thing."""
    version, thing = apps.get_model("belongings", "Version"), apps.get_model("belongings", "Thing")
    owner = thing.objects.filter(pk=OuterRef("thing_id")).values("owner_id")[:1]
    version.objects.update(owner_id=Subquery(owner))


class Migration(migrations.Migration):
    dependencies = [
        ("belongings", "0001_initial"),
        ("people", "0003_data_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name_owners, migrations.RunPython.noop),
    ]
