from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from klimtouw.belongings.open_words import seal_open_words


def seal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what lay open."""
    seal_open_words(editor, "relations.workcard", ("how_i_work", "reach_me", "good_to_know"))
    seal_open_words(editor, "relations.commonground", ("text",))
    seal_open_words(editor, "relations.expectation", ("text",))
    seal_open_words(editor, "relations.needswisheslimits", ("needs", "wishes", "limits"))
    seal_open_words(
        editor,
        "relations.contract",
        ("availability", "coachee_may_expect", "coach_may_expect"),
        key="id",
        holder="r.relation_id",
    )
    of_contract = "(SELECT relation_id FROM relations_contract c WHERE c.id = r.contract_id)"
    stands_in = ("contract_id", "position")
    seal_open_words(editor, "relations.clause", ("text",), key="id", holder=of_contract, stand_in=stands_in)
    seal_open_words(editor, "relations.invitation", ("message", "how_known"), key="id", holder="r.inviter_id")


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0003_letters_sent"),
        ("belongings", "0003_seal_words"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
