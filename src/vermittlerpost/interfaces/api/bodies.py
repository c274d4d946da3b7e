"""Bodies of requests: taken in piece by piece into a file, refused as soon as they are too long."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from vermittlerpost.interfaces.api.problems import BadRequest

_CHUNK = 1 << 16
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How a body may come: its content types, how many bytes and rows, and the problem if there are more rows.

    A single object is wrapped as a list of one (`before` and `after`), so that it may go over several lines.
    """

    types: tuple[str, ...]
    most_bytes: int
    most_rows: int
    suffix: str
    before: bytes = b""
    after: bytes = b""
    excess: tuple[str, str]


SINGLE = Shape(
    types=("application/json",),
    most_bytes=200_000,
    most_rows=1,
    suffix=".json",
    before=b"[",
    after=b"]",
    excess=("unreadable", "Hier wird genau ein JSON-Objekt erwartet; für mehrere gibt es /batch."),
)
BATCH = Shape(
    types=("application/x-ndjson", "application/ndjson"),
    most_bytes=16_000_000,
    most_rows=10_000,
    suffix=".ndjson",
    excess=(
        "too_many_rows",
        "Eine Lieferung hat höchstens 10.000 Zeilen; bitte auf mehrere verteilen. Keine wurde übernommen.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body that has been taken in: the file that it lies in, and a hash of just what was sent."""

    path: Path
    sha256: str


@contextmanager
def received(request: HttpRequest, shape: Shape, name: str) -> Iterator[Body]:
    """Take a body into a file for the length of the block; refuses other types and what is too long, unread."""
    _refuse_other_types(request, shape)
    _refuse_length(request, shape)
    with tempfile.TemporaryDirectory(prefix="vermittlerpost-") as folder:
        path = Path(folder) / f"{name}{shape.suffix}"
        with path.open("wb") as file:
            sha256 = _copy(request, shape, file)
        yield Body(path=path, sha256=sha256)


def _refuse_other_types(request: HttpRequest, shape: Shape) -> None:
    encoding = request.headers.get("Content-Encoding", "identity")
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    if request.content_type not in shape.types or encoding != "identity" or charset.lower() != "utf-8":
        raise BadRequest("content_type", f"Der Inhalt muss {shape.types[0]} in UTF-8 sein, nicht gepackt.")


def _refuse_length(request: HttpRequest, shape: Shape) -> None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        raise BadRequest("length_required", "Bitte die Länge des Inhalts nennen (Content-Length).")
    if int(length) > shape.most_bytes:
        raise BadRequest("body_too_large", f"Der Inhalt hat mehr als {shape.most_bytes // 1000} Kilobyte.")


def _copy(request: HttpRequest, shape: Shape, file: BinaryIO) -> str:
    digest, first = hashlib.sha256(), True
    file.write(shape.before)
    try:
        while chunk := request.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk.removeprefix(_BOM) if first else chunk)
            first = False
    except UnreadablePostError as error:
        raise BadRequest("unreadable", "Die Übertragung brach ab; bitte noch einmal senden.") from error
    file.write(shape.after)
    return digest.hexdigest()
