"""Take long things in parts."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Return lists of at most `size` things, in order."""
    remaining = iter(things)
    while part := list(islice(remaining, size)):
        yield part


def made_ahead(parts: Iterable[T]) -> Iterator[T]:
    """Return the same parts, each made in a thread while its predecessor is worked on; at most one lies ready.

    What fails while a part is made fails where that part is taken.
    """
    coming, context = iter(parts), copy_context()
    with ThreadPoolExecutor(max_workers=1) as maker:
        part = maker.submit(context.run, lambda: list(islice(coming, 1)))
        while made := part.result():
            part = maker.submit(context.run, lambda: list(islice(coming, 1)))
            yield made[0]
