"""Whoever guesses is stopped: too many wrong passwords or codes lock a login id for a while."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def login_id_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:  # noqa: ARG001 (axes' signature)
    """Return what failures are counted under: the login id as typed, whatever its case."""
    return str((credentials or {}).get("username") or "").strip().lower()


def is_locked(request: HttpRequest, login_id: str) -> bool:
    """Tell whether a login id is locked; if so, the answer to this request becomes the page that says so."""
    credentials = {"username": login_id}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]  # axes' middleware looks for these two
    request.axes_credentials = credentials  # type: ignore[attr-defined]
    return True


def count_failure(request: HttpRequest, login_id: str) -> None:
    """Count a wrong code like a wrong password."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": login_id}, request=request)


def unlock(login_id: str) -> None:
    """Forget the failures of a login id, since its owner has proven himself otherwise."""
    AxesProxyHandler.reset_attempts(username=login_id.lower())


def locked_page(request: HttpRequest, _response: HttpResponse, credentials: Mapping[str, Any] | None) -> HttpResponse:
    """Say for how many minutes a login id is locked; the same for one that does not exist."""
    minutes = _minutes_left(request, login_id_of(request, credentials))
    page = render(request, "portal/access/locked.html", {"minutes": minutes}, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page


def _minutes_left(request: Any, login_id: str) -> int:
    last = AccessAttempt.objects.filter(username=login_id).aggregate(at=Max("attempt_time"))["at"]
    # Both moments are those of axes, which has a clock of its own.
    passed: timedelta = request.axes_attempt_time - (last or request.axes_attempt_time)
    left: timedelta = settings.AXES_COOLOFF_TIME - passed
    return max(1, math.ceil(left.total_seconds() / 60))
