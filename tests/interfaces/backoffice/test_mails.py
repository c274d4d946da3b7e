"""The mail log: by login id or letter, with reasons, and without a single address."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.interfaces.backoffice.words import without_addresses
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications

Work = Callable[[str], Client]


@pytest.fixture
def letter(staff: None) -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def log(client: Client, text: str = "") -> str:
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        return client.get(reverse("mail_log"), {"von": text}).content.decode()


def test_a_letter_names_everybody_in_scope_with_the_reason(letter: str, work: Work) -> None:
    page = log(work(HEDDA), letter.lower())
    assert "benachrichtigt" in page
    assert "steht auf Nein" in page
    assert cast.CARLA in page
    assert "@" not in page


def test_a_login_id_shows_what_was_sent_and_when(letter: str, work: Work) -> None:
    page = log(work(HEDDA), cast.ANNA)
    assert letter in page
    assert "gesendet 16.02.2026" in page
    assert "@" not in page


def test_a_login_id_shows_what_was_held_back_and_why(letter: str, work: Work) -> None:
    page = log(work(HEDDA), cast.BERND)
    assert "Keine Mail in dieser Zeit" in page
    assert "steht auf Nein" in page


def test_a_suppressed_address_is_told_without_naming_it(letter: str, work: Work) -> None:
    notifications.suppress("anna@brueckner.example", reason="550 <anna@brueckner.example>: unknown", by="system")
    page = log(work(HEDDA), cast.ANNA)
    assert "550 &lt;…&gt;: unknown" in page
    assert "@" not in page


def test_what_is_unknown_is_said(staff: None, work: Work) -> None:
    assert "Nichts gefunden" in log(work(HEDDA), "S-NIRGENDS")
    assert "Keine Mail ist liegen geblieben" in log(work(HEDDA))


def test_addresses_are_left_out_of_what_a_mail_server_said() -> None:
    assert without_addresses("550 5.1.1 <a.b@c.example>: 'x@y.example' unknown") == "550 5.1.1 <…>: '…' unknown"
