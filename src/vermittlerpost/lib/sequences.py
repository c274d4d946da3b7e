"""Take long things in parts."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Return lists of at most `size` things, in order."""
    remaining = iter(things)
    while part := list(islice(remaining, size)):
        yield part
