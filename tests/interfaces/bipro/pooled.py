"""The door on a port of its own, with threads that keep their database connections, as the web process has them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.wsgi import get_wsgi_application
from django.db import connections

from vermittlerpost.lib import clock


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Pooled(WSGIServer):
    """Answer so many requests at once; the clock stands."""

    request_queue_size = 100

    def __init__(self, *, threads: int, at: datetime) -> None:
        super().__init__(("127.0.0.1", 0), _Quiet)
        self.set_app(get_wsgi_application())
        self._threads, self._at = threads, at
        self._pool = ThreadPoolExecutor(threads)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand a request to the next thread that is free."""
        self._pool.submit(self._answer, request, client_address)

    def _answer(self, request: Any, client_address: Any) -> None:
        with clock.turned_to(self._at):
            self.finish_request(request, client_address)
            self.shutdown_request(request)

    @contextmanager
    def open(self) -> Iterator[str]:
        """Answer within the block, and return under which host and port."""
        listener = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        listener.start()
        try:
            yield f"127.0.0.1:{self.server_port}"
        finally:
            self.shutdown()
            listener.join()
            self._hang_up()
            self.server_close()

    def _hang_up(self) -> None:
        together = threading.Barrier(self._threads)

        def close(_: int) -> None:
            together.wait()  # so that each thread closes its own
            connections.close_all()

        list(self._pool.map(close, range(self._threads)))
        self._pool.shutdown()
