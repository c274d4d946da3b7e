"""Millions of open cases, made inside PostgreSQL: among them the sweep of deadlines has to find those that are due."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

_TABLES = ["cases_case", "cases_deadline"]

# As the product's ids look: in no order, so that each of them is looked up in a place of its own.
_ID = "'V-' || upper(overlay(overlay(substr(md5(n::text), 1, 13) PLACING '-' FROM 5 FOR 0) PLACING '-' FROM 10 FOR 0))"

_CASES = f"""
    INSERT INTO cases_case (
        id, message_id, carrier_id, agency_id, evb, plate, season, vin, hsn, tsn,
        policyholder_name, policyholder_street, policyholder_postcode, policyholder_city,
        keeper_name, keeper_street, keeper_postcode, keeper_city,
        authority, process, state, clarification, opened_on, hold_reason, close_reason)
    SELECT {_ID}, 'ZM-' || n, carriers[n %% cardinality(carriers) + 1], agencies[n %% cardinality(agencies) + 1],
           '', 'K-WB 4444', '', '', '', '',
           'Sören Übelacker', 'Weiße Gasse 3', '50668', 'Köln', 'Sören Übelacker', 'Weiße Gasse 3', '50668', 'Köln',
           '', 'kfz_standard.1', 'grace', '', (%(due_at)s::timestamptz - interval '14 days')::date, '', ''
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n,
         (SELECT array_agg(code ORDER BY code) AS carriers FROM agencies_carrier),
         (SELECT array_agg(number ORDER BY number) AS agencies FROM agencies_agency)
"""
_DEADLINES = f"""
    INSERT INTO cases_deadline (case_id, planned_on, due_at, stuck_reason)
    SELECT {_ID}, %(due_at)s::timestamptz::date, %(due_at)s, ''
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
"""


@dataclass(frozen=True, kw_only=True)
class Due:
    """So many cases that are due at one moment."""

    count: int
    at: datetime


def insert(groups: list[Due], *, after: int = 0) -> None:
    """Make open cases, group by group as on the days on which they came in, after so many others.

    There must be carriers and agencies.
    """
    first = after + 1
    for group in groups:
        span: dict[str, int | datetime] = {"first": first, "last": first + group.count - 1, "due_at": group.at}
        with connection.cursor() as cursor:
            cursor.execute(_CASES, span)
            cursor.execute(_DEADLINES, span)
        first += group.count


def insert_millions(groups: list[Due]) -> None:
    """Do the same for more of them than anybody would wait for."""
    with connection.cursor() as cursor, _without_indexes(cursor):
        insert(groups)


@contextmanager
def _without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """Take away indexes and checks of foreign keys, and put them back in the end, when they come cheaper."""
    cursor.execute("SET session_replication_role = replica")
    cursor.execute("SET maintenance_work_mem = '1GB'")
    restoring = [*_constraints(cursor), *_indexes(cursor)]
    yield
    for statement in restoring:
        cursor.execute(statement)
    cursor.execute("RESET session_replication_role")


def _constraints(cursor: CursorWrapper) -> list[str]:
    """Drop primary and unique keys, with the foreign keys that hang on them, and return how they are restored."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE (conrelid = ANY (%(tables)s::regclass[]) AND contype IN ('p', 'u'))"
        " OR (confrelid = ANY (%(tables)s::regclass[]) AND contype = 'f') ORDER BY contype = 'f'",
        {"tables": _TABLES},
    )
    found = cursor.fetchall()
    for table, name, _ in reversed(found):
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in found]


def _indexes(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY (%s::regclass[])",
        [_TABLES],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]
