"""Long things are taken in parts, and the next part is made while the last is worked on."""

import threading
from collections.abc import Iterator
from itertools import chain, repeat

import pytest

from vermittlerpost.lib.sequences import ahead, batched


def test_parts_keep_the_order_and_the_last_may_be_smaller() -> None:
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batched([], 2)) == []


def test_nothing_is_lost_or_turned_round_on_the_way_through_the_other_thread() -> None:
    assert list(ahead([3, None, 1])) == [3, None, 1]
    assert list(ahead([])) == []


def test_the_next_one_is_made_while_the_last_is_worked_on() -> None:
    second_is_made = threading.Event()

    def made() -> Iterator[int]:
        yield 1
        second_is_made.set()
        yield 2

    parts = ahead(made())
    assert next(parts) == 1
    assert second_is_made.wait(timeout=60)
    assert list(parts) == [2]


def test_what_goes_wrong_in_the_making_is_raised_where_it_would_be_taken() -> None:
    broken = chain([1, 2], map(int, repeat("no number")))
    parts = ahead(broken)
    assert [next(parts), next(parts)] == [1, 2]
    with pytest.raises(ValueError, match="no number"):
        next(parts)


def test_who_takes_no_more_leaves_no_thread_behind() -> None:
    parts = ahead(range(1000))
    assert next(parts) == 0
    parts.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
