"""From mails that wait to mails that are handed over: against django-post-office, and against the bare wire."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from benchmarks import days, ground
from benchmarks.feeding import BY, feed_evbs, feed_market, feed_notices
from benchmarks.limits import bare_wire
from benchmarks.market import Market
from benchmarks.measuring import Finding, Goal, Line, Run, in_turn
from benchmarks.peers import post_office
from benchmarks.working import LONGEST_WINDOW
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.transports import Envelope, Outcome, Result

ROUNDS = 4


def measure(run: Run) -> Iterator[Line]:
    """Send the mails of some mornings, with every rule asked again, in turn with the peer and with the wire."""
    market = Market(firms=run.sized(1000))
    with ground.database("bench_s5", like=ground.EMPTY, fill=partial(_fill, market)):
        content = _overheard(0)
        mornings = iter(range(1, days.COUNT))
        ours = partial(_ours, mornings)
        peers = in_turn(ours, partial(_peers, content[: run.sized(1000)]), ROUNDS)
        wires = in_turn(ours, partial(_wires, content), ROUNDS)
    yield f"{len(content):,} mails a morning: {peers} of django-post-office"
    yield f"the same: {wires} over the bare wire"
    yield Finding(what="as fast as django-post-office", measured=peers.ratio, goal=10)
    yield Finding(what="rate of the bare wire that is kept", measured=wires.ratio, goal=0.5)


def _fill(market: Market) -> None:
    feed_market(market)
    feed_evbs(market, range(days.COUNT * market.agencies))
    for number in range(days.COUNT):
        feed_notices(range(number * market.agencies, (number + 1) * market.agencies), days.received(number))


def _decide() -> None:
    rounds.take_steps()
    rounds.announce()


def _ours(mornings: Iterator[int]) -> float:
    morning = days.morning(next(mornings))
    with clock.turned_to(morning):
        _decide()
        return _rate(lambda: rounds.post(due_by=morning + LONGEST_WINDOW))


def _peers(content: Sequence[Envelope]) -> float:
    post_office.queue(content)
    return _rate(post_office.send_all)


def _wires(content: Sequence[Envelope]) -> float:
    parts = bare_wire.travelling(content)
    return _rate(lambda: bare_wire.send(parts))


def _rate(send: Callable[[], int]) -> float:
    started = time.perf_counter()
    return send() / (time.perf_counter() - started)


class _Listening:
    """A line that keeps what it should send."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []

    def send(self, batch: Iterable[Envelope]) -> Iterator[Result]:
        """Say of each mail that it was sent."""
        for envelope in batch:
            self.kept.append(envelope)
            yield Result(mail=envelope.mail, outcome=Outcome.SENT)


def _overheard(number: int) -> Sequence[Envelope]:
    """Return the mails of a morning, as they would have been sent."""
    line, morning = _Listening(), days.morning(number)
    with clock.turned_to(morning):
        _decide()
        while notifications.post(line, wiring.operator(), due_by=morning + LONGEST_WINDOW, limit=500, by=BY):
            pass
    return line.kept


GOAL = Goal(title="Mails: from the queue to the server", measure=measure)
