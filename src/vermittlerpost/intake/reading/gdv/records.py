"""Records of a GDV file: 256 bytes each, with or without a line end behind, in ISO 8859-1 or code page 850."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from vermittlerpost.intake.reading.gdv.layout import ENDING, EVB, LENGTH, OPENING
from vermittlerpost.intake.reading.results import Refusal, Source

_CHUNK = 1 << 16
_LONGEST_LINE = 4096
_CONTROLS = bytes(range(0x80, 0xA0))
_END_OF_FILE = b"\x1a"
_SPLIT_BY_LINE_OF_BUSINESS = {"0210", "0211", "0212", "0220", "0221", "0230", "0250", "0251", "0260", "0270", "0280"}
_WHOLE = {OPENING, ENDING, EVB}


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record with its number in the file; `sort` is its kind, such as `0210.050.1`: the last part is its share."""

    number: int
    text: str
    sort: str

    @property
    def contract(self) -> str:
        """Return insurer, contract and sequence number: the records of a contract share them."""
        return self.text[4:9] + self.text[13:32]


def encoding_of(stream: BinaryIO) -> str:
    """Tell how umlauts are written: where ISO 8859-1 has control characters, code page 850 has its umlauts."""
    for chunk in iter(partial(stream.read, _CHUNK), b""):
        if len(chunk.translate(None, _CONTROLS)) != len(chunk):
            return "cp850"
    return "iso-8859-1"


def records(stream: BinaryIO, source: Source, encoding: str) -> Iterator[Record | Refusal]:
    """Yield each record, or why it is none."""
    has_lines = b"\n" in stream.read(LENGTH + 2)
    stream.seek(0)
    raw = _lines(stream) if has_lines else iter(partial(stream.read, LENGTH), b"")
    filled = (one for one in raw if one.strip(b" \r\n" + _END_OF_FILE))
    for number, content in enumerate(filled, start=1):
        if len(content) == LENGTH:
            text = content.decode(encoding)
            yield Record(number=number, text=text, sort=_sort(text))
        else:
            length = f"über {LENGTH}" if len(content) > LENGTH else str(len(content))
            yield source.refuse(number, f"Der Satz ist {length} Byte lang; ein GDV-Satz hat {LENGTH}.")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        yield line.rstrip(b"\r\n")
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)


def _sort(text: str) -> str:
    kind = text[:4]
    if kind in _WHOLE:
        return kind
    share = text[LENGTH - 1] if text[LENGTH - 1] in "123456789" else "1"
    return f"{kind}.{text[10:13]}.{share}" if kind in _SPLIT_BY_LINE_OF_BUSINESS else f"{kind}.{share}"
