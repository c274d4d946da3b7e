"""SMTP and nothing else: mails that are written already, pipelined over one connection, nothing kept of them."""

import socket
from collections.abc import Sequence
from contextlib import closing

from django.conf import settings

from vermittlerpost.notifications.transports import Envelope


def travelling(envelopes: Sequence[Envelope]) -> list[bytes]:
    """Return what is written to the wire from answer to answer: a content together with the next one's commands."""
    commands = [
        f"MAIL FROM:<{envelope.sender}>\r\nRCPT TO:<{envelope.recipient}>\r\nDATA\r\n".encode("ascii")
        for envelope in envelopes
    ]
    # The product ends its lines properly; all that its mails need are the dots.
    contents = [envelope.data.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n" for envelope in envelopes]
    return [content + following for content, following in zip([b"", *contents], [*commands, b"QUIT\r\n"], strict=True)]


def send(parts: Sequence[bytes]) -> int:
    """Send mails as fast as one connection allows (RFC 2920), and return how many went."""
    *parts_with_data, last = parts
    environment = settings.ENVIRONMENT
    with closing(socket.create_connection((environment.smtp_host, environment.smtp_port))) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _await(line, b"220 ")
        line.sendall(b"EHLO bench\r\n")
        _await(line, b"250 ")
        for part in parts_with_data:
            line.sendall(part)
            _await(line, b"354 ")
        line.sendall(last)
        _await(line, b"221 ")
    return len(parts_with_data)


def _await(line: socket.socket, code: bytes) -> None:
    """Read until the last reply, which is known by its code; refuses a line that is closed before."""
    replies = b""
    while not (replies.endswith(b"\n") and replies.splitlines()[-1].startswith(code)):
        received = line.recv(65536)
        if not received:
            raise ConnectionError(replies)
        replies += received
