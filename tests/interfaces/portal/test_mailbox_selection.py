"""What is done with chosen letters: once, only with one's own, and told afterwards."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import acts
from tests.cast import ANNA, CARLA, DORA, OLGA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries
from vermittlerpost.delivery.rules import Criteria, Standing
from vermittlerpost.journal import queries as journal

pytestmark = pytest.mark.usefixtures("stage")
Visit = Callable[[str], Client]
SELECTION = "/cockpit/vermittlerpost/auswahl/"
FOREIGN = "S-0000-0000-00000"


@pytest.fixture
def letters() -> list[str]:
    """Return the letters of two cases."""
    acts.register()
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    acts.mornings(acts.REQUESTED)
    return [acts.letter().id, acts.letter("Z-2").id]


def standing(standing: Standing) -> set[str]:
    """Return the letters that stand so."""
    return {row.letter for row in queries.mailbox(agencies.user(ANNA), Criteria(standing=standing)).rows}


def choose(client: Client, action: str, letters: list[str], **more: str) -> str:
    """Do something with chosen letters, and return the page that follows."""
    data = {"aktion": action, "schreiben": letters, "filter": "zustand=alle", **more}
    response = client.post(SELECTION, data, follow=True)
    assert response.redirect_chain == [("/cockpit/vermittlerpost/?zustand=alle", 302)]
    return str(response.content.decode())


def test_chosen_letters_are_read_unread_done_and_reopened(letters: list[str], visit: Visit) -> None:
    client = visit(CARLA)
    assert "2 Schreiben als gelesen vermerkt." in choose(client, "gelesen", letters)
    assert standing(Standing.READ) == set(letters)
    assert "Ein Schreiben als ungelesen vermerkt." in choose(client, "ungelesen", letters[:1])
    assert standing(Standing.UNREAD) == set(letters[:1])
    assert "2 Schreiben als erledigt vermerkt." in choose(client, "erledigt", letters)
    assert standing(Standing.DONE) == set(letters)
    assert "2 Schreiben wieder geöffnet." in choose(client, "offen", letters)
    assert standing(Standing.OPEN) == set(letters)


def test_a_double_click_does_nothing_twice(letters: list[str], visit: Visit) -> None:
    client = visit(CARLA)
    choose(client, "erledigt", letters)
    assert "Daran war nichts zu ändern." in choose(client, "erledigt", letters)
    for message in ("Z-1", "Z-2"):
        assert journal.about(acts.case(message).id).filter(kind="letter.done").count() == 1


def test_all_on_the_page_are_meant_without_marking_each(letters: list[str], visit: Visit) -> None:
    choose(visit(CARLA), "gelesen", [], alle="ja", seite=" ".join(letters))
    assert standing(Standing.READ) == set(letters)


def test_the_button_of_a_row_means_this_row_whatever_is_chosen(letters: list[str], visit: Visit) -> None:
    choose(visit(CARLA), "", letters[1:], eines=f"erledigt:{letters[0]}")
    assert standing(Standing.DONE) == set(letters[:1])


@pytest.mark.parametrize("action", ["gelesen", "ungelesen", "erledigt", "offen", "zip"])
def test_foreign_and_unknown_letters_are_passed_over_alike(letters: list[str], visit: Visit, action: str) -> None:
    pages = [choose(visit(login_id), action, ids) for login_id in (DORA, OLGA) for ids in ([letters[0]], [FOREIGN])]
    assert standing(Standing.UNREAD) == set(letters)
    assert len({"Daran war nichts zu ändern." in page for page in pages}) == 1


def test_without_a_choice_the_page_asks_for_one(letters: list[str], visit: Visit) -> None:
    assert "Wählen Sie zuerst aus" in choose(visit(CARLA), "gelesen", [])


@pytest.mark.parametrize("action", ["", "loeschen"])
def test_an_unknown_action_does_nothing(letters: list[str], visit: Visit, action: str) -> None:
    choose(visit(CARLA), action, letters)
    assert standing(Standing.UNREAD) == set(letters)


def test_nobody_acts_without_the_forms_token(letters: list[str], visit: Visit) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = visit(CARLA).cookies
    assert client.post(SELECTION, {"aktion": "erledigt", "schreiben": letters}).status_code == 403
    assert standing(Standing.UNREAD) == set(letters)


def test_the_way_back_leads_nowhere_else(letters: list[str], visit: Visit) -> None:
    data = {"aktion": "gelesen", "schreiben": letters, "filter": "//evil.example\r\nX: y"}
    response = visit(CARLA).post(SELECTION, data)
    assert response.headers["Location"].startswith("/cockpit/vermittlerpost/?")
    assert "\n" not in response.headers["Location"]
