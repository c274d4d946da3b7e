"""A receiver of webhooks: a real HTTP server on the loopback, which answers as it is told and keeps what it got."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Message:
    """A message as it arrived."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def content(self) -> Any:
        """Return what it says."""
        return json.loads(self.body)


@dataclass
class Receiver:
    """Where messages arrive; `statuses` are answered one after the other, the last for ever."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    messages: list[Message] = field(default_factory=list)

    def answer(self) -> int:
        """Return the status that is next."""
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    @property
    def types(self) -> list[str]:
        """Return what happened, in the order of arrival."""
        return [message.content["type"] for message in self.messages]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Let a receiver listen within the block."""
    receiver = Receiver()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.messages.append(Message(headers=dict(self.headers), body=body))
            self.send_response(receiver.answer())
            self.send_header("Location", f"{receiver.url}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    receiver.url = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
