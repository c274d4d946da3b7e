"""Logs as one JSON object a line, without anything personal: what a message was filled with is left out."""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_FACTS = ("action", "error", "status_code")
"""What else a record may carry into the log, if it carries it."""


class JsonLines(logging.Formatter):
    """Write the words of a message and where it came from, never the values in it.

    They may be addresses with search words, and the texts of errors may quote rows: of an error its kind is kept and
    the lines through which it went.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line."""
        return json.dumps(self.facts(record), ensure_ascii=False)

    def facts(self, record: logging.LogRecord) -> Mapping[str, Any]:
        """Return what the line says."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = {"at": at, "level": record.levelname.lower(), "logger": record.name, "event": str(record.msg)}
        return facts | _extras(record) | _request(record) | _error(record)


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name in _FACTS if isinstance(value := getattr(record, name, None), str | int)}


def _request(record: logging.LogRecord) -> dict[str, Any]:
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    if request is None or not hasattr(request, "method"):
        return {}
    return {"method": request.method, "route": match.route if match else None}


def _error(record: logging.LogRecord) -> dict[str, Any]:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    kind, _, trace = record.exc_info
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return {"exception": kind.__name__, "trace": lines}
