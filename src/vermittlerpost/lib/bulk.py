"""Write many rows of a model with one statement."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb


def insert(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """COPY rows into the model's table; `fields` names what each row holds, in its order."""
    if not rows:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, _columns(model, fields)))
    )
    # Django does not see a COPY, so that its errors have to be made Django's here.
    documents = [place for place, name in enumerate(fields) if isinstance(_field(model, name), models.JSONField)]
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in _adapted(rows, documents) if documents else rows:
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


def _adapted(rows: Sequence[Sequence[Any]], documents: Sequence[int]) -> Iterator[list[Any]]:
    for row in rows:
        adapted = list(row)
        for place in documents:
            adapted[place] = Jsonb(row[place])
        yield adapted


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    return [str(_field(model, name).column) for name in fields]


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{model.__name__}.{name} is no column.")
    return field


def _type(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).rel_db_type(connection))
