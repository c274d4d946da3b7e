"""From a file of notices to cases: against Django's bulk_create of the same rows, and by the number of statements."""

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import days, ground
from benchmarks.feeding import BY, feed_evbs, feed_market, write
from benchmarks.market import Market, notices
from benchmarks.measuring import Finding, Goal, Line, Run, in_turn
from benchmarks.peers import bulk_create
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.actions.feeding import ROWS_PER_BATCH

ROUNDS = 5


def measure(run: Run) -> Iterator[Line]:
    """Import the same file into a fresh database time and again, in turn with the peer."""
    market, numbers = Market(firms=run.sized(1000)), range(run.sized(10) * 1000)
    ready = ground.database("bench_s2", like=ground.EMPTY, fill=partial(_fill, market, numbers))
    with ready as filled, tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder) / "notices.csv", notices(numbers, days.received(0)))
        statements, rows = _looked_at(filled, file)
        ours = partial(_rate, filled, len(numbers), lambda: intake.feed(file, by=BY))
        theirs = partial(_rate, filled, len(numbers), lambda: bulk_create.write(rows))
        pairs = in_turn(ours, theirs, ROUNDS)
    yield f"{len(numbers):,} notices: {pairs} by bulk_create"
    yield Finding(what="as fast as bulk_create of the same rows", measured=pairs.ratio, goal=3)
    yield Finding(
        what="SQL per 1,000 notices",
        measured=statements * 1000 / len(numbers),
        goal=20,
        unit="statements",
        is_ceiling=True,
    )


def _fill(market: Market, numbers: range) -> None:
    feed_market(market)
    feed_evbs(market, numbers)


def _looked_at(filled: str, file: Path) -> tuple[int, list[bulk_create.Rows]]:
    """Import once to see what is asked of the database, and what is in it afterwards."""
    with ground.database("bench_s2_seen", like=filled):
        with CaptureQueriesContext(connection) as statements:
            intake.feed(file, by=BY)
        return len(statements), bulk_create.parts(bulk_create.cases_written(), ROWS_PER_BATCH)


def _rate(filled: str, count: int, work: Callable[[], object]) -> float:
    with ground.database("bench_s2_fresh", like=filled):
        connection.ensure_connection()
        started = time.perf_counter()
        work()
        return count / (time.perf_counter() - started)


GOAL = Goal(title="Import: notices to cases", measure=measure)
