"""Django's bulk_create: the same rows, as many at a time, with no rule asked and nothing read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from vermittlerpost.cases.models import Case, Deadline, Plate
from vermittlerpost.intake.models import Notice
from vermittlerpost.journal.models import Chain, Entry

# In the order in which foreign keys allow it, each with what brings its rows into the order of the notices.
_ORDERS: Mapping[type[Model], str] = {
    Notice: "id",
    Case: "message_id",
    Plate: "id",
    Deadline: "case__message_id",
    Entry: "id",
}

Values = dict[str, Any]
Rows = Mapping[type[Model], Sequence[Values]]


def cases_written() -> Rows:
    """Return all that an import has written into a database that had no cases before, as plain values."""
    rows: dict[type[Model], Sequence[Values]] = {
        model: list(model._default_manager.order_by(order).values()) for model, order in _ORDERS.items()
    }
    cases = {row["id"] for row in rows[Case]}
    entries = [row for row in rows[Entry] if row["subject"] in cases]
    chains: dict[str, Values] = {row["subject"]: {**row} for row in Chain.objects.values()}
    rows[Entry], rows[Chain] = entries, [chains[entry["subject"]] for entry in entries]
    return rows


def parts(rows: Rows, size: int) -> list[Rows]:
    """Return the rows in parts of so many of each model, as if each were a batch of its own."""
    ends = range(0, len(rows[Notice]), size)
    return [{model: listed[start : start + size] for model, listed in rows.items()} for start in ends]


def write(batches: Sequence[Rows]) -> None:
    """Write batches, each in a transaction of its own."""
    for batch in batches:
        with transaction.atomic():
            for model, rows in batch.items():
                model._default_manager.bulk_create([model(**row) for row in rows])
