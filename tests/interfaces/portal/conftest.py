"""Visitors of the portal."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from tests.identity_provider import Provider, providing
from tests.interfaces.portal.sign_on_steps import HEDDA, trust

from vermittlerpost.agencies import actions
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import StaffRole

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"


@pytest.fixture
def visit() -> Callable[[str], Client]:
    """Return a function that gives the browser of a user who is logged in."""

    def log_in(login_id: str) -> Client:
        client = Client()
        client.force_login(agencies.user(login_id), backend=_BACKEND)
        return client

    return log_in


@pytest.fixture
def colleague(stage: None) -> None:
    """Let Hedda work at the insurer."""
    address, roles = "hedda@nordlicht.example", frozenset({StaffRole.CASE_WORKER})
    hedda = actions.Colleague(login_id=HEDDA, name="Hedda Sachs", email=address, roles=roles)
    actions.create_staff(hedda, by="operator")


@pytest.fixture
def provider(colleague: None, settings: LazySettings) -> Iterator[Provider]:
    """Let the insurer have an identity provider, which knows Hedda."""
    cache.clear()
    with providing() as provider:
        trust(settings, provider)
        yield provider
