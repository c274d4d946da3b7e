"""A list of work with the one that is looked at: the asked one, or else the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

R = TypeVar("R", bound=Model)

_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Pick(Generic[R]):
    """The first rows of a worklist, and the one that is looked at; `has_more` if there are others behind them."""

    rows: Sequence[R]
    chosen: R | None
    has_more: bool


def pick(waiting: QuerySet[R], asked: str) -> Pick[R]:
    """Return the first rows of a worklist; what was asked for is looked at though it stands behind them."""
    found = list(waiting[: _SHOWN + 1])
    rows = found[:_SHOWN]
    chosen = next((row for row in rows if str(row.pk) == asked), None)
    if chosen is None and asked:
        chosen = waiting.filter(pk=asked).first() if _may_be_key(waiting, asked) else None
    return Pick(rows=rows, chosen=chosen or (rows[0] if rows else None), has_more=len(found) > _SHOWN)


def _may_be_key(waiting: QuerySet[R], asked: str) -> bool:
    is_number = waiting.model._meta.pk.get_internal_type().endswith("AutoField")
    return asked.isdecimal() and len(asked) < 19 if is_number else True
