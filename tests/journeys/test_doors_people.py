"""The catalogue's scenarios through the doors: people whose rights, roles and addresses change, and what they ask."""

import mailbox
from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, BONN, CARLA, GREGOR, OLGA
from tests.interfaces.ops.bounced import out_of_office, report
from tests.interfaces.portal.test_administration_users import form, of
from tests.interfaces.portal.test_notification_settings_page import form as switches
from tests.interfaces.portal.test_notification_settings_page import of as switches_of
from tests.journeys.doors import HEDDA, MAILBOX, Doors

from vermittlerpost.interfaces.ops import bounces, rounds
from vermittlerpost.interfaces.ops.bounces.boxes import box_at
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

DAY_AFTER = "2026-02-17 09:00"
LETTERS = "important_letters"
EARLIER = "2026-02-10 09:00"


def told(letter: str) -> dict[str, tuple[str, str | None]]:
    return acts.decisions(letter)


def choose(doors: Doors, by: str, login_id: str, choice: str, when: str = EARLIER) -> int:
    """Let an administrator set a user's switch for important letters, and return the status of the answer."""
    with doors.at(when):
        answer = doors.window(by).post(
            switches_of(login_id), {**switches(login_id, important_letters=choice), "schritt": "speichern"}
        )
    return int(answer.status_code)


def administer(doors: Doors, login_id: str, **fields: object) -> None:
    """Let an administrator change a colleague in the portal."""
    with doors.at(EARLIER):
        doors.window(ANNA).post(of(login_id), {**form(login_id, **fields), "schritt": "speichern"})


def bounced(folder: Path, *reports: bytes, when: str) -> dict[str, int]:
    """Let the mailbox of bounces be read."""
    box = mailbox.Maildir(str(folder))
    for one in reports:
        box.add(one)
    with clock.turned_to(moment(when)):
        return dict(bounces.read(box_at(f"maildir:{folder}", ""), by="system"))


def test_scenario_04_who_loses_the_right_between_provision_and_click_finds_nothing_and_colleagues_do(
    doors: Doors,
) -> None:
    doors.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        rounds.announce()
    doors.change_user(CARLA, rights=("basic",))
    with clock.turned_to(moment(f"{acts.REQUESTED} 08:00")):
        rounds.post()
    letter = doors.letters()[0]["id"]
    with doors.at(DAY_AFTER):
        refused = doors.window(CARLA).get(f"{MAILBOX}{letter}/")
    assert refused.status_code in {403, 404}
    assert acts.PLATE not in refused.content.decode()
    assert acts.PLATE in doors.page(BERND, f"{MAILBOX}{letter}/", DAY_AFTER)
    assert [len(doors.mails(f"{one}@brueckner.example")) for one in (ANNA, CARLA)] == [1, 0]


@pytest.mark.parametrize(("choice", "mails"), [("vorbelegung", 1), ("nein", 0)])
def test_scenario_05_who_becomes_restricted_is_mailed_unless_he_has_said_nein(
    doors: Doors, choice: str, mails: int
) -> None:
    choose(doors, ANNA, BERND, choice)
    administer(doors, BERND, scope="zugeordnet", agencies=[BONN])
    doors.register()
    acts.mornings(acts.REQUESTED)
    assert len(doors.mails("bernd@brueckner.example")) == mails
    page = doors.page(ANNA, switches_of(BERND), DAY_AFTER)
    assert "auf zugeordnete Agenturen eingeschränkt" in page


@pytest.mark.parametrize(("choice", "mails"), [("vorbelegung", 0), ("ja", 1)])
def test_scenario_06_an_administrator_who_is_demoted_is_mailed_no_more_unless_he_has_said_ja(
    doors: Doors, choice: str, mails: int
) -> None:
    doors.change_user(GREGOR, email="gregor@brueckner.example")
    choose(doors, ANNA, GREGOR, choice)
    administer(doors, GREGOR, administrator=None)
    doors.register()
    acts.mornings(acts.REQUESTED)
    assert len(doors.mails("gregor@brueckner.example")) == mails


def test_scenario_07_an_administrator_without_an_address_is_shown_as_not_to_be_reached(doors: Doors) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    assert "nicht zustellbar" in doors.page(GREGOR, "/services/mein-profil/", DAY_AFTER)
    letter = doors.letters()[0]["id"]
    assert "keine zustellbare E-Mail-Adresse" in doors.page(ANNA, f"{MAILBOX}{letter}/", DAY_AFTER)
    doors.change_user(OLGA, email="")
    assert "5000" in doors.page(HEDDA, "/innendienst/niemand-liest-mit/", DAY_AFTER)


def test_scenario_08_an_address_that_bounced_gets_nothing_until_it_is_corrected_and_then_new_letters_only(
    doors: Doors, tmp_path: Path
) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    [first] = [mail.id for mail in notifications.sent() if mail.user.login_id == CARLA]
    bounced(tmp_path / "box", report(first), when=DAY_AFTER)
    assert "carla@brueckner.example" in doors.page(HEDDA, "/innendienst/gesperrte-adressen/", DAY_AFTER)
    acts.mornings(acts.REMINDED)
    assert len(doors.mails("carla@brueckner.example")) == 1
    assert len(doors.mailbox(CARLA, f"{acts.REMINDED} 09:00")) == 2
    doors.change_user(CARLA, email="carla.neu@brueckner.example")
    acts.mornings(acts.REMINDED_AGAIN)
    assert ["letzte" in mail["Subject"] for mail in doors.mails("carla.neu@brueckner.example")] == [True]


def test_scenario_23_one_person_in_two_firms_has_two_logins_and_two_sets_of_switches(doors: Doors) -> None:
    doors.change_user(OLGA, email="anna@brueckner.example")
    choose(doors, ANNA, ANNA, "nein")
    doors.confirm(acts.OTHER_EVB, agency=cast.HAMBURG)
    doors.register()
    doors.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    mine, other = (doors.letters(message)[0]["id"] for message in ("Z-1", "Z-2"))
    assert (doors.mailbox(ANNA, DAY_AFTER), doors.mailbox(OLGA, DAY_AFTER)) == ([mine], [other])
    assert (told(mine)[ANNA], told(other)) == (("not_mailed", "preference"), {OLGA: ("mailed", None)})
    assert len(doors.mails("anna@brueckner.example")) == 1


def test_scenario_24_one_administrator_changes_the_switches_of_another_and_both_can_see_who_did(doors: Doors) -> None:
    choose(doors, ANNA, GREGOR, "nein")
    for login_id in (ANNA, GREGOR):
        page = doors.page(login_id, switches_of(GREGOR) if login_id == ANNA else "/services/mein-profil/", DAY_AFTER)
        assert "Anna" in page
        assert "10.02.2026" in page


def test_scenario_25_of_two_who_change_one_switch_the_second_sees_the_conflict_and_decides(doors: Doors) -> None:
    with doors.at(EARLIER):
        seen = {**switches(BERND, important_letters="ja"), "schritt": "speichern"}
        assert choose(doors, GREGOR, BERND, "nein") == 302
        conflict = doors.window(ANNA).post(switches_of(BERND), seen)
    assert conflict.status_code == 409
    assert "inzwischen jemand anderes geändert" in conflict.content.decode()
    assert choose(doors, ANNA, BERND, "ja") == 302
    doors.register()
    acts.mornings(acts.REQUESTED)
    assert len(doors.mails("bernd@brueckner.example")) == 1


def test_scenario_31_an_out_of_office_reply_is_no_bounce(doors: Doors, tmp_path: Path) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    [first] = [mail.id for mail in notifications.sent() if mail.user.login_id == CARLA]
    read = bounced(tmp_path / "box", out_of_office(first), when=DAY_AFTER)
    assert read == {bounces.NO_BOUNCE: 1}
    assert "Keine Adresse ist gesperrt" in doors.page(HEDDA, "/innendienst/gesperrte-adressen/", DAY_AFTER)
    acts.mornings(acts.REMINDED)
    assert len(doors.mails("carla@brueckner.example")) == 2


def test_scenario_34_a_case_that_is_open_or_legally_held_is_not_erased_and_its_page_says_why(doors: Doors) -> None:
    case = doors.register()
    with doors.at("2040-01-01 12:00"):
        assert "zusammen 0 Vorgänge" in doors.operator("erase", "--apply")
    doors.apply("A-1", "2026-02-10 10:00")
    with doors.at("2033-01-01 12:00"):
        assert "wird nicht gelöscht" in doors.operator("hold-legally", case, "--reason", "Auskunft nach Art. 15 DSGVO")
        assert "1 ausgesetzt" in doors.operator("erase", "--apply")
    page = doors.page(HEDDA, f"/innendienst/vorgaenge/{case}/", "2033-01-02 09:00")
    assert acts.PLATE in page
    assert "Löschung ausgesetzt: Auskunft nach Art. 15 DSGVO" in page
