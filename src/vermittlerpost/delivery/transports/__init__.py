"""Transports: by which way print batches reach the print shop, and its answers the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class ShopAway(OSError):
    """The print shop cannot be spoken with; the message says why, for the operator."""


class NotTaken(OSError):
    """The print shop took something not, or not as it was; the message says what, for the operator."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A file in which the print shop says something: a receipt, or what the post brought back."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Read:
    """What became of an answer: where it is to lie from now on, and what is said about it in the file beside."""

    name: str
    place: str
    new_name: str
    report: bytes


class Shop(Protocol):
    """A print shop; what it does not take it refuses with OSError, and says nothing half."""

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Lay files there in their order, each whole or not at all; what lies there as it should is left alone."""

    def check(self) -> str:
        """Return in German how the print shop is reached; refuses if files could not be laid there."""

    def answers(self) -> Sequence[Answer]:
        """Return the answers that lie there complete."""

    def put_away(self, answers: Sequence[Read]) -> None:
        """Lay answers that were read beside, each with its report."""
