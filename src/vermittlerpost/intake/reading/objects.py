"""JSON files: a list of objects, or one object a line, with the columns as keys."""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NoReturn, TypeAlias

from vermittlerpost.intake.reading.lines import LONGEST_LINE, TOO_LONG, lines
from vermittlerpost.intake.reading.results import Outcome, Refusal, Source
from vermittlerpost.intake.reading.rows import RowReader
from vermittlerpost.intake.rules.cells import YES_NO, written
from vermittlerpost.intake.rules.inputs import Column, Format

NO_JSON = "Die Datei ist weder eine JSON-Liste von Objekten noch eine Datei mit einem Objekt je Zeile."
BROKEN = (
    "Ab hier ist die JSON-Liste nicht lesbar, oder ein Objekt ist länger als "
    f"{LONGEST_LINE // 1000} Kilobyte; die Zeilen davor wurden gelesen."
)
NO_OBJECT = "Hier muss ein JSON-Objekt stehen."
UNKNOWN_KEY = "Diese Spalte gibt es hier nicht."
TWICE = "Diese Spalte steht in der Zeile mehrmals."
NO_CELL = "Der Wert muss ein Text sein; auch ganze Zahlen, true/false für yes/no und Listen von Texten gehen."

_Pairs: TypeAlias = tuple[tuple[str, object], ...]

_CHUNK = 1 << 18
_SPACE = re.compile(r"[ \t\r\n]*")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


# Objects become tuples of pairs, so that a key that stands twice is seen; lists stay lists.
_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_no_constant)


def read(stream: BinaryIO, form: Format, source: Source) -> Iterator[Outcome]:
    """Yield what becomes of each object; the first is row 2, as if the file were a table."""
    reader = _ObjectReader(form, source)
    first = stream.read(LONGEST_LINE).decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")[:1]
    stream.seek(0)
    return _listed(stream, reader) if first == "[" else _lined(stream, reader)


def _listed(stream: BinaryIO, reader: "_ObjectReader") -> Iterator[Outcome]:
    window = _Window(stream)
    row, sign = 1, window.take()
    if window.peek() == "]":
        sign = window.take()
    while sign in {"[", ","}:
        row += 1
        try:
            value = window.value()
        except (ValueError, RecursionError):
            break
        yield from reader.read(row, value)
        sign = window.take()
    if sign != "]" or window.peek():
        yield reader.source.refuse(row if sign in {"[", ","} else row + 1, BROKEN)


def _lined(stream: BinaryIO, reader: "_ObjectReader") -> Iterator[Outcome]:
    filled = (line for _, line in lines(stream) if line is None or line.strip())
    for row, line in enumerate(filled, start=2):
        try:
            value = _DECODER.decode(line or "")
        except (ValueError, RecursionError):
            # A first line that is no object belongs to another kind of file, and so do the others.
            if row == 2:
                yield reader.source.refuse(1, NO_JSON, value=line or "")
                return
            yield reader.source.refuse(row, TOO_LONG if line is None else NO_OBJECT, value=line or "")
        else:
            yield from reader.read(row, value)


class _Window:
    """The part of a long text that is being read, with at least one object's length ahead."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no white space, or nothing at the end."""
        while True:
            self._fill()
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._ended or self._at < len(self._text):
                return self._text[self._at : self._at + 1]

    def take(self) -> str:
        """Return that character and step over it."""
        sign = self.peek()
        self._at += len(sign)
        return sign

    def value(self) -> object:
        """Return the next JSON value and step over it; refuses with ValueError what is none or too long."""
        self.peek()
        self._fill()
        value, end = _DECODER.raw_decode(self._text, self._at)
        if end - self._at > LONGEST_LINE:
            raise ValueError(end)
        self._at = end
        return value

    def _fill(self) -> None:
        while len(self._text) - self._at < LONGEST_LINE and not self._ended:
            more = self._stream.read(_CHUNK)
            self._ended = not more
            self._text = self._text[self._at :] + self._decoder.decode(more, final=self._ended)
            self._at = 0


class _ObjectReader:
    """Read objects of one format: every key a column, a missing key an empty cell."""

    def __init__(self, form: Format, source: Source) -> None:
        self.source = source
        self._columns = {column.name: column for column in form.columns}
        self._reader = RowReader(form, source, form.columns)

    def read(self, row: int, value: object) -> Sequence[Outcome]:
        """Return the accepted row and its doubts, or every refusal."""
        if not isinstance(value, tuple):
            return [self.source.refuse(row, NO_OBJECT, value=_shown(value))]
        cells: dict[str, str] = {}
        refusals = list(self._misfits(row, value, cells))
        return refusals or self._reader.read(row, [cells.get(name, "") for name in self._columns])

    def _misfits(self, row: int, pairs: _Pairs, cells: dict[str, str]) -> Iterator[Refusal]:
        for name, content in pairs:
            column = self._columns.get(name)
            if column is None:
                yield self.source.refuse(row, UNKNOWN_KEY, column=name)
            elif name in cells:
                yield self.source.refuse(row, TWICE, column=name)
            elif (cell := _cell(content, column)) is None:
                yield self.source.refuse(row, NO_CELL, column=name, value=_shown(content))
            else:
                cells[name] = cell


def _cell(content: object, column: Column) -> str | None:
    """Return a JSON value as its cell in a table would be written, or nothing if that is not clear."""
    match content:
        case str():
            return content
        case None:
            return ""
        case bool():
            return written(content) if column.cell is YES_NO else None
        case int():
            return str(content)
        case list():
            return _list_cell(content, column)
    return None


def _shown(value: object) -> str:
    # Lists and objects may be nested so deeply that spelling them out fails.
    return str(value) if isinstance(value, str | int | float) else ""


def _list_cell(items: list[object], column: Column) -> str | None:
    texts = [item for item in items if isinstance(item, str) and item.strip()]
    return "|".join(texts) if column.empty == () and len(texts) == len(items) else None
