"""Urgent letters that a firm's software leaves lying raise an alarm once, and go by post if the firm wants it (B8)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import acts, cast
from tests.cast import ANNA, BERLIN, BONN, BRUECKNER, CARLA, HAMBURG, OSTERTAG, ROBOT

from vermittlerpost.agencies import actions as masters
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.models import Shipment
from vermittlerpost.delivery.rules import Alarm, ReceiptKind
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

A_DAY = timedelta(hours=24)
LATER = "2026-03-04 07:00"


@pytest.fixture
def reminder() -> str:
    """Return a reminder of Tuesday, 3 March, 07:00, that lies in Bonn."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    return acts.letter().id


def watch(at: str = LATER) -> list[Alarm]:
    """Look after what is uncollected."""
    with clock.turned_to(acts.moment(at)):
        return actions.watch(patience=A_DAY, by="system")


def print_if_uncollected() -> None:
    """Let the firm get paper as well."""
    masters.set_firm_software(BRUECKNER, people_use_software=False, paper_if_uncollected=True, by=ANNA)


def fetch(letter: str) -> None:
    """Fetch a letter."""
    robot = agencies.user(ROBOT)
    with clock.turned_to(acts.moment("2026-03-03 09:00")):
        detail = queries.shipment(robot, letter)
        assert detail is not None
        actions.note_fetched(detail, robot, consumer="")


def kinds(case: str) -> list[str]:
    """Return what happened in a case because of the watch."""
    entries = journal.about(case).filter(kind__in=["letter.uncollected", "letter.queued_for_print"])
    return list(entries.order_by("position").values_list("kind", flat=True))


def test_an_urgent_letter_that_nobody_fetches_raises_one_alarm_when_the_patience_is_over(reminder: str) -> None:
    assert not watch("2026-03-04 06:59:59")
    assert watch() == [
        Alarm(
            firm=BRUECKNER, agencies=(BONN,), letters=(reminder,), oldest=acts.moment("2026-03-03 07:00"), by_post=False
        )
    ]
    assert not watch()
    assert not watch("2026-03-09 07:00")
    assert Shipment.objects.get(id=reminder).alarmed_at == acts.moment(LATER)
    assert kinds(acts.case().id) == ["letter.uncollected"]


def test_a_request_is_not_urgent_and_raises_no_alarm() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert not watch("2026-02-18 07:00")


def by_fetching(letter: str) -> None:
    fetch(letter)


def by_reading(letter: str) -> None:
    actions.record_receipt(letter=letter, case=acts.case().id, kind=ReceiptKind.DISPLAYED, by=CARLA)


def by_working_it_off(letter: str) -> None:
    actions.mark_done(letters=[letter], by=CARLA)


def by_the_end_of_the_case(_: str) -> None:
    acts.apply(at="2026-03-03 10:00")


@pytest.mark.parametrize("taken", [by_fetching, by_reading, by_working_it_off, by_the_end_of_the_case])
def test_a_letter_that_somebody_took_notice_of_raises_no_alarm(reminder: str, taken: object) -> None:
    assert callable(taken)
    taken(reminder)
    assert not watch()
    assert not kinds(acts.case().id)


@pytest.mark.parametrize(
    "change",
    [
        {"active": False},
        {"technical": False},
        {"rights": ("basic",)},
        {"assigned_agencies": (BERLIN,)},
    ],
)
def test_a_firm_without_software_that_could_have_fetched_the_letter_is_not_alarmed(
    reminder: str, change: dict[str, object]
) -> None:
    cast.change_user(ROBOT, **change)
    assert not watch()


def test_software_of_a_parent_agency_is_expected_to_fetch_what_lies_below(reminder: str) -> None:
    cast.change_user(ROBOT, assigned_agencies=(cast.KOELN,))
    assert [alarm.letters for alarm in watch()] == [(reminder,)]


def test_where_the_firm_wants_it_the_letter_is_printed_as_well_and_stays_in_the_mailbox(reminder: str) -> None:
    print_if_uncollected()
    assert [alarm.by_post for alarm in watch()] == [True]
    sent = acts.delivery_of(reminder)
    assert (sent.channel, sent.state) == ("post", "to_print")
    assert [row.letter for row in queries.mailbox(agencies.user(ANNA)).rows] == [reminder]
    assert kinds(acts.case().id) == ["letter.uncollected", "letter.queued_for_print"]
    (batch,) = acts.print_post("2026-03-04 14:00")
    acts.hand_over(batch, "2026-03-04 15:00")
    assert acts.delivery_of(reminder).state == "handed_over"


def test_what_was_printed_already_is_not_printed_again(reminder: str) -> None:
    print_if_uncollected()
    with clock.turned_to(acts.moment("2026-03-03 10:00")):
        actions.reissue(letter=reminder, reason="Agentur bittet um Papier", by="hedda")
    (batch,) = acts.print_post("2026-03-03 14:00")
    acts.hand_over(batch, "2026-03-03 15:00")
    assert [alarm.letters for alarm in watch()] == [(reminder,)]
    assert acts.delivery_of(reminder).state == "handed_over"
    assert kinds(acts.case().id) == ["letter.uncollected"]


def test_the_end_of_the_case_withdraws_the_paper_that_was_asked_for(reminder: str) -> None:
    print_if_uncollected()
    watch()
    acts.apply(at="2026-03-04 10:00")
    assert acts.delivery_of(reminder).state == "withdrawn"
    assert not acts.print_post("2026-03-04 14:00")


def test_each_firm_is_told_of_its_own_letters(reminder: str) -> None:
    cast.change_user(cast.OLGA, technical=True)
    for number, agency in ((acts.OTHER_EVB, HAMBURG), ("NL7K2P7", BONN)):
        acts.confirm(number, agency=agency)
        acts.register(number, evb=number, plate=f"K-XY {number[-1]}", vin=number.ljust(17, "0"))
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    alarms = {alarm.firm: set(alarm.letters) for alarm in watch()}
    assert alarms == {
        BRUECKNER: {reminder, acts.letter("NL7K2P7").id},
        OSTERTAG: {acts.letter(acts.OTHER_EVB).id},
    }


def test_the_round_of_the_worker_waits_a_day_unless_the_operator_says_otherwise(reminder: str) -> None:
    with clock.turned_to(acts.moment("2026-03-04 06:59")):
        assert not rounds.watch_pickups()
    with clock.turned_to(acts.moment(LATER)):
        assert [alarm.letters for alarm in rounds.watch_pickups()] == [(reminder,)]


def test_whoever_reads_a_letter_locks_its_paper_before_he_writes_the_journal(reminder: str) -> None:
    print_if_uncollected()
    watch()
    with CaptureQueriesContext(connection) as asked:
        actions.mark_read(letters=[reminder], by=CARLA)
    statements = [one["sql"] for one in asked.captured_queries]
    paper = next(n for n, sql in enumerate(statements) if 'OF "delivery_delivery"' in sql)
    chain = next(n for n, sql in enumerate(statements) if "journal_chain" in sql)
    assert paper < chain
