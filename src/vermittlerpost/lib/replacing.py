"""Later rows replace earlier ones: tell what is new, what is changed, and what says nothing new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vermittlerpost.lib.verdicts import Accepted, Known, Verdict

Fields = Mapping[str, Any]


@dataclass(kw_only=True)
class Replacement:
    """Compare rows with what is stored under the same key, in their order."""

    key: str
    stored: dict[str, Fields]
    known: set[str] = field(init=False)
    changes: dict[str, tuple[Fields | None, Fields]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember what was there before."""
        self.known = set(self.stored)

    def take(self, new: Fields) -> Verdict:
        """Note a row; it is known if it says nothing new."""
        key = new[self.key]
        old = self.stored.get(key)
        if old is not None and not changed(old, new):
            return Known()
        self.changes[key] = (self.changes.get(key, (old,))[0], new)
        self.stored[key] = new
        return Accepted()

    @property
    def created(self) -> list[Fields]:
        """Return the rows to create."""
        return [new for key, (_, new) in self.changes.items() if key not in self.known]

    @property
    def replaced(self) -> list[Fields]:
        """Return the rows to replace."""
        return [new for key, (_, new) in self.changes.items() if key in self.known]


def changed(old: Fields, new: Fields) -> list[str]:
    """Return the names of the fields in which two rows differ."""
    return [name for name, value in new.items() if old[name] != value]


def values_by(key: str, rows: Iterable[Fields]) -> dict[str, Fields]:
    """Return rows by their key."""
    return {row[key]: row for row in rows}
