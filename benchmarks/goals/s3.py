"""The sweep of deadlines: what it costs depends on what is due, not on what is open."""

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import count
from statistics import median

from benchmarks import days, ground, open_cases
from benchmarks.claiming import buffers_per_case
from benchmarks.feeding import feed_market
from benchmarks.market import Market
from benchmarks.measuring import Finding, Goal, Line, Run, in_turn
from benchmarks.open_cases import Due
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock

ROUNDS = 3
BATCH = 500
_WEEKS = 104
_FEW, _MANY, _FEW_AGAIN, _COUNTED = range(ROUNDS, ROUNDS + 4)
"""The mornings after those rounds: 2,000 are due, 200,000, 2,000, and so many as are counted."""


def measure(run: Run) -> Iterator[Line]:
    """Take the steps of some mornings among few and among many open cases, then those of few and of many due."""
    equal = dict.fromkeys([*range(ROUNDS), _COUNTED], run.sized(20_000))
    growing = equal | {_FEW: run.sized(2_000), _MANY: run.sized(200_000), _FEW_AGAIN: run.sized(2_000)}
    few_open, many_open = run.sized(200_000), run.sized(10_000_000)
    small = ground.database("bench_s3_small", like=ground.EMPTY, fill=partial(_fill, equal, few_open))
    big = ground.database("bench_s3_big", like=ground.EMPTY, fill=partial(_fill, growing, many_open))
    with small as among_few, big as among_many:
        yield f"{run.sized(20_000):,} due of {many_open:,} open, and of {few_open:,} open"
        yield from _by_open(among_few, among_many)
        ground.enter(among_many)
        yield from _by_due(growing)


def _fill(due: Mapping[int, int], total: int) -> None:
    """Make open cases, so many due on each of some mornings; the rest rests, of all weeks of two years."""
    feed_market(Market(firms=50))
    groups = [Due(count=number, at=days.morning(day), came_in=[days.came_in(day)]) for day, number in due.items()]
    weeks = [days.came_in(0) - timedelta(weeks=before) for before in reversed(range(_WEEKS))]
    at_rest = days.morning(days.COUNT - 1) + timedelta(days=365)
    open_cases.insert_millions([*groups, Due(count=total - sum(due.values()), at=at_rest, came_in=weeks)])


def _by_open(among_few: str, among_many: str) -> Iterator[Line]:
    pairs = in_turn(partial(_rate_in, among_many, count()), partial(_rate_in, among_few, count()), ROUNDS)
    yield f"steps: {pairs}"
    yield Finding(what="cost of the sweep, among many against among few", measured=1 / pairs.ratio, goal=1.1,
                  is_ceiling=True)  # fmt: skip
    many, few = _buffers_in(among_many), _buffers_in(among_few)
    yield f"pages that the claim touches per due case: {many:.2f} among many, {few:.2f} among few"


def _by_due(due: Mapping[int, int]) -> Iterator[Line]:
    costs = {morning: 1e6 / _rate(morning) for morning in (_FEW, _MANY, _FEW_AGAIN)}
    many, few = costs[_MANY], median([costs[_FEW], costs[_FEW_AGAIN]])
    yield f"a step of {due[_MANY]:,}: {many:,.0f} µs; of {due[_FEW]:,}: {few:,.0f} µs"
    yield Finding(what="cost per due case, of many against of few", measured=many / few, goal=1.3, is_ceiling=True)


def _rate_in(database: str, mornings: Iterator[int]) -> float:
    ground.enter(database)
    return _rate(next(mornings))


def _buffers_in(database: str) -> float:
    ground.enter(database)
    with clock.turned_to(days.morning(_COUNTED)):
        return buffers_per_case(BATCH)


def _rate(morning: int) -> float:
    """Return how many steps a second are taken on a morning."""
    with clock.turned_to(days.morning(morning)):
        started = time.perf_counter()
        return rounds.take_steps() / (time.perf_counter() - started)


GOAL = Goal(title="Sweep: steps that are due, however much is open", measure=measure)
