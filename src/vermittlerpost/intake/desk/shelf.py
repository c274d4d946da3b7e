"""Find what may belong to a message without looking at everything."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from vermittlerpost.intake.rules.plates import loose_plate_key

T = TypeVar("T")


class Shelf(Generic[T]):
    """Keep things under the VIN, the eVB and the plates that they bear."""

    def __init__(self) -> None:
        self._by_vin: dict[str, list[T]] = defaultdict(list)
        self._by_evb: dict[str, list[T]] = defaultdict(list)
        self._by_plate: dict[str, list[T]] = defaultdict(list)

    def put(self, thing: T, *, vin: str, evb: str, plates: Iterable[str]) -> None:
        """Keep a thing under each of its marks; empty ones are none."""
        if vin:
            self._by_vin[vin].append(thing)
        if evb:
            self._by_evb[evb].append(thing)
        for plate in plates:
            if plate:
                self._by_plate[loose_plate_key(plate)].append(thing)

    def find(self, *, vin: str, evb: str, plates: Iterable[str]) -> list[T]:
        """Return the things that bear one of the marks, each once: those with the VIN first, then eVB, then plate."""
        found = [*self._by_vin.get(vin, ()), *self._by_evb.get(evb, ())]
        for plate in plates:
            if plate:
                found += self._by_plate.get(loose_plate_key(plate), ())
        return list({id(thing): thing for thing in found}.values())
