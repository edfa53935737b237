"""Let the database itself refuse to change or remove a line or a daily head, or to take a chain's head back.

On SQLite a trigger must also stop INSERT OR REPLACE: that removes the line it replaces without asking the other triggers.
A later migration that makes one of these tables anew on SQLite must put up its triggers again; `tests/ledger` notices.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    """CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the ledger only grows: % of % is refused', TG_OP, TG_TABLE_NAME
       USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER ledger_line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_line
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()""",
    """CREATE TRIGGER ledger_dailyhead_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_dailyhead
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()""",
    """CREATE TRIGGER ledger_chainhead_stays BEFORE DELETE OR TRUNCATE ON ledger_chainhead
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()""",
    """CREATE TRIGGER ledger_chainhead_grows BEFORE UPDATE ON ledger_chainhead
       FOR EACH ROW WHEN (NEW.number <= OLD.number OR NEW.owner_id <> OLD.owner_id)
       EXECUTE FUNCTION ledger_stays()""",
)
NOT_ON_POSTGRESQL = (
    "DROP TRIGGER ledger_line_stays ON ledger_line",
    "DROP TRIGGER ledger_dailyhead_stays ON ledger_dailyhead",
    "DROP TRIGGER ledger_chainhead_stays ON ledger_chainhead",
    "DROP TRIGGER ledger_chainhead_grows ON ledger_chainhead",
    "DROP FUNCTION ledger_stays()",
)

REFUSE = "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
SQLITE = (
    f"CREATE TRIGGER ledger_line_is_not_changed BEFORE UPDATE ON ledger_line {REFUSE}",
    f"CREATE TRIGGER ledger_line_is_not_removed BEFORE DELETE ON ledger_line {REFUSE}",
    """CREATE TRIGGER ledger_line_is_not_replaced BEFORE INSERT ON ledger_line WHEN EXISTS (SELECT 1 FROM ledger_line
        WHERE id = NEW.id OR (owner_id = NEW.owner_id AND number = NEW.number))
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    f"CREATE TRIGGER ledger_dailyhead_is_not_changed BEFORE UPDATE ON ledger_dailyhead {REFUSE}",
    f"CREATE TRIGGER ledger_dailyhead_is_not_removed BEFORE DELETE ON ledger_dailyhead {REFUSE}",
    """CREATE TRIGGER ledger_dailyhead_is_not_replaced BEFORE INSERT ON ledger_dailyhead WHEN EXISTS
        (SELECT 1 FROM ledger_dailyhead WHERE number = NEW.number OR day = NEW.day)
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    f"CREATE TRIGGER ledger_chainhead_is_not_removed BEFORE DELETE ON ledger_chainhead {REFUSE}",
    f"""CREATE TRIGGER ledger_chainhead_grows BEFORE UPDATE ON ledger_chainhead
        WHEN NEW.number <= OLD.number OR NEW.owner_id <> OLD.owner_id {REFUSE}""",
)
NOT_ON_SQLITE = (
    "DROP TRIGGER ledger_line_is_not_changed",
    "DROP TRIGGER ledger_line_is_not_removed",
    "DROP TRIGGER ledger_line_is_not_replaced",
    "DROP TRIGGER ledger_dailyhead_is_not_changed",
    "DROP TRIGGER ledger_dailyhead_is_not_removed",
    "DROP TRIGGER ledger_dailyhead_is_not_replaced",
    "DROP TRIGGER ledger_chainhead_is_not_removed",
    "DROP TRIGGER ledger_chainhead_grows",
)


def put_up(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up on this kind of database."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def take_down(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers down: this migration backwards."""
    for statement in NOT_ON_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else NOT_ON_SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_daily_heads")]

    operations = [migrations.RunPython(put_up, take_down)]
