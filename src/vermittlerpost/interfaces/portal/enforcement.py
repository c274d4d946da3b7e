"""Where a second factor is a duty."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from vermittlerpost.agencies.queries import Account
from vermittlerpost.lib import openid


def lacks_second_factor(user: Account, session: SessionBase) -> bool:
    """Tell whether a user must set up a second factor first: by his firm; in production as administrator or staff.

    Whom the insurer's identity provider answers for has proved himself there.
    """
    if openid.answers_for(session):
        return False
    is_trusted = user.administrator or bool(user.roles)
    is_duty = user.firm.second_factor or (is_trusted and settings.ENVIRONMENT.is_production)
    return is_duty and not has_second_factor(user)


def has_second_factor(user: Account) -> bool:
    """Tell whether a user is asked for a second factor at login; recovery codes alone are none."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))
