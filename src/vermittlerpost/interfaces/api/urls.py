"""The addresses of this door, below `/api/v1/`."""

from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from vermittlerpost.interfaces.api import documentation
from vermittlerpost.interfaces.api.application import api, as_problems, not_found

_OURS = {"openapi-json", "api-root"}


def _dressed(pattern: URLPattern) -> URLPattern:
    view = csrf_exempt(as_problems(pattern.callback, "keys"))  # who shows a key shows no cookie
    return URLPattern(pattern.pattern, view, name=f"api_{pattern.name}")


urlpatterns = [
    path("openapi.json", as_problems(documentation.openapi, "everybody"), name="api_openapi"),
    path("docs", as_problems(documentation.page, "everybody"), name="api_docs"),
    *[_dressed(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name not in _OURS],
    re_path("", csrf_exempt(as_problems(not_found, "keys")), name="api_not_found"),
]
