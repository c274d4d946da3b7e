"""Millions of open cases, made inside PostgreSQL: among them the sweep of deadlines has to find those that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from benchmarks.loading import without_indexes
from vermittlerpost.lib import identifiers

# The day on which a case came in: they follow one another evenly through the days of their group.
_TURN = "((n - %(first)s) * cardinality(%(days)s::date[]) / %(count)s)::int + 1"
# As the product's ids look: those of a week begin alike, and are in no order behind that.
_ID = f"""
    upper('V-' || (%(beginnings)s::text[])[{_TURN}]
        || overlay(overlay(substr(md5(n::text), 1, 11) PLACING '-' FROM 3 FOR 0) PLACING '-' FROM 8 FOR 0))
"""

_CASES = f"""
    INSERT INTO cases_case (
        id, message_id, carrier_id, agency_id, evb, plate, season, vin, hsn, tsn,
        policyholder_name, policyholder_street, policyholder_postcode, policyholder_city,
        keeper_name, keeper_street, keeper_postcode, keeper_city,
        authority, process, state, clarification, opened_on, hold_reason, close_reason)
    SELECT {_ID}, 'ZM-' || n, carriers[n %% cardinality(carriers) + 1], agencies[n %% cardinality(agencies) + 1],
           '', 'K-WB 4444', '', '', '', '',
           'Sören Übelacker', 'Weiße Gasse 3', '50668', 'Köln', 'Sören Übelacker', 'Weiße Gasse 3', '50668', 'Köln',
           '', 'kfz_standard.1', 'grace', '', (%(days)s::date[])[{_TURN}], '', ''
    FROM generate_series(%(first)s::bigint, %(first)s::bigint + %(count)s - 1) n,
         (SELECT array_agg(code ORDER BY code) AS carriers FROM agencies_carrier),
         (SELECT array_agg(number ORDER BY number) AS agencies FROM agencies_agency)
"""
_DEADLINES = f"""
    INSERT INTO cases_deadline (case_id, planned_on, due_at, stuck_reason)
    SELECT {_ID}, %(due_at)s::timestamptz::date, %(due_at)s, ''
    FROM generate_series(%(first)s::bigint, %(first)s::bigint + %(count)s - 1) n
"""


@dataclass(frozen=True, kw_only=True)
class Due:
    """So many cases that are due at one moment, and the days on which they came in."""

    count: int
    at: datetime
    came_in: Sequence[date]


def insert(groups: list[Due], *, after: int = 0) -> None:
    """Make open cases, group by group as on the days on which they came in, after so many others.

    There must be carriers and agencies.
    """
    first = after + 1
    for group in groups:
        days = list(group.came_in)
        span: dict[str, int | datetime | list[date] | list[str]] = {
            "first": first,
            "count": group.count,
            "due_at": group.at,
            "days": days,
            "beginnings": [identifiers.week(day) for day in days],
        }
        with connection.cursor() as cursor:
            cursor.execute(_CASES, span)
            cursor.execute(_DEADLINES, span)
        first += group.count


def insert_millions(groups: list[Due]) -> None:
    """Do the same for more of them than anybody would wait for."""
    with without_indexes("cases_case", "cases_deadline"):
        insert(groups)
