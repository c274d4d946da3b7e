"""What becomes of a row: accepted, refused cell by cell, or accepted with a doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from vermittlerpost.intake.rules.cells import written
from vermittlerpost.intake.rules.inputs import Row

_LONGEST_QUOTE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why a row was not accepted; row 1 is the header or the whole file, `rule` a German sentence."""

    file: str
    row: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """Why an accepted row may still be wrong; `warning` is a German sentence."""

    file: str
    row: int
    column: str
    value: str
    warning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a file says what a column holds, if it has no columns of its own."""

    row: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """A row that obeys every rule of its format; `places` tell where its columns stand if not all in this row."""

    file: str
    row: int
    values: Row
    places: Mapping[str, Place] | None = None

    def refuse(self, column: str, rule: str) -> Refusal:
        """Refuse the row after all, for what the file alone cannot tell."""
        place = self._place(column)
        return Source(file=self.file).refuse(place.row, rule, column=place.name, value=self._written(column))

    def doubt(self, column: str, warning: str) -> Doubt:
        """Keep the row, but warn of one of its columns."""
        value, place = _quoted(self._written(column)), self._place(column)
        return Doubt(file=self.file, row=place.row, column=place.name, value=value, warning=warning)

    def _place(self, column: str) -> Place:
        return self.places[column] if self.places else Place(row=self.row, name=column)

    def _written(self, column: str) -> str:
        return written(getattr(self.values, column))


Outcome: TypeAlias = Accepted | Refusal | Doubt


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The file that is being read."""

    file: str

    def refuse(self, row: int, rule: str, *, column: str = "", value: str = "") -> Refusal:
        """Refuse a row or one of its cells, quoting at most 200 characters of it."""
        return Refusal(file=self.file, row=row, column=_quoted(column), value=_quoted(value), rule=rule)


def _quoted(text: str) -> str:
    """Return text that every store and door can take: short, valid Unicode, without NUL."""
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    return short.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
