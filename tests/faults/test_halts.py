"""Whoever halts the steps waits for those that are being taken; once he is told that it is done, none is taken."""

from tests.faults import world
from tests.faults.houses import House
from tests.faults.workers import sql

LETTERS = sql("SELECT count(*) FROM letters_letter")


def test_a_halt_waits_for_the_batch_in_hand_and_lets_no_other_begin(morning: House) -> None:
    with morning.copy() as house:
        (before,) = house.do(LETTERS)
        sweep = house.start("take_steps", hold_at="before COMMIT", limits={"_BATCH": 2})
        sweep.held()
        halt = house.start("halt")
        assert house.waits_for_lock()
        sweep.go_on()
        (taken,) = sweep.results()
        halt.results()
        done, letters = house.do("take_steps", LETTERS, clock=world.SOON)
    assert (taken, done) == (2, 0)
    assert letters == [[number + taken] for (number,) in before]


def test_a_sweep_that_meets_a_halt_in_the_making_takes_no_step(morning: House) -> None:
    with morning.copy() as house:
        halt = house.start("halt", hold_at="before COMMIT")
        halt.held()
        sweep = house.start("take_steps")
        assert house.waits_for_lock()
        halt.go_on()
        halt.results()
        assert sweep.results() == [0]
