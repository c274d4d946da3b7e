"""Paging: a page begins behind a key, so that it costs the same wherever it lies; cursors are opaque."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from vermittlerpost.interfaces.api.problems import BadRequest

T = TypeVar("T")
MOST = 500
_VISIBLE = "^[!-~]*$"
Id = Annotated[str, Path(pattern=_VISIBLE, max_length=64)]
Wanted = Annotated[str, Query(description="Nur solche; leer: alle.", pattern=_VISIBLE, max_length=64)]
Limit = Annotated[int, Query(description="So viele Einträge hat eine Seite höchstens.", ge=1, le=MOST)]
Cursor = Annotated[str, Query(description="Wo die Seite beginnt; aus `next` der vorigen.", max_length=200)]


def key_of(cursor: str) -> str:
    """Return the key that a cursor stands for, nothing for the first page; refuses what is no cursor."""
    try:
        key = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise _unfit() from error
    if not key.isprintable():
        raise _unfit()
    return key


def _unfit() -> BadRequest:
    return BadRequest("invalid_parameter", "Diesen Cursor gibt es nicht; bitte mit der ersten Seite beginnen.")


def page_of(
    request: HttpRequest, response: HttpResponse, found: Sequence[T], limit: int, key: Callable[[T], str]
) -> tuple[Sequence[T], str | None]:
    """Return what a page shows of what was found (one more may have been asked for), and the address of the next."""
    shown = found[:limit]
    if len(found) <= limit:
        return shown, None
    query = request.GET.copy()
    query["cursor"] = base64.urlsafe_b64encode(key(shown[-1]).encode()).decode().rstrip("=")
    address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return shown, address


def narrowed(rows: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
    """Return the rows that have these values; what is empty narrows nothing."""
    return rows.filter(**{name: value for name, value in wanted.items() if value})
