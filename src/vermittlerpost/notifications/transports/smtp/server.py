"""The SMTP server that an operator has chosen, and how to come to a session with it."""

import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from vermittlerpost.notifications.transports.smtp.sending import SmtpLine
from vermittlerpost.notifications.transports.smtp.session import Session
from vermittlerpost.notifications.transports.smtp.wire import Lost, Reply, Wire

_CHALLENGE = 334


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Say where to connect and how; with TLS the certificate must be valid for `host`.

    `timeout` are seconds for the connection and each answer; `patience` those for the answer to a content,
    where impatience makes mails unknown (RFC 5321, 4.5.3.2.6: ten minutes). `authorities` is a PEM file of
    certificate authorities instead of the system's.
    """

    host: str
    port: int
    tls: Literal["none", "starttls", "implicit"]
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    patience: float = 600.0
    authorities: Path | None = None

    def __post_init__(self) -> None:
        """Refuse to send a password in the clear."""
        if self.user and self.tls == "none":
            raise ValueError("A login needs TLS.")

    @contextmanager
    def open(self) -> Iterator[SmtpLine]:
        """Return a line that connects with its first mail and takes leave at the end of the block."""
        line = SmtpLine(self.connect)
        try:
            yield line
        finally:
            line.close()

    def connect(self) -> Session:
        """Return a session; raises `Lost` if the server is away, unsafe, or does not let us in."""
        wire = Wire.dial(self.host, self.port, self.timeout)
        try:
            offers = self._introduced(wire)
        except Lost:
            wire.close()
            raise
        return Session(wire, offers, timeout=self.timeout, patience=self.patience)

    def _introduced(self, wire: Wire) -> Mapping[str, str]:
        if self.tls == "implicit":
            wire.secure(self._context(), self.host)
        _agreed("Begrüßung", wire.read())
        offers = _hello(wire)
        if self.tls == "starttls":
            offers = self._secured(wire, offers)
        if self.user:
            self._log_in(wire, offers)
        return offers

    def _secured(self, wire: Wire, offers: Mapping[str, str]) -> Mapping[str, str]:
        """Encrypt and ask again, since what was offered in the clear counts no longer (RFC 3207, 4.2)."""
        if "STARTTLS" not in offers:
            raise Lost("STARTTLS: nicht angeboten")
        _agreed("STARTTLS", wire.ask(b"STARTTLS\r\n"))
        wire.secure(self._context(), self.host)
        return _hello(wire)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authorities)

    def _log_in(self, wire: Wire, offers: Mapping[str, str]) -> None:
        """Log in by the first way that the server knows (RFC 4954, RFC 4616)."""
        ways = offers.get("AUTH", "").upper().split()
        if "PLAIN" in ways:
            _agreed("AUTH", wire.ask(b"AUTH PLAIN " + _base64(f"\0{self.user}\0{self.password}")))
        elif "LOGIN" in ways:
            _agreed("AUTH", wire.ask(b"AUTH LOGIN\r\n"), _CHALLENGE)
            _agreed("AUTH", wire.ask(_base64(self.user)), _CHALLENGE)
            _agreed("AUTH", wire.ask(_base64(self.password)))
        else:
            raise Lost("AUTH: weder PLAIN noch LOGIN angeboten")


def _hello(wire: Wire) -> Mapping[str, str]:
    """Introduce ourselves and return what the server offers: keyword -> parameters."""
    wire.write(f"EHLO {wire.own_address}\r\n".encode("ascii"))
    reply, lines = wire.read_texts()
    _agreed("EHLO", reply)
    offers = [line.partition(" ") for line in lines[1:]]
    return {keyword.upper(): parameters for keyword, _, parameters in offers}


def _agreed(step: str, reply: Reply, code: int = 0) -> None:
    """Refuse a reply that does not let us go on."""
    if not (reply.code == code if code else reply.is_positive):
        raise Lost(f"{step}: {reply}", reply)


def _base64(text: str) -> bytes:
    return b64encode(text.encode()) + b"\r\n"
