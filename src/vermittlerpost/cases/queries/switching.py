"""Ask what another process would change: for cases that run, for those that wait for a person, and for new ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.processes import PROCESSES, newest
from vermittlerpost.cases.rules import Process, Stage, State, first_step_on, stages
from vermittlerpost.lib import clock

_SHOWN = 50
_ELSEWHERE = "DE-NW"
"""The Land that is counted by where a case has no agency yet."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """How many open cases of a process are in a state."""

    process: str
    state: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A case without process yet, and the earliest day of its first letter by the one and by the other process."""

    case: str
    opened_on: date
    before: date
    after: date


@dataclass(frozen=True, kw_only=True)
class Switch:
    """What would change if a carrier's cases followed another process from today on.

    Cases that run keep the version with which they began; those that are to be cleared begin with the new one.
    """

    before: Process
    after: Process
    running: Sequence[Running]
    waiting: Sequence[Waiting]
    waiting_number: int


def running(carrier: str = "") -> list[Running]:
    """Return the open cases by process and state, of one carrier or of all; those to be cleared have no process."""
    cases = Case.objects.exclude(state=State.CLOSED)
    if carrier:
        cases = cases.filter(carrier=carrier)
    counted = cases.values_list("process", "state").annotate(number=Count("id")).order_by("process", "state")
    return [Running(process=process, state=state, number=number) for process, state, number in counted]


def line_of(process: Process, opened_on: date, land: str) -> list[Stage]:
    """Return the days that a case of a process lives through if nobody answers."""
    return stages(process, COUNTINGS[process.counting], opened_on, land)


def switch(carrier: str, process: str, to: str) -> Switch:
    """Return what would change if a carrier of a process followed another one; refuses unknown ones with KeyError."""
    before, after = newest(process), PROCESSES[to]
    unclear = Case.objects.filter(carrier=carrier, state=State.CLARIFICATION).select_related("agency")
    return Switch(
        before=before,
        after=after,
        running=[one for one in running(carrier) if one.process],
        waiting=[_waiting(case, before, after) for case in unclear.order_by("opened_on", "id")[:_SHOWN]],
        waiting_number=unclear.count(),
    )


def _waiting(case: Case, before: Process, after: Process) -> Waiting:
    land = case.agency.state if case.agency else _ELSEWHERE
    return Waiting(
        case=case.id,
        opened_on=case.opened_on,
        before=_earliest(before, case.opened_on, land),
        after=_earliest(after, case.opened_on, land),
    )


def _earliest(process: Process, opened_on: date, land: str) -> date:
    counting = COUNTINGS[process.counting]
    return max(first_step_on(process, counting, opened_on, land), counting.roll(clock.today(), land))
