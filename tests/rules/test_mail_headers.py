"""Header lines: the standard library reads back what was meant, and nothing opens a line of its own."""

from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermittlerpost.notifications.texts import headers

if TYPE_CHECKING:
    from email.headerregistry import AddressHeader, DateHeader

PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")).map(str.strip)
CONTROL = st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"])


def parsed(header: str) -> EmailMessage:
    return message_from_bytes(header.encode("ascii") + b"\r\n", policy=policy.default)


def assert_well_folded(header: str) -> None:
    assert header.endswith("\r\n")
    lines = header.split("\r\n")[:-1]
    assert all(len(line) <= 76 for line in lines)  # RFC 2047, 2
    assert all(line.startswith(" ") for line in lines[1:])


@settings(deadline=None)
@given(PRINTABLE)
def test_any_printable_text_is_read_back_as_it_was(text: str) -> None:
    header = headers.text("Subject", text)
    assert_well_folded(header)
    message = parsed(header)
    assert message.keys() == ["Subject"]
    assert message["Subject"] == text
    assert not message["Subject"].defects


@settings(deadline=None)
@given(st.text(), CONTROL, st.text())
def test_a_control_character_is_refused_wherever_it_stands(before: str, control: str, after: str) -> None:
    with pytest.raises(headers.NotWritable):
        headers.text("Subject", before + control + after)


@pytest.mark.parametrize(
    "text",
    [
        "Betreff\r\nBcc: fremd@boese.example",  # the classic
        "Betreff\nBcc: fremd@boese.example",
        "Betreff\r\n\r\nInhalt",
        "Betreff\u2028Bcc: fremd@boese.example",  # a line end to some
        "Betreff\x85Bcc: fremd@boese.example",
        "Betreff\x00",
        "umgedreht \u202e",  # would show the rest from right to left
    ],
)
def test_a_second_header_cannot_be_smuggled_in(text: str) -> None:
    with pytest.raises(headers.NotWritable):
        headers.text("Subject", text)


def test_an_encoded_word_in_a_text_stays_the_text_that_it_is() -> None:
    assert parsed(headers.text("Subject", "=?utf-8?q?Hallo?="))["Subject"] == "=?utf-8?q?Hallo?="


def test_a_character_is_never_cut_in_two() -> None:
    header = headers.text("Subject", "Ü€😀" * 40)
    words = [line.strip() for line in header.removeprefix("Subject: ").split("\r\n") if line]
    assert len(words) > 1
    assert "".join([str(parsed(f"Subject: {word}\r\n")["Subject"]) for word in words]) == "Ü€😀" * 40


@settings(deadline=None)
@given(PRINTABLE.filter(bool))
def test_a_sender_keeps_name_and_address(name: str) -> None:
    header = headers.mailbox("From", name, "post@portal.example")
    assert_well_folded(header)
    sender = cast("AddressHeader", parsed(header)["From"]).addresses
    assert [one.addr_spec for one in sender] == ["post@portal.example"]
    # The library's newer parser puts blanks between the encoded words of a phrase; the older one is right.
    value = message_from_bytes(header.encode(), policy=policy.compat32)["From"]
    assert str(make_header(decode_header(value))) == f"{name} <post@portal.example>"


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example",
        "vor.nach-name+post@mail.makler.example",
        "o'neill@makler.example",
        f"{'a' * 64}@makler.example",
        "post@xn--mller-kva.example",
        "post@localhost",
    ],
)
def test_an_ordinary_address_can_be_mailed(address: str) -> None:
    assert headers.addressable(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ohne-klammeraffe",
        "zwei@klammer@affen.example",
        "a@b.example, c@d.example",  # a second recipient
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\n",
        "a b@c.example",
        "<a@b.example>",
        '"a b"@c.example',  # allowed by RFC 5321, used by nobody, and misread by many
        "müller@makler.example",  # would need SMTPUTF8
        "post@müller.example",
        ".a@b.example",
        "a..b@c.example",
        "a@-b.example",
        "a@b..example",
        f"{'a' * 65}@makler.example",
        f"a@{'b.' * 126}example",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(headers.NotAddressable):
        headers.addressable(address)


def test_a_message_id_is_made_of_the_mail_and_of_nothing_else() -> None:
    assert headers.message_id("M-17", "0a1b", "portal.example") == "Message-ID: <M-17.0a1b@portal.example>\r\n"


@pytest.mark.parametrize("mail", ["", "a b", "a>b", "a\r\nb", "ä", "a" * 65])
def test_a_mail_id_that_would_break_its_header_is_refused(mail: str) -> None:
    with pytest.raises(headers.NotWritable):
        headers.message_id(mail, "0a1b", "portal.example")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),  # the hour that German clocks skip
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 4, 13, 7, 0, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_date_is_the_moment_that_was_meant(moment: datetime) -> None:
    assert cast("DateHeader", parsed(headers.date(moment))["Date"]).datetime == moment
