"""Workers side by side: more of them do more, none does anything twice, and the death of one changes nothing."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import median

from benchmarks import days, ground
from benchmarks.crew import Member, crew, together
from benchmarks.effects import check_each_once, unknown_mails
from benchmarks.feeding import feed_evbs, feed_market, feed_notices
from benchmarks.market import Market
from benchmarks.measuring import Finding, Goal, Line, Run
from benchmarks.sink import Sink
from benchmarks.working import live_morning, take_over, warm_up
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.letters import queries as letters

ROUNDS = 3
CREWS = (1, 2, 4)
MORNING = days.morning(0)


def measure(run: Run) -> Iterator[Line]:
    """Let one, two and four workers do the same morning in turn; then kill one of them amid its work."""
    market = Market(firms=run.sized(400))
    due = market.agencies
    ready = ground.database("bench_s4", like=ground.EMPTY, fill=partial(_fill, market))
    with ready as filled, crew(max(CREWS), filled) as workers:
        together(workers, warm_up)
        runs = [{size: _rate(filled, workers[:size], due, run.sink) for size in CREWS} for _ in range(ROUNDS)]
        unclear = _unclear_after_a_death(filled, workers, due, run.sink)
    one, two, four = (median(rates[size] for rates in runs) for size in CREWS)
    yield f"{due:,} due cases, letters a second: {one:.0f} by one worker, {two:.0f} by two, {four:.0f} by four"
    yield Finding(what="two workers against one", measured=two / one, goal=1.5)
    yield Finding(what="four workers against one", measured=four / one, goal=0.9)
    yield f"each effect once, {ROUNDS * len(CREWS)} times; once more with one of four killed, {unclear} mails unclear"


def _fill(market: Market) -> None:
    numbers = range(market.agencies)
    feed_market(market)
    feed_evbs(market, numbers)
    feed_notices(numbers, days.received(0))


@contextmanager
def _afresh(filled: str, workers: Sequence[Member], sink: Sink) -> Iterator[None]:
    """Let workers come to a database in which the same is due again."""
    with ground.database("bench_s4_fresh", like=filled) as database:
        together(workers, ground.enter, *[(database,)] * len(workers))
        sink.taken()
        yield


def _rate(filled: str, workers: Sequence[Member], due: int, sink: Sink) -> float:
    """Return how many letters a second these workers bring from their due date to stored, provided and mailed."""
    with _afresh(filled, workers, sink):
        done = together(workers, live_morning, *[([], MORNING)] * len(workers))
        check_each_once(due, sink.taken())
        return due / max(one.seconds for one in done)


def _unclear_after_a_death(filled: str, workers: Sequence[Member], due: int, sink: Sink) -> int:
    with _afresh(filled, workers, sink):
        for worker in workers:
            worker.begin(live_morning, [], MORNING)
        _wait_until_so_few_letters_are_to_make(due // 2)
        victim, *others = workers
        victim.kill()
        for worker in others:
            worker.finish()
        others[0].do(take_over, MORNING)
        check_each_once(due, sink.taken())
        return unknown_mails()


def _wait_until_so_few_letters_are_to_make(number: int) -> None:
    while not delivery.everything_issued().exists() or letters.to_render().count() > number:
        time.sleep(0.05)


GOAL = Goal(title="Workers side by side", measure=measure)
