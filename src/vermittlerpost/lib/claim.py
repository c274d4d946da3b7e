"""Batches: claim some rows, act on them together, and let a bad row stop nobody but itself."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

log = logging.getLogger(__name__)
Row = TypeVar("Row")


def batch(
    claim: Callable[[], Sequence[Row]],
    act: Callable[[Sequence[Row]], None],
    *,
    reclaim: Callable[[Sequence[Row]], Sequence[Row]],
    set_aside: Callable[[Row, Exception], None],
) -> int:
    """Act on one batch in one transaction and return how many rows were claimed.

    If the batch raises, nothing of it holds; it is claimed again in halves until the bad row is alone and is set
    aside. Trouble with the database itself is nobody's row and is raised.
    """
    rows: Sequence[Row] = ()
    try:
        with transaction.atomic():
            rows = claim()
            if rows:
                act(rows)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if not rows:
            raise
        _in_halves(rows, error, act, reclaim, set_aside)
    return len(rows)


def _in_halves(
    rows: Sequence[Row],
    error: Exception,
    act: Callable[[Sequence[Row]], None],
    reclaim: Callable[[Sequence[Row]], Sequence[Row]],
    set_aside: Callable[[Row, Exception], None],
) -> None:
    if len(rows) == 1:
        log.error("row_set_aside", extra={"error": type(error).__name__})
        set_aside(rows[0], error)
        return
    middle = len(rows) // 2
    for half in (rows[:middle], rows[middle:]):
        batch(partial(reclaim, half), act, reclaim=reclaim, set_aside=set_aside)
