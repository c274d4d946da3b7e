"""Where everybody begins."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.homes import home_of
from vermittlerpost.interfaces.portal.pages import for_everybody


@for_everybody()
def home(request: HttpRequest) -> HttpResponseBase:
    """Send everybody to where he begins."""
    return redirect(home_of(request.user) if isinstance(request.user, Account) else "overview")
