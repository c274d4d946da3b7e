"""From a file of notices to letters that are provided, stored, and told of: against Typst alone."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import days, ground, processor_time
from benchmarks.crew import Done, Member, crew, together
from benchmarks.feeding import feed_evbs, feed_market, feed_notices, write
from benchmarks.limits import bare_typst
from benchmarks.market import Market, notices
from benchmarks.measuring import Finding, Goal, Line, Pairs, Run
from benchmarks.sink import Sink
from benchmarks.working import live_morning, warm_up
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib.sequences import batched
from vermittlerpost.notifications import queries as notifications

PROCESSES = 2
GERMAN_YEAR = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day: letters a second, ours and of Typst alone; seconds by the clock, and seconds of processor time."""

    ours: float
    bare: float
    spent: Counter[str]
    worked: Counter[str]


def measure(run: Run) -> Iterator[Line]:
    """Live through ten days: each takes in new notices and writes the letters that are due, then Typst runs alone."""
    market = Market(firms=run.sized(1000))
    filled = ground.database("bench_s1", like=ground.EMPTY, fill=partial(_fill, market))
    with filled as database, crew(PROCESSES, database) as workers:
        together(workers, warm_up)
        lived = [_live(workers, market, number, run.sink) for number in range(days.COUNT)]
    yield from _findings(lived, market.agencies)


def _fill(market: Market) -> None:
    """Bring the market to where every day has notices that are due; so many a day as there are agencies."""
    feed_market(market)
    feed_evbs(market, range(2 * days.COUNT * market.agencies))
    for number in range(days.COUNT):
        feed_notices(_numbers(market, number), days.received(number))


def _numbers(market: Market, day: int) -> range:
    return range(day * market.agencies, (day + 1) * market.agencies)


def _live(workers: Sequence[Member], market: Market, number: int, sink: Sink) -> Day:
    before = _beside(sink)
    ours = _work(workers, market, number)
    beside = Counter({who: seconds - before[who] for who, seconds in _beside(sink).items()})
    bare = _set_alone(workers, number)
    seconds = max(done.seconds for done in ours)
    spent = sum((Counter(done.result) for done in ours), Counter[str]())
    spent["waiting for the last"] = PROCESSES * seconds - sum(done.seconds for done in ours)  # type: ignore[assignment]
    return Day(
        ours=market.agencies / seconds,
        bare=market.agencies / max(done.seconds for done in bare),
        spent=spent,
        worked=beside + Counter({"workers": _cpu_seconds(ours), "Typst alone": _cpu_seconds(bare)}),
    )


def _beside(sink: Sink) -> dict[str, float]:
    """Return how long those have worked who work beside the workers."""
    return {"database": processor_time.of_database(), "mail sink": processor_time.of_process(sink.pid)}


def _cpu_seconds(everybody: Sequence[Done]) -> float:
    return sum(done.cpu_seconds for done in everybody)


def _work(workers: Sequence[Member], market: Market, number: int) -> list[Done]:
    morning = days.morning(number)
    with tempfile.TemporaryDirectory() as folder:
        new = notices(_numbers(market, days.COUNT + number), morning)
        file = write(Path(folder) / f"notices-{number}.csv", new)
        done = together(workers, live_morning, ([file], morning), *[([], morning)] * (PROCESSES - 1))
    _check_that_nothing_is_left()
    return done


def _check_that_nothing_is_left() -> None:
    assert not letters.to_render().exists()
    assert not notifications.waiting().exists()
    assert not notifications.to_settle().exists()


def _set_alone(workers: Sequence[Member], number: int) -> list[Done]:
    today = delivery.everything_issued().filter(letter__issued_at=days.morning(number))
    ids = list(today.values_list("letter", flat=True))
    shares = [(share,) for share in batched(ids, -(-len(ids) // PROCESSES))]
    together(workers, bare_typst.load, *shares)
    return together(workers, bare_typst.set_all)


def _findings(lived: Sequence[Day], letters_a_day: int) -> Iterator[Line]:
    pairs = Pairs(ours=[day.ours for day in lived], theirs=[day.bare for day in lived])
    yield f"{len(lived)} days of {letters_a_day:,} letters, {PROCESSES} processes; letters: {pairs} of Typst alone"
    spent = sum((day.spent for day in lived), Counter[str]())
    shares = (f"{what} {seconds / spent.total():.0%}" for what, seconds in spent.most_common())
    yield f"where the time goes: {', '.join(shares)}"
    yield _processor_time(lived, len(lived) * letters_a_day)
    yield f"letters a second, day by day: {', '.join(f'{day.ours:.0f}' for day in lived)}"
    yield Finding(what="rate of Typst alone that is kept end to end", measured=pairs.ratio, goal=0.75)
    first, last = lived[0], lived[-1]
    yield Finding(
        what="last tenth against first, each in terms of Typst alone beside it",
        measured=(last.ours / last.bare) / (first.ours / first.bare),
        goal=0.9,
    )
    hours = GERMAN_YEAR / median(pairs.ours) / 3600
    yield Finding(what="a German year of 10 million notices", measured=hours, goal=10, unit="h", is_ceiling=True)


def _processor_time(lived: Sequence[Day], letters: int) -> str:
    worked = sum((day.worked for day in lived), Counter[str]())
    alone = worked.pop("Typst alone")
    parts = [f"{who} {1000 * seconds / letters:.1f}" for who, seconds in worked.most_common()]
    share = alone / worked.total()
    return f"ms of processor time a letter: {', '.join(parts)}; Typst alone {1000 * alone / letters:.1f}, {share:.0%}"


GOAL = Goal(title="End to end: notices in, letters stored and provided, mails handed over", measure=measure)
