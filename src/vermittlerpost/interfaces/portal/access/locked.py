"""What somebody reads whose login id is locked, because too many wrong passwords or codes were tried."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vermittlerpost.lib import lockout


def shuts_out(request: HttpRequest, login_id: str) -> bool:
    """Tell whether a login id is locked; if so, the answer to this request becomes the page that says so."""
    if not lockout.is_locked(request, login_id):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]  # axes' middleware looks for these two
    request.axes_credentials = {"username": login_id}  # type: ignore[attr-defined]
    return True


def locked_page(request: HttpRequest, _response: HttpResponse, credentials: Mapping[str, Any] | None) -> HttpResponse:
    """Say for how many minutes a login id is locked; the same for one that does not exist."""
    minutes = lockout.minutes_left(request, lockout.login_id_of(request, credentials))
    page = render(request, "portal/access/locked.html", {"minutes": minutes}, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page
