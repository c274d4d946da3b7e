"""CSV files: a line is a row, whatever is wrong with the line before it."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from vermittlerpost.intake.reading.lines import TOO_LONG, lines
from vermittlerpost.intake.reading.results import Outcome, Refusal, Source
from vermittlerpost.intake.reading.rows import RowReader
from vermittlerpost.intake.rules.inputs import Format

UNBALANCED = (
    "Die Anführungszeichen der Zeile passen nicht zusammen; "
    "Zeilenumbrüche in einer Zelle sind nicht erlaubt, ein Anführungszeichen darin wird verdoppelt."
)
MISSING = "Die Spalte fehlt; Groß- und Kleinschreibung zählt."
DOUBLE = "Die Spalte steht mehrmals da."

_MOST_HEADER_REFUSALS = 50


def read(stream: BinaryIO, form: Format, source: Source) -> Iterator[Outcome]:
    """Yield what becomes of each row of a CSV file; a wrong header refuses the file."""
    rows = _filled(lines(stream))
    number, header = next(rows, (1, ""))
    if header is None:
        yield source.refuse(number, TOO_LONG)
        return
    separator = ";" if ";" in header else ","
    try:
        names = [name.strip() for name in _cells(header, separator)]
    except csv.Error:
        yield source.refuse(number, UNBALANCED, value=header)
        return
    refusals = list(islice(_header_refusals(number, names, form, source), _MOST_HEADER_REFUSALS))
    yield from refusals or _rows(rows, separator, names, form, source)


def _filled(rows: Iterator[tuple[int, str | None]]) -> Iterator[tuple[int, str | None]]:
    """Skip blank lines and lines of separators only, which spreadsheets leave behind."""
    return ((number, line) for number, line in rows if line is None or line.strip(";, \t\r"))


def _cells(line: str, separator: str) -> list[str]:
    if '"' not in line:
        return line.split(separator)
    return next(csv.reader((line,), delimiter=separator, strict=True))


def _header_refusals(row: int, names: Sequence[str], form: Format, source: Source) -> Iterator[Refusal]:
    wanted = [column.name for column in form.columns]
    for name in wanted:
        if name not in names:
            yield source.refuse(row, MISSING, column=name)
    for name, count in Counter(names).items():
        if name not in wanted:
            rule = f"Diese Spalte gibt es hier nicht. Erwartet werden: {', '.join(wanted)}."
            yield source.refuse(row, rule, column=name)
        elif count > 1:
            yield source.refuse(row, DOUBLE, column=name)


def _rows(
    rows: Iterator[tuple[int, str | None]], separator: str, names: Sequence[str], form: Format, source: Source
) -> Iterator[Outcome]:
    columns = {column.name: column for column in form.columns}
    reader = RowReader(form, source, [columns[name] for name in names])
    for number, line in rows:
        if line is None:
            yield source.refuse(number, TOO_LONG)
            continue
        try:
            cells = _cells(line, separator)
        except csv.Error:
            yield source.refuse(number, UNBALANCED, value=line)
            continue
        if len(cells) == len(names):
            yield from reader.read(number, cells)
        else:
            rule = f"Die Zeile hat {len(cells)} Zellen, die Kopfzeile {len(names)}."
            yield source.refuse(number, rule, value=line)
