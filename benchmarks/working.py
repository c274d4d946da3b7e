"""What a worker of the product does in a morning, with the time that each kind of work took."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.feeding import BY
from benchmarks.lettering import facts
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.letters import rendering
from vermittlerpost.lib import clock

Seconds = Mapping[str, float]

LONGEST_WINDOW = timedelta(days=1)
"""So far ahead a morning sends what is bundled."""
LONGEST_LEASE = timedelta(minutes=11)
"""So much later nobody holds anything any more that a dead worker held."""


def warm_up() -> None:
    """Make a letter, so that a worker has at hand what one that lives has: fonts, templates, every room."""
    rendering.render(facts(0))


def live_morning(files: Sequence[Path], morning: datetime) -> Seconds:
    """Feed files, then do all that is due, side by side with others who do the same; bundles leave at once."""
    spent = Counter[str]()
    with clock.turned_to(morning):
        with _timed(spent, "import"):
            for file in files:
                intake.feed(file, by=BY)
        while sum(_round(spent, what, work) for what, work in _work(morning).items()):
            pass
    return spent


def _work(morning: datetime) -> Mapping[str, Callable[[], int]]:
    return {
        "steps": rounds.take_steps,
        "decisions": rounds.announce,
        "mails": lambda: rounds.post(due_by=morning + LONGEST_WINDOW),
        "PDFs": rounds.render,
    }


def _round(spent: Counter[str], what: str, work: Callable[[], int]) -> int:
    with _timed(spent, what):
        return work()


@contextmanager
def _timed(spent: Counter[str], what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    spent[what] += time.perf_counter() - started  # type: ignore[assignment]


def take_over(morning: datetime) -> Seconds:
    """Do what a dead worker left behind, once its leases have run out; mails that it was sending become unknown."""
    later = morning + LONGEST_LEASE
    with clock.turned_to(later):
        rounds.doubt_abandoned()
    return live_morning([], later)
