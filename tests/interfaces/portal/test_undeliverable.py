"""A bounced address: its user sees it on every page, and so do those who can mend it (scenario 8)."""

import html
import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.test import Client
from tests import cast
from tests.cast import ANNA, BERND, CARLA, DORA, OLGA

from vermittlerpost.notifications import actions

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
OVERVIEW, LIST = "/cockpit/", "/services/administration/"
PAGES = (OVERVIEW, "/cockpit/vermittlerpost/", "/cockpit/vorgaenge/", "/services/mein-profil/", "/kontakt/")
OWN = "An Ihre Adresse carla@brueckner.example können wir keine E-Mails zustellen"


def text(client: Client, url: str = OVERVIEW) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", client.get(url).content.decode())))


@pytest.fixture
def bounced(stage: None) -> None:
    """Let Carla's address bounce, which is kept in another spelling than hers."""
    cast.change_user(CARLA, email="Carla@Brueckner.example")
    actions.suppress("carla@brueckner.example", reason="550", by="system")
    cast.change_user(CARLA, email="carla@brueckner.example")


@pytest.mark.usefixtures("bounced")
@pytest.mark.parametrize("page", PAGES)
def test_whose_address_bounced_reads_it_on_every_page_with_a_way_to_change_it(visit: Visit, page: str) -> None:
    carla = visit(CARLA)
    assert OWN in text(carla, page)
    assert "/services/mein-profil/adresse/" in carla.get(page).content.decode()


@pytest.mark.usefixtures("bounced")
def test_administrators_of_the_firm_read_how_many_colleagues_and_find_them(visit: Visit) -> None:
    anna = visit(ANNA)
    assert "1 Benutzer Ihrer Firma erhält keine E-Mails" in text(anna)
    actions.suppress("DORA@brueckner.example", reason="550", by="system")
    assert "2 Benutzer Ihrer Firma erhalten keine E-Mails" in text(anna)
    assert "An Ihre Adresse" not in text(anna)
    listed = anna.get(LIST, {"stand": "unzustellbar"}).context["lines"]
    assert [line.member.login_id for line in listed] == [CARLA, DORA]


@pytest.mark.usefixtures("bounced")
@pytest.mark.parametrize("login_id", [BERND, DORA, OLGA])
def test_nobody_else_reads_anything_about_it(visit: Visit, login_id: str) -> None:
    shown = text(visit(login_id))
    assert "zustellen" not in shown
    assert "erhält keine E-Mails" not in shown


@pytest.mark.usefixtures("bounced")
def test_who_has_left_is_not_counted(visit: Visit) -> None:
    cast.change_user(CARLA, active=False)
    assert "erhält keine E-Mails" not in text(visit(ANNA))


@pytest.mark.usefixtures("bounced")
def test_it_is_gone_once_the_address_is_written_to_again(visit: Visit) -> None:
    actions.restore("carla@brueckner.example", by="operator")
    assert OWN not in text(visit(CARLA))
    assert "erhält keine E-Mails" not in text(visit(ANNA))


def test_a_visitor_who_is_not_logged_in_reads_nothing(client: Client) -> None:
    assert "zustellen" not in client.get("/anmelden/").content.decode()
