"""Staff at the back office."""

from collections.abc import Callable

import pytest
from django.test import Client

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"

HEDDA, INGO = "hedda", "ingo"
ROLES = {role.value: frozenset({role}) for role in StaffRole} | {
    HEDDA: frozenset({StaffRole.CASE_WORKER}),
    INGO: frozenset({StaffRole.CASE_WORKER, StaffRole.APPROVER}),
}
"""Who works there: one of each role under its name, a case worker, and one who approves as well."""


@pytest.fixture
def staff(stage: None) -> None:
    for login_id, roles in ROLES.items():
        colleague = agencies.Colleague(login_id=login_id, name=login_id.title(), email="", roles=roles)
        agencies.create_staff(colleague, by="operator")


@pytest.fixture
def work(staff: None) -> Callable[[str], Client]:
    """Return a function that gives the browser of somebody who is logged in, of the staff or not."""

    def log_in(login_id: str) -> Client:
        client = Client()
        client.force_login(queries.user(login_id), backend=_BACKEND)
        return client

    return log_in
