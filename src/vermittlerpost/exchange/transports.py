"""How messages reach webhooks: one POST over HTTP(S), with time limits, following no redirect."""

import contextlib
import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

_LONGEST_REPLY = 200
_AGENT = "Vermittlerpost"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of an attempt; `reply` says it to an operator in a few words, with nothing of the body."""

    was_reached: bool
    was_accepted: bool
    reply: str


class Transport(Protocol):
    """What can deliver."""

    def deliver(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Send once and return what became of it; raises nothing."""
        ...


@dataclass(frozen=True, kw_only=True)
class HttpTransport:
    """Send by HTTP; `timeout` are the seconds that connecting and each answer may take.

    A redirect is an answer like any other that is not 2xx: nothing is sent to where nobody allowed it.
    """

    timeout: float = 10.0

    def deliver(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Send once; only a status of 200 to 299 is an acceptance."""
        parts = urlsplit(url)
        sent = {"Content-Type": "application/json", "User-Agent": _AGENT, **headers}
        try:
            with contextlib.closing(self._connection(parts)) as connection:
                connection.request("POST", _target(parts), body=body, headers=sent)
                response = connection.getresponse()
                return _answered(response.status)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reply = f"{type(error).__name__}: {error}"[:_LONGEST_REPLY]
            return Outcome(was_reached=False, was_accepted=False, reply=reply)

    def _connection(self, parts: SplitResult) -> http.client.HTTPConnection:
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, parts.port, timeout=self.timeout, context=context)
        return http.client.HTTPConnection(host, parts.port, timeout=self.timeout)


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _answered(status: int) -> Outcome:
    return Outcome(was_reached=True, was_accepted=200 <= status < 300, reply=f"HTTP {status}")
