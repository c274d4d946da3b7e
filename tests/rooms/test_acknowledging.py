"""What a firm's software did with a shipment: recorded with its moment and user, and never read by that (R9)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import acts
from tests.cast import ANNA, BERND, NORDLICHT, OLGA, ROBOT

from vermittlerpost.agencies import actions as masters
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.models import Shipment
from vermittlerpost.delivery.rules import Caller, Detail
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

CLIENT = "MVP 4.2"


@pytest.fixture
def letter() -> str:
    """Return a letter that has arrived in Bonn."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def detail(shipment: str) -> Detail:
    """Return a shipment as the firm's software sees it."""
    found = queries.shipment(agencies.user(ROBOT), shipment)
    assert found is not None
    return found


def fetch(shipment: str, at: str, by: str = ROBOT, consumer: str = CLIENT) -> None:
    """Fetch a shipment."""
    with clock.turned_to(acts.moment(at)):
        actions.note_fetched(detail(shipment), agencies.user(by), consumer=consumer)


def acknowledge(shipment: str, at: str, by: str = ROBOT) -> None:
    """Acknowledge a shipment."""
    with clock.turned_to(acts.moment(at)):
        actions.acknowledge(agencies.user(by), detail(shipment), consumer=CLIENT)


def ask(at: str, consumer: str = CLIENT) -> None:
    """Ask what there is."""
    with clock.turned_to(acts.moment(at)):
        actions.note_listed(agencies.user(ROBOT), consumer=consumer)


def receipts(letter: str) -> list[tuple[str, str]]:
    """Return what happened to a letter, and who did it."""
    return list(queries.receipts_of(letter).values_list("kind", "actor"))


def caller(login_id: str = ROBOT) -> Caller:
    """Return what is known of the pick-ups of a user."""
    return {one.login_id: one for one in queries.software_of(agencies.user(ANNA))}[login_id]


def test_each_fetch_is_a_receipt_and_the_first_is_kept_with_the_shipment_r9(letter: str) -> None:
    fetch(letter, "2026-02-16 09:00")
    fetch(letter, "2026-02-16 09:30", by=BERND)
    assert receipts(letter) == [("provided", "system"), ("fetched", ROBOT), ("fetched", BERND)]
    kept = Shipment.objects.get(id=letter)
    assert (kept.fetched_at, kept.fetched_by) == (acts.moment("2026-02-16 09:00"), ROBOT)
    assert kept.acknowledged_at is None


def test_acknowledging_twice_is_acknowledging_once(letter: str) -> None:
    acknowledge(letter, "2026-02-16 09:00")
    acknowledge(letter, "2026-02-16 10:00", by=BERND)
    assert receipts(letter)[1:] == [("acknowledged", ROBOT)]
    kept = Shipment.objects.get(id=letter)
    assert (kept.acknowledged_at, kept.acknowledged_by) == (acts.moment("2026-02-16 09:00"), ROBOT)
    assert journal.about(acts.case().id).filter(kind="letter.receipt").count() == 1


def test_what_software_fetched_and_acknowledged_nobody_has_read_r9(letter: str) -> None:
    fetch(letter, "2026-02-16 09:00")
    acknowledge(letter, "2026-02-16 09:01")
    anna = agencies.user(ANNA)
    assert queries.unread(anna) == 1
    (row,) = queries.mailbox(anna).rows
    assert row.is_unread


def test_the_receipts_name_who_did_it_in_the_journal(letter: str) -> None:
    fetch(letter, "2026-02-16 09:00")
    acknowledge(letter, "2026-02-16 09:01")
    entries = journal.about(acts.case().id).filter(kind="letter.receipt").order_by("position")
    assert [(one.actor, one.data["receipt"]) for one in entries] == [(ROBOT, "fetched"), (ROBOT, "acknowledged")]


def test_the_end_of_a_case_that_is_fetched_and_acknowledged_is_no_receipt_of_its_letter(letter: str) -> None:
    masters.set_carrier_software(
        NORDLICHT, company_number="", own_id_as_policy_number=False, tells_endings=True, by=ANNA
    )
    acts.apply(at="2026-02-20 10:00")
    ending = Shipment.objects.get(content="ending").id
    fetch(ending, "2026-02-20 11:00")
    acknowledge(ending, "2026-02-20 11:01")
    assert receipts(letter) == [("provided", "system")]
    entries = journal.about(acts.case().id).filter(kind="ending.receipt").order_by("position")
    assert [one.data["receipt"] for one in entries] == ["fetched", "acknowledged"]
    assert Shipment.objects.get(id=letter).acknowledged_at is None
    assert Shipment.objects.get(id=ending).acknowledged_by == ROBOT


def test_pick_ups_are_noted_with_what_the_software_calls_itself(letter: str) -> None:
    ask("2026-02-16 09:00")
    fetch(letter, "2026-02-16 09:01")
    acknowledge(letter, "2026-02-16 09:02")
    robot = caller()
    assert (robot.technical, robot.active, robot.consumer) == (True, True, CLIENT)
    assert [robot.listed_at, robot.fetched_at, robot.acknowledged_at] == [
        acts.moment(f"2026-02-16 09:0{minute}") for minute in range(3)
    ]


def test_listing_is_noted_once_a_minute_and_costs_one_statement_meanwhile() -> None:
    ask("2026-02-16 09:00")
    with CaptureQueriesContext(connection) as statements:
        ask("2026-02-16 09:00:59")
    assert len([one for one in statements if "delivery_pickup" in one["sql"]]) == 1
    assert caller().listed_at == acts.moment("2026-02-16 09:00")
    ask("2026-02-16 09:01")
    assert caller().listed_at == acts.moment("2026-02-16 09:01")


def test_software_that_does_not_say_its_name_keeps_the_one_it_had() -> None:
    ask("2026-02-16 09:00")
    ask("2026-02-16 09:05", consumer="")
    assert caller().consumer == CLIENT


def test_whose_software_fetches_letters_is_told_of_the_own_firm_only(letter: str) -> None:
    assert [one.login_id for one in queries.software_of(agencies.user(ANNA))] == [ROBOT]
    assert caller().listed_at is None
    fetch(letter, "2026-02-16 09:00", by=BERND)
    assert [one.login_id for one in queries.software_of(agencies.user(ANNA))] == [BERND, ROBOT]
    assert not queries.software_of(agencies.user(OLGA))
