"""One truth over three channels: an act in one cancels the rest in the others, and everybody sees whose it was (B7)."""

from collections.abc import Callable

import pytest
from tests import acts
from tests.cast import ANNA, BONN, BRUECKNER, CARLA, ROBOT

from vermittlerpost.agencies import actions as masters
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.rules import Detail, ReceiptKind
from vermittlerpost.interfaces.bipro import shipments
from vermittlerpost.interfaces.bipro.namespaces import Prefixes
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

# A reminder of Tuesday, 3 March, 07:00; a day later nobody has taken notice of it.
MORNING, A_DAY_LATER, LATER_STILL = "2026-03-03 09:00", "2026-03-04 07:00", "2026-03-04 09:00"

Act = Callable[[str, str], None]


@pytest.fixture
def reminder() -> str:
    """Return a reminder in Bonn, whose firm wants paper where its software leaves something lying."""
    masters.set_firm_software(BRUECKNER, people_use_software=False, paper_if_uncollected=True, by=ANNA)
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    return acts.letter().id


def shipment(letter: str) -> Detail:
    with clock.turned_to(acts.moment(LATER_STILL)):
        detail = queries.shipment(agencies.user(ROBOT), letter)
    assert detail is not None
    return detail


def acknowledge(letter: str, at: str) -> None:
    with clock.turned_to(acts.moment(at)):
        actions.acknowledge(agencies.user(ROBOT), shipment(letter), consumer="MVP 1.0")


def fetch(letter: str, at: str) -> None:
    with clock.turned_to(acts.moment(at)):
        actions.note_fetched(shipment(letter), agencies.user(ROBOT), consumer="MVP 1.0")


def read(letter: str, at: str) -> None:
    with clock.turned_to(acts.moment(at)):
        actions.record_receipt(letter=letter, case=acts.case().id, kind=ReceiptKind.DISPLAYED, by=CARLA)


def work_off(letter: str, at: str) -> None:
    with clock.turned_to(acts.moment(at)):
        actions.mark_done(letters=[letter], by=CARLA)


ACTS: dict[Act, tuple[str, str]] = {
    acknowledge: ("über BiPRO quittiert", ROBOT),
    fetch: ("über BiPRO abgerufen", ROBOT),
    read: ("gelesen", CARLA),
    work_off: ("erledigt", CARLA),
}

every_act = pytest.mark.parametrize("act", list(ACTS), ids=lambda act: act.__name__)


def watch(at: str = A_DAY_LATER) -> int:
    with clock.turned_to(acts.moment(at)):
        return len(rounds.watch_pickups())


@every_act
def test_whoever_takes_notice_in_one_channel_is_not_reminded_in_another(reminder: str, act: Act) -> None:
    act(reminder, MORNING)
    assert watch() == 0
    assert acts.delivery_of(reminder).state == "provided"


@every_act
def test_paper_that_waits_for_print_is_spared_by_any_act_with_its_provenance(reminder: str, act: Act) -> None:
    assert watch() == 1
    act(reminder, LATER_STILL)
    sent = acts.delivery_of(reminder)
    assert (sent.channel, sent.state) == ("electronic", "provided")
    (entry,) = journal.about(acts.case().id).filter(kind="letter.paper_spared")
    reason, actor = ACTS[act]
    assert (entry.data["reason"], entry.data["actor"], entry.actor) == (reason, actor, actor)
    assert acts.print_post("2026-03-04 14:00") == []


def test_an_act_that_meets_the_watchdog_is_found_before_the_batch_is_built(reminder: str) -> None:
    before = shipment(reminder)
    watch()
    with clock.turned_to(acts.moment(LATER_STILL)):
        actions.acknowledge(agencies.user(ROBOT), before, consumer="")
    assert acts.delivery_of(reminder).state == "to_print", "who fetched it knew of no paper"
    assert acts.print_post("2026-03-04 14:00") == []
    (entry,) = journal.about(acts.case().id).filter(kind="letter.paper_spared")
    assert (entry.data["actor"], entry.actor) == (ROBOT, "printer")


@every_act
def test_what_lies_in_a_batch_goes_on_paper_and_nothing_is_lost_in_the_portal(reminder: str, act: Act) -> None:
    watch()
    (batch,) = acts.print_post("2026-03-04 14:00")
    act(reminder, "2026-03-04 14:30")
    acts.hand_over(batch, "2026-03-04 15:00")
    assert acts.delivery_of(reminder).state == "handed_over"
    assert queries.entry(agencies.user(ANNA), reminder) is not None


def test_software_is_told_that_the_letter_goes_on_paper_as_well(reminder: str) -> None:
    assert not shipment(reminder).goes_by_post
    watch()
    assert shipment(reminder).goes_by_post
    around = shipments.Surroundings(step=None, company_number="", policy_number="")
    assert "ParalleleMeldungDesGeschaeftsvorfalls>true<" in shipments.letter(Prefixes(), shipment(reminder), around, "")
    (batch,) = acts.print_post("2026-03-04 14:00")
    acts.hand_over(batch, "2026-03-04 15:00")
    assert shipment(reminder).goes_by_post


def test_an_acknowledgement_shows_in_the_portal_and_hides_nothing_there(reminder: str) -> None:
    acknowledge(reminder, MORNING)
    (row,) = queries.mailbox(agencies.user(ANNA)).rows
    assert (row.letter, row.agency, row.read_at) == (reminder, BONN, None)
    assert row.acknowledged_at == acts.moment(MORNING)


def test_reading_in_the_portal_leaves_the_shipment_to_the_software(reminder: str) -> None:
    read(reminder, MORNING)
    with clock.turned_to(acts.moment(LATER_STILL)):
        assert reminder in [line.id for line in queries.shipments(agencies.user(ROBOT))]


def test_the_application_ends_it_in_every_channel_at_once(reminder: str) -> None:
    watch()
    acts.apply(at=LATER_STILL)
    entry = queries.entry(agencies.user(ANNA), reminder)
    assert entry is not None
    assert (entry.done_reason, shipment(reminder).done_reason) == ("application", "application")
    assert (acts.delivery_of(reminder).state, shipment(reminder).goes_by_post) == ("withdrawn", False)
    assert acts.print_post("2026-03-04 14:00") == []
    acknowledge(reminder, "2026-03-05 08:00")
    assert [entry.kind for entry in journal.about(acts.case().id)][-1] == "letter.receipt"
