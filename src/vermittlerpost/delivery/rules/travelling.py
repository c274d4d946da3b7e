"""How a letter may travel, and what may become of it on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vermittlerpost.journal.events import Kind

BY_POST = "post"
"""The channel on which a letter goes as well that nobody has taken notice of."""


class State(StrEnum):
    """Where a letter is on its way."""

    PROVIDED = "provided"
    TO_PRINT = "to_print"
    IN_BATCH = "in_batch"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    RETURN_SETTLED = "return_settled"
    WITHDRAWN = "withdrawn"


GOES_AGAIN = frozenset({State.PROVIDED, State.HANDED_OVER, State.RETURNED, State.RETURN_SETTLED})
"""Where a letter is that may be sent once more: it has left."""


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
    """What a channel knows of a letter: no row, only what decides whether it can take it, and how it is listed.

    One that follows another letter goes by that one's `channel`.
    """

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
    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class BatchReceipt:
    """A print shop's word that it has a batch: what it received, when, and when it had printed all of it."""

    batch: str
    sha256: str
    letters: int
    received_at: datetime
    printed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Return:
    """A letter that the post brought back on a day."""

    letter: str
    returned_on: date
    reason: str


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
    if parcel.channel:
        return parcel.channel
    for code, channel in sorted(channels.items(), key=lambda item: item[1].rank):
        if channel.takes(parcel):
            return code
    raise LookupError(f"No channel takes {parcel.letter}.")
