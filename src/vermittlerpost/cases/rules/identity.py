"""The id of a case."""

from datetime import date

from vermittlerpost.lib import identifiers


def case_id(*, message_id: str, opened_on: date) -> str:
    """Return the id of the case that a notice opens on a day: always the same.

    Cases of one week begin alike: their steps fall due together, and what is due together lies together.
    """
    return identifiers.derive("V", message_id, beginning=identifiers.week(opened_on))
