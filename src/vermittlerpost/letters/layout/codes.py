"""The two codes on a letter, drawn as strokes of one path: a QR code for people, a DataMatrix for the inserter."""

import re
from functools import cache

import segno
from ppf.datamatrix import DataMatrix

# Any of the eight masks is valid; finding the prettiest one would take longer than the rest of the letter.
_MASK = 2
_RUN = re.compile("1+|0+")
# Rows are drawn in pieces, short enough that all the different ones can be remembered.
_PIECE = 11
_BITS = [[1 << place for place in range(7) if byte >> place & 1] for byte in range(128)]
_firsts: dict[int, str] = {}


def qr(text: str) -> str:
    """Return the QR code (error correction M) of an ASCII text as SVG; refuses other characters with ValueError.

    QR codes are linear: in two texts of one length, each bit that differs changes the same modules whatever stands
    beside it. So a code is put together from that of the first text of its length and remembered changes to it.
    """
    if not text.isascii():
        raise ValueError(f"{text!r} is not ASCII.")
    if len(text) not in _firsts:
        _firsts[len(text)] = text
    first = _firsts[len(text)]
    size, code = _code(first)
    for position, (known, wanted) in enumerate(zip(first.encode(), text.encode(), strict=True)):
        for bit in _BITS[known ^ wanted]:
            code ^= _change(first, position, bit)
    return _svg(size, f"{code:0{size * size}b}")


def datamatrix(text: str) -> str:
    """Return the DataMatrix (ECC 200) of an ASCII text as SVG."""
    modules = DataMatrix(text, codecs=["ascii"]).matrix
    return _svg(len(modules), "".join(str(module) for row in modules for module in row))


@cache
def _change(text: str, position: int, bit: int) -> int:
    changed = text[:position] + chr(ord(text[position]) ^ bit) + text[position + 1 :]
    return _code(text)[1] ^ _code(changed)[1]


@cache
def _code(text: str) -> tuple[int, int]:
    modules = segno.make_qr(text, error="m", mask=_MASK, mode="byte", boost_error=False).matrix
    return len(modules), int("".join(str(int(module)) for row in modules for module in row), 2)


def _svg(size: int, modules: str) -> str:
    path = "".join(_row(y, modules[y * size : (y + 1) * size]) for y in range(size))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 {size} {size}"><path stroke="#000" d="{path}"/></svg>'
    )


def _row(y: int, modules: str) -> str:
    pieces = (modules[start : start + _PIECE] for start in range(0, len(modules), _PIECE))
    return f"M0 {y}" + "".join(map(_strokes, pieces))


@cache
def _strokes(modules: str) -> str:
    return _RUN.sub(lambda run: f"h{len(run[0])}" if run[0][0] == "1" else f"m{len(run[0])} 0", modules)
