"""Addresses that nothing can lie at: no id, name or text of ours holds a NUL, and PostgreSQL takes none."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

_NUL = "\N{NULL}"


class SoundAddressMiddleware:
    """Answer 404 to a request with a NUL in its address, as to anything else that does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if _NUL in request.path or any(_NUL in value for values in request.GET.lists() for value in values[1]):
            raise Http404
        return self._get_response(request)
