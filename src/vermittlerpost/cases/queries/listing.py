"""Ask for the cases of a scope: page by page, and how many are open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count

from vermittlerpost.agencies.models import User
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.queries.worklists import scope_of, visible_to
from vermittlerpost.cases.rules import STATE_TITLES, State

# Each agency gives its newest by its own index, and the newest of these are the page: what is not shown is not read.
_NEWEST = """
    SELECT found.id FROM unnest(%(agencies)s::text[]) AS asked (number)
    CROSS JOIN unnest(%(states)s::text[]) AS wanted (state)
    CROSS JOIN LATERAL (
        SELECT id, opened_on FROM cases_case
        WHERE agency_id = asked.number AND {chosen} AND (opened_on, id) < (%(opened_on)s, %(case)s)
        ORDER BY opened_on DESC, id DESC LIMIT %(limit)s
    ) AS found
    ORDER BY found.opened_on DESC, found.id DESC LIMIT %(limit)s
"""
_AMONG_OPEN = _NEWEST.format(chosen="state = wanted.state AND state <> 'closed'")
_AMONG_CLOSED = _NEWEST.format(chosen="state = 'closed'")
_AMONG_ALL = _NEWEST.format(chosen="TRUE")


OPEN = "open"
"""Stands for all states of cases that have not ended."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page begins: after this case."""

    opened_on: date = date.max
    case: str = ""


def titles_of_states() -> dict[str, str]:
    """Return what each state of any process is called, in the order in which cases pass through them."""
    grace, *others = STATE_TITLES.items()
    steps = [(step.state, step.title) for process in PROCESSES.values() for step in process.steps]
    return dict([grace, *steps, *others])


def title_of_state(case: Case) -> str:
    """Return what the state of a case is called."""
    return titles_of_states()[case.state]


def newest(user: User, *, state: str, agency: str, after: Place, limit: int) -> list[Case]:
    """Return the newest cases in a user's scope behind a place, the newest first.

    `state` is that of a case, `open` for all but the closed ones, or nothing for all; `agency` narrows the scope and
    never widens it.
    """
    statement, states = _among(state)
    asked: dict[str, Any] = {
        "agencies": [number for number in scope_of(user) if agency in {"", number}],
        "states": states,
        "opened_on": after.opened_on,
        "case": after.case,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found = [case for (case,) in cursor.fetchall()]
    return list(Case.objects.filter(id__any_of=found).order_by("-opened_on", "-id"))


def _among(state: str) -> tuple[str, list[str]]:
    if state == State.CLOSED:
        return _AMONG_CLOSED, [""]
    if not state:
        return _AMONG_ALL, [""]
    return _AMONG_OPEN, _open_states() if state == OPEN else [state]


def _open_states() -> list[str]:
    return [state for state in titles_of_states() if state != State.CLOSED]


def open_by_state(user: User) -> dict[str, int]:
    """Return how many open cases in a user's scope are in each state; closed ones, which pile up, are not counted."""
    counted = visible_to(user).filter(state__any_of=_open_states()).exclude(state=State.CLOSED)
    found = dict(counted.values_list("state").annotate(Count("id")).order_by())
    return {state: found[state] for state in _open_states() if state in found}
