import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from klimtouw.belongings.open_words import seal_open_words


def seal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what lay open."""
    seal_open_words(
        editor,
        "belongings.version",
        ("words",),
        key="id",
        holder="r.owner_id",
        stand_in=("thing_id", "number"),
    )


class Migration(migrations.Migration):
    dependencies = [("belongings", "0002_owners_of_versions")]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
