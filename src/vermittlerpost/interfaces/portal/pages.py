"""Who may open a page: every view declares it, and what it declares is checked on every access."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal import enforcement

P = ParamSpec("P")


class Visit(HttpRequest):
    """A request of somebody who is logged in."""

    user: Account


View: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
UserView: TypeAlias = Callable[Concatenate[Visit, P], HttpResponseBase]


def for_everybody(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let anybody open a page by these methods (GET if none is named)."""

    def declare(view: View[P]) -> View[P]:
        page = _by(methods, view)
        page.audience = "everybody"  # type: ignore[attr-defined]  # read by the guard that walks all addresses
        return page

    return declare


def for_users(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let a user of a firm open a page; others log in first and come back to it."""
    return _for("users", methods, _let_in)


def for_administrators(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let an administrator of a firm open a page; other users are refused with 403."""
    return _for("administrators", methods, _only_administrators)


def _only_administrators(user: Account) -> None:
    if not user.administrator:
        raise PermissionDenied


def _let_in(user: Account) -> None:
    """Ask for nothing more than to be logged in."""


def _for(audience: str, methods: tuple[str, ...], check: Callable[[Account], None]) -> Callable[[UserView[P]], View[P]]:
    def declare(view: UserView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(_address_to_return_to(request))
            if enforcement.lacks_second_factor(request.user):
                return redirect("second_factor_required")
            check(request.user)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # a request of a user is a visit

        page = never_cache(_by(methods, checked))
        page.audience = audience  # type: ignore[attr-defined]  # as above
        return page

    return declare


def _address_to_return_to(request: HttpRequest) -> str:
    # What was to be sent is lost; the page that it was sent from is not.
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return request.headers.get("Referer", "/cockpit/")


def _by(methods: tuple[str, ...], view: View[P]) -> View[P]:
    return require_http_methods([*(methods or ("GET",)), *(["HEAD"] if not methods or "GET" in methods else [])])(view)
