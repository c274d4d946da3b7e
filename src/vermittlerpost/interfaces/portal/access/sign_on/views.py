"""To the identity provider, and back."""

from collections.abc import Callable

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from vermittlerpost.interfaces.portal.access.sign_on import pages
from vermittlerpost.interfaces.portal.access.sign_on.provider import PROVIDER, Conversation
from vermittlerpost.interfaces.portal.pages import for_everybody
from vermittlerpost.lib.openid import ProviderAway, ProviderDistrusted


@for_everybody()
@never_cache
def begin(request: HttpRequest) -> HttpResponseBase:
    """Send somebody to the identity provider.

    By a link and not by a form: browsers hold a form's whole way to `form-action`, and what comes behind the provider
    is its own affair.
    """
    return _talked(request, get_adapter().get_provider(request, PROVIDER).redirect_from_request)


@for_everybody()
@never_cache
def arrive(request: HttpRequest) -> HttpResponseBase:
    """Let in whom the identity provider sends back."""
    return _talked(request, OAuth2CallbackView.adapter_view(Conversation(request, PROVIDER)))


def _talked(request: HttpRequest, talk: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
    if not settings.ENVIRONMENT.oidc_issuer:
        raise Http404
    try:
        return talk(request)
    except ProviderAway as away:
        return pages.ended(request, pages.AWAY, away)
    except ProviderDistrusted as distrusted:
        return pages.ended(request, pages.DISTRUSTED, distrusted)
