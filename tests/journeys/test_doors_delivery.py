"""The catalogue's scenarios through the doors: agencies, channels, calendars, servers and templates."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from tests import acts
from tests.acts import moment
from tests.cast import ANNA, BERLIN, BONN, CARLA, HAMBURG, KOELN, OLGA, ROBOT
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.interfaces.api.conftest import content
from tests.journeys.doors import HEDDA, INGO, MAILBOX, Doors

from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.letters.kinds import KINDS, WORDED, Passage
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.transports.smtp import SmtpServer

DAY_AFTER = "2026-02-17 09:00"


def transfer(doors: Doors, target: str, on: str) -> str:
    """Let a case worker move the portfolio of Bonn on a day."""
    asked = {"source": BONN, "target": target, "effective_on": on, "case": "", "transfer": ""}
    return doors.decide(HEDDA, "transfer_plan", when=f"{on} 10:00", **asked)


def test_scenario_03_after_a_portfolio_transfer_the_new_agency_is_reminded_and_the_old_one_keeps_its_letter(
    doors: Doors,
) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    assert "1 Vorgang" in transfer(doors, HAMBURG, "2026-02-25")
    acts.mornings(*acts.EVERY_STEP[1:])
    request, reminder, last = [letter["id"] for letter in doors.letters()]
    assert doors.mailbox(CARLA, "2026-04-07 09:00") == [request]
    assert doors.mailbox(OLGA, "2026-04-07 09:00") == [last, reminder]
    assert "16.02.2026" in doors.page(OLGA, f"{MAILBOX}{reminder}/", "2026-04-07 09:00")
    assert len(doors.mails("olga@ostertag.example")) == 2


def test_scenario_09_an_agency_without_electronic_delivery_gets_paper_and_nothing_else(doors: Doors) -> None:
    doors.change_agency(BONN, electronic_from=None)
    case = doors.register()
    acts.mornings(acts.REQUESTED)
    doors.decide(HEDDA, "batch_build", when=f"{acts.REQUESTED} 14:00")
    assert [path.suffix for path in sorted((doors.home / "print").iterdir())] == [".csv", ".pdf"]
    assert doors.mailbox(ANNA, DAY_AFTER) == doors.listed(ROBOT, DAY_AFTER).ids == []
    assert doors.mails() == []
    assert "Post an 4710" in doors.page(HEDDA, f"/innendienst/vorgaenge/{case}/", DAY_AFTER)


def test_scenario_10_who_turns_electronic_amid_a_case_gets_the_next_letter_electronically_and_no_back_fill(
    doors: Doors,
) -> None:
    doors.change_agency(BONN, electronic_from=date(2026, 3, 1))
    doors.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    request, reminder = doors.letters()
    assert (request["channel"], reminder["channel"]) == ("post", "electronic")
    assert doors.mailbox(CARLA, f"{acts.REMINDED} 09:00") == [reminder["id"]]
    assert "Antragsanforderung vom 16.02.2026" in doors.page(
        CARLA, f"{MAILBOX}{reminder['id']}/", f"{acts.REMINDED} 09:00"
    )


def test_scenario_11_who_goes_back_to_paper_still_reads_what_was_provided(doors: Doors) -> None:
    doors.change_agency(BONN, electronic_until=date(2026, 2, 28))
    doors.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    request, reminder = doors.letters()
    assert (request["channel"], reminder["channel"]) == ("electronic", "post")
    assert doors.mailbox(CARLA, f"{acts.REMINDED} 09:00") == [request["id"]]
    doors.fetched(ROBOT, request["id"], f"{acts.REMINDED} 09:00")
    answer = doors.listed(ROBOT, f"{acts.REMINDED} 10:00")
    assert (answer.status, answer.ids) == (200, [])


def test_scenario_12_a_letter_in_portal_and_bipro_is_one_and_neither_door_takes_it_from_the_other(doors: Doors) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    letter = doors.letters()[0]["id"]
    assert doors.mailbox(CARLA, DAY_AFTER) == doors.listed(ROBOT, DAY_AFTER).ids == [letter]
    assert doors.fetched(ROBOT, letter, DAY_AFTER).pdf.startswith(b"%PDF")
    assert doors.mailbox(CARLA, DAY_AFTER, zustand="ungelesen") == [letter]
    assert "über BiPRO" in doors.page(CARLA, f"{MAILBOX}{letter}/", DAY_AFTER)
    assert len(doors.mails()) == 2


def test_scenario_17_what_was_issued_to_an_agency_that_gave_up_goes_to_its_successor_and_to_nobody_there(
    doors: Doors,
) -> None:
    transfer(doors, HAMBURG, "2026-01-20")
    doors.confirm(acts.OTHER_EVB, agency="4999")
    case = doors.register()
    doors.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    assert [doors.case(message)["agency"] for message in ("Z-1", "Z-2")] == [HAMBURG, None]
    assert doors.case("Z-2")["clarification"] == "agency_missing"
    assert len(doors.mailbox(OLGA, DAY_AFTER)) == 1
    assert doors.mailbox(ANNA, DAY_AFTER) == []
    assert {mail["To"] for mail in doors.mails()} == {"olga@ostertag.example"}
    assert "für Agentur 4710 ausgestellt" in doors.page(HEDDA, f"/innendienst/vorgaenge/{case}/", DAY_AFTER)


def test_where_nobody_follows_an_agency_that_closes_its_stammagentur_gets_what_comes_in_later(
    doors: Doors,
) -> None:
    transfer(doors, "", "2026-01-20")
    doors.register()
    acts.mornings(acts.REQUESTED)
    assert doors.case()["agency"] == KOELN
    assert (doors.mailbox(ANNA, DAY_AFTER), doors.mailbox(CARLA, DAY_AFTER)) == ([doors.letters()[0]["id"]], [])


def test_scenario_18_a_letter_due_on_a_holiday_is_written_on_the_next_working_day_of_the_land(doors: Doors) -> None:
    doors.confirm(acts.OTHER_EVB, agency=BERLIN)
    doors.register("Z-1", "2026-03-20 06:00")  # Good Friday
    doors.register("Z-2", "2026-02-22 06:00", evb=acts.OTHER_EVB, vin="", plate="B-A 1")  # Women's Day, Sunday
    assert doors.case("Z-1")["next_step"]["day"] == "2026-04-07"
    acts.mornings("2026-03-09", "2026-04-03", "2026-04-06", "2026-04-07")
    assert [doors.letters(message)[0]["issued_at"][:10] for message in ("Z-1", "Z-2")] == ["2026-04-07", "2026-03-09"]


def test_scenario_19_nothing_is_sent_on_new_years_day_and_one_mail_for_all_on_the_first_working_day(
    doors: Doors,
) -> None:
    doors.confirm(acts.OTHER_EVB, kind="permanent")
    for number in range(12):
        doors.register(f"Z-{number}", "2025-12-18 06:00", evb=acts.OTHER_EVB, vin="", plate=f"K-A {number + 1}")
    acts.mornings("2026-01-01")
    assert doors.mailbox(ANNA, "2026-01-01 09:00") == []
    assert doors.mails() == []
    acts.mornings("2026-01-02", "2026-01-03")
    assert len(doors.mailbox(ANNA, "2026-01-03 09:00")) == 12
    assert [mail["Subject"][:2] for mail in doors.mails("anna@brueckner.example")] == ["12"]


def test_scenario_21_a_mail_server_that_is_away_for_three_hours_loses_and_doubles_nothing(doors: Doors) -> None:
    doors.register()
    begin = moment(f"{acts.REQUESTED} 07:00")
    with clock.turned_to(begin):
        rounds.take_steps()
        rounds.announce()
    log = f"/innendienst/mails/?von={doors.letters()[0]['id']}"
    with running(MisbehavingServer(faults=[Fault(at="CONNECT", reply="421 4.3.2 away")])) as server:
        for minute in range(0, 12 * 60, 10):
            if minute == 180:
                assert _states(doors.page(HEDDA, log, f"{acts.REQUESTED} 09:55")) == {"wartet"}
                server.faults = []
            with (
                clock.turned_to(begin + timedelta(minutes=minute)),
                SmtpServer(host="127.0.0.1", port=server.port, tls="none").open() as line,
            ):
                notifications.post(line, wiring.operator(), due_by=clock.now(), limit=50, by="system")
    assert len(server.received) == 2
    assert _states(doors.page(HEDDA, log, f"{acts.REQUESTED} 20:00")) == {"gesendet"}


def _states(log: str) -> set[str]:
    """Return in which states the mails of a log are."""
    return set(re.findall(r'data-label="Mail">(\w+)', log))


@pytest.mark.parametrize(
    ("registered", "requested"), [("2026-03-15 23:30", "2026-03-30"), ("2026-10-11 23:30", "2026-10-26")]
)
def test_scenario_22_on_the_night_in_which_clocks_change_no_day_is_lost_or_won(
    doors: Doors, registered: str, requested: str
) -> None:
    doors.register("Z-1", registered)
    assert doors.case()["next_step"]["day"] == requested
    with doors.at(f"{requested} 06:59"):
        rounds.take_steps()
    assert doors.letters() == []
    acts.mornings(requested)
    assert doors.letters()[0]["due_on"] == (date.fromisoformat(requested) + timedelta(days=14)).isoformat()


def test_scenario_29_a_letter_speaks_in_the_words_of_its_day_whenever_it_is_made_or_read(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)  # issued, and no PDF made yet
    request, anew = KINDS["application_request"], "bitte beachten Sie die neue Fassung."
    wording = replace(request.wordings["normal"], request=(Passage(text=anew),))
    later = replace(request, version=2, wordings={"normal": wording})
    monkeypatch.setitem(WORDED, (later.code, later.version), later)
    monkeypatch.setitem(KINDS, later.code, later)
    doors.confirm(acts.OTHER_EVB)
    doors.register("Z-2", "2026-02-03 09:00", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings("2026-02-17")
    (before,), (after,) = doors.letters("Z-1"), doors.letters("Z-2")
    assert [anew in said for said in _said(doors, before["id"])] == [False] * 4
    assert [anew in said for said in _said(doors, after["id"])] == [True] * 4


def _said(doors: Doors, letter: str) -> list[str]:
    """Return what a letter says to the core system, to broker software, on its page and in the PDF behind it."""
    pdfs = [content(doors.core.get(f"letters/{letter}/pdf")), doors.fetched(ROBOT, letter, DAY_AFTER).pdf]
    page = doors.page(CARLA, f"{MAILBOX}{letter}/", DAY_AFTER)
    with doors.at(DAY_AFTER):
        pdfs.append(content(doors.window(CARLA).get(f"{MAILBOX}{letter}/schreiben.pdf")))
    return [*(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range() for pdf in pdfs), page]


def test_scenario_30_that_the_insurers_staff_open_a_letter_is_no_receipt_of_the_agency(doors: Doors) -> None:
    case = doors.register()
    acts.mornings(acts.REQUESTED)
    letter = doors.letters()[0]["id"]
    for login_id in (HEDDA, INGO):
        doors.page(login_id, f"/innendienst/vorgaenge/{case}/", DAY_AFTER)
        assert doors.window(login_id).get(f"/innendienst/schreiben/{letter}.pdf").content.startswith(b"%PDF")
    told = json.loads(content(doors.core.get(f"letters/{letter}/receipts")))["items"]
    assert [receipt["kind"] for receipt in told] == ["provided"]
    assert doors.mailbox(CARLA, DAY_AFTER, zustand="ungelesen") == [letter]
