"""Whoever guesses is stopped: too many wrong passwords or codes lock a login id for a while, at every door alike.

Failures are counted by axes, in the database, under the login id as typed, in small letters. Axes takes what else it
notes of a failure (address, program, page) from the request, and marks the request when the login id is locked.
"""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest


def login_id_of(_request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return what failures are counted under: the login id as typed, whatever its case."""
    return str((credentials or {}).get("username") or "").strip().lower()


def is_locked(request: HttpRequest, login_id: str) -> bool:
    """Tell whether a login id is locked."""
    return not AxesProxyHandler.is_allowed(request, {"username": login_id})


def count_failure(request: HttpRequest, login_id: str) -> None:
    """Count a wrong password or code."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": login_id}, request=request)


def unlock(login_id: str) -> None:
    """Forget the failures of a login id, since its owner has proven himself."""
    AxesProxyHandler.reset_attempts(username=login_id.strip().lower())


def minutes_left(request: Any, login_id: str) -> int:
    """Return for how many more minutes a login id is locked, at least one; the request is one that was told so."""
    last = AccessAttempt.objects.filter(username=login_id.strip().lower()).aggregate(at=Max("attempt_time"))["at"]
    # Both moments are those of axes, which has a clock of its own.
    passed: timedelta = request.axes_attempt_time - (last or request.axes_attempt_time)
    left: timedelta = settings.AXES_COOLOFF_TIME - passed
    return max(1, math.ceil(left.total_seconds() / 60))
