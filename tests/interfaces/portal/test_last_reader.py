"""Services » Administration: nobody takes the last reader of urgent reminders away alone, in whatever way (B12)."""

import html
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from django.test import Client
from tests import cast
from tests.cast import ANNA, BERND, BONN, BRUECKNER, GREGOR, KOELN

from vermittlerpost.agencies import queries
from vermittlerpost.journal import queries as journal
from vermittlerpost.notifications import queries as notified

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
LIST = "/services/administration/"
REFUSED = "Über „Eilige Erinnerungen“ der Agentur 4700 würde niemand mehr benachrichtigt."
WAYS: dict[str, dict[str, Any]] = {
    "demoted": {"administrator": None},
    "narrowed": {"scope": "zugeordnet", "agencies": [BONN]},
    "without the right": {"rights": ["basic"]},
    "without an address": {"email": ""},
    "a program": {"technical": "on", "administrator": None},
}


def of(login_id: str, action: str = "") -> str:
    return f"{LIST}benutzer/{login_id}/{action}"


def form(**changed: Any) -> dict[str, Any]:
    """Return what Anna's form sends if these fields are changed."""
    fields = {"name": "Anna", "email": "anna@brueckner.example", "rights": ["basic", "view_portfolio"]}
    asked = {**fields, "scope": "alle", "administrator": "on", "version": 0, **changed}
    return {name: value for name, value in asked.items() if value is not None}


def send(client: Client, url: str, data: dict[str, Any], step: str) -> str:
    answer = client.post(url, {**data, "schritt": step}, follow=True)
    return html.unescape(answer.content.decode())


def gaps() -> set[tuple[str, str]]:
    return {(gap.agency, gap.category) for gap in notified.coverage(BRUECKNER)}


@pytest.mark.parametrize("step", ["wirkung", "speichern"])
@pytest.mark.parametrize("way", WAYS)
def test_the_last_reader_cannot_be_changed_away_and_what_was_typed_stays(visit: Visit, way: str, step: str) -> None:
    shown = send(visit(GREGOR), of(ANNA), form(**WAYS[way]), step)
    assert REFUSED in shown
    assert "Daten, Rechte und Bestandssicht" in shown
    assert gaps() == set()
    assert queries.user(ANNA).version == 0


@pytest.mark.parametrize("way", WAYS)
def test_once_somebody_else_reads_he_can(visit: Visit, way: str) -> None:
    cast.choose(BERND, "urgent_reminders", wanted=True)
    send(visit(GREGOR), of(ANNA), form(**WAYS[way]), "speichern")
    assert queries.user(ANNA).version == 1
    assert (KOELN, "urgent_reminders") not in gaps()


@pytest.mark.parametrize("step", ["wirkung", "speichern"])
def test_the_last_reader_cannot_be_deactivated(visit: Visit, step: str) -> None:
    assert REFUSED in send(visit(GREGOR), of(ANNA, "deaktivieren/"), {"version": 0}, step)
    assert queries.user(ANNA).is_active
    assert not journal.about(f"user:{ANNA}").filter(actor=GREGOR).exists()


def test_an_administrator_cannot_leave_what_he_alone_reads_himself(visit: Visit) -> None:
    assert REFUSED in send(visit(ANNA), of(ANNA), form(administrator=None), "speichern")
    assert queries.administrator(ANNA)


def test_a_gap_that_was_there_before_keeps_nobody_from_changing(visit: Visit) -> None:
    cast.choose(ANNA, "urgent_reminders", wanted=False)
    send(visit(GREGOR), of(ANNA, "deaktivieren/"), {"version": 0}, "speichern")
    assert not queries.user(ANNA).is_active


def test_files_of_the_core_system_stay_free_to_do_it() -> None:
    cast.change_user(ANNA, active=False)
    assert (KOELN, "urgent_reminders") in gaps()
