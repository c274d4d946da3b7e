"""The demo's visitors: one login of each kind, and those who may can log in with the password that is printed."""

from pathlib import Path

import pytest
from django.test import Client

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import visitors

WORLD = Path("examples/world").resolve()


@pytest.fixture
def invited(db: None, home: Path) -> list[visitors.Visitor]:
    for name in ("carriers", "firms", "agencies", "users"):
        intake.feed(WORLD / f"{name}.csv", by="demo")
    return visitors.invite()


def logs_in(login_id: str, password: str = visitors.KEY) -> bool:
    client = Client()
    client.post("/anmelden/", {"login": login_id, "password": password})
    return client.get("/cockpit/").status_code == 200


def test_the_visitors_are_of_five_kinds(invited: list[visitors.Visitor]) -> None:
    users = [agencies.user(visitor.login_id) for visitor in invited]
    administrator, clerk, sub_agency, self_service, technical = users
    assert [user.login_id for user in users if user.administrator] == [administrator.login_id]
    assert [user.login_id for user in users if user.restricted] == [sub_agency.login_id]
    assert [user.login_id for user in users if user.technical] == [technical.login_id]
    assert (clerk.firm.self_service, self_service.firm.self_service) == (False, True)


def test_each_can_log_in_with_the_printed_password_but_for_the_technical_user(
    invited: list[visitors.Visitor],
) -> None:
    assert [logs_in(visitor.login_id) for visitor in invited] == [True, True, True, True, False]


def test_nobody_else_has_that_password(invited: list[visitors.Visitor]) -> None:
    chosen = {visitor.login_id for visitor in invited}
    firm = agencies.user(invited[0].login_id).firm_id
    other = next(user for user in agencies.users_of(firm) if user.login_id not in chosen and user.is_active)
    assert not logs_in(other.login_id)
    assert not logs_in(invited[0].login_id, "etwas-ganz-anderes")


def test_somebody_in_each_role_of_the_insurer_gets_into_the_back_office(db: None, home: Path) -> None:
    employed = visitors.employ()
    roles = [agencies.user(visitor.login_id).roles for visitor in employed]
    assert roles == [[role.value] for role in StaffRole]
    for visitor in employed:
        client = Client()
        client.post("/anmelden/", {"login": visitor.login_id, "password": visitors.KEY})
        assert client.get("/innendienst/").status_code == 200
        assert client.get("/cockpit/").status_code == 403
