"""Letters as PDF: against WeasyPrint by the second of processor time, and how big they are and stay."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks import ground
from benchmarks.crew import Member, crew, memory
from benchmarks.lettering import facts
from benchmarks.measuring import Finding, Goal, Line, Run, in_turn
from benchmarks.peers import weasy_letter
from vermittlerpost.letters import rendering
from vermittlerpost.letters.rules import Facts

ROUNDS = 5

Maker = Callable[[Facts], bytes]


@dataclass(kw_only=True)
class Printer:
    """A process that makes so many letters a round, and what was seen of it: KB of the biggest, MB held each time."""

    member: Member
    make: Maker
    size: int
    biggest: float = 0.0
    held: list[float] = field(default_factory=list)

    def rate(self) -> float:
        """Make the next letters and return how many a second of processor time."""
        start = len(self.held) * self.size
        seconds, biggest, held = self.member.do(_make, self.make, range(start, start + self.size)).result
        self.biggest = max(self.biggest, biggest)
        self.held.append(held)
        return self.size / float(seconds)


def measure(run: Run) -> Iterator[Line]:
    """Make 10,000 letters in one process, in turn with a few of the peer's in another."""
    with crew(2, ground.EMPTY) as (one, other):
        ours = Printer(member=one, make=rendering.render, size=run.sized(2_000))
        theirs = Printer(member=other, make=weasy_letter.render, size=run.sized(60))
        pairs = in_turn(ours.rate, theirs.rate, ROUNDS)
    yield f"{ROUNDS * ours.size:,} letters, by the second of processor time: {pairs} of WeasyPrint"
    yield Finding(what="as fast as WeasyPrint", measured=pairs.ratio, goal=10)
    yield Finding(what="the biggest letter, with tags", measured=ours.biggest, goal=40, unit="KB", is_ceiling=True)
    yield f"MB held after each {ours.size:,}: {', '.join(f'{held:.0f}' for held in ours.held)}"
    growth = ours.held[-1] / ours.held[0]
    yield Finding(what="memory after the last fifth against after the first", measured=growth, goal=1.05,
                  is_ceiling=True)  # fmt: skip


def _make(make: Maker, numbers: range) -> tuple[float, float, float]:
    """Return seconds of processor time, KB of the biggest letter, MB held in the end; the first letter is not timed."""
    make(facts(numbers.start))
    started = time.process_time()
    biggest = max(len(make(facts(number))) for number in numbers)
    return time.process_time() - started, biggest / 1024, memory()


GOAL = Goal(title="Letters: from facts to PDF/A-3a and PDF/UA-1", measure=measure)
