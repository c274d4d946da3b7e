"""Who may log in to the portal."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from vermittlerpost.agencies.queries import Account


class PortalBackend(AuthenticationBackend):
    """Let active people in, by login id and password; technical users are for programs only."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether somebody may log in, and may stay."""
        return isinstance(user, Account) and user.is_active and not user.technical
