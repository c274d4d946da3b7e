"""The portal on a port of its own, at a moment that the test chooses."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections

from vermittlerpost.lib import clock


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Served:
    """The portal; `at` is what its clock shows."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.errors: list[str] = []
        self._application = get_wsgi_application()
        self._server = make_server("127.0.0.1", 0, self._answer, _Threaded, _Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        with clock.turned_to(self.at):
            body = self._application(environ, self._noting(environ, start_response))
            try:
                yield from body
            finally:
                body.close()
                connections.close_all()

    def _noting(self, environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status.startswith("5"):
                self.errors.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}: {status}")
            return start_response(status, headers, *rest)

        return start

    @contextmanager
    def open(self) -> Iterator["Served"]:
        """Answer within the block."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()
