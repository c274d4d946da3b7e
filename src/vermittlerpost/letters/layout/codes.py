"""The two codes on a letter, drawn as strokes of one path each: a QR code for people, a DataMatrix for the inserter."""

import re
from collections.abc import Sequence
from functools import cache

import segno
from ppf.datamatrix import DataMatrix

_RUN = re.compile("1+")
# Any of the eight masks is valid; choosing the prettiest one would take longer than the rest of the letter.
_MASK = 2


def qr(text: str) -> str:
    """Return the QR code (error correction M) of a text of 7-bit characters as SVG, one unit per module.

    A QR code is linear: two texts of one length differ in their codes by what each differing character changes. So the
    code is put together from remembered changes to the code of a row of blanks, a thousand times faster than anew.
    """
    size, code = _plain(" " * len(text))
    for position, character in enumerate(text):
        code ^= _change(len(text), position, character)
    return _svg(size, f"{code:0{size * size}b}")


def datamatrix(text: str) -> str:
    """Return the DataMatrix (ECC 200) of a text as SVG, one unit per module."""
    modules = DataMatrix(text).matrix
    return _svg(len(modules), "".join("1" if module else "0" for row in modules for module in row))


@cache
def _change(length: int, position: int, character: str) -> int:
    blank = " " * length
    return _plain(blank)[1] ^ _plain(blank[:position] + character + blank[position + 1 :])[1]


@cache
def _plain(text: str) -> tuple[int, int]:
    code = segno.make_qr(text, error="m", mask=_MASK, mode="byte", boost_error=False)
    return len(code.matrix), int("".join(str(int(module)) for row in code.matrix for module in row), 2)


def _svg(size: int, modules: str) -> str:
    rows = [modules[start : start + size] for start in range(0, size * size, size)]
    path = "".join(_row(y, row) for y, row in enumerate(rows))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 {size} {size}"><path stroke="#000" d="{path}"/></svg>'


def _row(y: int, modules: str) -> str:
    return "".join(f"M{run.start()} {y}h{run.end() - run.start()}" for run in _RUN.finditer(modules))
