"""Lines of a file of any size and any content, in bounded memory."""

import codecs
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from vermittlerpost.intake.reading.results import Refusal, Source

LONGEST_LINE = 200_000  # bytes; a user with a thousand assigned agencies needs a tenth of it
TOO_LONG = f"Die Zeile ist länger als {LONGEST_LINE // 1000} Kilobyte."
NOT_UTF_8 = "Die Datei ist nicht in UTF-8 gespeichert (Byte {place}); bitte als UTF-8 speichern."
NUL = "Die Datei enthält ein Nullbyte (Byte {place}); bitte als Text in UTF-8 speichern."

_CHUNK = 1 << 16


def survey(stream: BinaryIO, source: Source) -> Refusal | None:
    """Return why a file cannot be read at all: empty, NUL bytes, or not UTF-8, with place and row.

    The whole file is looked through first: in a file that is not UTF-8, even the rows that happen to decode
    may say something else than was meant.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, row, blank = 0, 1, True
    for chunk in chain(iter(partial(stream.read, _CHUNK), b""), [b""]):
        if bad := _bad_byte(decoder, chunk):
            at, value, rule = bad
            row += chunk[: max(at, 0)].count(b"\n")
            return source.refuse(row, rule.format(place=position + at + 1), value=value)
        blank = blank and not chunk.strip(codecs.BOM_UTF8 + b" \t\r\n")
        position, row = position + len(chunk), row + chunk.count(b"\n")
    return source.refuse(1, "Die Datei ist leer.") if blank else None


def lines(stream: BinaryIO) -> Iterator[tuple[int, str | None]]:
    """Yield number and text of each line, without line end and byte order mark; nothing for one too long."""
    row = 0
    while raw := stream.readline(LONGEST_LINE):
        row += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield row, None
            continue
        text = raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        yield row, text.removeprefix("\ufeff") if row == 1 else text


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _bad_byte(decoder: codecs.IncrementalDecoder, chunk: bytes) -> tuple[int, str, str] | None:
    """Return where in the chunk a byte is wrong (before it, if a sequence began earlier), it and the rule."""
    begun = len(decoder.getstate()[0])
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        return error.start - begun, f"0x{error.object[error.start]:02X}", NOT_UTF_8
    at = chunk.find(b"\0")
    return (at, "0x00", NUL) if at >= 0 else None
