"""The line to an SMTP server: bytes out, replies in, and one word for everything that can break it."""

import re
import socket
import ssl
from dataclasses import dataclass
from errno import errorcode
from functools import lru_cache

_LONGEST_LINE = 8192
_MOST_LINES = 200
_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Reply:
    """Keep of a reply what can be told: code and enhanced status (RFC 3463); its texts may hold addresses."""

    code: int
    status: str = ""

    @property
    def is_positive(self) -> bool:
        """Tell whether the server agreed (2xx)."""
        return 200 <= self.code < 300

    def __str__(self) -> str:
        """Return the codes alone."""
        return f"{self.code} {self.status}".rstrip()


class Lost(Exception):
    """The line cannot be used any further; `reply` is the one by which the server said so, if it did."""

    def __init__(self, reason: str, reply: Reply | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reply = reply


class Wire:
    """Speak in lines with a server; every failure of the network is `Lost`."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._unread = b""
        self._seconds = connected.gettimeout()

    @classmethod
    def dial(cls, host: str, port: int, timeout: float) -> "Wire":
        """Connect; an answer is then waited for as long as for the connection."""
        try:
            connected = socket.create_connection((host, port), timeout)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise Lost(f"Verbindungsaufbau: {_cause(error)}") from error
        return cls(connected)

    def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Encrypt from here on; refuses what came before, since anybody may have sent it (RFC 3207, 6)."""
        if self._unread:
            raise Lost("TLS: Antwort vor der Verschlüsselung")
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except OSError as error:
            raise Lost(f"TLS: {_cause(error)}") from error

    def wait(self, seconds: float) -> None:
        """Set how long the next answers may take."""
        if self._seconds != seconds:
            self._socket.settimeout(seconds)
            self._seconds = seconds

    def write(self, data: bytes) -> None:
        """Hand over bytes."""
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise Lost(_cause(error)) from error

    def ask(self, command: bytes) -> Reply:
        """Send a command and return its reply."""
        self.write(command)
        return self.read()

    def read(self) -> Reply:
        """Return the next reply."""
        line = self._line()
        return _reply(line if line[3:4] != b"-" else self._rest(line)[0])

    def read_texts(self) -> tuple[Reply, list[str]]:
        """Return the next reply with the text of each line, which only the greeting needs."""
        lines = self._rest(self._line())
        return _reply(lines[0]), [line[4:].decode("ascii", "replace").strip() for line in lines]

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    @property
    def own_address(self) -> str:
        """Return the own end as an address literal (RFC 5321, 4.1.3), which needs no name server."""
        address = self._socket.getsockname()[0]
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def _rest(self, first: bytes) -> list[bytes]:
        lines = [first]
        while lines[-1][3:4] == b"-":
            if len(lines) == _MOST_LINES:
                raise Lost("Antwort ohne Ende")
            lines.append(self._line())
        return lines

    def _line(self) -> bytes:
        while b"\n" not in self._unread and len(self._unread) <= _LONGEST_LINE:
            self._unread += self._received()
        line, _, self._unread = self._unread.partition(b"\n")
        if len(line) > _LONGEST_LINE:
            raise Lost("Antwort ohne Ende")
        return line

    def _received(self) -> bytes:
        try:
            received = self._socket.recv(65536)
        except OSError as error:
            raise Lost(_cause(error)) from error
        if not received:
            raise Lost("Verbindung beendet")
        return received


@lru_cache(maxsize=256)
def _reply(line: bytes) -> Reply:
    if not line[:3].isdigit():
        raise Lost("unverständliche Antwort")
    status = _STATUS.match(line, 4)
    return Reply(int(line[:3]), status[0].decode() if status else "")


def _cause(error: OSError) -> str:
    """Name a failure without texts that others have written."""
    if isinstance(error, TimeoutError):
        return "Zeitüberschreitung"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Zertifikat nicht anerkannt ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"Verschlüsselung gescheitert ({error.reason})"
    if isinstance(error, socket.gaierror):
        return "Name nicht gefunden"
    return errorcode.get(error.errno or 0, type(error).__name__)
