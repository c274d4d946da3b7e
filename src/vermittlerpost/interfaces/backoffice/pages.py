"""Who may open a page: every view declares the roles that it is for, and they are checked on every access."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice import enforcement
from vermittlerpost.lib.errors import Refused

P = ParamSpec("P")

ALL_ROLES = frozenset(StaffRole)


class Visit(HttpRequest):
    """A request of somebody of the insurer's staff."""

    user: Account


View: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
StaffView: TypeAlias = Callable[Concatenate[Visit, P], HttpResponseBase]


def read_by(*roles: StaffRole) -> Callable[[StaffView[P]], View[P]]:
    """Show a page to these roles and to auditors, to all of the staff if none is named."""
    return _for(frozenset({*roles, StaffRole.AUDITOR}) if roles else ALL_ROLES, ["GET", "HEAD"])


def done_by(*roles: StaffRole) -> Callable[[StaffView[P]], View[P]]:
    """Let these roles, and nobody else, change something; what is refused is said on the page they came from."""
    return _for(frozenset(roles), ["POST"])


def filled_in_by(*roles: StaffRole) -> Callable[[StaffView[P]], View[P]]:
    """Show a form to these roles, and to nobody else, and take what they fill in."""
    return _for(frozenset(roles), ["GET", "HEAD", "POST"])


def has_role(user: Account, roles: Collection[StaffRole]) -> bool:
    """Tell whether somebody has one of the roles."""
    return any(role in user.roles for role in roles)


def back_to(request: HttpRequest) -> str:
    """Return the page of this site that a form was sent from, or the first page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    is_ours = came_from.path.startswith(reverse("desk")) and url_has_allowed_host_and_scheme(path, None)
    return path if is_ours else reverse("desk")


def _for(roles: frozenset[StaffRole], methods: list[str]) -> Callable[[StaffView[P]], View[P]]:
    def declare(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path() if request.method == "GET" else back_to(request))
            _refuse_others(request.user, roles)
            if enforcement.lacks_second_factor(request.user, request.session):
                return redirect("second_factor_required")
            try:
                return view(request, *args, **kwargs)  # type: ignore[arg-type]  # a request of the staff is a visit
            except Refused as refusal:
                messages.error(request, refusal.sentence)
                return redirect(back_to(request))

        page = never_cache(require_http_methods(methods)(checked))
        page.audience = "staff"  # type: ignore[attr-defined]  # both are read by the guard that walks all addresses
        page.roles = roles  # type: ignore[attr-defined]  # as above
        return page

    return declare


def _refuse_others(user: Account, roles: frozenset[StaffRole]) -> None:
    if not agencies.may_work(user):
        raise Http404  # an intermediary need not know what there is
    if not has_role(user, roles):
        raise PermissionDenied
