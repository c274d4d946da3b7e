"""Stories of agencies, channels, calendars and servers; the numbers are the catalogue's."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERLIN, BONN, CARLA, DRESDEN, HAMBURG, MUENCHEN, OLGA
from tests.faults.smtp_server import Fault, MisbehavingServer, running

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions as receipts
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.transports.smtp import SmtpServer

pytestmark = pytest.mark.usefixtures("stage")


def mailbox(login_id: str) -> list[int]:
    """Return the levels of the letters that a user finds in his mailbox."""
    found = delivery.mailbox_of(agencies.user(login_id)).order_by("level")
    return [letter.level for letter in found]


def channels() -> list[str]:
    return [acts.delivery_of(one.id).channel for one in acts.letters_of()]


def test_after_a_portfolio_transfer_the_new_agency_is_reminded_and_the_old_one_keeps_its_letter() -> None:
    """Scenario 3: a fresh due date, the day of the first request on the letter, and no reminder twice."""
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(moment("2026-02-25 10:00")):
        cases.reroute(case=case, agency=HAMBURG, reason="Bestandsübertragung", by="insurer")
    acts.mornings(*acts.EVERY_STEP[1:])
    reminder = acts.letters_of()[1]
    assert (reminder.agency_id, reminder.due_on) == (HAMBURG, date(2026, 3, 17))
    assert reminder.facts["first_requested_on"] == acts.REQUESTED
    assert (mailbox(CARLA), mailbox(OLGA)) == ([0], [1, 2])
    assert [(login_id, category) for login_id, category, _ in acts.mailed()] == [
        (ANNA, "important_letters"),
        (CARLA, "important_letters"),
        (OLGA, "urgent_reminders"),
        (OLGA, "urgent_reminders"),
    ]


def test_an_agency_without_electronic_delivery_gets_paper_and_nothing_else(home: Path) -> None:
    """Scenario 9: a print job, no letter in the portal, no mail; the letter is in the case."""
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    [batch] = acts.print_post(f"{acts.REQUESTED} 14:00")
    assert (home / "print" / f"{batch}.pdf").read_bytes().startswith(b"%PDF")
    assert mailbox(ANNA) == []
    assert acts.mails_in(home) == []
    assert len(acts.letters_of()) == 1


def test_who_turns_electronic_amid_a_case_gets_the_next_letter_electronically_and_no_back_fill() -> None:
    """Scenario 10: what was sent by post stays paper; the next letter tells of the earlier one."""
    cast.change_agency(BONN, electronic_from=date(2026, 3, 1))
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    assert channels() == ["post", "electronic"]
    assert mailbox(CARLA) == [1]
    assert [one["title"] for one in acts.letter().facts["earlier"]] == ["Antragsanforderung"]


def test_who_goes_back_to_paper_still_reads_what_was_provided() -> None:
    """Scenario 11: the next letter goes by post, the open electronic one stays readable."""
    cast.change_agency(BONN, electronic_until=date(2026, 2, 28))
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    assert channels() == ["electronic", "post"]
    assert mailbox(CARLA) == [0]


def test_a_letter_fetched_by_software_is_the_same_letter_and_is_not_read() -> None:
    """Scenario 12: one letter, one mail, two doors; neither takes it from the other."""
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter().id
    for kind in (ReceiptKind.FETCHED, ReceiptKind.ACKNOWLEDGED):
        receipts.record_receipt(letter=letter, case=case, kind=kind, by=cast.ROBOT)
    assert [receipt.kind for receipt in delivery.receipts_of(letter)] == ["provided", "fetched", "acknowledged"]
    assert mailbox(CARLA) == mailbox(cast.ROBOT) == [0]
    assert [login_id for login_id, _, _ in acts.mailed()] == [ANNA, CARLA]


def test_a_confirmation_of_an_agency_that_is_gone_is_clarified_and_nobody_is_told() -> None:
    """Scenario 17: what names an agency that nobody knows goes to nobody by itself; a person finds out whose it is."""
    acts.confirm(agency="4999")
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    assert acts.case().clarification == "agency_missing"
    assert acts.mailed() == []


@pytest.mark.parametrize(
    ("registered", "agency", "morning"),
    [
        ("2026-03-20 06:00", BONN, "2026-04-07"),  # Good Friday to Tuesday after Easter
        ("2025-12-23 06:00", MUENCHEN, "2026-01-07"),  # Epiphany in Bavaria
        ("2025-12-23 06:00", BERLIN, "2026-01-06"),  # which Berlin does not keep
    ],
)
def test_a_letter_that_falls_on_a_holiday_is_written_on_the_next_working_day_of_the_land(
    registered: str, agency: str, morning: str
) -> None:
    """Scenario 18."""
    acts.confirm(agency=agency)
    acts.register("Z-1", registered)
    day = moment(registered).date() + timedelta(days=14)
    while not acts.letters_of():
        acts.mornings(day.isoformat())
        day += timedelta(days=1)
    assert acts.written() == [("application_request", 0, morning)]


def test_nothing_is_sent_on_new_years_day_and_one_mail_for_all_on_the_first_working_day(home: Path) -> None:
    """Scenario 19: a wave of registrations whose requests fall due on 1 January."""
    acts.confirm(kind="permanent")
    for number in range(12):
        acts.register(f"Z-{number}", "2025-12-18 06:00", vin="", plate=f"K-A {number + 1}")
    acts.mornings("2026-01-01")
    assert acts.mails_in(home) == []
    acts.mornings("2026-01-02", "2026-01-03")
    assert acts.mailed() == [(ANNA, "important_letters", 12), (CARLA, "important_letters", 12)]
    assert len(acts.mails_in(home)) == 2


def test_a_mail_server_that_is_away_for_three_hours_loses_and_doubles_nothing() -> None:
    """Scenario 21: what is urgent is due first, and all of it leaves once the server is back."""
    acts.confirm(kind="permanent")
    acts.register("Z-1", vin="", plate="K-A 1")
    acts.mornings(acts.REQUESTED)
    acts.register("Z-2", "2026-02-17 06:00", vin="", plate="K-A 2")  # requested when the first is reminded
    begin = moment(f"{acts.REMINDED} 07:00")
    with clock.turned_to(begin):
        rounds.take_steps()
        rounds.announce()
    assert [mail.category for mail in queries.waiting()][:2] == ["urgent_reminders"] * 2
    with running(MisbehavingServer(faults=[Fault(at="CONNECT", reply="421 4.3.2 away")])) as server:
        for minute in range(0, 12 * 60, 10):
            if minute == 180:
                server.faults = []
            with (
                clock.turned_to(begin + timedelta(minutes=minute)),
                SmtpServer(host="127.0.0.1", port=server.port, tls="none").open() as line,
            ):
                notifications.post(line, wiring.operator(), due_by=clock.now(), limit=50, by="system")
    assert not queries.waiting().exists()
    assert not queries.to_settle().exists()
    assert len(server.received) == 4
    sent = queries.sent().filter(made_at=begin)
    assert sent.count() == sent.filter(sent_at__gte=begin + timedelta(hours=3)).count() == 4


@pytest.mark.parametrize(
    ("registered", "morning"),
    [("2026-03-15 23:30", "2026-03-30"), ("2026-10-11 23:30", "2026-10-26")],
)
def test_on_the_night_in_which_clocks_change_no_day_is_lost_or_won(registered: str, morning: str) -> None:
    """Scenario 22: 14 days are 14 calendar days, and the run is at seven by the clocks of the morning."""
    acts.register("Z-1", registered)
    with clock.turned_to(moment(f"{morning} 06:59")):
        assert cases.advance_due(limit=1, by="system") == 0
    with clock.turned_to(moment(f"{morning} 07:00")):
        assert cases.advance_due(limit=1, by="system") == 1
    assert acts.written() == [("application_request", 0, morning)]
