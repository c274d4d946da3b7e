"""Who may log in: to the portal or to the back office, by password or from the insurer's identity provider."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account


def must_sign_on(user: Account) -> bool:
    """Tell whether somebody comes from the identity provider only, so that a password is of no use to him."""
    return bool(user.roles) and settings.ENVIRONMENT.staff_must_sign_on


class PortalBackend(AuthenticationBackend):
    """Let active people in, by login id and password; technical users are for programs only."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether somebody may log in."""
        return isinstance(user, Account) and agencies.may_log_in(user) and not must_sign_on(user)

    def get_user(self, user_id: int) -> Account | None:
        """Return who is logged in, asked on every access: whoever is deactivated is out at once."""
        found = agencies.visitor(user_id)
        return None if found and must_sign_on(found) else found

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        # allauth would find nobody if two login ids differed in case only.
        user: AbstractBaseUser | None = self._check_password(agencies.meant_by(username), password)
        return user

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> AbstractBaseUser | None:  # noqa: ARG003 (allauth's signature)
        # allauth keeps whoever gave the right password but may not enter, and logs him in after all if he is active.
        return None


class SignOnBackend(BaseBackend):
    """Keep those of the staff in who came from the identity provider; it lets nobody in by itself."""

    def get_user(self, user_id: int) -> Account | None:
        """Return who is logged in, as long as he may work and is tied to this provider."""
        found = agencies.visitor(user_id)
        return found if found and agencies.came_from(found, settings.ENVIRONMENT.oidc_issuer) else None
