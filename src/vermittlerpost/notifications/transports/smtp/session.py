"""A session with an SMTP server: what it offers, and questions sent together where it takes them so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from vermittlerpost.notifications.transports import Envelope
from vermittlerpost.notifications.transports.smtp.wire import Lost, Reply, Wire

_FAREWELL = 5.0
_UNBROKEN = bytes(byte for byte in range(256) if byte not in b"\r\n")
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_WRITABLE = re.compile(r"[!-;=?-~]+")


class Session:
    """Hold a wire over which mails can be sent.

    `lead` is what goes out before the next commands and has a reply of its own. A session is proven once the
    server has brought a mail to an end on it, in whichever way.
    """

    def __init__(self, wire: Wire, offers: Mapping[str, str], *, timeout: float, patience: float) -> None:
        self._wire = wire
        self._offers = offers
        self._timeout, self._patience = timeout, patience
        self.lead = b""
        self.is_proven = False

    def exchange(self, commands: Sequence[bytes]) -> Iterator[Reply]:
        """Send lead and commands and return their replies to come; with PIPELINING all is on its way at once."""
        questions = [self.lead, *commands] if self.lead else commands
        self._wire.wait(self._patience if self.lead else self._timeout)
        if "PIPELINING" not in self._offers:
            return map(self._asked, questions)
        self._wire.write(b"".join(questions))
        return map(self._answered, questions)

    def _asked(self, question: bytes) -> Reply:
        self._wire.write(question)
        return self._answered(question)

    def _answered(self, _question: bytes) -> Reply:
        reply = self._wire.read()
        self._wire.wait(self._timeout)
        return reply

    def commands(self, envelope: Envelope) -> list[bytes]:
        """Return the commands that come before a mail's content."""
        size = f" SIZE={len(envelope.data)}" if "SIZE" in self._offers else ""
        body = "" if envelope.data.isascii() else " BODY=8BITMIME"
        lines = (f"MAIL FROM:<{envelope.sender}>{size}{body}", f"RCPT TO:<{envelope.recipient}>", "DATA")
        return [f"{line}\r\n".encode("ascii") for line in lines]

    def obstacle(self, envelope: Envelope) -> str:
        """Return why this server cannot be asked to take a mail, or nothing."""
        limit = self._offers.get("SIZE", "")
        if not (_WRITABLE.fullmatch(envelope.sender) and _WRITABLE.fullmatch(envelope.recipient)):
            return "Adresse nicht zustellbar"
        if limit.isdigit() and 0 < int(limit) < len(envelope.data):
            return "größer als der Server erlaubt (SIZE)"
        if "8BITMIME" not in self._offers and not envelope.data.isascii():
            return "Server nimmt keine 8-Bit-Zeichen (8BITMIME)"
        return ""

    def close(self) -> None:
        """Hang up without a word, since the line is broken or in the middle of something."""
        self._wire.close()

    def quit(self) -> None:
        """Take leave and hang up."""
        # Every mail has its result by now, so that nothing can be learned from how the farewell ends.
        with suppress(Lost):
            self._wire.wait(_FAREWELL)
            self._wire.ask(b"QUIT\r\n")
        self._wire.close()


def content(data: bytes) -> bytes:
    """Return a mail's content as it travels: lines ended by CRLF alone, dots stuffed, the last dot set.

    A lone CR or LF would let two servers disagree on where the mail ends (RFC 5321, 2.3.8 and 4.5.2).
    """
    if len(data.translate(None, _UNBROKEN)) != 2 * data.count(b"\r\n"):
        data = _NEWLINE.sub(b"\r\n", data)
    end = b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n"
    start = b"." if data.startswith(b".") else b""
    return start + data.replace(b"\n.", b"\n..") + end
