"""What machines ask of a web process: does it live, can it work, and how long are the queues?"""

import secrets
from collections.abc import Callable
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vermittlerpost.interfaces.ops import health, measures

View: TypeAlias = Callable[[HttpRequest], HttpResponse]


def for_machines(view: View) -> View:
    """Let a load balancer or a measuring station ask without a login; nothing personal may be answered."""
    page = never_cache(require_safe(view))
    page.audience = "machines"  # type: ignore[attr-defined]  # read by the guard that walks all addresses
    return page


@for_machines
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process lives; it asks nobody, so that a lost database kills no web server."""
    return JsonResponse({"status": "lebt"})


@for_machines
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve: database, tables and folder; 503 names what is missing."""
    missing = health.missing()
    return JsonResponse(
        {"status": "nicht bereit" if missing else "bereit", "missing": missing}, status=503 if missing else 200
    )


@for_machines
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the measurements; where a token is set, only who shows it gets them."""
    if not _may_measure(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(measures.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request: HttpRequest) -> bool:
    token = settings.ENVIRONMENT.metrics_token.get_secret_value()
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return not token or secrets.compare_digest(shown.encode(), token.encode())
