from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from klimtouw.belongings.open_words import seal_open_words


def seal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what lay open."""
    seal_open_words(editor, "talks.talk", ("place",), key="id", holder="r.relation_id")
    seal_open_words(editor, "talks.preparationline", ("text",))
    seal_open_words(editor, "talks.takeaway", ("text", "next_step"))
    seal_open_words(editor, "talks.coachsentence", ("text",))


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0001_initial"),
        ("belongings", "0003_seal_words"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
