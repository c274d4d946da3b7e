"""Find what may belong to a message without looking at everything."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from vermittlerpost.intake.rules.plates import loose_plate_key

T = TypeVar("T")


class Shelf(Generic[T]):
    """Keep things under the VIN, the eVB and the plates that they bear."""

    def __init__(self) -> None:
        self._things: dict[tuple[str, str], list[T]] = defaultdict(list)

    def put(self, thing: T, *, vin: str, evb: str, plates: Iterable[str]) -> None:
        """Keep a thing under each of its marks; empty ones are none."""
        for mark in _marks(vin, evb, plates):
            self._things[mark].append(thing)

    def find(self, *, vin: str = "", evb: str = "", plates: Iterable[str] = ()) -> list[T]:
        """Return the things that bear one of the marks, each once, in the order in which they were put."""
        if not self._things:
            return []
        found = [thing for mark in _marks(vin, evb, plates) for thing in self._things.get(mark, ())]
        return list({id(thing): thing for thing in found}.values())


def _marks(vin: str, evb: str, plates: Iterable[str]) -> list[tuple[str, str]]:
    marks = [("vin", vin), ("evb", evb), *(("plate", loose_plate_key(plate)) for plate in plates if plate)]
    return [mark for mark in marks if mark[1]]
