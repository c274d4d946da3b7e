"""The steps of a process and the days on which they fall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, Self

from vermittlerpost.cases.rules.states import STATE_TITLES, State

STEPS_FROM = time(7)
"""Steps are taken from this time of day on, Europe/Berlin."""


LAENDER = (
    "DE-BB", "DE-BE", "DE-BW", "DE-BY", "DE-HB", "DE-HE", "DE-HH", "DE-MV",
    "DE-NI", "DE-NW", "DE-RP", "DE-SH", "DE-SL", "DE-SN", "DE-ST", "DE-TH",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Party:
    """A person or company with an address: policyholder or keeper."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A way of counting days: `roll(day, state)` moves a day that does not count forward, never back."""

    title: str
    roll: Callable[[date, str], date]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a case enters: a state, and the letter written on the way (none for a worklist entry).

    `announcement` is the German sentence with which the letter before names it and its `{day}`; `coming` and
    `prospect` are its title and a sentence about it as long as it lies ahead.
    """

    state: str
    title: str
    coming: str = ""
    prospect: str = ""
    announcement: str = ""
    letter: str | None = None
    level: int = 0
    urgency: str = ""
    due_days: int = 0

    def __post_init__(self) -> None:
        if self.letter and (self.due_days < 1 or not self.urgency):
            raise ValueError(f"Step {self.state}: a letter needs due_days and an urgency.")

    def raised(self, levels: int) -> Self:
        """Return the step as it is taken once more: what it writes is of a level that is higher by so many."""
        return replace(self, level=self.level + levels) if levels else self


@dataclass(frozen=True, kw_only=True)
class Process:
    """The steps of a kind of case, in their order.

    An agency may pause a case for `longest_pause_days` at once and `most_pause_days` altogether; refuses a process
    whose pauses would be longer than its holds, or than all of them together.
    """

    name: str
    version: int
    title: str
    counting: str
    grace_days: int
    longest_hold_days: int
    longest_pause_days: int
    most_pause_days: int
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.longest_pause_days <= min(self.longest_hold_days, self.most_pause_days):
            raise ValueError(f"{self.code}: no pause may be longer than longest_hold_days or most_pause_days.")

    @property
    def code(self) -> str:
        """Return the name and version under which running cases remember it."""
        return f"{self.name}.{self.version}"

    @property
    def letters(self) -> frozenset[str]:
        """Return the kinds of letters that its steps write."""
        return frozenset(step.letter for step in self.steps if step.letter)

    @classmethod
    def from_document(cls, code: str, document: Mapping[str, Any]) -> Self:
        """Make the process from its file `<name>.<version>.toml`; refuses unknown and missing keys."""
        name, version = code.rsplit(".", 1)
        steps = tuple(Step(**step) for step in document["steps"])
        return cls(**{**document, "name": name, "version": int(version), "steps": steps})

    def title_of(self, state: str) -> str:
        """Return what a state is called; refuses one that is not of this process with KeyError."""
        return {**STATE_TITLES, **{step.state: step.title for step in self.steps}}[state]

    def step_after(self, state: str) -> Step | None:
        """Return the step that follows a state, None after the last; refuses a state that is not of this process."""
        states = [State.GRACE.value, *(step.state for step in self.steps)]
        following = states.index(state)
        return self.steps[following] if following < len(self.steps) else None

    def announcement(self, state: str, day: str) -> str:
        """Return the sentence with which the letter of a state names the step after it and its day, if there is one."""
        following = self.step_after(state)
        return following.announcement.format(day=day) if following else ""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The days that a step sets: the due date of its letter and the day of the step after it."""

    due_on: date | None
    next_on: date | None


def first_step_on(process: Process, counting: Counting, opened_on: date, state: str) -> date:
    """Return the day of the request: the grace period after day 0, rolled forward."""
    return counting.roll(opened_on + timedelta(days=process.grace_days), state)


def schedule(step: Step, counting: Counting, taken_on: date, state: str) -> Schedule:
    """Return what a step taken on a day sets: due `due_days` later, next step the day after that, both rolled."""
    if step.letter is None:
        return Schedule(due_on=None, next_on=None)
    due_on = counting.roll(taken_on + timedelta(days=step.due_days), state)
    return Schedule(due_on=due_on, next_on=counting.roll(due_on + timedelta(days=1), state))


def next_after(process: Process, counting: Counting, state: str, since: date, land: str) -> date | None:
    """Return the day of the step after a state that begins on a day; None where no step is planned after it."""
    if state == State.GRACE:
        return first_step_on(process, counting, since, land)
    step = next((step for step in process.steps if step.state == state), None)
    return schedule(step, counting, since, land).next_on if step else None


def after_hold(planned_on: date, held_until: date | None, counting: Counting, state: str) -> date:
    """Return the day of a planned step when a hold, its last day included, is in its way."""
    if held_until is None or planned_on > held_until:
        return planned_on
    return counting.roll(held_until + timedelta(days=1), state)
