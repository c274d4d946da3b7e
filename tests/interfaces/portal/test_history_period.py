"""Services » Administration » Verlauf: the firm's own switches, a period, and the list as a file."""

import csv
import html
import io
import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, BERND, BRUECKNER, CARLA, GREGOR, OLGA

from vermittlerpost.agencies import actions
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
HISTORY = "/services/administration/verlauf/"
FILE = "/services/administration/verlauf.csv"
DAYS = ("2027-03-10 23:30", "2027-03-11 00:30", "2027-03-12 10:00")


def text(client: Client, **asked: str) -> str:
    shown = client.get(HISTORY, asked).content.decode()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


def rows(client: Client, **asked: str) -> list[dict[str, str]]:
    file = client.get(FILE, asked).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(file), delimiter=";"))


@pytest.fixture
def three_days(stage: None, turn_clock: Callable[[str], object]) -> None:
    """Let Bernd be switched on three days."""
    for number, at in enumerate(DAYS):
        with clock.turned_to(acts.moment(at)):
            cast.choose(BERND, "urgent_reminders", wanted=number % 2 == 0, by=GREGOR)
    turn_clock("2027-03-13 09:00")


def test_what_holds_for_the_firm_stands_there_with_before_and_after(visit: Visit) -> None:
    actions.set_firm_access(self_service=True, second_factor=True, by=GREGOR)
    actions.set_firm_access(self_service=True, second_factor=False, by=GREGOR)
    actions.set_firm_software(BRUECKNER, people_use_software=False, paper_if_uncollected=True, by=ANNA)
    shown = text(visit(ANNA))
    assert "Maklerhaus Brückner GmbH Einstellungen der Firma geändert" in shown
    assert "Benutzer stellen ihre E-Mail-Benachrichtigungen selbst ein: Nein → Ja" in shown
    assert "Alle melden sich mit einem zweiten Faktor an: Nein → Ja Gregor" in shown
    assert "wenn sie nicht abgeholt werden: Nein → Ja Anna" in shown


def test_what_holds_for_another_firm_does_not_r8(visit: Visit) -> None:
    actions.set_firm_access(self_service=False, second_factor=True, by=OLGA)
    assert "Ostertag" not in text(visit(ANNA))
    assert "Ostertag" not in visit(ANNA).get(FILE).getvalue().decode()


def test_the_history_of_one_user_leaves_the_firm_out(visit: Visit) -> None:
    actions.set_firm_access(self_service=True, second_factor=False, by=ANNA)
    assert "Maklerhaus Brückner GmbH Einstellungen" in text(visit(ANNA))
    assert "Maklerhaus Brückner GmbH Einstellungen" not in text(visit(ANNA), benutzer=BERND)


@pytest.mark.usefixtures("three_days")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"von": "2027-03-12"}, 1),
        ({"von": "2027-03-11"}, 2),
        ({"von": "2027-03-10", "bis": "2027-03-10"}, 1),  # half past eleven in Germany, not at midnight of UTC
        ({"von": "2027-03-10", "bis": "2027-03-11"}, 2),
        ({"von": "2027-03-01", "bis": "9999-12-31"}, 3),
        ({"von": "2027-03-13"}, 0),
        ({"bis": "0001-01-01"}, 0),
    ],
)
def test_a_period_of_german_days_is_the_address(visit: Visit, asked: dict[str, str], found: int) -> None:
    assert text(visit(ANNA), **asked).count("E-Mail-Benachrichtigung geändert") == found
    assert len(rows(visit(ANNA), **asked)) == found


@pytest.mark.usefixtures("three_days")
def test_what_is_no_day_narrows_nothing(visit: Visit) -> None:
    assert text(visit(ANNA), von="gestern", bis="31.02.2027").count("E-Mail-Benachrichtigung geändert") == 3


@pytest.mark.usefixtures("three_days")
def test_an_empty_period_says_so_and_offers_the_whole(visit: Visit) -> None:
    shown = text(visit(ANNA), von="2027-03-13")
    assert "In diesem Zeitraum wurde nichts geändert." in shown
    assert "Ganzer Zeitraum" in shown


@pytest.mark.usefixtures("three_days")
def test_the_list_goes_along_as_a_file(visit: Visit) -> None:
    first, *_ = told = rows(visit(ANNA), benutzer=BERND, von="2027-03-10")
    assert len(told) == 3
    assert first == {
        "Zeit": "12.03.2027, 10:00 Uhr",
        "Kennung": BERND,
        "Name": "Bernd",
        "Was": "E-Mail-Benachrichtigung geändert",
        "Bisher und danach": "Eilige Erinnerungen: Nein → Ja",
        "Geändert von": "Gregor",
    }
    assert 'filename="verlauf.csv"' in visit(ANNA).get(FILE).headers["Content-Disposition"]


def test_the_file_holds_more_than_a_page_and_leaves_nothing_out(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vermittlerpost.interfaces.portal.services.history._ENTRIES_AT_ONCE", 7)
    for number in range(60):
        cast.choose(BERND, "urgent_reminders", wanted=number % 2 == 0)
    told = rows(visit(ANNA))
    assert len(told) == 60 + len(cast.USERS) - 1 + 1
    assert sum(one["Was"] == "E-Mail-Benachrichtigung geändert" for one in told) == 60


def test_what_a_spreadsheet_would_take_for_a_formula_is_harmless(visit: Visit) -> None:
    cast.change_user(CARLA, name="=1+1")
    assert "'=1+1" in {one["Name"] for one in rows(visit(ANNA))}


def test_the_file_is_for_administrators_and_of_their_own_people(visit: Visit) -> None:
    assert visit(BERND).get(FILE).status_code == 403
    assert visit(ANNA).get(FILE, {"benutzer": OLGA}).status_code == 404


def test_the_way_to_what_one_user_was_told_asks_about_him(visit: Visit) -> None:
    profile = visit(ANNA).get(f"/services/administration/benutzer/{BERND}/").content.decode()
    assert "Wurde Bernd benachrichtigt?" in profile
    assert "Wer wurde benachrichtigt?" not in profile
