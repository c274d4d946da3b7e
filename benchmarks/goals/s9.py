"""Memory of an import: it must not grow with the file."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import days, ground
from benchmarks.crew import crew, most_memory
from benchmarks.feeding import BY, feed_evbs, feed_market, write
from benchmarks.market import Market, notices
from benchmarks.measuring import Finding, Goal, Line, Run
from vermittlerpost.intake import actions as intake


def measure(run: Run) -> Iterator[Line]:
    """Import a small file and a big one, each in a process of its own, and ask for the most that it ever held."""
    small, big = run.sized(2_000), run.sized(200_000)
    market = Market(firms=run.sized(1000))
    with ground.database("bench_s9", like=ground.EMPTY, fill=partial(_fill, market, small + big)) as database:
        least = _peak(database, range(small))
        most = _peak(database, range(small, small + big))
    yield f"{small:,} notices: {least:.0f} MB at most; {big:,} notices: {most:.0f} MB"
    yield Finding(what="peak memory, of many against of few", measured=most / least, goal=1.1, is_ceiling=True)


def _fill(market: Market, vehicles: int) -> None:
    feed_market(market)
    feed_evbs(market, range(vehicles))


def _peak(database: str, numbers: range) -> float:
    with tempfile.TemporaryDirectory() as folder, crew(1, database) as (worker,):
        file = write(Path(folder) / f"notices-{numbers.start}.csv", notices(numbers, days.received(0)))
        peak = worker.do(_import, file).result
        assert isinstance(peak, float)
        return peak


def _import(file: Path) -> float:
    report = intake.feed(file, by=BY)
    assert report.accepted, report
    return most_memory()


GOAL = Goal(title="Memory: an import of any size", measure=measure)
