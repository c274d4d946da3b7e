"""What stands between a login and being in."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.conf import settings


class SecondFactor(AuthenticateStage):
    """Ask for the second factor, but not of whom the identity provider answers for."""

    def handle(self) -> tuple[Any, bool]:
        """Return where the second factor is given, nothing if none is asked for."""
        if getattr(self.login.user, "backend", None) == settings.SIGN_ON_BACKEND:
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
