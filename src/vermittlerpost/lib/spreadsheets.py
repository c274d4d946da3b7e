"""Tables as spreadsheets of this country read them, however long they are."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils import translation

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE = 500


def table(name: str, heads: Sequence[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """Return rows as CSV to be downloaded; what a spreadsheet would take for a formula is made harmless.

    They may be made while they are sent, and speak the language in which they were asked for.
    """
    parts = _speaking(translation.get_language(), _lines(heads, rows))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _speaking(language: str | None, parts: Iterator[bytes]) -> Iterator[bytes]:
    # Once a request is answered its language is over, and what is sent comes after that.
    part: bytes | None = b""
    while part is not None:
        yield part
        with translation.override(language):
            part = next(parts, None)


def _lines(heads: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    text = io.StringIO("\N{ZERO WIDTH NO-BREAK SPACE}")
    text.seek(0, io.SEEK_END)
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    write(heads)
    for number, row in enumerate(rows, start=1):
        write([_harmless(str(cell)) for cell in row])
        if number % _ROWS_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
