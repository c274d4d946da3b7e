"""Services » Administration » Verlauf, and the decisions about a user over time: who, what, when, from what (B1)."""

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.conf import settings
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, BERND, CARLA, GREGOR, OLGA

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries as who
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
HISTORY = "/services/administration/verlauf/"
TOLD = f"/services/administration/benutzer/{CARLA}/mitteilungen/"


def text(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(url).content.decode()))


def test_changes_are_told_with_who_when_before_and_after(visit: Visit, turn_clock: Callable[[str], object]) -> None:
    turn_clock("2027-03-12 10:00")
    cast.choose(BERND, "urgent_reminders", wanted=True, by=GREGOR)
    cast.change_user(BERND, administrator=True, email="neu@brueckner.example")
    shown = text(visit(ANNA), HISTORY)
    assert "12.03.2027, 10:00 Uhr Bernd" in shown
    assert "Eilige Erinnerungen: Vorbelegung → Ja Gregor" in shown
    assert "Administrator: Nein → Ja" in shown
    assert "E-Mail-Adresse: – → geändert" in shown
    assert "neu@brueckner.example" not in shown


def test_nothing_of_another_firm_is_told_r8(visit: Visit) -> None:
    cast.choose(OLGA, "urgent_reminders", wanted=False, by=OLGA)
    assert "Olga" not in text(visit(ANNA), HISTORY)
    assert visit(ANNA).get(f"{HISTORY}?benutzer={OLGA}").status_code == 404


def test_the_history_of_one_user_is_his_alone(visit: Visit) -> None:
    shown = text(visit(ANNA), f"{HISTORY}?benutzer={BERND}")
    assert "Verlauf: Bernd" in shown
    assert "Carla" not in shown


def test_the_history_is_read_page_by_page_without_leaving_anything_out(visit: Visit) -> None:
    for number in range(60):
        cast.choose(BERND, "urgent_reminders", wanted=number % 2 == 0)
    anna = visit(ANNA)
    first = anna.get(HISTORY).content.decode()
    following = re.search(r'rel="next"\s+href="([^"]+)"', first)
    assert following
    second = anna.get(HISTORY + following[1].replace("&amp;", "&")).content.decode()
    rows = first.count("<tr>") + second.count("<tr>") - 2
    assert rows == 60 + len(cast.USERS) - 1 + 1  # who was created when the cast entered, and their firm


@pytest.mark.parametrize("key", ["unsinn", "20260101T000000000000~x~anna", "~~", "20260101T000000000000~1~"])
def test_a_key_that_nobody_gave_out_fails_nothing(visit: Visit, key: str) -> None:
    assert visit(ANNA).get(HISTORY, {"vor": key}).status_code == 200
    assert visit(ANNA).get(TOLD, {"vor": key}).status_code == 200


@pytest.mark.parametrize("page", [HISTORY, TOLD])
def test_it_is_for_administrators(visit: Visit, page: str) -> None:
    assert visit(BERND).get(page).status_code == 403


def test_every_decision_about_a_user_is_told_newest_first_with_reason_and_origin(
    visit: Visit, turn_clock: Callable[[str], object]
) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    cast.choose(CARLA, "urgent_reminders", wanted=False)
    acts.mornings(acts.REMINDED)
    turn_clock("2026-03-10 09:00")
    shown = text(visit(ANNA), TOLD)
    request, reminder = (letter.id for letter in acts.letters_of())
    assert shown.index(reminder) < shown.index(request)
    assert "nicht gesendet Die Benachrichtigung steht auf Nein. ausdrücklich eingestellt" in shown
    assert "gesendet Die E-Mail ist versandt. 16.02.2026" in shown
    assert "Vorbelegung nach der Rolle" in shown


def test_decisions_are_read_in_pages_of_at_most_ninety_days(turn_clock: Callable[[str], object]) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    turn_clock("2026-06-10 09:00")  # 90 days after 12 March
    carla = who.user(CARLA)
    first = queries.latest_decisions(carla, before=(clock.now(), "~"), limit=50)
    assert [one.at.date().isoformat() for one in first.decisions] == [acts.REMINDED_AGAIN]
    assert first.next is not None
    second = queries.latest_decisions(carla, before=first.next, limit=1)
    assert [one.at.date().isoformat() for one in second.decisions] == [acts.REMINDED]
    assert second.next is not None
    third = queries.latest_decisions(carla, before=second.next, limit=50)
    assert [one.at.date().isoformat() for one in third.decisions] == [acts.REQUESTED]
    assert third.next is None


def test_what_is_told_page_by_page_is_all_that_is_kept(turn_clock: Callable[[str], object]) -> None:
    acts.register()
    cast.choose(CARLA, "important_letters", wanted=False)
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    turn_clock("2026-03-20 09:00")
    for login_id in cast.USERS:
        user = who.user(login_id)
        told = queries.latest_decisions(user, before=(clock.now(), "~"), limit=50).decisions
        kept = queries.decisions_for(user)
        assert {(one.matter, one.outcome, one.reason) for one in told} == {
            (one.matter, one.outcome, one.reason or "") for one in kept
        }


def test_what_the_journal_keeps_as_a_code_is_told_in_words_and_in_english(visit: Visit) -> None:
    content = {"link": "/kennwort/", "valid_until": "13.03.2027"}
    agencies.note_second_factor_added(who.user(BERND), factor="Authenticator-App", by=BERND)
    notifications.send_message("password_reset", user=who.user(BERND).id, content=content, by=BERND)
    anna = visit(ANNA)
    assert "veranlasst: Neues Kennwort." in text(anna, HISTORY)
    anna.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    shown = text(anna, HISTORY)
    assert "New password." in shown
    assert "Authenticator app." in shown
