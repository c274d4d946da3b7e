"""What is promised, what was measured, and whether the one holds against the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from benchmarks.sink import Sink


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One promise held against a measurement; `goal` is the bound, `is_ceiling` tells from which side."""

    what: str
    measured: float
    goal: float
    unit: str = "×"
    is_ceiling: bool = False

    @property
    def is_met(self) -> bool:
        """Tell whether the promise is kept."""
        return self.measured <= self.goal if self.is_ceiling else self.measured >= self.goal

    def __str__(self) -> str:
        bound = "at most" if self.is_ceiling else "at least"
        verdict = "met" if self.is_met else "NOT MET"
        return f"{self.what}: {self.measured:,.2f} {self.unit} (goal: {bound} {self.goal:,g} {self.unit})  {verdict}"


Line: TypeAlias = Finding | str
"""What a goal prints: findings, and notes that explain them."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a run goes by: its scale (1 measures what is promised), and the mail server that takes everything."""

    scale: float
    sink: Sink

    def sized(self, number: int) -> int:
        """Return a number of things at the scale of this run."""
        return max(1, round(number * self.scale))


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One promise: its title, and how it is measured."""

    title: str
    measure: Callable[[Run], Iterator[Line]]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Two things measured in turn, as rates: things a second."""

    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def ratio(self) -> float:
        """Return how many times as fast ours is: the ratio of the medians."""
        return median(self.ours) / median(self.theirs)

    def __str__(self) -> str:
        return f"{_shown(self.ours)} against {_shown(self.theirs)}"


def in_turn(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> Pairs:
    """Measure two rates in alternating pairs, each of them first every other time."""
    rates: dict[Callable[[], float], list[float]] = {ours: [], theirs: []}
    for number in range(rounds):
        for measure in (ours, theirs) if number % 2 == 0 else (theirs, ours):
            rates[measure].append(measure())
    return Pairs(ours=rates[ours], theirs=rates[theirs])


def _shown(rates: Sequence[float]) -> str:
    return f"{median(rates):,.0f}/s ({min(rates):,.0f}–{max(rates):,.0f})"
