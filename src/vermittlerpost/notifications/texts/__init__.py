"""The texts of a mail, compiled once: what never changes is encoded before the first mail is written."""

import re
from binascii import b2a_qp
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"\$(\w+)")
_SOFT_BREAK = b"=\r\n"


@cache
def source(name: str) -> str:
    """Return a template as it lies in this folder, its lines ended as mails want it."""
    return "".join([line + "\r\n" for line in files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()])


@cache
def framed(name: str) -> str:
    """Return a template of an HTML part within what surrounds every one."""
    content = source(name).replace("$button\r\n", source("button.html"))
    return source("frame.html").replace("$content\r\n", content)


class Page:
    """Hold a text in quoted-printable (RFC 2045, 6.7) with a slot for each $name that is not `fixed`.

    Around a slot the line is broken softly, so that what is put in needs no regard for what stands beside it.
    """

    def __init__(self, text: str, fixed: Mapping[str, str] | None = None) -> None:
        known = fixed or {}
        literal, *rest = _NAME.split(text)
        pattern = []
        for name, following in zip(rest[::2], rest[1::2], strict=True):
            if name in known:
                literal += known[name] + following
            else:
                pattern += [_before_slot(literal), b"%%(%b)b" % name.encode(), _SOFT_BREAK]
                literal = following
        self._pattern = b"".join([*pattern, _literal(literal)])

    def filled(self, values: Mapping[bytes, bytes]) -> bytes:
        """Return the page with encoded values in its slots; refuses a slot without a value."""
        return self._pattern % values


def encoded(text: str) -> bytes:
    """Encode text whose lines end with CRLF, leaving room for the sign of a soft break at its end."""
    # The guard takes the last place of the last line, and its CRLF tells the encoder how to break lines.
    return b2a_qp((text + "x\r\n").encode())[:-3]


def _literal(text: str) -> bytes:
    return encoded(text).replace(b"%", b"%%")


def _before_slot(text: str) -> bytes:
    return _literal(text) + (_SOFT_BREAK if text and not text.endswith("\r\n") else b"")
