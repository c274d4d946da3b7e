"""What is in a database: taken out once and put into others, since that takes far less time than new databases."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any, LiteralString

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]

_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_CHECKED_AT_ONCE = """
    SELECT DISTINCT pointing.relname, pointed.relname FROM pg_constraint
    JOIN pg_class pointing ON pointing.oid = conrelid JOIN pg_class pointed ON pointed.oid = confrelid
    WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid
"""
_WITH_TRIGGERS = (
    "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
)
_COUNTERS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
_SET_COUNTERS = """
    SELECT setval(quote_ident(name)::regclass, coalesce(value, 1), value IS NOT NULL)
    FROM unnest(%s::text[], %s::bigint[]) AS counter (name, value)
"""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Rows of all tables, in an order that foreign keys allow, and how far sequences have counted."""

    rows: dict[str, bytes]
    counters: dict[str, int | None]
    with_triggers: tuple[str, ...]


def taken_from(connection: Connection) -> Contents:
    """Return what is in a database."""
    order = TopologicalSorter({name: () for (name,) in connection.execute(_TABLES)})
    for pointing, pointed in connection.execute(_CHECKED_AT_ONCE):
        order.add(pointing, pointed)
    return Contents(
        rows={name: _rows(connection, name) for name in order.static_order()},
        counters=dict(connection.execute(_COUNTERS).fetchall()),
        with_triggers=tuple(name for (name,) in connection.execute(_WITH_TRIGGERS)),
    )


def put_into(connection: Connection, contents: Contents) -> None:
    """Let a database with the same tables hold this and nothing else; needs no more than to own them."""
    with connection.transaction():
        _each(connection, "ALTER TABLE {} DISABLE TRIGGER USER", contents.with_triggers)
        _each(connection, "DELETE FROM {}", reversed(contents.rows))
        for name, rows in contents.rows.items():
            _fill(connection, name, rows)
        connection.execute(_SET_COUNTERS, [list(contents.counters), list(contents.counters.values())])
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _each(connection, "ALTER TABLE {} ENABLE TRIGGER USER", contents.with_triggers)


def _rows(connection: Connection, table: str) -> bytes:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return b"".join(bytes(part) for part in copy)


def _fill(connection: Connection, table: str, rows: bytes) -> None:
    if rows:
        statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(rows)


def _each(connection: Connection, statement: LiteralString, tables: Iterable[str]) -> None:
    """Execute a statement for each of several tables, in one go."""
    statements = [sql.SQL(statement).format(sql.Identifier(table)) for table in tables]
    connection.execute(sql.SQL(";").join(statements))
