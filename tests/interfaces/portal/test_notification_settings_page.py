"""„E-Mail-Benachrichtigungen ändern“: three choices, shown with what they mean, what they would do, then saved."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, BERND, BRUECKNER, CARLA, GREGOR, OLGA, ROBOT

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries as who
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
OWN = "/services/mein-profil/e-mail-benachrichtigungen/"
LETTERS, REMINDERS = "important_letters", "urgent_reminders"
WORDS: Mapping[bool | None, str] = {True: "ja", False: "nein", None: "vorbelegung"}


def of(login_id: str) -> str:
    return f"/services/administration/benutzer/{login_id}/e-mail-benachrichtigungen/"


def form(login_id: str, **choices: str) -> dict[str, str]:
    """Return what the form of a user sends if nothing but these choices is changed."""
    stored = {code: WORDS[one.choice] for code, one in queries.settings_of(who.user(login_id)).items()}
    return {**stored, **{f"gesehen_{code}": word for code, word in stored.items()}, **choices}


def choice(login_id: str, category: str = LETTERS) -> bool | None:
    return queries.settings_of(who.user(login_id))[category].choice


def save(client: Client, url: str, data: Mapping[str, str]) -> str:
    return client.post(url, {**data, "schritt": "speichern"}, follow=True).content.decode()


def test_there_is_a_card_per_category_with_a_sentence_and_an_example(visit: Visit) -> None:
    shown = visit(ANNA).get(OWN).content.decode()
    for category in CATEGORIES.values():
        assert category.title in shown
        assert category.sentence in shown
        assert category.example in shown
    assert shown.count('value="vorbelegung"') == 2 * len(CATEGORIES)  # the choice, and what was seen


def test_a_preset_says_what_it_means_now_and_why_m8(visit: Visit) -> None:
    assert "Ja, weil Sie Administrator sind" in visit(ANNA).get(OWN).content.decode()
    shown = visit(ANNA).get(of(CARLA)).content.decode()
    assert "Ja, weil die Bestandssicht von Carla auf zugeordnete Agenturen eingeschränkt ist" in shown


def test_who_else_is_told_about_ones_agencies_is_named(visit: Visit) -> None:
    shown = visit(ANNA).get(of(CARLA)).content.decode()
    assert "Anna, Dora" in shown
    assert "Sonst wird niemand benachrichtigt" in shown


def test_the_first_step_shows_the_effect_and_saves_nothing_b3(visit: Visit) -> None:
    shown = visit(ANNA).post(of(BERND), form(BERND, important_letters="ja")).content.decode()
    assert "Noch ist nichts gespeichert" in shown
    assert "Nein (Vorbelegung)" in shown
    assert "Ja (gesetzt)" in shown
    assert choice(BERND) is None


def test_the_effect_counts_letters_and_names_days_and_agencies_b3(
    visit: Visit, turn_clock: Callable[[str], object]
) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    turn_clock("2026-03-20 09:00")
    shown = visit(ANNA).post(of(BERND), form(BERND, urgent_reminders="ja")).content.decode()
    assert "Bernd hätte zusätzlich E-Mails über 2 eilige Erinnerungen erhalten." in shown
    assert "Mi., 18.03.2026, Agentur 4710: 1" in shown


def test_what_was_typed_is_there_again_when_one_goes_back(visit: Visit) -> None:
    data = {**form(BERND, important_letters="ja"), "schritt": "aendern"}
    shown = visit(ANNA).post(of(BERND), data).content.decode()
    assert re.search(r'name="important_letters"\s+value="ja"[^>]*checked', shown)
    assert choice(BERND) is None


def test_a_gap_is_named_before_it_is_made_b2(visit: Visit) -> None:
    shown = visit(ANNA).post(OWN, form(ANNA, important_letters="nein")).content.decode()
    assert "Niemand liest mit" in shown
    assert "Agentur 4700 (Agentur Köln) / Wichtige Schreiben bliebe ohne Empfänger" in shown
    save(visit(ANNA), OWN, form(ANNA, important_letters="nein"))
    assert choice(ANNA) is False


def test_the_last_reader_of_urgent_reminders_is_not_switched_off_by_one_alone_b12(visit: Visit) -> None:
    data = form(ANNA, urgent_reminders="nein")
    for step in ("wirkung", "speichern"):
        shown = visit(ANNA).post(OWN, {**data, "schritt": step}).content.decode()
        assert "Über „Eilige Erinnerungen“ der Agentur 4700 würde niemand mehr benachrichtigt" in shown
        assert "Stellen Sie zuerst bei jemand anderem" in shown
    assert choice(ANNA, REMINDERS) is None


def test_switching_in_the_browser_changes_who_is_mailed_in_the_next_run_and_it_is_told_why(
    visit: Visit, home: Path
) -> None:
    acts.register()
    anna = visit(ANNA)
    save(anna, of(BERND), form(BERND, important_letters="ja"))
    save(anna, of(CARLA), form(CARLA, important_letters="nein"))
    acts.mornings(acts.REQUESTED)
    assert [login_id for login_id, _, _ in acts.mailed()] == [ANNA, BERND]
    told = acts.decisions(acts.letter().id)
    assert told[BERND] == ("mailed", None)
    assert told[CARLA] == ("not_mailed", "preference")
    with clock.turned_to(acts.moment("2026-02-16 12:00")):
        protocol = visit(ANNA).get("/services/administration/benutzer/carla/mitteilungen/").content.decode()
    assert acts.letter().id in protocol
    assert "Die Benachrichtigung steht auf Nein." in protocol
    assert "ausdrücklich eingestellt" in protocol
    history = visit(ANNA).get("/services/administration/verlauf/?benutzer=carla").content.decode()
    assert "Wichtige Schreiben" in history
    assert "Vorbelegung → " in history.replace("\n", " ")
    save(visit(ANNA), of(CARLA), form(CARLA, important_letters="vorbelegung"))
    assert choice(CARLA) is None


def test_an_explicit_choice_shows_who_made_it_and_when(visit: Visit, turn_clock: Callable[[str], object]) -> None:
    turn_clock("2026-03-12 10:00")
    save(visit(ANNA), of(BERND), form(BERND, important_letters="nein"))
    assert "gesetzt von Anna am 12.03.2026" in visit(ANNA).get(of(BERND)).content.decode()


def test_who_may_not_choose_sees_his_settings_and_is_refused_if_he_sends_some_m4(visit: Visit) -> None:
    bernd = visit(BERND)
    shown = bernd.get(OWN).content.decode()
    assert 'type="radio"' not in shown
    assert "Ändern kann diese Einstellungen der Administrator Ihrer Firma" in shown
    assert bernd.post(OWN, {**form(BERND, important_letters="ja"), "schritt": "speichern"}).status_code == 403
    assert choice(BERND) is None


def test_a_user_of_a_firm_with_self_service_switches_himself_m4(visit: Visit) -> None:
    row = replace(cast.USERS[OLGA], login_id="otto", name="Otto", administrator=False)
    agencies.put_users([row], by=cast.BY)
    save(visit("otto"), OWN, form("otto", important_letters="ja"))
    assert choice("otto") is True


@pytest.mark.parametrize("login_id", [OLGA, "nobody"])
def test_another_firms_user_and_an_unknown_one_are_the_same_404_r8(visit: Visit, login_id: str) -> None:
    anna = visit(ANNA)
    assert anna.get(of(login_id)).status_code == 404
    assert anna.post(of(login_id), {"schritt": "speichern", LETTERS: "ja"}).status_code == 404


def test_another_administrator_of_the_firm_may_be_switched(visit: Visit) -> None:
    save(visit(ANNA), of(GREGOR), form(GREGOR, important_letters="nein"))
    assert choice(GREGOR) is False


def test_a_technical_user_has_no_switches(visit: Visit) -> None:
    shown = visit(ANNA).get(of(ROBOT)).content.decode()
    assert "Technische Benutzer erhalten keine E-Mails" in shown
    assert 'type="radio"' not in shown
    save(visit(ANNA), of(ROBOT), form(ROBOT, important_letters="ja"))
    assert choice(ROBOT) is None


def test_two_administrators_at_once_see_the_conflict_and_both_values(visit: Visit) -> None:
    seen = form(BERND, important_letters="ja")
    save(visit(GREGOR), of(BERND), form(BERND, important_letters="nein"))
    answer = visit(ANNA).post(of(BERND), {**seen, "schritt": "speichern"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "inzwischen jemand anderes geändert" in shown
    assert "Jetzt gespeichert" in shown
    assert choice(BERND) is False


def test_after_a_conflict_saving_once_more_is_a_decision(visit: Visit) -> None:
    cast.choose(BERND, LETTERS, wanted=False, by=GREGOR)
    save(visit(ANNA), of(BERND), form(BERND, important_letters="ja"))
    assert choice(BERND) is True


def test_sent_twice_it_changes_once(visit: Visit) -> None:
    data = form(BERND, important_letters="ja")
    for _ in range(2):
        save(visit(ANNA), of(BERND), data)
    assert journal.about(f"user:{BERND}").filter(kind="preference.changed").count() == 1


def test_nothing_changed_says_so(visit: Visit) -> None:
    shown = visit(ANNA).post(of(BERND), form(BERND), follow=True).content.decode()
    assert "Sie haben nichts geändert" in shown


def test_a_value_that_is_no_choice_is_refused_beside_its_card(visit: Visit) -> None:
    shown = visit(ANNA).post(of(BERND), form(BERND, important_letters="vielleicht")).content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in shown
    assert choice(BERND) is None


def test_a_restricted_users_colleagues_are_those_of_his_agencies_only(visit: Visit) -> None:
    agencies.put_firms([replace(cast.FIRMS[BRUECKNER], self_service=True)], by=cast.BY)
    row = replace(cast.USERS[CARLA], login_id="cem", name="Cem aus Köln", assigned_agencies=(cast.DRESDEN,))
    agencies.put_users([row], by=cast.BY)
    shown = visit(CARLA).get(OWN).content.decode()
    assert "Cem aus Köln" not in shown
