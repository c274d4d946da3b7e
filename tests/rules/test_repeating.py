"""Which steps are taken once more, and with which levels (R5)."""

import pytest

from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Repeat, repeat_last

STANDARD = PROCESSES["kfz_standard.1"]


@pytest.mark.parametrize(
    ("letters", "highest", "repeat"),
    [
        (2, 2, Repeat(state="requested", raised=2)),  # both reminders, as levels 3 and 4
        (1, 2, Repeat(state="reminded_1", raised=1)),  # the last one, as level 3
        (2, 4, Repeat(state="requested", raised=4)),  # once more, as levels 5 and 6
        (1, 4, Repeat(state="reminded_1", raised=3)),
        (3, 2, Repeat(state="grace", raised=3)),  # from the request on, as levels 3, 4 and 5
    ],
)
def test_the_last_letters_are_written_once_more_above_all_levels_so_far(
    letters: int, highest: int, repeat: Repeat
) -> None:
    assert repeat_last(STANDARD, letters, highest) == repeat


def test_a_step_that_is_raised_differs_in_its_level_only() -> None:
    step = STANDARD.steps[1]
    assert step.raised(0) is step
    assert (step.raised(2).level, step.raised(2).state) == (3, "reminded_1")
