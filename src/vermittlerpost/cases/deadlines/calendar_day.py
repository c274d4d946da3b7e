"""Leave every day where it is: for statutory periods that nothing extends."""

from datetime import date

from vermittlerpost.cases.rules import Counting


def _roll(day: date, state: str) -> date:
    return day


COUNTING = Counting(title="Kalendertag", roll=_roll)
