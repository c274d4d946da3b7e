"""Tables of a world as they are written: line by line, with the cells of each under the names of its columns."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Cells = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line with its number; the first is the header. It has no cells if their number is not that of the header."""

    number: int
    text: str
    cells: Cells


def lines(path: Path) -> Iterator[Line]:
    """Yield the lines behind the header."""
    texts = path.read_text(encoding="utf-8-sig").splitlines()
    head, *rows = csv.reader(texts, delimiter=";" if ";" in texts[0] else ",")
    for number, (text, row) in enumerate(zip(texts[1:], rows, strict=True), start=2):
        cells = dict(zip(head, row, strict=True)) if len(row) == len(head) else {}
        yield Line(number=number, text=text, cells=cells)
