"""The one clock: UTC within, German days without, on any night of the year (R7)."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.cases.rules import STEPS_FROM
from vermittlerpost.lib import clock

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def test_the_clock_tells_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_a_turned_clock_stands_until_the_block_ends() -> None:
    moment, later = datetime(2026, 3, 1, 7, tzinfo=UTC), datetime(2026, 3, 2, 7, tzinfo=UTC)
    with clock.turned_to(moment):
        assert clock.now() == clock.now() == moment
        with clock.turned_to(later):
            assert clock.now() == later
        assert clock.now() == moment
    assert clock.now() > later


def test_a_block_that_fails_leaves_the_clock_as_it_was() -> None:
    with pytest.raises(ZeroDivisionError), clock.turned_to(datetime(2026, 3, 1, tzinfo=UTC)):
        raise ZeroDivisionError
    assert clock.now() > datetime(2026, 3, 1, tzinfo=UTC)


def test_a_moment_without_a_zone_turns_no_clock() -> None:
    with pytest.raises(ValueError, match="zone"), clock.turned_to(datetime(2026, 3, 1)):  # noqa: DTZ001
        pass


def test_a_moment_of_another_zone_becomes_utc() -> None:
    with clock.turned_to(datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=9)))):
        assert clock.now() == datetime(2026, 3, 1, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta(0)


GERMAN_DAYS = [
    ("2026-01-31T22:59:59Z", "2026-01-31"),  # a second before midnight in winter
    ("2026-01-31T23:00:00Z", "2026-02-01"),  # midnight
    ("2026-07-31T21:59:59Z", "2026-07-31"),  # in summer midnight comes earlier
    ("2026-07-31T22:00:00Z", "2026-08-01"),
    ("2026-03-28T23:00:00Z", "2026-03-29"),  # the day of 23 hours begins …
    ("2026-03-29T21:59:59Z", "2026-03-29"),
    ("2026-03-29T22:00:00Z", "2026-03-30"),  # … and ends
    ("2026-10-24T22:00:00Z", "2026-10-25"),  # the day of 25 hours begins …
    ("2026-10-25T22:59:59Z", "2026-10-25"),
    ("2026-10-25T23:00:00Z", "2026-10-26"),  # … and ends
    ("2025-12-31T23:00:00Z", "2026-01-01"),  # the year ends
    ("2028-02-28T23:00:00Z", "2028-02-29"),  # the leap day
]


@pytest.mark.parametrize(("moment", "day"), GERMAN_DAYS)
def test_a_day_begins_at_midnight_in_germany(moment: str, day: str) -> None:
    at = datetime.fromisoformat(moment)
    assert clock.german_day(at) == date.fromisoformat(day)
    with clock.turned_to(at):
        assert clock.today() == date.fromisoformat(day)


MORNINGS = [
    ("2026-03-28", "06:00"),  # the last morning of winter time
    ("2026-03-29", "05:00"),  # the night had an hour less
    ("2026-10-24", "05:00"),
    ("2026-10-25", "06:00"),  # the night had an hour more
    ("2026-01-01", "06:00"),
    ("2028-02-29", "06:00"),
]


@pytest.mark.parametrize(("day", "universal"), MORNINGS)
def test_steps_begin_at_seven_by_german_clocks_also_after_the_clock_was_changed(day: str, universal: str) -> None:
    moment = clock.german_moment(date.fromisoformat(day), STEPS_FROM)
    assert f"{moment:%Y-%m-%d %H:%M %Z}" == f"{day} {universal} UTC"


@given(MOMENTS)
def test_a_moment_lies_between_the_midnights_of_its_day(moment: datetime) -> None:
    day = clock.german_day(moment)
    assert clock.german_moment(day, time()) <= moment < clock.german_moment(clock.day_after(day), time())


def test_a_clock_that_runs_ahead_goes_on_and_can_still_be_turned() -> None:
    try:
        before = clock.now()
        clock.run_ahead(timedelta(days=3))
        assert timedelta(days=3) <= clock.now() - before < timedelta(days=3, minutes=5)
        with clock.turned_to(before):
            assert clock.now() == before
    finally:
        clock.run_ahead(timedelta())
