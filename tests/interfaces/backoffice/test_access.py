"""Staff log in where everybody does, and are in the back office then; the portal is not for them."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.backoffice.conftest import HEDDA
from typer.testing import CliRunner

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.interfaces.ops.commands import app

Work = Callable[[str], Client]
PASSWORD = "Ein-ganz-langes-Kennwort"


def log_in(login_id: str) -> Client:
    acts.give_password(login_id, PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": login_id, "password": PASSWORD})
    return client


def test_after_login_everybody_is_where_he_belongs(staff: None) -> None:
    for login_id, home in ((HEDDA, "desk"), (cast.ANNA, "overview")):
        acts.give_password(login_id, PASSWORD)
        answer = Client().post(reverse("account_login"), {"login": login_id, "password": PASSWORD})
        assert answer.headers["Location"] == reverse(home)
        assert log_in(login_id).get(reverse("home")).headers["Location"] == reverse(home)


@pytest.mark.parametrize("name", ["overview", "mailbox", "cases", "news", "profile", "administration", "contact"])
def test_the_portal_is_not_for_staff(work: Work, name: str) -> None:
    assert work(HEDDA).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "usersessions_list", "address_change"])
def test_staff_look_after_their_own_access(work: Work, name: str) -> None:
    page = work("administrator").get(reverse(name))
    assert page.status_code == 200
    assert reverse("mailbox") not in page.content.decode()


def test_in_production_staff_need_a_second_factor(work: Work, settings: LazySettings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"environment": "production"})
    answer = work(HEDDA).get(reverse("desk"), secure=True)
    assert answer.headers["Location"] == reverse("second_factor_required")


def test_who_is_deactivated_is_out_at_once(work: Work) -> None:
    hedda = work(HEDDA)
    agencies.deactivate_staff(HEDDA, by="operator")
    assert hedda.get(reverse("desk")).headers["Location"].startswith("/anmelden/")


def test_the_command_creates_an_account_and_prints_its_invitation(stage: None) -> None:
    made = CliRunner().invoke(app, ["staff", "create", "ida", "--name", "Ida", "--role", "editor", "--role", "print"])
    link = re.search(r"/einladung/\S+", made.stdout)
    assert link
    assert Client().get(link.group()).status_code == 200
    changed = CliRunner().invoke(app, ["staff", "roles", "ida", "--role", "auditor"])
    assert "Revision" in changed.stdout
    assert "auditor" in CliRunner().invoke(app, ["staff", "list"]).stdout
    assert CliRunner().invoke(app, ["staff", "deactivate", "ida"]).exit_code == 0
    assert "wieder anmelden" in CliRunner().invoke(app, ["staff", "reactivate", "ida"]).stdout
