"""Large works are not interrupted by the search for garbage, and leave it as they found it."""

import gc
import weakref

import pytest

from vermittlerpost.lib.garbage import undisturbed


class _Circle:
    """Something that only a search finds to be garbage."""

    def __init__(self) -> None:
        self.itself = self


def test_nothing_is_looked_for_within_a_part_and_circles_are_found_after_it() -> None:
    left: list[weakref.ref[_Circle]] = []
    for part in undisturbed(range(3)):
        assert not gc.isenabled()
        assert [circle() for circle in left] == [None] * part
        left.append(weakref.ref(_Circle()))
    assert gc.isenabled()


def test_the_search_goes_on_when_the_work_fails_or_is_given_up() -> None:
    parts = undisturbed(range(3))
    next(parts)
    with pytest.raises(ZeroDivisionError):
        parts.throw(ZeroDivisionError())
    assert gc.isenabled()


def test_a_process_that_does_not_search_is_left_so() -> None:
    gc.disable()
    try:
        assert list(undisturbed([1, 2])) == [1, 2]
        assert not gc.isenabled()
    finally:
        gc.enable()
