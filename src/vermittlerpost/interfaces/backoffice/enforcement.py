"""Where a second factor is a duty: for everybody of the staff, in production."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from vermittlerpost.agencies.queries import Account
from vermittlerpost.lib import openid


def lacks_second_factor(user: Account, session: SessionBase) -> bool:
    """Tell whether somebody must set up a second factor first; recovery codes alone are none.

    Whom the identity provider answers for has proved himself there.
    """
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    is_duty = settings.ENVIRONMENT.is_production and not openid.answers_for(session)
    return is_duty and not is_mfa_enabled(user, kinds)
