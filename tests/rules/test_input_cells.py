"""Cells: what each sort lets through, in which canonical form, and what it refuses."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.intake.rules import cells, moments, vehicles, words

READ = [
    (cells.EVB, "NL7K2P9", "NL7K2P9"),
    (cells.EVB, "nl7k2p9", "NL7K2P9"),  # any case
    (cells.EVB, "NL7 K2P9", "NL7K2P9"),  # blanks
    (cells.EVB, "QQQQQQQ", "QQQQQQQ"),  # Q is allowed
    (cells.VIN, "wvwzzz1jz3w386752", "WVWZZZ1JZ3W386752"),
    (cells.VIN, "WVW ZZZ 1JZ 3W386752", "WVWZZZ1JZ3W386752"),
    (cells.VIN, "00000000000000000", "00000000000000000"),  # no check digit is looked at
    (cells.VIN, "12345", "12345"),  # old vehicles
    (cells.HSN, "0603", "0603"),  # leading zero
    (cells.TSN, "bkx", "BKX"),
    (cells.SEASON, "04-10", "04-10"),
    (cells.SEASON, "11-02", "11-02"),  # over the year's end
    (cells.SEASON, "04-05", "04-05"),  # the shortest
    (cells.SEASON, "02-12", "02-12"),  # the longest
    (cells.SEASON, "12-10", "12-10"),  # the longest, over the year's end
    (cells.DAY, "2028-02-29", date(2028, 2, 29)),  # leap day
    (cells.DAY, "9999-12-31", date(9999, 12, 31)),  # „for ever"
    (cells.YES_NO, "yes", True),
    (cells.YES_NO, "no", False),
    (cells.STATE, "DE-NW", "DE-NW"),
    (cells.POSTCODE, "01067", "01067"),
    (cells.AGENCY_NUMBER, "004711", "004711"),  # leading zeros stay
    (cells.IDENTIFIER, "urn:uuid:6ba7b810-9dad", "urn:uuid:6ba7b810-9dad"),
    (cells.EMAIL, "Vor.Name+x@sub.xn--mller-kva.example", "Vor.Name+x@sub.xn--mller-kva.example"),
    (cells.TEXT, "Straße  des\t17.\u00a0Juni", "Straße des 17. Juni"),  # white space is one blank
    (cells.TEXT, "Mu\u0308ller", "Müller"),  # NFC
    (cells.TEXT, "Łódź Ģirts Ỳ", "Łódź Ģirts Ỳ"),  # other European letters
    (cells.list_of(cells.AGENCY_NUMBER), "2|1;2", ("1", "2")),  # sorted, each once
    (cells.list_of(cells.choice("basic")), " basic ", ("basic",)),
]

REFUSED = [
    (cells.EVB, "NL7K2P"),  # six
    (cells.EVB, "NL7K2P99"),  # eight
    (cells.EVB, "NLIK2P9"),  # I
    (cells.EVB, "NLOK2P9"),  # O
    (cells.EVB, "NL7K2ß"),  # becomes seven characters in upper case
    (cells.EVB, "NL7-2P9"),
    (cells.VIN, "WVWZZZ1JZ3W38675I"),  # I among 17
    (cells.VIN, "1234"),  # too short
    (cells.VIN, "IOQ1234567890123"),  # I, O and Q are in no VIN, however old
    (cells.VIN, "WVWZZZ1JZ3W3867521"),  # 18
    (cells.VIN, "WVWZZZ1JZ3W38675ſ"),  # becomes S in upper case
    (cells.HSN, "603"),  # a spreadsheet ate the zero
    (cells.TSN, "BKX1"),
    (cells.SEASON, "04-04"),  # one month
    (cells.SEASON, "01-12"),  # the whole year
    (cells.SEASON, "05-04"),  # the whole year, from May
    (cells.SEASON, "4-10"),
    (cells.SEASON, "00-10"),
    (cells.DAY, "2027-02-29"),  # no leap year
    (cells.DAY, "2026-2-1"),
    (cells.DAY, "01.02.2026"),
    (cells.DAY, "20260201"),  # ISO, but another spelling
    (cells.DAY, "2026-W05-1"),
    (cells.DAY, "1899-12-31"),
    (cells.DAY, "\uff12026-02-01"),  # wide digits
    (cells.YES_NO, "ja"),
    (cells.YES_NO, "true"),
    (cells.YES_NO, "Yes"),
    (cells.STATE, "NW"),
    (cells.STATE, "AT-9"),
    (cells.POSTCODE, "1067"),
    (cells.POSTCODE, "A-1010"),
    (cells.AGENCY_NUMBER, "123456789012345678"),  # 18, one more than BiPRO takes
    (cells.IDENTIFIER, "a b"),
    (cells.IDENTIFIER, "ä"),
    (cells.EMAIL, "a@b"),
    (cells.EMAIL, "a@b@c.example"),
    (cells.EMAIL, "a..b@c.example"),
    (cells.EMAIL, ".a@c.example"),
    (cells.EMAIL, "a@-c.example"),
    (cells.EMAIL, "a@c.1"),
    (cells.EMAIL, "müller@c.example"),
    (cells.EMAIL, "a@müller.example"),
    (cells.EMAIL, "Name <a@c.example>"),
    (cells.EMAIL, "a@c.example\nBcc: b@c.example"),
    (cells.EMAIL, f"{'a' * 65}@c.example"),
    (cells.TEXT, "a" * 201),
    (cells.TEXT, "a\x07b"),  # bell
    (cells.TEXT, "a\u202eb"),  # turns the direction of reading
    (cells.TEXT, "a\ud800b"),  # half a character
    (cells.list_of(cells.AGENCY_NUMBER), "1||2"),  # an empty item …
    (cells.list_of(cells.AGENCY_NUMBER), "|"),  # … never becomes „all agencies"
    (cells.list_of(cells.choice("basic")), "basic|admin"),
]


def refuses(read: Callable[[str], object], spelled: str) -> bool:
    try:
        read(spelled)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(("cell", "spelled", "value"), READ)
def test_a_cell_is_read_in_its_canonical_form(cell: cells.Cell[object], spelled: str, value: object) -> None:
    assert cell.read(spelled) == value


@pytest.mark.parametrize(("cell", "spelled"), REFUSED)
def test_a_cell_that_breaks_its_rule_is_refused(cell: cells.Cell[object], spelled: str) -> None:
    assert refuses(cell.read, spelled)


@pytest.mark.parametrize("months", range(1, 13))
def test_a_season_has_two_to_eleven_months(months: int) -> None:
    spelled = [f"{first + 1:02d}-{(first + months - 1) % 12 + 1:02d}" for first in range(12)]
    assert {refuses(vehicles.season, season) for season in spelled} == {not 2 <= months <= 11}


MOMENTS = [
    ("2026-03-02T06:15:00Z", datetime(2026, 3, 2, 6, 15, tzinfo=UTC)),
    ("2026-03-02t06:15:00z", datetime(2026, 3, 2, 6, 15, tzinfo=UTC)),
    ("2026-03-02T07:15:00+01:00", datetime(2026, 3, 2, 6, 15, tzinfo=UTC)),
    ("2026-03-01T20:15:00.25-10:00", datetime(2026, 3, 2, 6, 15, 0, 250000, tzinfo=UTC)),
    ("2026-03-02T07:15:00", datetime(2026, 3, 2, 6, 15, tzinfo=UTC)),  # German winter time
    ("2026-07-02 07:15:00", datetime(2026, 7, 2, 5, 15, tzinfo=UTC)),  # German summer time, with a blank
    ("2026-03-29T01:59:59", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)),  # last second of winter
    ("2026-03-29T03:00:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # first of summer
    ("2026-10-25T02:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice: the first
    ("2026-10-25T02:30:00+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # unless it says otherwise
    ("2026-01-01T00:00:00.1234567Z", datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)),
]

NO_MOMENTS = [
    "2026-03-29T02:30:00",  # no German clock showed it
    "2026-02-30T07:00:00Z",
    "2026-03-02",  # a day is no moment
    "2026-03-02T07:15Z",  # RFC 3339 wants seconds
    "2026-03-02T24:00:00Z",
    "2026-03-02T23:59:60Z",  # leap second
    "2026-03-02T07:15:00+01",
    "2026-03-02T07:15:00+25:00",
    "20260302T071500Z",
    "02.03.2026 07:15:00",
    "1989-12-31T07:15:00Z",
    "2100-01-01T07:15:00Z",
    "1990-01-01T00:00:00+00:01",  # 1989 in UTC
    "2099-12-31T23:59:59-00:01",  # 2100 in UTC
    "0001-01-01T00:00:00+14:00",
]


@pytest.mark.parametrize(("spelled", "moment"), MOMENTS)
def test_a_moment_is_read_as_utc_and_without_a_zone_it_is_german(spelled: str, moment: datetime) -> None:
    read = moments.moment(spelled)
    assert read == moment
    assert read.tzinfo is UTC


@pytest.mark.parametrize("spelled", NO_MOMENTS)
def test_what_is_no_moment_is_refused(spelled: str) -> None:
    assert refuses(moments.moment, spelled)


FIRST, LAST = datetime.combine(date(1990, 1, 1), time()), datetime.combine(date(2099, 12, 31), time())
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def is_within_in_utc_as_well(moment: datetime) -> bool:
    """Tell whether a moment can be written in UTC, too."""
    return 1990 <= moment.astimezone(UTC).year <= 2099


@given(st.datetimes(FIRST, LAST, timezones=zones).filter(is_within_in_utc_as_well))
def test_every_moment_survives_being_written_and_read(moment: datetime) -> None:
    assert moments.moment(moment.isoformat()) == moment
    assert moments.moment(cells.written(moments.moment(moment.isoformat()))) == moment


@given(st.dates(date(1900, 1, 1)))
def test_every_day_survives_being_written_and_read(day: date) -> None:
    assert moments.day(cells.written(day)) == day


@given(st.text())
@pytest.mark.parametrize("read", [words.text, words.email, words.identifier, vehicles.evb, vehicles.vin, moments.day])
def test_what_a_cell_lets_through_it_lets_through_unchanged(read: Callable[[str], object], spelled: str) -> None:
    try:
        value = read(spelled)
    except ValueError:
        return
    assert read(cells.written(value)) == value


SAME_NAMES = [
    ("Sören Übelacker", "SÖREN  ÜBELACKER"),  # case, blanks
    ("Großkreutz", "GROSSKREUTZ"),  # ß
    ("Mu\u0308ller", "Müller"),  # composed and decomposed
    (" Anna\u00a0Maria ", "anna maria"),  # a hard blank
]


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_names_fold_case_and_white_space(one: str, other: str) -> None:
    assert words.fold_name(one) == words.fold_name(other)


def test_other_names_stay_apart() -> None:
    assert words.fold_name("Müller") != words.fold_name("Mueller")


def test_only_a_short_vin_is_doubted() -> None:
    assert vehicles.vin_doubt("WVWZZZ1JZ3W386752") == ""
    assert vehicles.vin_doubt("") == ""
    assert "17" in vehicles.vin_doubt("12345")
