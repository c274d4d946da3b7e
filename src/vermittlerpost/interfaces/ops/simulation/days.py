"""One German day after the other: what came before the run, the run, the post."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from vermittlerpost.cases.rules import STEPS_FROM
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.interfaces.ops.simulation.arrivals import Arrivals
from vermittlerpost.lib import clock

_CUT_OFF = time(14)
_LONGEST_WINDOW = timedelta(days=1)


def live_through(arrivals: Arrivals, first: date, last: date, press: Callable[[], None]) -> None:
    """Live through the days from the first to the last, both with their run; what comes after midnight never comes.

    `press` works after each run, at the cut-off.
    """
    for day in _days(first, last):
        morning = morning_of(day)
        arrivals.take_before(morning, by="simulation")
        with clock.turned_to(morning):
            run()
        with clock.turned_to(clock.german_moment(day, _CUT_OFF)):
            press()
    arrivals.take_before(clock.german_moment(last + timedelta(days=1), time()), by="simulation")


def run() -> None:
    """Make the morning's run: all steps are taken before any mail is made, and every bundle leaves with the run."""
    rounds.take_steps()
    rounds.announce()
    rounds.post(due_by=clock.now() + _LONGEST_WINDOW)


def make_paper() -> None:
    """Make the day's PDFs, build its print batches and hand them over."""
    rounds.render()
    for batch in delivery.build_batches(wiring.print_folder(), by=rounds.SYSTEM):
        delivery.hand_over(batch, by=rounds.SYSTEM)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def morning_of(day: date) -> datetime:
    """Return the moment of a day's run."""
    return clock.german_moment(day, STEPS_FROM)


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Germany."""
    return clock.german_moment(day, time())
