"""How long a mail waits before it is tried again, and for how long that goes on (R12)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.notifications.rules import LONGEST_RETRY, pause_before

# Which repetition, and the pause before it without jitter.
PAUSES = [(1, "0:01:00"), (2, "0:02:00"), (3, "0:04:00"), (8, "2:08:00"), (9, "4:00:00"), (100, "4:00:00")]


@pytest.mark.parametrize(("repetition", "pause"), PAUSES)
def test_each_pause_is_twice_the_one_before_up_to_four_hours(repetition: int, pause: str) -> None:
    assert str(pause_before(repetition, 0)) == pause


@given(st.integers(1, 40), st.floats(-1, 1))
def test_jitter_stretches_or_shortens_a_pause_by_a_fifth_at_most(repetition: int, jitter: float) -> None:
    plain = pause_before(repetition, 0)
    assert plain * 0.8 <= pause_before(repetition, jitter) <= plain * 1.2


def test_a_mail_is_tried_some_thirty_times_within_three_days() -> None:
    waited, repetition = timedelta(), 0
    while waited < LONGEST_RETRY:
        repetition += 1
        waited += pause_before(repetition, 0)
    assert timedelta(hours=72) == LONGEST_RETRY
    assert 20 <= repetition <= 35
