"""Of two programs that acknowledge a shipment at the same instant one does, and the other is told the same."""

import pytest
from tests.faults import world
from tests.faults.houses import House
from tests.faults.workers import sql

RECEIPTS = sql("SELECT kind, count(*) FROM delivery_receipt WHERE kind = 'acknowledged' GROUP BY 1")
TAKEN = sql("SELECT count(*), count(acknowledged_at) FROM delivery_shipment")
JOURNALLED = sql("SELECT count(*) FROM journal_entry WHERE kind = 'letter.receipt'")


@pytest.mark.parametrize("moment", ["before SQL SELECT .* FROM journal_chain", "before COMMIT"])
def test_two_who_acknowledge_the_same_shipments_at_once_leave_one_receipt_of_each(moment: str, morning: House) -> None:
    with morning.copy() as house:
        house.do("take_steps", clock=world.MORNING)
        first = house.start(("acknowledge", "chefin"), hold_at=moment, clock=world.SOON)
        first.held()
        second = house.start(("acknowledge", "agentur"), clock=world.SOON)
        assert house.waits_for_lock()
        first.go_on()
        (number,), (other,) = first.results(), second.results()
        taken, receipts, journalled = house.do(TAKEN, RECEIPTS, JOURNALLED)
    assert number == other > 1
    assert taken == [[number, number]]
    assert receipts == [["acknowledged", number]]
    assert journalled == [[number]]
