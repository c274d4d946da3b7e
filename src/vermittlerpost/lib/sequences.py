"""Take long things in parts."""

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Return lists of at most `size` things, in order."""
    remaining = iter(things)
    while part := list(islice(remaining, size)):
        yield part


def ahead(things: Iterable[T]) -> Generator[T, None, None]:
    """Return things in order, the next one being made in a thread of its own while the last is worked on."""
    ended = object()
    make = partial(next, iter(things), ended)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as maker:
        coming = maker.submit(make)
        while (thing := coming.result()) is not ended:
            coming = maker.submit(make)
            yield thing
