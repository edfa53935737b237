"""Seal the words that lay open in a database of before there were keys; used by migrations alone."""

from uuid import UUID

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from klimtouw.belongings.words import Sealed

OWNER_OF_THING = "(SELECT owner_id FROM belongings_thing t WHERE t.id = r.thing_ptr_id)"


def seal_open_words(
    editor: BaseDatabaseSchemaEditor,
    label: str,
    fields: tuple[str, ...],
    *,
    key: str = "thing_ptr_id",
    holder: str = OWNER_OF_THING,
    stand_in: tuple[str, ...] = (),
) -> None:
    """Make the columns bytes and seal every text in them. `holder` is SQL; `stand_in` names the row where its key does not."""
    table = label.replace(".", "_")
    for field in fields:
        if _is_text(editor, table, field):
            _make_bytes(editor, table, field)
            _seal_column(editor, label, table, field, key, holder, stand_in or (key,))


def _is_text(editor: BaseDatabaseSchemaEditor, table: str, field: str) -> bool:
    with editor.connection.cursor() as cursor:
        columns = editor.connection.introspection.get_table_description(cursor, table)
        column = next(column for column in columns if column.name == field)
        kind = editor.connection.introspection.get_field_type(column.type_code, column)
    return bool(kind == "TextField")


def _make_bytes(editor: BaseDatabaseSchemaEditor, table: str, field: str) -> None:
    if editor.connection.vendor == "postgresql":  # SQLite keeps bytes in any column
        name, of = editor.quote_name(field), editor.quote_name(table)
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the field before this one left to check
        editor.execute(f"ALTER TABLE {of} ALTER COLUMN {name} TYPE bytea USING convert_to({name}, 'UTF8')")


def _seal_column(
    editor: BaseDatabaseSchemaEditor,
    label: str,
    table: str,
    field: str,
    key: str,
    holder: str,
    stand_in: tuple[str, ...],
) -> None:
    columns = ", ".join(f"r.{name}" for name in stand_in)
    with editor.connection.cursor() as cursor:
        cursor.execute(f'SELECT r.{key}, {holder}, r."{field}", {columns} FROM {table} r')  # noqa: S608 (names of our own)
        for pk, whose, text, *row in cursor.fetchall():
            if isinstance(text, bytes) and editor.connection.vendor == "sqlite":
                continue  # SQLite keeps text and bytes in one column: this was sealed by an earlier run
            plain = bytes(text).decode() if isinstance(text, bytes | memoryview) else text
            stored = b""
            if plain:
                place = f"{label}.{field} {' '.join(map(_as_written, row))}"
                stored = Sealed.of(plain, holder=UUID(_as_written(whose)), place=place).stored
            cursor.execute(f'UPDATE {table} SET "{field}" = %s WHERE {key} = %s', [stored, pk])  # noqa: S608 (names of our own)


def _as_written(value: object) -> str:
    """Return a key as Python writes it; SQLite keeps a UUID as 32 characters without dashes."""
    text = str(value)
    return str(UUID(text)) if len(text) == 32 else text  # noqa: PLR2004 (see above)
