"""A real SMTP server on loopback that misbehaves on demand, so that tests meet what the wild offers."""

import socket
import ssl
import threading
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

CERTIFICATE = Path(__file__).with_name("localhost.pem")
_USUAL = {"MAIL": "250 2.1.0 ok", "RCPT": "250 2.1.5 ok", "RSET": "250 2.0.0 ok", "QUIT": "221 2.0.0 bye"}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Misbehave at a step: reply otherwise, be late by `wait` seconds, or, with neither, drop the line.

    Steps are SMTP's commands, `CONNECT` for the greeting, `CONTENT` for amid a content, `END` for behind it.
    `mail` counts from 1 over all connections; `times` says how often the fault strikes.
    """

    at: str
    reply: str = ""
    wait: float = 0.0
    mail: int | None = None
    times: int = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Received:
    """Hold one mail that the server has taken, also if it never said so."""

    sender: str
    recipient: str
    data: bytes
    connection: int


@dataclass(kw_only=True)
class MisbehavingServer:
    """Say how the server is to behave, and keep what came in.

    `ahead` counts commands sent before their time, `reads` how often something arrived.
    """

    offers: Sequence[str] = ("PIPELINING", "SIZE 1000000", "8BITMIME", "ENHANCEDSTATUSCODES")
    faults: Sequence[Fault] = ()
    tls: ssl.SSLContext | None = None
    tls_from_the_start: bool = False
    login: tuple[str, str] = ("", "")
    port: int = 0
    received: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    mails: int = 0
    ahead: int = 0
    reads: int = 0
    struck: Counter[Fault] = field(default_factory=Counter)

    def strikes(self, step: str) -> Fault | None:
        """Return the fault that strikes at this step of this mail."""
        for fault in self.faults:
            if fault.at == step and fault.mail in (None, self.mails) and self.struck[fault] < fault.times:
                self.struck[fault] += 1
                return fault
        return None


class _Dropped(Exception):
    """The line was dropped, by either end."""


@contextmanager
def running(server: MisbehavingServer) -> Iterator[MisbehavingServer]:
    """Let a server listen on a free port of loopback for the length of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        threading.Thread(target=_accept, args=(listener, server), daemon=True).start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)  # closing alone does not wake a thread that waits in accept()


def server_side_tls() -> ssl.SSLContext:
    """Return what a server needs to show the certificate of localhost."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _accept(listener: socket.socket, server: MisbehavingServer) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.connections += 1
            threading.Thread(target=_serve, args=(connection, server, server.connections), daemon=True).start()


def _serve(connection: socket.socket, server: MisbehavingServer, number: int) -> None:
    dialogue = _Dialogue(connection, server, number)
    try:
        with suppress(_Dropped, OSError):
            dialogue.run()
    finally:
        dialogue.drop()


class _Dialogue:
    """Speak with one client."""

    def __init__(self, connection: socket.socket, server: MisbehavingServer, number: int) -> None:
        self._socket, self._server, self._number = connection, server, number
        self._unread = b""
        self._sender, self._recipient = "", ""

    def run(self) -> None:
        """Greet, then answer command by command."""
        if self._server.tls_from_the_start:
            self._encrypt()
        self._answer("CONNECT", "220 loopback")
        while True:
            line = self._read_until(b"\r\n").decode("utf-8", "replace")
            verb = line.partition(" ")[0].upper()
            self._server.commands.append(verb)
            self._server.ahead += bool(self._unread) and "PIPELINING" not in self._server.offers
            self._obey(verb, line)

    def drop(self) -> None:
        """Hang up at once."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _obey(self, verb: str, line: str) -> None:
        special = {
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
        }
        if verb in special:
            special[verb](line)
            return
        if verb == "RSET":
            self._sender, self._recipient = "", ""
        self._answer(verb, _USUAL.get(verb, "500 5.5.2 unknown"))

    def _answer(self, step: str, usual: str) -> str:
        return self._give(self._server.strikes(step), usual)

    def _give(self, fault: Fault | None, usual: str) -> str:
        if fault:
            time.sleep(fault.wait)
            if not (fault.reply or fault.wait):
                raise _Dropped
        answer = fault.reply if fault and fault.reply else usual
        self._socket.sendall(answer.encode() + b"\r\n")
        if answer.startswith("421"):
            self._leave()
        return answer

    def _leave(self) -> NoReturn:
        """Hang up so that the last reply still arrives: what the client has sent meanwhile must be read."""
        self._socket.shutdown(socket.SHUT_WR)
        while True:
            self._read(65536)

    def _ehlo(self, _line: str) -> None:
        *first, last = ["loopback", *self._server.offers]
        self._answer("EHLO", "".join([f"250-{line}\r\n" for line in first]) + f"250 {last}")

    def _starttls(self, _line: str) -> None:
        if self._answer("STARTTLS", "220 2.0.0 go ahead").startswith("220"):
            self._encrypt()

    def _encrypt(self) -> None:
        assert self._server.tls, "Encryption needs a certificate."
        self._socket = self._server.tls.wrap_socket(self._socket, server_side=True)

    def _auth(self, line: str) -> None:
        user_and_password = self._plain(line) if " PLAIN " in line else self._asked()
        is_right = user_and_password == self._server.login
        self._answer("AUTH", "235 2.7.0 welcome" if is_right else "535 5.7.8 wrong")

    def _plain(self, line: str) -> tuple[str, str]:
        _, user, password = b64decode(line.rpartition(" ")[2]).decode().split("\0")
        return user, password

    def _asked(self) -> tuple[str, str]:
        given = []
        for question in (b"334 VXNlcm5hbWU6\r\n", b"334 UGFzc3dvcmQ6\r\n"):
            self._socket.sendall(question)
            given.append(b64decode(self._read_until(b"\r\n")).decode())
        return given[0], given[1]

    def _mail(self, line: str) -> None:
        self._server.mails += 1
        usual = "503 5.5.1 nested MAIL" if self._sender else _USUAL["MAIL"]
        if self._answer("MAIL", usual).startswith("250"):
            self._sender = line

    def _rcpt(self, line: str) -> None:
        usual = _USUAL["RCPT"] if self._sender else "503 5.5.1 MAIL first"
        if self._answer("RCPT", usual).startswith("250"):
            self._recipient = line

    def _data(self, _line: str) -> None:
        usual = "354 go ahead" if self._recipient else "554 5.5.1 no valid recipients"
        if self._answer("DATA", usual).startswith("354"):
            self._take()

    def _take(self) -> None:
        if self._server.strikes("CONTENT"):
            self._read(1)
            raise _Dropped
        data, fault = self._content(), self._server.strikes("END")
        sender, recipient, self._sender, self._recipient = self._sender, self._recipient, "", ""
        if recipient and not (fault and fault.reply and not fault.reply.startswith("2")):
            received = Received(sender=sender, recipient=recipient, data=data, connection=self._number)
            self._server.received.append(received)
        self._give(fault, "250 2.0.0 taken" if recipient else "554 5.5.1 no valid recipients")

    def _content(self) -> bytes:
        lines = iter(lambda: self._read_until(b"\r\n"), b".")
        return b"".join([line.removeprefix(b".") + b"\r\n" for line in lines])

    def _read_until(self, end: bytes) -> bytes:
        while end not in self._unread:
            self._read(65536)
        line, _, self._unread = self._unread.partition(end)
        return line

    def _read(self, most: int) -> None:
        received = self._socket.recv(most)
        if not received:
            raise _Dropped
        self._server.reads += 1
        self._unread += received
