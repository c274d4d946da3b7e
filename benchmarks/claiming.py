"""What PostgreSQL touches when the sweep claims what is due: a count that no busy machine can blur."""

import json

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from vermittlerpost.cases import actions as cases

BY = "bench"


def buffers_per_case(limit: int) -> float:
    """Return how many pages are touched for each case that a claim of so many finds due; nothing is changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {_claim(limit)}")
        (explained,) = cursor.fetchone()
        transaction.set_rollback(True)
    plan = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    return float(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]) / float(plan["Actual Rows"])


def _claim(limit: int) -> str:
    """Return the statement with which the sweep claims, overheard while it does."""
    with transaction.atomic(), CaptureQueriesContext(connection) as overheard:
        assert cases.advance_due(limit=limit, by=BY)
        transaction.set_rollback(True)
    return next(query["sql"] for query in overheard if "FOR UPDATE" in query["sql"])
