"""Counting days: the public holidays of all 16 Länder, written down by hand, and what holds for any day (R7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.rules import LAENDER

WORKING_DAY = COUNTINGS["working_day"]

ALL = " ".join(LAENDER).replace("DE-", "")
EPIPHANY = "BW BY ST"
WOMENS_DAY = "BE MV"
CORPUS_CHRISTI = "BW BY HE NW RP SL"  # in parts of SN and TH too, which do not count (ruling 8)
REFORMATION = "BB HB HH MV NI SH SN ST TH"
ALL_SAINTS = "BW BY NW RP SL"

# Every holiday on a Monday to Friday of four years, after the holiday laws of the Länder.
HOLIDAYS = {
    "2025-01-01": ALL,  # Neujahr
    "2025-01-06": EPIPHANY,
    "2025-04-18": ALL,  # Karfreitag
    "2025-04-21": ALL,  # Ostermontag
    "2025-05-01": ALL,
    "2025-05-08": "BE",  # 80 years after the end of the war, once
    "2025-05-29": ALL,  # Christi Himmelfahrt
    "2025-06-09": ALL,  # Pfingstmontag
    "2025-06-19": CORPUS_CHRISTI,
    "2025-08-15": "SL",  # Mariä Himmelfahrt; in Bavaria only in some places
    "2025-10-03": ALL,
    "2025-10-31": REFORMATION,
    "2025-11-19": "SN",  # Buß- und Bettag
    "2025-12-25": ALL,
    "2025-12-26": ALL,
    "2026-01-01": ALL,
    "2026-01-06": EPIPHANY,
    "2026-04-03": ALL,
    "2026-04-06": ALL,
    "2026-05-01": ALL,
    "2026-05-14": ALL,
    "2026-05-25": ALL,
    "2026-06-04": CORPUS_CHRISTI,
    "2026-11-18": "SN",
    "2026-12-25": ALL,
    "2027-01-01": ALL,
    "2027-01-06": EPIPHANY,
    "2027-03-08": WOMENS_DAY,
    "2027-03-26": ALL,
    "2027-03-29": ALL,
    "2027-05-06": ALL,
    "2027-05-17": ALL,
    "2027-05-27": CORPUS_CHRISTI,
    "2027-09-20": "TH",  # Weltkindertag
    "2027-11-01": ALL_SAINTS,
    "2027-11-17": "SN",
    "2028-01-06": EPIPHANY,
    "2028-03-08": WOMENS_DAY,
    "2028-04-14": ALL,
    "2028-04-17": ALL,
    "2028-05-01": ALL,
    "2028-05-25": ALL,
    "2028-06-05": ALL,
    "2028-06-15": CORPUS_CHRISTI,
    "2028-08-15": "SL",
    "2028-09-20": "TH",
    "2028-10-03": ALL,
    "2028-10-31": REFORMATION,
    "2028-11-01": ALL_SAINTS,
    "2028-11-22": "SN",
    "2028-12-25": ALL,
    "2028-12-26": ALL,
}
FREE = {(day, f"DE-{land}") for day, laender in HOLIDAYS.items() for land in laender.split()}

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
STATES = st.sampled_from(LAENDER)


@pytest.mark.parametrize("land", LAENDER)
def test_a_day_counts_unless_it_is_a_weekend_or_a_holiday_of_the_whole_land(land: str) -> None:
    days = (date(2025, 1, 1) + timedelta(days=offset) for offset in range(4 * 365 + 1))
    wrong = [day for day in days if (WORKING_DAY.roll(day, land) == day) is not counts(day, land)]
    assert not wrong


def counts(day: date, land: str) -> bool:
    return day.weekday() < 5 and (day.isoformat(), land) not in FREE


ROLLED = [
    ("2026-04-03", "DE-NW", "2026-04-07"),  # Good Friday to the Tuesday after Easter
    ("2025-12-25", "DE-NW", "2025-12-29"),  # Christmas runs into a weekend
    ("2025-12-24", "DE-NW", "2025-12-24"),  # Christmas Eve is a working day
    ("2025-12-31", "DE-NW", "2025-12-31"),  # and so is New Year's Eve
    ("2026-01-01", "DE-NW", "2026-01-02"),  # over the year's end
    ("2027-12-31", "DE-NW", "2027-12-31"),  # a Friday
    ("2028-01-01", "DE-NW", "2028-01-03"),  # New Year on a Saturday
    ("2026-01-06", "DE-BY", "2026-01-07"),  # Epiphany in Bavaria
    ("2026-01-06", "DE-BE", "2026-01-06"),  # but not in Berlin
    ("2026-06-04", "DE-NW", "2026-06-05"),  # Corpus Christi
    ("2026-06-04", "DE-SN", "2026-06-04"),  # only in parts of Saxony
    ("2026-06-04", "DE-TH", "2026-06-04"),  # only in parts of Thuringia
    ("2025-08-15", "DE-BY", "2025-08-15"),  # Assumption only in parts of Bavaria
    ("2025-08-08", "DE-BY", "2025-08-08"),  # Augsburg keeps its peace alone
    ("2028-02-29", "DE-NW", "2028-02-29"),  # the leap day
    ("2032-02-29", "DE-NW", "2032-03-01"),  # a leap day on a Sunday
    ("2026-03-29", "DE-NW", "2026-03-30"),  # the day that loses an hour
    ("2026-10-25", "DE-NW", "2026-10-26"),  # the day that gains one
]


@pytest.mark.parametrize(("day", "land", "rolled"), ROLLED)
def test_a_day_that_does_not_count_is_moved_to_the_next_that_does(day: str, land: str, rolled: str) -> None:
    assert WORKING_DAY.roll(date.fromisoformat(day), land).isoformat() == rolled


@given(DAYS, STATES)
def test_no_day_is_ever_moved_back_nor_by_a_week(day: date, land: str) -> None:
    assert day <= WORKING_DAY.roll(day, land) < day + timedelta(days=7)


@given(DAYS, STATES)
def test_moving_a_moved_day_moves_it_no_further(day: date, land: str) -> None:
    rolled = WORKING_DAY.roll(day, land)
    assert WORKING_DAY.roll(rolled, land) == rolled


@given(DAYS, DAYS, STATES)
def test_the_earlier_day_stays_the_earlier_one(one: date, other: date, land: str) -> None:
    first, second = sorted([one, other])
    assert WORKING_DAY.roll(first, land) <= WORKING_DAY.roll(second, land)


@given(DAYS, STATES)
def test_nothing_extends_a_statutory_period(day: date, land: str) -> None:
    assert COUNTINGS["calendar_day"].roll(day, land) == day
