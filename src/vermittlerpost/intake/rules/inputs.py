"""What an input format is: a file name, a typed row whose fields are the columns, and what rows must obey."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import Enum
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, TypeVar, cast

from vermittlerpost.intake.rules.cells import Cell, written

T = TypeVar("T")
E = TypeVar("E")


class Row:
    """What every row of an input file is: a frozen dataclass with fields by `column` and `optional`."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a format; `meaning` and `cell.rule` are German, `empty` stands for an empty cell."""

    name: str
    meaning: str
    cell: Cell[Any]
    may_be_empty: bool
    empty: object
    example: str


def column(cell: Cell[T], meaning: str, *, example: str) -> T:
    """Make a field of a row that every row must fill."""
    return cast("T", _field(cell, meaning, example=example, may_be_empty=False))


def optional(cell: Cell[T], meaning: str, *, example: str, empty: E) -> T | E:
    """Make a field of a row that may be left empty and then is `empty`."""
    return cast("T", _field(cell, meaning, example=example, may_be_empty=True, empty=empty))


def _field(cell: Cell[Any], meaning: str, **facts: Any) -> object:
    return field(metadata={"cell": cell, "meaning": meaning, "empty": None, **facts})


@dataclass(frozen=True, kw_only=True)
class Check:
    """What the cells of a row must obey together; a refusal names `column` and quotes the German `rule`."""

    column: str
    rule: str
    holds: Callable[[Any], bool]


class Repeat(Enum):
    """What a row means whose key is known already, though its content is another; a German sentence."""

    REPLACES = "Eine spätere Zeile mit demselben Schlüssel ersetzt die frühere."
    KEEPS = "Eine spätere Zeile mit demselben Schlüssel ändert nichts."
    REFUSES = "Eine bekannte Nummer mit anderem Inhalt wird abgewiesen, mit der Spalte, die abweicht."


@dataclass(frozen=True, kw_only=True)
class Format:
    """One kind of input file.

    `file_name` is a pattern for the name without its suffix, `order` the place when a folder is fed: masters
    before what names them. Two rows are about the same thing if the attributes named by `key` are equal.
    """

    code: str
    title: str
    sentence: str
    file_name: str
    order: int
    row: type[Row]
    key: tuple[str, ...]
    repeat: Repeat
    checks: tuple[Check, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns in the order in which the reference shows them."""
        return tuple(Column(name=f.name, **f.metadata) for f in fields(cast("Any", self.row)))

    def fits(self, stem: str) -> bool:
        """Tell whether a file of this name (without suffix) has this format; case does not matter."""
        return fnmatchcase(stem.lower(), self.file_name)

    def identity(self, row: Row) -> tuple[object, ...]:
        """Return what makes two rows be about the same thing."""
        return tuple(getattr(row, name) for name in self.key)


def differing_columns(stored: object, row: Row) -> tuple[str, ...]:
    """Return the columns in which a row says something else than what is stored under the same names."""
    names = (f.name for f in fields(cast("Any", row)))
    return tuple(name for name in names if getattr(stored, name) != getattr(row, name))


def fingerprint(row: Row) -> str:
    """Return a SHA-256 that is the same for rows with the same content, however it was spelled."""
    content = "\x1f".join(written(getattr(row, f.name)) for f in fields(cast("Any", row)))
    return hashlib.sha256(content.encode()).hexdigest()
