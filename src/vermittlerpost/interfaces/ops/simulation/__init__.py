"""Live through weeks in minutes: a folder of input files, a clock turned from run to run, the result as files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.interfaces.ops.simulation.arrivals import Arrivals
from vermittlerpost.interfaces.ops.simulation.days import live_through, make_paper, midnight
from vermittlerpost.interfaces.ops.simulation.ways import Way
from vermittlerpost.lib import clock

BY = "simulation"


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What was fed into a simulation and over which days it went."""

    first: date
    last: date
    reports: list[intake.Report]


def simulate(
    world: Path, first: date, last: date, *, press: Callable[[], None] = make_paper, way: Way | None = None
) -> Lived:
    """Live through a world in the database of this process, which should be empty; it is fed as files by default.

    No post is on its way in it, so that no letter is taken back by another. Refuses a folder without a single file of
    a known format.
    """
    arrivals = Arrivals(world, way)
    if not arrivals.files:
        raise FileNotFoundError(f"In {world} liegt keine Datei eines bekannten Formats.")
    with clock.turned_to(midnight(first)):
        masters = arrivals.feed_masters(by=BY)
        arrivals.read_messages()
    with wiring.set_to(notice_of_crossing=False):
        live_through(arrivals, first, last, press)
    with clock.turned_to(midnight(clock.day_after(last))):
        messages = arrivals.close(by=BY)
    return Lived(first=first, last=last, reports=[*masters, *messages])
