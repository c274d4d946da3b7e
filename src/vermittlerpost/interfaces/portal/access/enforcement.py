"""Where a second factor is a duty."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from vermittlerpost.agencies.queries import Account


def lacks_second_factor(user: Account) -> bool:
    """Tell whether a user must set up a second factor first: by his firm, or as administrator in production."""
    is_duty = user.firm.second_factor or (user.administrator and settings.ENVIRONMENT.is_production)
    return is_duty and not is_mfa_enabled(user)
