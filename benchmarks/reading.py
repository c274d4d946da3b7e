"""What PostgreSQL touches to answer something: a count that no busy machine can blur."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def pages_touched(ask: Callable[[], object], table: str) -> int:
    """Return how many pages of tables and indexes the one statement about a table touches."""
    return int(_plan(ask, table)["Shared Hit Blocks"]) + int(_plan(ask, table)["Shared Read Blocks"])


def rows_read(ask: Callable[[], object], table: str) -> int:
    """Return how many rows of a table the one statement about it reads, those that it then passes over among them."""
    return sum(
        round((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
        for node in _nodes(_plan(ask, table))
        if node.get("Relation Name") == table
    )


def _plan(ask: Callable[[], object], table: str) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as asked:
        ask()
    (statement,) = [query["sql"] for query in asked if table in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
        (explained,) = cursor.fetchone()
    plan: dict[str, Any] = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)
