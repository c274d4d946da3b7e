"""Where everybody begins."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.homes import home_of
from vermittlerpost.interfaces.portal.pages import for_everybody


@for_everybody()
def home(request: HttpRequest) -> HttpResponseBase:
    """Send everybody to where he begins; who that is, a visitor has to say first."""
    return redirect(home_of(request.user) if isinstance(request.user, Account) else "account_login")


class Login(LoginView):
    """Take login id and password, and show the insurer's staff the way to their identity provider, if there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what that way is called; nothing without a provider."""
        environment = settings.ENVIRONMENT
        label = environment.oidc_label if environment.oidc_issuer else ""
        return {**super().get_context_data(**kwargs), "sign_on_label": label}
