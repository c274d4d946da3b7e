"""Files by the hash of their content: written once, never changed, found again by what they are."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from vermittlerpost.lib.errors import Refused


class Missing(Exception):
    """A file that the database knows by its hash is not in the store."""


class Away(Refused, OSError):
    """The store cannot be asked at the moment; `why` is for the operator."""

    code = "unavailable"

    def __init__(self, why: str) -> None:
        super().__init__(
            "Die Dokumente sind gerade nicht erreichbar. Bitte versuchen Sie es in einigen Minuten noch einmal."
        )
        self.why = why


class Store(Protocol):
    """What keeps files; what is the same is kept once. What it cannot do at the moment it refuses with OSError."""

    def put(self, content: bytes) -> str:
        """Keep a content durably and return its SHA-256 in hexadecimal; several threads may put at once."""

    def get(self, name: str) -> bytes:
        """Return a content by its hash; refuses one that is missing or no longer what it was."""

    def remove(self, name: str) -> None:
        """Remove a content; one that is gone already is no matter."""

    def is_empty(self) -> bool:
        """Tell whether nothing at all is kept."""

    def copy_out(self, names: Iterable[str], folder: Path) -> None:
        """Copy contents into a folder, each where `place` says; passes over what is missing."""

    def copy_in(self, folder: Path) -> None:
        """Keep every content of a folder that `copy_out` made."""


def place(name: str) -> str:
    """Return where a content lies in its store, by its hash."""
    return f"{name[:2]}/{name}"


def proven(name: str, content: bytes) -> bytes:
    """Return a content that was found under a hash; refuses it if that is no longer its hash."""
    if hashlib.sha256(content).hexdigest() != name:
        raise Missing(f"{name} is damaged")
    return content
