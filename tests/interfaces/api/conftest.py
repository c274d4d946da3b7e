"""Systems of the insurer that ask over REST."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.lib import clock

Object = dict[str, Any]


class System:
    """A core system with a key of its own, which asks as its program would."""

    def __init__(self, key: str) -> None:
        self.authorization = f"Bearer {key}"
        self.client = Client(headers={"Authorization": self.authorization}, raise_request_exception=False)

    def get(self, path: str, **query: Any) -> Any:
        """Ask for something."""
        return self.client.get(f"/api/v1/{path}", query)

    def follow(self, url: str) -> Any:
        """Ask for an address that an answer named."""
        return self.client.get(url)

    def post(self, path: str, content: object, **headers: str) -> Any:
        """Send one object."""
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        return self.client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    def send(self, path: str, rows: Iterable[Object] | bytes, **headers: str) -> Any:
        """Send many objects, one a line."""
        body = rows if isinstance(rows, bytes) else "".join(f"{json.dumps(row)}\n" for row in rows).encode()
        return self.client.post(f"/api/v1/{path}/batch", body, content_type="application/x-ndjson", headers=headers)

    def delete(self, path: str) -> Any:
        """Remove something."""
        return self.client.delete(f"/api/v1/{path}")


@pytest.fixture
def system(db: None) -> Callable[..., System]:
    """Return a function that lets a system ask with some scopes, or with all."""

    def let_in(*scopes: Scope, holder: str = "kernsystem", days: int = 30) -> System:
        issued = exchange.issue_key(
            holder=holder, scopes=scopes or tuple(Scope), expires_at=clock.now() + timedelta(days=days), by="operator"
        )
        return System(issued.text)

    return let_in


def said(answer: Any) -> Any:
    """Return what an answer says."""
    return json.loads(content(answer))


def content(answer: Any) -> bytes:
    """Return the whole of an answer, which can be taken from the line once only."""
    if not hasattr(answer, "whole"):
        answer.whole = answer.getvalue()
    return bytes(answer.whole)
