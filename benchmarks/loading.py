"""Take millions of rows in: indexes and checks of foreign keys come cheaper when all rows are there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def without_indexes(*tables: str) -> Iterator[None]:
    """Take away indexes and checks of foreign keys of tables, and put them back in the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        restoring = [*_constraints(cursor, tables), *_indexes(cursor, tables)]
        yield
        for statement in restoring:
            cursor.execute(statement)
        cursor.execute("RESET session_replication_role")


def _constraints(cursor: CursorWrapper, tables: tuple[str, ...]) -> list[str]:
    """Drop primary and unique keys, with the foreign keys that hang on them, and return how they are restored."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE (conrelid = ANY (%(tables)s::regclass[]) AND contype IN ('p', 'u'))"
        " OR (confrelid = ANY (%(tables)s::regclass[]) AND contype = 'f') ORDER BY contype = 'f'",
        {"tables": list(tables)},
    )
    found = cursor.fetchall()
    for table, name, _ in reversed(found):
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in found]


def _indexes(cursor: CursorWrapper, tables: tuple[str, ...]) -> list[str]:
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY (%s::regclass[])",
        [list(tables)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]
