"""The REST interface itself: its operations, how it refuses, and its OpenAPI document."""

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from vermittlerpost.interfaces.api import bounces, feeds, reads, webhooks
from vermittlerpost.interfaces.api.problems import CONTENT_TYPE, problem
from vermittlerpost.lib.errors import Refused

log = logging.getLogger(__name__)
PREFIX = "/api/v1/"
_PROBLEM = "#/components/schemas/Problem"
_DESCRIPTION = (
    "Einlieferung, Auskunft und Webhooks für die Bestandssysteme des Versicherers. Jede Anfrage weist sich mit einem "
    "API-Schlüssel aus (`Authorization: Bearer vp_…`)."
)


class _Api(NinjaAPI):
    """The interface, whose document says that problems have a content type of their own."""

    def get_openapi_schema(self, **_: Any) -> Any:
        """Return the OpenAPI document."""
        schema = super().get_openapi_schema(path_prefix=PREFIX)
        for response in _responses(schema):
            content = response.get("content", {})
            plain = content.get("application/json", {})
            if plain.get("schema") == {"$ref": _PROBLEM}:
                response["content"] = {CONTENT_TYPE: plain}
        return schema


def _responses(schema: Any) -> Iterator[dict[str, Any]]:
    for operations in schema["paths"].values():
        for operation in operations.values():
            yield from operation["responses"].values()


api = _Api(title="Vermittlerpost", version="1.0.0", description=_DESCRIPTION, docs_url=None, openapi_url="openapi.json")
for _router in (feeds.router, bounces.router, reads.router, webhooks.router):
    api.add_router("", _router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Exception) -> HttpResponseBase:
    assert isinstance(refusal, Refused)
    return problem(request, refusal.code, refusal.sentence)


@api.exception_handler(AuthenticationError)
def _without_key(request: HttpRequest, _: Exception) -> HttpResponseBase:
    return problem(request, "key_missing", "Diese Anfrage braucht einen API-Schlüssel (Authorization: Bearer vp_…).")


@api.exception_handler(Http404)
def _unknown(request: HttpRequest, _: Exception) -> HttpResponseBase:
    return not_found(request)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Exception) -> HttpResponseBase:
    assert isinstance(error, ValidationError)
    faults = [
        {"row": None, "column": ".".join(map(str, fault["loc"][1:])), "value": "", "rule": str(fault["msg"])}
        for fault in error.errors
    ]
    return problem(request, "invalid_parameter", f"Ungültig: {faults[0]['column']}.", faults)


@api.exception_handler(OperationalError)
def _unavailable(request: HttpRequest, error: Exception) -> HttpResponseBase:
    log.warning("database_unavailable", exc_info=error)
    return problem(request, "unavailable", "Das geht gerade nicht; bitte gleich noch einmal versuchen.")


def not_found(request: HttpRequest) -> HttpResponseBase:
    """Answer that there is no such thing, whether it is unknown or not to be seen (R8)."""
    return problem(request, "not_found", "Das gibt es hier nicht.")


def as_problems(view: Callable[..., HttpResponseBase], audience: str) -> Callable[..., HttpResponseBase]:
    """Return a view that answers a wrong method with a problem as well, and says who may ask it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        refusal = problem(request, "method_not_allowed", "Diese Methode gibt es an dieser Adresse nicht.")
        refusal["Allow"] = response.headers.get("Allow", "")
        return refusal

    answer.audience = audience  # type: ignore[attr-defined]  # the guards of the house ask for it
    return answer
