"""Compiled texts: whatever is put in, the standard library decodes what was meant."""

import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermittlerpost.notifications.texts import Page, encoded

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="$\r\n"), max_size=200)
LINES = st.lists(WORDS, max_size=5).map(lambda lines: "".join([line + "\r\n" for line in lines]))


def decoded(body: bytes) -> str:
    return quopri.decodestring(body).decode()


def assert_fit_to_travel(body: bytes) -> None:
    assert body.isascii()
    assert all(len(line) <= 76 for line in body.split(b"\r\n"))  # RFC 2045, 6.7 (5)
    assert body.count(b"\r") == body.count(b"\n") == body.count(b"\r\n")


@settings(deadline=None)
@given(WORDS, WORDS, WORDS, LINES)
def test_a_filled_page_reads_as_if_it_had_been_written_so(before: str, value: str, after: str, block: str) -> None:
    page = Page(f"{before}$value-{after} $value\r\n$block\r\nEnde\r\n")
    body = page.filled({b"value": encoded(value), b"block": encoded(block)})
    assert decoded(body) == f"{before}{value}-{after} {value}\r\n{block}\r\nEnde\r\n"
    assert_fit_to_travel(body)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_a_fixed_value_is_text_even_if_it_looks_like_a_slot(fixed: str, value: str) -> None:
    page = Page("$fixed: $value\r\n", {"fixed": f"{fixed}$value%(value)b%"})
    body = page.filled({b"value": encoded(value)})
    assert decoded(body) == f"{fixed}$value%(value)b%: {value}\r\n"
    assert_fit_to_travel(body)


def test_a_slot_without_a_value_is_refused() -> None:
    with pytest.raises(KeyError):
        Page("$missing\r\n").filled({})


def test_a_line_of_a_single_dot_is_encoded() -> None:
    assert Page(".\r\n").filled({}) == b"=2E\r\n"
