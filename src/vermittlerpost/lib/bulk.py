"""Write many rows of a model with one statement, and ask for many with one."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models
from psycopg import sql


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into the model's table; `fields` names what each row holds, in its order.

    Rows that are made only as they are drawn are made while the database takes in those before them.
    """
    remaining = iter(rows)
    if (first := next(remaining, None)) is None:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, _columns(model, fields)))
    )
    # Django does not see a COPY, so that its errors have to be made Django's here.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([_type(model, name) for name in fields])
        for row in chain((first,), remaining):
            copy.write_row(row)


def update(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set the named fields in the rows whose primary key comes first in each row."""
    if not rows:
        return
    fields = [model._meta.pk.name, *fields]
    names, types = _columns(model, fields), [_type(model, field) for field in fields]
    statement = sql.SQL(
        "UPDATE {table} AS old SET {sets} FROM unnest({arrays}) AS new({names}) WHERE old.{key} = new.{key}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                table=sql.Identifier(model._meta.db_table),
                sets=sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(sql.Identifier(name)) for name in names[1:]),
                arrays=sql.SQL(", ").join(sql.SQL("%s::" + kind + "[]") for kind in types),
                names=sql.SQL(", ").join(map(sql.Identifier, names)),
                key=sql.Identifier(names[0]),
            ),
            [list(column) for column in zip(*rows, strict=True)],
        )


def fetch(statement: str, parameters: Mapping[str, Any]) -> list[Any]:
    """Return the rows that a statement finds, as tuples; many texts are one parameter as `array` writes them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def array(texts: Iterable[str]) -> str:
    """Return texts as PostgreSQL writes a `text[]`, at a fifth of what a list costs that the driver adapts."""
    return "{" + ",".join(['"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts]) + "}"


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    return [str(_field(model, name).column) for name in fields]


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{model.__name__}.{name} is no column.")
    return field


def _type(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).rel_db_type(connection))
