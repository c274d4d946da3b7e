"""A mail server on loopback that takes everything at once: as fast as one process of Python can be."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

_SPAWN = get_context("spawn")
_END = b"\r\n.\r\n"
_MARK = b"\nMessage-ID: "
_HELLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10485760\r\n"
_ANSWERS = {b"EHLO": _HELLO, b"HELO": b"250 sink\r\n", b"QUIT": b"221 2.0.0 bye\r\n", b"DATA": b"354 go ahead\r\n"}
_OK = b"250 2.0.0 ok\r\n"


class Sink:
    """What the benchmarks know of the server: port, process, and what it has taken."""

    def __init__(self, port: int, pid: int, line: Connection) -> None:
        self.port = port
        self.pid = pid
        self._line = line

    def taken(self) -> list[str]:
        """Return the Message-IDs of all mails taken since it was last asked, in their order."""
        self._line.send("taken")
        taken = self._line.recv()
        assert isinstance(taken, list)
        return taken


@contextmanager
def open_sink() -> Iterator[Sink]:
    """Run the server in a process of its own."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    assert process.pid
    yield Sink(ours.recv(), process.pid, ours)
    ours.close()
    process.join()


def _serve(line: Connection) -> None:
    asyncio.run(_serve_until_hung_up(line))


async def _serve_until_hung_up(line: Connection) -> None:
    loop, over, taken = asyncio.get_running_loop(), asyncio.Event(), list[str]()

    def answer() -> None:
        try:
            line.recv()
        except EOFError:
            over.set()
            return
        line.send(list(taken))
        taken.clear()

    server = await loop.create_server(lambda: _Session(taken), "127.0.0.1", 0)
    line.send(server.sockets[0].getsockname()[1])
    loop.add_reader(line.fileno(), answer)
    await over.wait()


class _Session(asyncio.Protocol):
    """One client: commands until DATA, then a content until its last dot."""

    def __init__(self, taken: list[str]) -> None:
        self._taken = taken
        self._unread = b""
        self._is_content = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._unread += data
        replies = []
        while reply := self._content() if self._is_content else self._command():
            replies.append(reply)
        self._transport.write(b"".join(replies))

    def _content(self) -> bytes:
        content, end, rest = self._unread.partition(_END)
        if not end:
            return b""
        self._unread, self._is_content = rest, False
        self._taken.append(content.partition(_MARK)[2].partition(b"\r")[0].decode("ascii"))
        return _OK

    def _command(self) -> bytes:
        command, end, rest = self._unread.partition(b"\r\n")
        if not end:
            return b""
        self._unread = rest
        verb = command[:4].upper()
        self._is_content = verb == b"DATA"
        return _ANSWERS.get(verb, _OK)
