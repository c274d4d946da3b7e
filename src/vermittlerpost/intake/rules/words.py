"""Names, identifiers, addresses, choices and lists as input files write them."""

import re
import unicodedata
from collections.abc import Callable

LONGEST_TEXT = 200

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,63}")
_AGENCY_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,16}")
_POSTCODE = re.compile(r"[0-9]{5}")
_EMAIL = re.compile(
    r"(?=.{3,254}\Z)(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_SEPARATOR = re.compile(r"[|;]")
_YES_NO = {"yes": True, "no": False}


def text(text: str) -> str:
    """Return printable text in NFC with single blanks; refuses control characters and over 200 characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable() or "  " in text:
        text = " ".join(text.split())
    if len(text) > LONGEST_TEXT or not text.isprintable():
        raise ValueError(text)
    return text


def fold_name(name: str) -> str:
    """Return the form under which two spellings of a name are the same: case and white space folded."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def identifier(text: str) -> str:
    """Return an identifier as it is, leading zeros kept; refuses over 64 characters, blanks and umlauts."""
    return _matching(text, _IDENTIFIER)


def agency_number(text: str) -> str:
    """Return an agency number as it is, leading zeros kept; refuses over 17 characters (BiPRO) and blanks."""
    return _matching(text, _AGENCY_NUMBER)


def postcode(text: str) -> str:
    """Return a German postcode; refuses anything but five digits."""
    return _matching(text, _POSTCODE)


def email(text: str) -> str:
    """Return a mail address as it is; refuses what no ordinary mail server accepts (RFC 5321, ASCII)."""
    return _matching(text, _EMAIL)


def sha256(text: str) -> str:
    """Return a SHA-256 in small letters; refuses anything but 64 hexadecimal digits."""
    return _matching(text.lower(), _SHA256)


def number(text: str) -> int:
    """Return a number from 1 on; refuses leading zeros, signs and fractions."""
    return int(_matching(text, _NUMBER))


def yes_no(text: str) -> bool:
    """Return the answer of `yes` or `no`; refuses other words."""
    if text not in _YES_NO:
        raise ValueError(text)
    return _YES_NO[text]


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader that lets only these words pass."""
    allowed = frozenset(words)

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def list_of(read: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of lists by `|` or `;`, sorted and each item once; it refuses empty items.

    An empty item is refused rather than passed over, because an empty list of agencies means „all".
    """

    def read_list(text: str) -> tuple[str, ...]:
        return tuple(sorted({read(item.strip()) for item in _SEPARATOR.split(text)}))

    return read_list


def _matching(text: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text
