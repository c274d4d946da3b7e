"""Where a second factor is a duty: for everybody of the staff, in production."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from vermittlerpost.agencies.queries import Account


def lacks_second_factor(user: Account) -> bool:
    """Tell whether somebody must set up a second factor first; recovery codes alone are none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return settings.ENVIRONMENT.is_production and not is_mfa_enabled(user, kinds)
