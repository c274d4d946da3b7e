"""Who may open a page: every view declares it, and what it declares is checked on every access."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeAlias

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
Condition: TypeAlias = Callable[[Visit], HttpResponseBase | None]
"""Where a user is sent instead, nowhere if he meets it; or he is refused with PermissionDenied."""


@dataclass(frozen=True, kw_only=True)
class Declared(Generic[P]):
    """A view with its declaration whom it is for, which the guard reads that walks all addresses."""

    view: View[P]
    audience: str

    def __call__(self, request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        """Answer a request."""
        return self.view(request, *args, **kwargs)


def for_everybody(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let anybody open a page by these methods (GET if none is named)."""

    def declare(view: View[P]) -> View[P]:
        return Declared(view=_by(methods, view), audience="everybody")

    return declare


def for_accounts(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let whoever is logged in open a page about his own access, also the insurer's staff."""
    return _for("users", methods, _has_second_factor)


def before_second_factor(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let whoever is logged in open a page even while he lacks a second factor: it is there to set one up."""
    return _for("users", methods)


def for_users(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let a user of a firm open a page; others log in first and come back to it, staff are refused with 403."""
    return _for("users", methods, _has_second_factor, _is_intermediary)


def for_administrators(*methods: str) -> Callable[[UserView[P]], View[P]]:
    """Let an administrator of a firm open a page; other users are refused with 403."""
    return _for("administrators", methods, _has_second_factor, _is_administrator)


def _has_second_factor(visit: Visit) -> HttpResponseBase | None:
    is_missing = enforcement.lacks_second_factor(visit.user, visit.session)
    return redirect("second_factor_required") if is_missing else None


def _is_administrator(visit: Visit) -> None:
    if not visit.user.administrator:
        raise PermissionDenied


def _is_intermediary(visit: Visit) -> None:
    if visit.user.roles:
        raise PermissionDenied


def _for(audience: str, methods: tuple[str, ...], *conditions: Condition) -> Callable[[UserView[P]], View[P]]:
    def declare(view: UserView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(_address_to_return_to(request))
            for condition in conditions:
                if instead := condition(request):  # type: ignore[arg-type]  # as below
                    return instead
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # a request of a user is a visit

        return Declared(view=never_cache(_by(methods, checked)), audience=audience)

    return declare


def _address_to_return_to(request: HttpRequest) -> str:
    # What was to be sent is lost; the page that it was sent from is not.
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return request.headers.get("Referer", "/cockpit/")


def _by(methods: tuple[str, ...], view: View[P]) -> View[P]:
    return require_http_methods([*(methods or ("GET",)), *(["HEAD"] if not methods or "GET" in methods else [])])(view)
