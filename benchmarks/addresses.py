"""The product's addresses, and one with nothing behind it to compare with."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import path

from benchmarks.visiting import EMPTY
from vermittlerpost.config import urls
from vermittlerpost.interfaces.portal.pages import Visit, for_users


@for_users()
def empty(request: Visit) -> HttpResponseBase:  # noqa: ARG001 (Django's signature)
    """Show nothing to whoever is logged in."""
    return HttpResponse()


urlpatterns = [*urls.urlpatterns, path(EMPTY[1:], empty)]
