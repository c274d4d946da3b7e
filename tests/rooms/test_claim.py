"""lib: a batch is halved until the bad row is alone; trouble with the database is nobody's row (R12)."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection

from vermittlerpost.journal.models import Unannounced
from vermittlerpost.lib import bulk, claim

pytestmark = pytest.mark.django_db

FIELDS = ["at", "kind", "subject", "data", "stuck_reason"]
NOON = datetime(2026, 2, 16, 12, tzinfo=UTC)


class Basket:
    """Rows that can be claimed, and what became of them."""

    def __init__(self, *rows: int) -> None:
        self.rows = list(rows)
        self.set_aside: list[tuple[int, str]] = []
        self.acts: list[Sequence[int]] = []

    def take(self) -> Sequence[int]:
        return self.rows

    def take_again(self, rows: Sequence[int]) -> Sequence[int]:
        return [row for row in rows if row in self.rows]

    def act(self, rows: Sequence[int]) -> None:
        self.acts.append(rows)
        note([f"row {row}" for row in rows])
        if bad := [row for row in rows if row < 0]:
            raise ValueError(bad)

    def aside(self, row: int, error: Exception) -> None:
        self.set_aside.append((row, type(error).__name__))


def note(subjects: Sequence[str]) -> None:
    bulk.insert(Unannounced, FIELDS, [(NOON, "x", subject, {}, "") for subject in subjects])


def noted() -> set[str]:
    return set(Unannounced.objects.values_list("subject", flat=True))


def run(basket: Basket) -> int:
    return claim.batch(basket.take, basket.act, reclaim=basket.take_again, set_aside=basket.aside)


def test_a_good_batch_is_acted_on_once() -> None:
    basket = Basket(1, 2, 3)
    assert run(basket) == 3
    assert basket.acts == [[1, 2, 3]]
    assert noted() == {"row 1", "row 2", "row 3"}


def test_a_bad_row_is_set_aside_alone_and_all_others_are_done() -> None:
    basket = Basket(1, 2, 3, -4, 5, 6, 7, 8)
    assert run(basket) == 8
    assert basket.set_aside == [(-4, "ValueError")]
    assert noted() == {"row 1", "row 2", "row 3", "row 5", "row 6", "row 7", "row 8"}


def test_an_empty_queue_is_no_work() -> None:
    basket = Basket()
    assert run(basket) == 0
    assert basket.acts == []


def test_a_row_that_somebody_else_took_meanwhile_is_left_to_him() -> None:
    basket = Basket(1, -2)
    basket.take_again = lambda rows: [row for row in rows if row != 1]  # type: ignore[method-assign]
    run(basket)
    assert noted() == set()
    assert basket.set_aside == [(-2, "ValueError")]


def test_trouble_with_the_database_is_raised_and_nobody_is_set_aside() -> None:
    basket = Basket(1, 2)

    def act(rows: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(1)")

    with pytest.raises(OperationalError):
        claim.batch(basket.take, act, reclaim=basket.take_again, set_aside=basket.aside)
    assert basket.set_aside == []


def test_trouble_with_the_database_amid_a_bulk_insert_is_raised_too() -> None:
    basket = Basket(1, 2)

    def act(rows: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
        note([f"row {number}" for number in range(50_000)])

    with pytest.raises(OperationalError):
        claim.batch(basket.take, act, reclaim=basket.take_again, set_aside=basket.aside)
    assert basket.set_aside == []
