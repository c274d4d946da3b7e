"""What people do before their screens, along the paths and in the words of the announcement."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests import acts, cast
from tests.browser.visitors import PASSWORD, Portal

from vermittlerpost.notifications import queries as notifications

IMPORTANT, URGENT = "Wichtige Schreiben", "Eilige Erinnerungen"


def log_in(page: Page, login_id: str, password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label("Benutzerkennung").fill(login_id)
    page.get_by_label("Kennwort", exact=True).fill(password)
    page.get_by_role("button", name="Anmelden").click()


def follow(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("link", name=name, exact=True).first.click()


def choose(page: Page, category: str, choice: str) -> None:
    page.get_by_role("group", name=category).get_by_label(choice, exact=True).check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Wirkung ansehen").first.click()
    page.get_by_role("button", name="Speichern").click()


def mailed_about(letter: str) -> set[str]:
    return {one.login_id for one in notifications.decisions_about(letter) if one.outcome == "mailed"}


def next_request(message: str = "Z-2") -> str:
    acts.confirm("NL7K2P8")
    acts.register(message, "2026-03-20 06:00", evb="NL7K2P8", vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings("2026-04-03", "2026-04-07")
    return acts.letter(message).id


def test_the_administrator_changes_his_own_mails_where_the_announcement_says_m5(portal: Portal) -> None:
    page = portal.visitor()
    log_in(page, cast.ANNA)
    follow(page, "Services", "Mein Profil", "E-Mail-Benachrichtigungen ändern")
    for category in (IMPORTANT, URGENT):
        expect(page.get_by_role("group", name=category)).to_contain_text("Ja, weil Sie Administrator sind")
    choose(page, IMPORTANT, "Nein")
    save(page)
    assert cast.ANNA not in mailed_about(next_request())


def test_he_changes_the_mails_of_others_in_their_profile_and_the_next_run_follows_m4_m7(portal: Portal) -> None:
    page = portal.visitor(cast.ANNA)
    page.goto("/cockpit/")
    follow(page, "Services", "Administration", "Bernd")
    choose(page, IMPORTANT, "Ja")
    save(page)
    letter = next_request()
    assert mailed_about(letter) == {cast.ANNA, cast.BERND, cast.CARLA}
    page.goto(f"/cockpit/vermittlerpost/{letter}/")
    expect(page.locator("main")).to_contain_text("Wer wurde benachrichtigt?")
    page.goto("/services/administration/verlauf/")
    expect(page.locator("main")).to_contain_text(IMPORTANT)


def test_a_user_without_self_service_sees_his_settings_and_whom_to_ask_m4(portal: Portal) -> None:
    page = portal.visitor(cast.BERND)
    page.goto("/services/mein-profil/e-mail-benachrichtigungen/")
    expect(page.locator("main")).to_contain_text(IMPORTANT)
    expect(page.locator("main")).to_contain_text("Anna")
    assert page.get_by_role("button", name="Wirkung ansehen").count() == 0


def test_the_firm_with_self_service_lets_its_people_choose(portal: Portal) -> None:
    page = portal.visitor(cast.OLGA)
    page.goto("/services/mein-profil/")
    follow(page, "E-Mail-Benachrichtigungen ändern")
    choose(page, "MaklerTicker", "Ja")
    save(page)
    expect(page.get_by_role("status")).to_be_visible()


def test_a_morning_of_the_clerk(portal: Portal) -> None:
    page = portal.visitor(cast.CARLA)
    page.goto("/cockpit/")
    page.get_by_role("link", name=re.compile("Erinnerung")).first.click()
    expect(page.locator("main")).to_contain_text("Mi., 01.04.2026")
    expect(page.locator("main")).to_contain_text("noch 12 Tage")
    follow(page, "Antrag ist unterwegs")
    page.locator("main form").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("Antrag ist unterwegs")
    page.goto("/cockpit/vermittlerpost/?suche=kwb4444")
    expect(page.get_by_role("row").filter(has_text="K-WB 4444").first).to_be_visible()


def test_a_sub_agency_sees_its_own_letters_and_nothing_else(portal: Portal) -> None:
    page = portal.visitor(cast.DORA)
    page.goto("/cockpit/vermittlerpost/")
    expect(page.locator("main")).not_to_contain_text("K-WB 4444")
    answer = page.goto(f"/cockpit/vermittlerpost/{acts.letter().id}/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("Hier ist nichts")


def test_the_mailbox_is_worked_off_from_the_keyboard(portal: Portal) -> None:
    page = portal.visitor(cast.ANNA)
    page.goto("/cockpit/vermittlerpost/")
    unread = page.locator("tr.unread")
    before = unread.count()
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(unread).to_have_count(before - 1)
    page.keyboard.press("/")
    page.keyboard.type("gibtesnicht")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kein Schreiben passt zu diesem Filter")).to_be_visible()


@pytest.mark.parametrize("login_id", [cast.ANNA, cast.CARLA])
def test_everything_can_be_done_without_a_script(portal: Portal, login_id: str) -> None:
    page = portal.visitor(java_script_enabled=False)
    log_in(page, login_id)
    page.goto("/cockpit/vermittlerpost/")
    page.get_by_role("row").filter(has_text="K-WB 4444").first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Gelesen", exact=True).first.click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("row").filter(has_text="K-WB 4444").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("K-WB 4444")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_label("Benutzerkennung")).to_be_visible()


def test_the_technical_user_is_for_programs_only(portal: Portal) -> None:
    acts.give_password(cast.ROBOT, PASSWORD)
    page = portal.visitor()
    log_in(page, cast.ROBOT)
    expect(page.get_by_label("Benutzerkennung")).to_be_visible()
