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


def qr(text: str) -> str:
    """Return the QR code (error correction M) of an ASCII text as SVG; refuses other characters with ValueError.

    QR codes are linear: in two texts of one length, each character that differs changes the same modules whatever
    stands beside it. So a code is put together from remembered changes to the code of a row of blanks.
    """
    if not text.isascii():
        raise ValueError(f"{text!r} is not ASCII.")
    size, code = _blank(len(text))
    for position, character in enumerate(text):
        code ^= _change(len(text), position, character)
    return _svg(size, f"{code:0{size * size}b}")


def datamatrix(text: str) -> str:
    """Return the DataMatrix (ECC 200) of an ASCII text as SVG."""
    modules = DataMatrix(text, codecs=["ascii"]).matrix
    return _svg(len(modules), "".join(str(module) for row in modules for module in row))


@cache
def _blank(length: int) -> tuple[int, int]:
    return _code(" " * length)


@cache
def _change(length: int, position: int, character: str) -> int:
    changed = " " * position + character + " " * (length - position - 1)
    return _blank(length)[1] ^ _code(changed)[1]


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
