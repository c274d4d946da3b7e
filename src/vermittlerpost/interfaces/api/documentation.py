"""The OpenAPI document, and the page that shows it: our own, so that it needs nothing from elsewhere."""

from collections import defaultdict
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vermittlerpost.exchange.rules.hooks import HookEvent
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.api.application import api
from vermittlerpost.interfaces.api.problems import KINDS


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return dict(api.get_openapi_schema())


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django hands it over)
    """Give the OpenAPI document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every operation, scope, problem and event."""
    shown = {"groups": _groups(), "scopes": list(Scope), "problems": KINDS, "events": list(HookEvent)}
    return render(request, "api/docs.html", {"api": document()["info"], **shown})


def _groups() -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            groups[operation["tags"][0]].append(_operation(path, method, operation))
    return dict(groups)


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    named = [_resolved(shape["schema"]) for shape in content.values()]
    schemas = [schema for schema in named if "properties" in schema]
    fields = schemas[0]["properties"] if schemas else {}
    required = schemas[0].get("required", []) if schemas else []
    return {
        "id": operation["operationId"],
        "path": path,
        "method": method.upper(),
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": operation.get("parameters", []),
        "content_type": next(iter(content), ""),
        "fields": [{"name": name, "required": name in required, **field} for name, field in fields.items()],
        "statuses": sorted(map(str, operation["responses"])),
    }


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema, or the one that it refers to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return dict(document()["components"]["schemas"][name]) if name else schema
