"""What an action refuses is said in the reader's language, with what it names."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from tests import acts
from tests.cast import ANNA

from vermittlerpost.agencies.actions import RowRefused
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications.categories import CATEGORIES

pytestmark = pytest.mark.usefixtures("stage")
Visit: TypeAlias = Callable[[str], Client]


def in_english(visit: Visit, login_id: str) -> Client:
    client = visit(login_id)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_the_longest_pause_is_named_in_english(visit: Visit, turn_clock: Callable[[str], object]) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    turn_clock("2026-03-02 09:00")
    url = f"/cockpit/vermittlerpost/{acts.letter().id}/unterwegs/"
    shown = in_english(visit, ANNA).post(url, {"until": "2026-03-10", "note": ""}).content.decode()
    assert "Please choose a day after 02.03.2026 and no later than 09.03.2026." in shown


def test_a_category_without_its_last_reader_is_named_in_english(visit: Visit) -> None:
    stored = dict.fromkeys(CATEGORIES, "vorbelegung")
    seen = {f"gesehen_{code}": word for code, word in stored.items()}
    data = {**stored, **seen, "urgent_reminders": "nein", "schritt": "speichern"}
    shown = in_english(visit, ANNA).post("/services/mein-profil/e-mail-benachrichtigungen/", data).content.decode()
    assert "Nobody would be notified any more about “Urgent reminders” of agency 4700." in shown


def test_what_a_row_is_refused_for_is_translated_and_names_its_agency() -> None:
    refusal = RowRefused("Die Agentur {agency} gehört einer anderen Firma.", column="agencies", agency="4711")
    assert refusal.sentence == "Die Agentur 4711 gehört einer anderen Firma."
    with translation.override("en"):
        assert said(refusal) == "Agency 4711 belongs to another firm."


def test_an_empty_fact_stays_empty_in_every_language() -> None:
    with translation.override("en"):
        assert said(Refused("[{nothing}]", nothing="")) == "[]"
