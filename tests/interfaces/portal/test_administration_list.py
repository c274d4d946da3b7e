"""Services » Administration: the users of the firm with their switches, filtered, changed in bulk, taken along."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import acts, cast
from tests.cast import ANNA, BERLIN, BERND, CARLA, DORA, EMIL, FRIDA, GREGOR, OLGA, ROBOT

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries as who
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions import Choice

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
LIST = "/services/administration/"
BULK = f"{LIST}mehrere/"
LETTERS, REMINDERS = "important_letters", "urgent_reminders"
STATEMENTS_PER_PAGE = 25


def listed(client: Client, query: str = "") -> set[str]:
    shown = client.get(f"{LIST}{query}").content.decode()
    return set(re.findall(r'href="/services/administration/benutzer/([^/"]+)/"', shown))


def choice(login_id: str, category: str = LETTERS) -> bool | None:
    return queries.settings_of(who.user(login_id))[category].choice


def test_all_users_of_the_own_firm_are_listed_and_no_others(visit: Visit) -> None:
    assert listed(visit(ANNA)) == set(cast.USERS) - {OLGA}


def test_who_is_no_administrator_does_not_get_in(visit: Visit) -> None:
    assert visit(BERND).get(LIST).status_code == 403
    assert visit(BERND).post(BULK).status_code == 403
    assert LIST not in visit(BERND).get("/services/mein-profil/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?suche=ERN", {BERND}),
        ("?suche=carla", {CARLA}),
        ("?rolle=administrator", {ANNA, EMIL, FRIDA, GREGOR}),
        ("?rolle=eingeschraenkt", {CARLA, DORA}),
        ("?rolle=uebrige", {BERND}),
        ("?rolle=technisch", {ROBOT}),
        (f"?agentur={BERLIN}&rolle=eingeschraenkt", {CARLA, DORA}),
        ("?stand=deaktiviert", {FRIDA}),
        (f"?ohne={REMINDERS}&stand=aktiv", {BERND, EMIL, GREGOR, ROBOT}),
        ("?rolle=unsinn&suche=dora", {DORA}),
        ("?suche=niemand", set()),
    ],
)
def test_the_list_is_narrowed_down_by_what_stands_in_the_address(visit: Visit, query: str, found: set[str]) -> None:
    assert listed(visit(ANNA), query) == found


def test_a_choice_looks_other_than_a_preset_and_says_so(visit: Visit) -> None:
    cast.choose(BERND, LETTERS, wanted=True)
    shown = visit(ANNA).get(f"{LIST}?suche=bernd").content.decode()
    assert shown.count("switch yes explicit") == 2  # his switch, and the legend
    assert "switch no preset" in shown
    assert ", gesetzt" in shown


def test_a_gap_is_announced_on_top(visit: Visit) -> None:
    assert "Niemand liest mit" not in visit(ANNA).get(LIST).content.decode()
    cast.choose(ANNA, LETTERS, wanted=False)
    shown = visit(ANNA).get(LIST).content.decode()
    assert "Niemand liest mit" in shown
    assert "4700 Agentur Köln / Wichtige Schreiben" in shown


def test_the_ticked_users_are_shown_the_effect_then_changed(visit: Visit) -> None:
    data = {"kategorie": LETTERS, "einstellung": "ja", "wer": "ausgewaehlte", "benutzer": [BERND, CARLA]}
    anna = visit(ANNA)
    shown = anna.post(BULK, data).content.decode()
    assert "Wichtige Schreiben, 2 Benutzer" in shown
    assert choice(BERND) is None
    anna.post(BULK, {**data, "schritt": "speichern"})
    assert (choice(BERND), choice(CARLA), choice(DORA)) == (True, True, None)


def test_all_that_the_filter_shows_are_changed_as_they_were_shown(visit: Visit) -> None:
    anna = visit(ANNA)
    data = {"kategorie": REMINDERS, "einstellung": "ja", "wer": "gefilterte", "filter": f"ohne={REMINDERS}&stand=aktiv"}
    shown = anna.post(BULK, data).content.decode()
    repeated = set(re.findall(r'name="benutzer" value="(\w+)"', shown))
    assert repeated == {BERND, EMIL, GREGOR}  # the program gets no mails
    anna.post(BULK, {**data, "wer": "", "benutzer": list(repeated), "schritt": "speichern"})
    assert choice(BERND, REMINDERS) is True
    assert choice(CARLA, REMINDERS) is None


def test_nobody_of_another_firm_is_changed_in_bulk_r8(visit: Visit) -> None:
    data = {"kategorie": LETTERS, "einstellung": "nein", "benutzer": [OLGA], "schritt": "speichern"}
    shown = visit(ANNA).post(BULK, data, follow=True).content.decode()
    assert "Wählen Sie Benutzer" in shown
    assert choice(OLGA) is None


def test_a_bulk_change_does_not_leave_urgent_reminders_without_a_reader_b12(visit: Visit) -> None:
    data = {"kategorie": REMINDERS, "einstellung": "nein", "wer": "gefilterte", "schritt": "speichern"}
    shown = visit(ANNA).post(BULK, data, follow=True).content.decode()
    assert "würde niemand mehr benachrichtigt" in shown
    assert choice(ANNA, REMINDERS) is None


@pytest.mark.parametrize("spoiled", [{"kategorie": "unsinn"}, {"einstellung": "vielleicht"}, {"benutzer": []}])
def test_half_a_bulk_change_is_no_change(visit: Visit, spoiled: dict[str, object]) -> None:
    data = {"kategorie": LETTERS, "einstellung": "ja", "benutzer": [BERND], "schritt": "speichern", **spoiled}
    assert "Wählen Sie Benutzer" in visit(ANNA).post(BULK, data, follow=True).content.decode()
    assert choice(BERND) is None


def test_the_list_is_taken_along_as_csv_that_no_spreadsheet_takes_for_formulas(visit: Visit) -> None:
    cast.change_user(BERND, name="=1+1")
    cast.choose(BERND, LETTERS, wanted=True)
    answer = visit(ANNA).get(f"{LIST}benutzer.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="benutzer.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    by_login = {row["Kennung"]: row for row in rows}
    assert set(by_login) == set(cast.USERS) - {OLGA}
    assert by_login[BERND]["Name"] == "'=1+1"
    assert (by_login[BERND]["Wichtige Schreiben"], by_login[BERND]["Wichtige Schreiben: Herkunft"]) == ("Ja", "gesetzt")
    assert by_login[CARLA]["Agenturen"] == "4710, 4711, 4712"


def test_the_csv_holds_what_the_filter_shows(visit: Visit) -> None:
    answer = visit(ANNA).get(f"{LIST}benutzer.csv?rolle=uebrige").getvalue().decode("utf-8-sig")
    assert [line.split(";")[0] for line in answer.splitlines()[1:]] == [BERND]


@pytest.fixture
def large_firm(stage: None) -> None:
    """Make Brückner a firm of 200 users and 60 agencies, with a choice here and there."""
    rows = [replace(cast.AGENCIES[cast.KOELN], number=f"{n}", name=f"Agentur {n}") for n in range(6000, 6055)]
    agencies.put_agencies(rows, by=cast.BY)
    users = [
        replace(
            cast.USERS[BERND],
            login_id=f"vmp{n:05d}",
            name=f"Name {n:03d}",
            email=f"u{n}@brueckner.example",
            assigned_agencies=(f"{6000 + n % 55}",) if n % 2 else (),
        )
        for n in range(192)
    ]
    agencies.put_users(users, by=cast.BY)
    chosen = [Choice(login_id=f"vmp{n:05d}", category=LETTERS, wanted=n % 3 > 0) for n in range(0, 192, 7)]
    notifications.put_preferences(chosen, by=ANNA)
    acts.register()
    acts.mornings(acts.REQUESTED)


@pytest.mark.usefixtures("large_firm")
def test_every_page_takes_few_statements_however_large_the_firm_is(visit: Visit) -> None:
    anna = visit(ANNA)
    pages = [
        LIST,
        f"{LIST}?rolle=eingeschraenkt&nach=vmp00001",
        f"{LIST}benutzer.csv",
        f"{LIST}abdeckung/",
        f"{LIST}verlauf/",
        f"{LIST}benutzer-anlegen/",
        f"{LIST}benutzer/vmp00001/",
        f"{LIST}benutzer/vmp00001/mitteilungen/",
        f"{LIST}benutzer/vmp00001/e-mail-benachrichtigungen/",
        "/services/mein-profil/",
        "/services/mein-profil/e-mail-benachrichtigungen/",
    ]
    anna.get(LIST)
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            assert anna.get(page).status_code == 200
        assert len(captured) <= STATEMENTS_PER_PAGE, page


@pytest.mark.usefixtures("large_firm")
def test_a_large_firm_is_listed_page_by_page_without_leaving_anybody_out(visit: Visit) -> None:
    anna = visit(ANNA)
    seen: list[str] = []
    query = ""
    for _ in range(10):
        shown = anna.get(f"{LIST}{query}").content.decode()
        seen += re.findall(r'name="benutzer"\s+value="([^"]+)"', shown)
        following = re.search(r'href="(\?nach=[^"]+)"', shown)
        if following is None:
            break
        query = following[1]
    assert len(seen) == len(set(seen)) == 199  # all but the program
