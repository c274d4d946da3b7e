"""Count what the insurer wants to know: how old open cases are, when applications come, and what they spare (B15)."""

from dataclasses import dataclass
from datetime import date

from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import State
from vermittlerpost.lib import bulk

AGES = (14, 28, 42, 56)
"""Upper bounds of the ages, in days, by which open cases are counted; older ones are one more group."""

_OPEN = """
    SELECT state, width_bucket(%(today)s::date - opened_on, %(bounds)s::int[]), count(*)
    FROM cases_case WHERE state <> 'closed' GROUP BY 1, 2
"""
_ANSWERED = """
    SELECT letters, count(*) FROM (
        SELECT (SELECT count(*) FROM letters_letter WHERE letters_letter."case" = cases_case.id
            AND kind IN ('application_request', 'reminder')) AS letters
        FROM cases_case WHERE close_reason = 'application' AND closed_on >= %(since)s
    ) AS ended GROUP BY letters ORDER BY letters
"""
_LAST_STATES = """
    SELECT process, ended.state, count(*) FROM cases_case CROSS JOIN LATERAL (
        SELECT data ->> 'before' AS state FROM journal_entry
        WHERE subject = cases_case.id AND kind = 'case.closed' ORDER BY position DESC LIMIT 1
    ) AS ended
    WHERE close_reason = 'application' AND closed_on >= %(since)s GROUP BY process, ended.state
"""
_DAYS = """
    SELECT letters, percentile_cont(0.5) WITHIN GROUP (ORDER BY days), count(*) FROM (
        SELECT greatest(closed_on - requested_on, 0) AS days,
            (SELECT count(*) FROM letters_letter WHERE letters_letter."case" = cases_case.id
                AND kind IN ('application_request', 'reminder')) AS letters
        FROM cases_case
        WHERE close_reason = 'application' AND closed_on >= %(since)s AND requested_on IS NOT NULL
    ) AS answered GROUP BY GROUPING SETS ((letters), ()) ORDER BY letters NULLS FIRST
"""


@dataclass(frozen=True, kw_only=True)
class Avoided:
    """How many applications came when nothing but a cancellation would have followed, and spared it."""

    after_last_reminder: int
    after_proposal: int


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How long applications took from the request on: half of them no longer than `median` days.

    `letters` is the number of letters that had asked for them, None for all together.
    """

    letters: int | None
    median: float
    applications: int


@dataclass(frozen=True, kw_only=True)
class Ages:
    """How many open cases of a state there are in each group of age."""

    state: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many there are of any age."""
        return sum(self.numbers)


def open_by_age(today: date) -> list[Ages]:
    """Return the open cases of all agencies by state and age on a day."""
    counted: dict[str, list[int]] = {}
    bounds = [bound + 1 for bound in AGES]
    for state, group, number in bulk.fetch(_OPEN, {"today": today, "bounds": bounds}):
        counted.setdefault(state, [0] * (len(AGES) + 1))[group] += number
    return [Ages(state=state, numbers=tuple(numbers)) for state, numbers in counted.items()]


def answered_after(since: date) -> dict[int, int]:
    """Return how many cases applications ended since a day, by the number of letters that asked for them."""
    return dict(bulk.fetch(_ANSWERED, {"since": since}))


def avoided_cancellations(since: date) -> Avoided:
    """Return how many cases applications ended since a day after the last reminder or the proposal to cancel.

    What had been cancelled already was not avoided.
    """
    ended = bulk.fetch(_LAST_STATES, {"since": since})
    return Avoided(
        after_last_reminder=sum(number for process, state, number in ended if state == _last_reminder(process)),
        after_proposal=sum(number for _, state, number in ended if state == State.CANCELLATION_PROPOSED),
    )


def _last_reminder(process: str) -> str | None:
    known = PROCESSES.get(process)
    return next((step.state for step in reversed(known.steps) if step.letter), None) if known else None


def days_to_application(since: date) -> list[Wait]:
    """Return how long the applications took that ended cases since a day: all together, and by letters before them."""
    rows = bulk.fetch(_DAYS, {"since": since})
    return [
        Wait(letters=letters, median=float(median), applications=number)
        for letters, median, number in rows
        if median is not None
    ]
