"""How a letter may travel, and what may become of it on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vermittlerpost.journal.events import Kind


class State(StrEnum):
    """Where a letter is on its way."""

    PROVIDED = "provided"
    TO_PRINT = "to_print"
    IN_BATCH = "in_batch"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    RETURN_SETTLED = "return_settled"
    WITHDRAWN = "withdrawn"


class BatchState(StrEnum):
    """Where a print batch is."""

    BUILDING = "building"
    BUILT = "built"
    HANDED_OVER = "handed_over"
    RECALLED = "recalled"


class ReceiptKind(StrEnum):
    """The recorded moments of a letter; fetched by a machine is never read by a human."""

    PROVIDED = "provided"
    DISPLAYED = "displayed"
    DOWNLOADED = "downloaded"
    FETCHED = "fetched"
    ACKNOWLEDGED = "acknowledged"
    PRINTED = "printed"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a mailbox shows of a letter beside its way; `marks` are what it is found by beside its policyholder."""

    carrier: str
    kind: str
    level: int
    plate: str
    policyholder: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What a channel knows of a letter: no row, only what decides whether it can take it, and how it is listed."""

    letter: str
    case: str
    category: str
    agency: str
    urgency: str
    due_on: date | None
    issued_on: date
    electronic_from: date | None
    electronic_until: date | None
    listing: Listing


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way to the agency; the channel of the lowest rank that takes a parcel gets it."""

    title: str
    rank: int
    takes: Callable[[Parcel], bool]
    first_state: State
    event: Kind


def choose(parcel: Parcel, channels: Mapping[str, Channel]) -> str:
    """Return the code of the channel that a parcel takes; refuses one that nobody takes with LookupError."""
    for code, channel in sorted(channels.items(), key=lambda item: item[1].rank):
        if channel.takes(parcel):
            return code
    raise LookupError(f"No channel takes {parcel.letter}.")
