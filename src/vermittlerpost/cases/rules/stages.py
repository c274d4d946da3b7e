"""A process as a line of days: what it would do to a case that nobody answers."""

from dataclasses import dataclass
from datetime import date

from vermittlerpost.cases.rules.steps import Counting, Process, Step, first_step_on, schedule


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A step on its day, and the due date that its letter prints; `after` counts the days since the notice."""

    step: Step
    day: date
    after: int
    due_on: date | None


def stages(process: Process, counting: Counting, opened_on: date, land: str) -> list[Stage]:
    """Return the days that a case lives through if a notice of a day in a Land is never answered."""
    found: list[Stage] = []
    day: date | None = first_step_on(process, counting, opened_on, land)
    for step in process.steps:
        if day is None:
            break
        planned = schedule(step, counting, day, land)
        found.append(Stage(step=step, day=day, after=(day - opened_on).days, due_on=planned.due_on))
        day = planned.next_on
    return found
