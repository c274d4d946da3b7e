"""Pages that one needs before one may see any other."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.pages import UserView, View

P = ParamSpec("P")


def before_second_factor(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let a user open a page even while he lacks a second factor that is his duty: it is there to set one up."""

    def declare(view: UserView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # a request of a user is a visit

        allowed = methods or ("GET",)
        page = never_cache(require_http_methods([*allowed, *(["HEAD"] if "GET" in allowed else [])])(checked))
        page.audience = "users"  # type: ignore[attr-defined]  # read by the guard that walks all addresses
        return page

    return declare
