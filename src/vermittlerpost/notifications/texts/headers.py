"""Header lines after RFC 5322 and RFC 2047, so strict that no value can ever open a line of its own."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from vermittlerpost.lib.errors import Refused

_LINE = 76
_OPENING, _CLOSING = "=?utf-8?q?", "?="
_FRAME = len(_OPENING + _CLOSING)
_TOKEN = re.compile(r" ?[^ ]+| ")
_LONGEST_PIECE = 40
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)"
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?",
    re.ASCII | re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9_-]{1,64}")


class NotAddressable(Refused):
    """The address cannot be written into an envelope or a header."""

    code = "not_addressable"


class NotWritable(Refused):
    """The text holds something that has no place in a header line."""

    code = "not_writable"


def text(name: str, value: str) -> str:
    """Return a header of free text, folded and encoded where needed; refuses control characters."""
    return f"{name}: {_words(_printable(value), len(name) + 2)}\r\n"


def mailbox(name: str, phrase: str, address: str) -> str:
    """Return a header that names one mailbox by phrase and address; refuses what `addressable` refuses."""
    return f"{name}: {_words(_printable(phrase), len(name) + 2)}\r\n <{addressable(address)}>\r\n"


def addressable(address: str) -> str:
    """Return an address that can be mailed; refuses all but plain ASCII addresses (domains as xn--…)."""
    if not _ADDRESS.fullmatch(address):
        raise NotAddressable("Die E-Mail-Adresse ist keine, an die zugestellt werden kann. Bitte prüfen.")
    return address


def message_id(mail: str, mark: str, domain: str) -> str:
    """Return the header that makes a repetition recognisable: the same mail has the same id and mark for ever."""
    if not _MAIL.fullmatch(mail):
        raise NotWritable("Die Kennung der Mail darf nur aus Buchstaben, Ziffern, - und _ bestehen.")
    return f"Message-ID: <{mail}.{mark}@{domain}>\r\n"


@lru_cache(maxsize=64)
def date(moment: datetime) -> str:
    """Return the header of a moment, which is the same for all mails of a run."""
    return f"Date: {format_datetime(moment.astimezone(UTC))}\r\n"


def _printable(value: str) -> str:
    if not value.isprintable():
        raise NotWritable("Steuerzeichen haben in der Kopfzeile einer Mail keinen Platz.")
    return value


def _words(value: str, column: int) -> str:
    """Encode as words that fit a line; a word never cuts a character in two (RFC 2047, 5)."""
    room, lines, line = _LINE - column - _FRAME, [], ""
    for piece in [piece for token in _TOKEN.findall(value) for piece in _pieces(token)]:
        if len(line) + len(piece) > room:
            lines.append(line)
            room, line = _LINE - 1 - _FRAME, ""
        line += piece
    return "\r\n ".join([f"{_OPENING}{line}{_CLOSING}" for line in [*lines, line]])


@lru_cache(maxsize=4096)
def _pieces(token: str) -> tuple[str, ...]:
    """Encode a token as one piece, or by its characters if it is long."""
    characters = tuple([_character(character) for character in token])
    whole = "".join(characters)
    return (whole,) if len(whole) <= _LONGEST_PIECE else characters


def _character(character: str) -> str:
    if character in _PLAIN:
        return character
    return "_" if character == " " else "".join([f"={byte:02X}" for byte in character.encode()])
