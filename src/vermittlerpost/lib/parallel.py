"""Waiting for many answers at once, without keeping them all."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from vermittlerpost.lib.sequences import batched

A = TypeVar("A")
B = TypeVar("B")

_AT_ONCE = 8
_RESULTS_KEPT = 64


def answers(ask: Callable[[A], B], things: Iterable[A]) -> Iterator[B]:
    """Ask about each thing, several at once, and yield the answers in their order; the first error ends it.

    What is asked must not touch the database, whose connections belong to threads.
    """
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for part in batched(things, _RESULTS_KEPT):
            yield from threads.map(ask, part)
