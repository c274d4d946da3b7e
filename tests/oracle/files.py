"""Read the input files row by row and keep the good rows apart from the refused ones."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .columns import COLUMNS, wrong_together


@dataclass(frozen=True)
class Row:
    """One good row: its cells as written, and its values as meant."""

    file: str
    number: int  # the header is row 1
    cells: Mapping[str, str]
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


class Refused(list[dict[str, Any]]):
    """The lines of `refused.jsonl`, without the rule's sentence; one line per refused row."""

    def note(self, row: Row, column: str) -> None:
        self.append({"file": row.file, "row": row.number, "column": column, "value": row.cells[column]})

    def note_whole(self, file: str, number: int) -> None:
        """Note a row that is wrong as such (its cell count, or a header), not in one column."""
        self.append({"file": file, "row": number, "column": None, "value": None})


def good_rows(world: Path, kind: str, refused: Refused) -> list[Row]:
    """Read all files of one kind, in the order of their names, several `notices*` as one."""
    pattern = f"{kind}*" if kind == "notices" else kind
    paths = sorted([*world.glob(f"{pattern}.csv"), *world.glob(f"{pattern}.json")])
    return [row for path in paths for row in _rows_of(path, kind, refused)]


def _rows_of(path: Path, kind: str, refused: Refused) -> Iterator[Row]:
    try:
        table = _table(path)
    except (UnicodeDecodeError, json.JSONDecodeError):
        table = []
    if not table or sorted(table[0]) != sorted(COLUMNS[kind]):
        refused.note_whole(path.name, 1)
        return
    for number, cells in enumerate(table[1:], start=2):
        if len(cells) != len(table[0]):
            refused.note_whole(path.name, number)
            continue
        row = _read(path.name, number, dict(zip(table[0], cells, strict=True)), kind, refused)
        if row:
            yield row


def _read(file: str, number: int, cells: dict[str, str], kind: str, refused: Refused) -> Row | None:
    values: dict[str, Any] = {}
    row = Row(file, number, cells, values)
    for column, reader in COLUMNS[kind].items():
        try:
            values[column] = reader(cells[column])
        except ValueError:
            refused.note(row, column)
            return None
    wrong = wrong_together(kind, values)
    if wrong:
        refused.note(row, wrong)
        return None
    return row


def _table(path: Path) -> list[list[str]]:
    """Return the header and the rows; blanks around a cell do not count, blank lines are no rows."""
    content = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return _table_of_objects(json.loads(content))
    header = content.partition("\n")[0]
    delimiter = ";" if ";" in header else ","
    lines = csv.reader(io.StringIO(content), delimiter=delimiter)
    return [[cell.strip() for cell in line] for line in lines if line]


def _table_of_objects(objects: list[dict[str, Any]]) -> list[list[str]]:
    """Lay out a list of objects as a table; the first object is row 2, one with strange keys has no cells."""
    header = list(objects[0]) if objects else []
    rows = [[_cell(entry[column]) for column in header] if entry.keys() == set(header) else [] for entry in objects]
    return [header, *rows]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "|".join(value)
    return "" if value is None else str(value).strip()
