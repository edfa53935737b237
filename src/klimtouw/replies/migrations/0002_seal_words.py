from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from klimtouw.belongings.open_words import seal_open_words


def seal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what lay open."""
    seal_open_words(editor, "replies.reply", ("text",))
    seal_open_words(editor, "replies.suggestion", ("text",))


class Migration(migrations.Migration):
    dependencies = [
        ("replies", "0001_initial"),
        ("belongings", "0003_seal_words"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
