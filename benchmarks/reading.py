"""What PostgreSQL touches to answer something: a count that no busy machine can blur."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def pages_touched(ask: Callable[[], object], table: str) -> int:
    """Return how many pages of tables and indexes the statements about a table touch."""
    return sum(int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"]) for plan in _plans(ask, table))


def rows_read(ask: Callable[[], object], table: str) -> int:
    """Return how many rows of a table the statements about it read, those that they then pass over among them."""
    return sum(
        round((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
        for plan in _plans(ask, table)
        for node in _nodes(plan)
        if node.get("Relation Name") == table
    )


def _plans(ask: Callable[[], object], table: str) -> Iterator[dict[str, Any]]:
    with CaptureQueriesContext(connection) as asked:
        ask()
    statements = [query["sql"] for query in asked if table in query["sql"]]
    assert statements, f"Nothing was asked about {table}."
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
            (explained,) = cursor.fetchone()
        yield (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)
