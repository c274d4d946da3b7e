"""The codes are put together from remembered pieces; here they are held against those made in one."""

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from vermittlerpost.letters.layout import codes

PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)


def modules(svg: str) -> list[list[int]]:
    """Read a drawn code back: which of its modules are black."""
    (size,) = map(int, re.findall(r'viewBox="0 -.5 (\d+)', svg))
    black = [[0] * size for _ in range(size)]
    for y, row in enumerate(re.findall(r"M0 \d+([^M\"]*)", svg)):
        x = 0
        for step, width in re.findall(r"([hm])(\d+)", row):
            if step == "h":
                black[y][x : x + int(width)] = [1] * int(width)
            x += int(width)
    return black


@settings(deadline=None, max_examples=20)
@given(st.text(PRINTABLE, min_size=1, max_size=90))
def test_a_code_put_together_is_the_code_made_in_one(text: str) -> None:
    made = segno.make_qr(text, error="m", mask=2, mode="byte", boost_error=False).matrix
    assert modules(codes.qr(text)) == [list(map(int, row)) for row in made]


def test_a_code_is_drawn_within_its_size() -> None:
    drawn = modules(codes.datamatrix("S-7K2M-40QX-9TBA3 01 01"))
    assert {len(drawn), *map(len, drawn)} == {20}
    assert [row[0] for row in drawn] == [1] * 20
    assert drawn[-1] == [1] * 20


def test_an_address_outside_ascii_has_no_code() -> None:
    with pytest.raises(ValueError, match="not ASCII"):
        codes.qr("https://märkte.example")
