"""Who asks: every operation names the scope that it needs, and a key must have it."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Holder, Scope
from vermittlerpost.interfaces.api.problems import ScopeMissing


class ApiKey(HttpBearer):
    """Let in whoever shows a valid key with one scope; used as the `auth` of an operation."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Holder:  # noqa: ARG002 (ninja's signature)
        """Return who asks; refuses a key that is none or no more, and one without the scope."""
        holder = exchange.admit(token)
        if self.scope not in holder.scopes:
            raise ScopeMissing("Dieser API-Schlüssel hat die Berechtigung {scope} nicht.", scope=self.scope)
        return holder


def holder_of(request: HttpRequest) -> Holder:
    """Return which system asks, in an operation that a key has opened."""
    holder = getattr(request, "auth", None)
    assert isinstance(holder, Holder)
    return holder


def actor_of(request: HttpRequest) -> str:
    """Return by whom things are done in such an operation."""
    return holder_of(request).actor
