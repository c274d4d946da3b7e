"""Which steps are taken once more where an agency was not told twice."""

from dataclasses import dataclass

from vermittlerpost.cases.rules.states import State
from vermittlerpost.cases.rules.steps import Process


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """The state from which a case goes on, and by how much the levels of what is written then are raised."""

    state: str
    raised: int


def repeat_last(process: Process, letters: int, highest: int) -> Repeat:
    """Return how the last letters of a process are written once more, each with a level above the `highest` so far."""
    last = [step for step in process.steps if step.letter][-letters:]
    states = [State.GRACE.value, *(step.state for step in process.steps)]
    return Repeat(state=states[states.index(last[0].state) - 1], raised=highest + 1 - min(step.level for step in last))
