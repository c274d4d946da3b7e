"""Services » Mein Profil: who one is here, what one may see, and what one is mailed about (M5)."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests import cast
from tests.cast import ANNA, BERND, CARLA, DORA, EMIL, OLGA

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
PROFILE = "/services/mein-profil/"
LINK = "E-Mail-Benachrichtigungen ändern"


def page(client: Client) -> str:
    return client.get(PROFILE).content.decode()


def test_an_administrator_finds_the_link_at_the_announced_place_m5(visit: Visit) -> None:
    shown = page(visit(ANNA))
    assert "Services" in shown
    assert "Mein Profil" in shown
    assert LINK in shown
    assert f'href="{PROFILE}e-mail-benachrichtigungen/"' in shown


def test_a_user_of_a_firm_with_self_service_finds_it_too_m4(visit: Visit) -> None:
    cast.change_user(OLGA, administrator=False)
    assert LINK in page(visit(OLGA))


def test_others_read_whom_to_ask_instead_m4(visit: Visit) -> None:
    shown = page(visit(BERND))
    assert LINK not in shown
    assert "Ändern kann diese Einstellungen der Administrator Ihrer Firma" in shown
    assert "Anna" in shown
    assert "Frida" not in shown  # who has left
    assert "Robot" not in shown


def test_every_setting_is_shown_with_its_origin_m8(visit: Visit) -> None:
    assert "Vorbelegung: Ja, weil Sie Administrator sind" in page(visit(ANNA))
    assert "weil Ihre Bestandssicht auf zugeordnete Agenturen eingeschränkt ist" in page(visit(CARLA))
    cast.choose(BERND, "urgent_reminders", wanted=True)
    assert "gesetzt von Anna am" in page(visit(BERND))


def test_what_keeps_mails_away_although_the_switch_is_on_is_said(visit: Visit) -> None:
    assert "das Recht „Anzeige der Bestandsdaten“ fehlt" in page(visit(EMIL))
    assert "nicht zustellbar" in page(visit(cast.GREGOR))


def test_the_agency_above_is_named_where_the_scope_is_shown(visit: Visit) -> None:
    shown = page(visit(DORA))
    assert "4712 Agentur Berlin (Stammagentur 4711)" in shown
    assert "4711 (Agentur München)" in shown
    shown = page(visit(BERND))
    assert "4710 Agentur Bonn (Stammagentur 4700)" in shown
    assert "4700 Agentur Köln (" not in shown, "nobody stands above it"


def test_rights_and_scope_are_told_in_words(visit: Visit) -> None:
    shown = page(visit(DORA))
    assert "Eingeschränkt auf zugeordnete Agenturen" in shown
    assert "4712 Agentur Berlin" in shown
    assert "4711 Agentur München" not in shown
    assert "Alle Agenturen der Firma" in page(visit(BERND))


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "usersessions_list", "address_change"])
def test_the_ways_to_ones_own_access_are_offered_where_they_exist(visit: Visit, name: str) -> None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        pytest.skip("not built in")
    assert url in page(visit(BERND))
