"""When a session was last used, noted now and then rather than on every page."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from vermittlerpost.agencies.queries import Account
from vermittlerpost.lib import clock

_NOTED = "seen_at"
_EVERY = 300  # seconds


class ActivityMiddleware:
    """Keep the list of a user's sessions up to date to within five minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note that a session is used, then answer."""
        if request.session.session_key and isinstance(request.user, Account):
            _note(request)
        return self._get_response(request)


def _note(request: HttpRequest) -> None:
    now = clock.now().timestamp()
    if abs(now - request.session.get(_NOTED, 0.0)) >= _EVERY:
        UserSession.objects.create_from_request(request)
        request.session[_NOTED] = now
