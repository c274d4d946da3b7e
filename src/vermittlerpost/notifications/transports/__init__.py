"""Transports: by which way mails leave the house; the folder is the list."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from vermittlerpost.lib import catalogue


class Outcome(StrEnum):
    """Say what became of a mail: UNKNOWN may have left and is never repeated by itself; NOT_TRIED has not."""

    SENT = "sent"
    REFUSED_TEMPORARILY = "refused_temporarily"
    REFUSED_PERMANENTLY = "refused_permanently"
    UNKNOWN = "unknown"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """Hold one mail to be sent: its id, from whom, to whom, and its bytes."""

    mail: str
    sender: str
    recipient: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """Tell what became of a mail and why; the reason names a step and codes, never an address.

    `blames_recipient` means that the address itself is bad, so that nothing more should be sent to it.
    """

    mail: str
    outcome: Outcome
    reason: str = ""
    blames_recipient: bool = False


class Line(Protocol):
    """Carry mails."""

    def send(self, batch: Iterable[Envelope]) -> Iterator[Result]:
        """Send mails in turn and tell of each as soon as its fate is known.

        Whoever stops listening has to take those of which nothing was told as unknown.
        """
        ...


class Destination(Protocol):
    """Know where mails go; its fields are what an operator sets."""

    def open(self) -> AbstractContextManager[Line]:
        """Return a line, closed at the end of the block; a destination out of reach shows in the results."""
        ...


@dataclass(frozen=True, kw_only=True)
class Transport:
    """Describe one way out; its code is the name of its file."""

    title: str
    destination: type[Destination]


TRANSPORTS = catalogue.modules("vermittlerpost.notifications.transports", Transport)
