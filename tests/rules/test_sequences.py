"""Parts of long things, and those that are made ahead."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from vermittlerpost.lib import clock
from vermittlerpost.lib.sequences import batched, made_ahead


def test_batches_keep_the_order_and_lose_nothing() -> None:
    assert list(batched("abcdefg", 3)) == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert list(batched("", 3)) == []


def test_parts_made_ahead_come_in_their_order_and_at_most_one_lies_ready() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(5):
            made.append(number)
            yield number

    taken = []
    for number in made_ahead(numbers()):
        assert max(made) <= number + 1
        taken.append(number)
    assert taken == [0, 1, 2, 3, 4]


def test_a_part_that_cannot_be_made_fails_after_those_before_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("line 2")

    parts = made_ahead(broken())
    assert next(parts) == 1
    with pytest.raises(ValueError, match="line 2"):
        next(parts)


def test_parts_are_made_by_the_clock_of_who_takes_them() -> None:
    moment = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    with clock.turned_to(moment):
        assert list(made_ahead(clock.now() for _ in range(2))) == [moment, moment]
