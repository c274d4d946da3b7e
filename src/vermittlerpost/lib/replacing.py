"""Later rows replace earlier ones: tell what is new, what is changed, and what says nothing new."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict

Fields = Mapping[str, Any]


class Replacement:
    """Compare rows with what is stored under the same key; of several rows with one key the last counts."""

    def __init__(self, *, key: str, stored: Mapping[str, Fields], rows: Sequence[Fields | Objection]) -> None:
        last = {row[key]: row for row in rows if not isinstance(row, Objection)}
        self.known = set(stored)
        self.changes = {
            name: (stored.get(name), new)
            for name, new in last.items()
            if name not in stored or changed(stored[name], new)
        }
        self.verdicts: list[Verdict] = [
            row if isinstance(row, Objection) else Accepted() if row[key] in self.changes else Known() for row in rows
        ]

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
