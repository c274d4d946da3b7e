"""Addresses that nothing can lie at: no id, name or text of ours holds a NUL, and PostgreSQL takes none."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

_NUL = "\N{NULL}"


class SoundAddressMiddleware:
    """Answer 404 to a request with a NUL in its path, as to what does not exist; in its query it is passed over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if _NUL in request.path:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]  # none of it is changed later
        return self._get_response(request)


def _without_nul(query: QueryDict) -> QueryDict:
    sound = query.copy()
    for name, values in query.lists():
        sound.setlist(name, [value.replace(_NUL, "") for value in values])
    return sound
