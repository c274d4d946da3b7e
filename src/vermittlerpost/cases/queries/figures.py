"""Count what the insurer wants to know: how old open cases are, and after which letter applications come (B15)."""

from dataclasses import dataclass
from datetime import date

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
