"""When a letter on paper and the end of its case have crossed (B5)."""

from datetime import date, timedelta

from vermittlerpost.cases.rules.states import CloseReason
from vermittlerpost.cases.rules.steps import Counting

TAKES_BACK = "void_notice"
"""The kind of letter that says that another one is void."""

_ENDS_BY_ITSELF = set(CloseReason) - {CloseReason.BY_HAND}


def crossed(handed_over_on: date, ended_on: date, reason: str, counting: Counting, land: str) -> bool:
    """Tell whether the agency may act on a letter for nothing: its case ended no later than the working day after.

    Whoever ends a case by hand knows what he writes about it.
    """
    return reason in _ENDS_BY_ITSELF and ended_on <= counting.roll(handed_over_on + timedelta(days=1), land)
