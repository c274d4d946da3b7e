"""„Keine Erinnerungen bis 28.02.“ in the browser: set on the settings page, told wherever the setting is (B12)."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeAlias

import pytest
from django.conf import settings
from django.test import Client
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, CARLA

from vermittlerpost.agencies import queries as who
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES

pytestmark = pytest.mark.usefixtures("stage")
Visit: TypeAlias = Callable[[str], Client]

LETTERS = "important_letters"
OF_CARLA = "/services/administration/benutzer/carla/e-mail-benachrichtigungen/"
LAST_DAY = date(2026, 2, 28)


@pytest.fixture(autouse=True)
def _february() -> Iterator[None]:
    with clock.turned_to(moment("2026-02-01 08:00")):
        yield


def form(**more: str) -> dict[str, str]:
    """Return what the form of somebody sends for whom nothing is chosen, but for this."""
    stored = dict.fromkeys(CATEGORIES, "vorbelegung")
    return {**stored, **{f"gesehen_{code}": word for code, word in stored.items()}, "schritt": "speichern", **more}


def text(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(url).content.decode()))


def except_carla(client: Client) -> None:
    client.post(OF_CARLA, form(important_letters="nein", bis_important_letters="2026-02-28"))


def test_an_exception_is_previewed_saved_and_over_by_itself(visit: Visit) -> None:
    data = form(important_letters="nein", bis_important_letters="2026-02-28", schritt="wirkung")
    shown = visit(ANNA).post(OF_CARLA, data).content.decode()
    assert "Nein bis 28.02.2026" in shown
    assert 'name="bis_important_letters" value="2026-02-28"' in shown
    except_carla(visit(ANNA))
    setting = queries.settings_of(who.user(CARLA))[LETTERS]
    assert (setting.choice, setting.until) == (False, LAST_DAY)
    with clock.turned_to(moment("2026-03-01 08:00")):
        assert queries.settings_of(who.user(CARLA))[LETTERS].choice is None


def test_its_last_day_and_what_holds_afterwards_stand_wherever_the_setting_is_shown(visit: Visit) -> None:
    except_carla(visit(ANNA))
    card = text(visit(ANNA), OF_CARLA)
    assert "gesetzt von Anna am 01.02.2026" in card
    assert "Danach gilt wieder – Vorbelegung: Ja, weil die Bestandssicht von Carla" in card
    assert "Nein bis 28.02.2026" in text(visit(ANNA), "/services/administration/")
    assert "Danach gilt wieder – Vorbelegung: Ja, weil Ihre" in text(visit(CARLA), "/services/mein-profil/")
    history = text(visit(ANNA), "/services/administration/verlauf/?benutzer=carla")
    assert "Wichtige Schreiben: Vorbelegung → Nein bis 28.02.2026" in history


def test_after_it_the_choice_of_before_is_named_as_what_holds_again(visit: Visit) -> None:
    cast.choose(CARLA, LETTERS, wanted=True)
    data = form(gesehen_important_letters="ja", important_letters="nein", bis_important_letters="2026-02-28")
    visit(ANNA).post(OF_CARLA, data)
    assert "Danach gilt wieder – Ja" in text(visit(ANNA), OF_CARLA)


def test_the_protocol_tells_that_it_was_an_exception(visit: Visit) -> None:
    except_carla(visit(ANNA))
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(moment("2026-02-16 12:00")):
        told = text(visit(ANNA), f"/cockpit/vermittlerpost/{acts.letter().id}/")
        over_time = text(visit(ANNA), "/services/administration/benutzer/carla/mitteilungen/")
    assert "Die Benachrichtigung steht auf Nein. Einstellung: befristet eingestellt." in told
    assert "befristet eingestellt" in over_time


def test_the_open_form_shows_it_and_emptying_the_day_makes_it_last(visit: Visit) -> None:
    except_carla(visit(ANNA))
    shown = visit(ANNA).get(OF_CARLA).content.decode()
    assert re.search(r'type="date" name="bis_important_letters" value="2026-02-28"', shown)
    assert 'name="gesehen_bis_important_letters" value="2026-02-28"' in shown
    seen = {"gesehen_important_letters": "nein", "gesehen_bis_important_letters": "2026-02-28"}
    visit(ANNA).post(OF_CARLA, form(important_letters="nein", bis_important_letters="", **seen))
    setting = queries.settings_of(who.user(CARLA))[LETTERS]
    assert (setting.choice, setting.until) == (False, None)


@pytest.mark.parametrize(
    ("chosen", "day", "says"),
    [
        ("nein", "2026-01-31", "Dieser Tag ist schon vorbei."),
        ("vorbelegung", "2026-02-28", "Befristen lässt sich nur Ja oder Nein"),
        ("nein", "unsinn", "Bitte ein gültiges Datum eingeben."),
    ],
)
def test_what_is_no_exception_is_said_beside_the_field_and_what_was_typed_stays(
    visit: Visit, chosen: str, day: str, says: str
) -> None:
    shown = visit(ANNA).post(OF_CARLA, form(important_letters=chosen, bis_important_letters=day)).content.decode()
    assert says in shown
    assert f'value="{day}"' in shown
    assert queries.settings_of(who.user(CARLA))[LETTERS].choice is None


def test_who_set_another_last_day_meanwhile_is_a_conflict(visit: Visit) -> None:
    cast.choose(CARLA, LETTERS, wanted=False, until=date(2026, 2, 20), by=BERND)
    answer = visit(ANNA).post(OF_CARLA, form(important_letters="nein", bis_important_letters="2026-02-28"))
    assert answer.status_code == 409
    assert "Nein bis 20.02.2026" in answer.content.decode()


def test_it_is_told_in_english(visit: Visit) -> None:
    except_carla(visit(ANNA))
    anna = visit(ANNA)
    anna.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    shown = text(anna, OF_CARLA)
    assert "No until 28.02.2026" in shown
    assert "Limited until" in shown
    assert "Afterwards again – Preset: Yes" in shown
