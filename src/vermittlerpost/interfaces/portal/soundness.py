"""Addresses that nothing can lie at: no id, name or text of ours holds a NUL, and PostgreSQL takes none."""

from collections.abc import Callable

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found


class SoundAddressMiddleware:
    """Answer 404 where a NUL was asked for that no page has passed over, as to anything else that does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that there is nothing, if that is why the database refused."""
        is_refused = isinstance(exception, ValueError | DataError) and "NUL" in str(exception)
        return page_not_found(request, Http404()) if is_refused else None
