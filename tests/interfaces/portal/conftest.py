"""Visitors of the portal."""

from collections.abc import Callable

import pytest
from django.test import Client

from vermittlerpost.agencies import queries as agencies

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"


@pytest.fixture
def visit() -> Callable[[str], Client]:
    """Return a function that gives the browser of a user who is logged in."""

    def log_in(login_id: str) -> Client:
        client = Client()
        client.force_login(agencies.user(login_id), backend=_BACKEND)
        return client

    return log_in
