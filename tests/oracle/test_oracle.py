"""Pin the second opinion itself: a few worlds whose dates and people were worked out with a calendar."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from . import Outcome, compute
from .columns import LAENDER
from .days import is_working_day, roll
from .sample import VIN_1, VIN_2, agency, evb, notice, world

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 15)


def issued(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    return [(line["kind"], line["level"], line["issued_on"], line["due_on"]) for line in outcome.letters]


def states(outcome: Outcome) -> dict[str, tuple[str, str | None, str | None]]:
    return {line["message_id"]: (line["state"], line["reason"], line["closed_on"]) for line in outcome.cases}


# The calendar of 2026 used below: 20.03. Fri, 03.04. Good Friday, 06.04. Easter Monday, 14.05. Thu Ascension,
# 25.05. Whit Monday, 04.06. Thu Corpus Christi (NW, not BE).


def test_an_unanswered_registration_goes_through_all_steps_around_easter(tmp_path: Path) -> None:
    outcome = compute(world(tmp_path, notices=[notice("M1", "2026-03-20T10:00:00Z")]), MARCH, JUNE)
    assert issued(outcome) == [
        ("application_request", 0, "2026-04-07", "2026-04-21"),  # 20.03. + 14 = Good Friday -> Tue 07.04.
        ("reminder", 1, "2026-04-22", "2026-05-06"),  # the day after the due date, a Wednesday
        ("reminder", 2, "2026-05-07", "2026-05-21"),  # Thursday; + 14 is Thu 21.05.
    ]
    assert states(outcome) == {"M1": ("cancellation_proposed", None, None)}  # from Fri 22.05. on


def test_the_land_of_the_agency_decides_about_corpus_christi(tmp_path: Path) -> None:
    lands = {"100": "DE-NW", "200": "DE-BE"}
    files = world(
        tmp_path,
        agencies=[agency(number, land=land) for number, land in lands.items()],
        evb=[evb("NL00001", "100"), evb("NL00002", "200")],
        notices=[
            notice("M1", "2026-05-21T08:00:00Z"),
            notice("M2", "2026-05-21T08:00:00Z", "NL00002", VIN_2),
        ],
    )
    by_agency = {line["agency"]: line for line in compute(files, MARCH, JUNE).letters}
    assert by_agency["100"]["issued_on"] == "2026-06-05"  # Thu 21.05. + 14 = 04.06., holiday in NW -> Fri
    assert by_agency["200"]["issued_on"] == "2026-06-04"


def test_the_year_end_and_epiphany_roll_forward() -> None:
    assert roll(date(2026, 1, 1), "DE-NW") == date(2026, 1, 2)
    assert roll(date(2026, 1, 6), "DE-BY") == date(2026, 1, 7)
    assert roll(date(2026, 1, 6), "DE-BE") == date(2026, 1, 6)
    assert roll(date(2026, 8, 15), "DE-BY") == date(2026, 8, 17)  # a Saturday anyhow
    assert is_working_day(date(2025, 8, 15), "DE-BY")  # Friday: Mariä Himmelfahrt, kept only in parts of BY
    assert not is_working_day(date(2025, 8, 15), "DE-SL")
    assert all(not is_working_day(date(2026, 12, 25), land) for land in LAENDER)
    assert all(is_working_day(date(2026, 12, 31), land) for land in LAENDER)


def test_a_run_is_at_seven_in_berlin_in_winter_and_in_summer(tmp_path: Path) -> None:
    files = world(
        tmp_path,
        users=["rom1;F1;Anna;anna@f1.example;yes;no;basic|view_portfolio;;yes"],
        notices=[
            notice("M1", "2026-03-06T08:00:00Z"),  # Fri; + 14 = Fri 20.03., still winter time
            notice("M2", "2026-03-17T08:00:00Z", "NL00002", VIN_2),  # Tue; + 14 = Tue 31.03., summer time
        ],
    )
    sent = [mail["sent_at"] for mail in compute(files, MARCH, date(2026, 3, 31)).mails]
    assert sent == ["2026-03-20T06:00:00Z", "2026-03-31T05:00:00Z"]


@pytest.mark.parametrize(
    ("received_at", "letters", "state"),
    [
        (
            "2026-04-07T06:59:59+02:00",
            0,
            ("closed", "application", "2026-04-07"),
        ),  # before the run of that day
        ("2026-04-07T07:00:00+02:00", 1, ("closed", "application", "2026-04-07")),  # exactly at it: after it
        ("2026-04-07T05:00:00Z", 1, ("closed", "application", "2026-04-07")),  # the same moment
        ("2026-04-07T07:00:00", 1, ("closed", "application", "2026-04-07")),  # without a zone: Berlin
    ],
)
def test_an_application_counts_before_the_run_only_if_it_came_before_seven(
    tmp_path: Path, received_at: str, letters: int, state: tuple[str, str, str]
) -> None:
    files = world(
        tmp_path,
        notices=[notice("M1", "2026-03-20T10:00:00Z")],
        applications=[f"A1;{received_at};;;{VIN_1};"],
    )
    outcome = compute(files, MARCH, date(2026, 4, 7))  # what comes on the last day after the run still counts
    assert len(outcome.letters) == letters
    assert states(outcome) == {"M1": state}


def test_an_overdue_case_takes_one_step_at_the_first_run(tmp_path: Path) -> None:
    files = world(tmp_path, notices=[notice("M1", "2025-11-03T08:00:00Z")])
    outcome = compute(files, date(2026, 3, 1), date(2026, 3, 20))
    # The first run is on Sunday 01.03.; the step is taken on Monday, with a fresh due date: Mon 16.03.
    assert issued(outcome) == [
        ("application_request", 0, "2026-03-02", "2026-03-16"),
        ("reminder", 1, "2026-03-17", "2026-03-31"),
    ]


def test_a_single_evb_used_twice_is_clarified_unless_the_first_notice_was_withdrawn(tmp_path: Path) -> None:
    first, second = notice("M1", "2026-03-02T08:00:00Z"), notice("M2", "2026-03-04T08:00:00Z", vin=VIN_2)
    outcome = compute(world(tmp_path, notices=[first, second]), MARCH, date(2026, 3, 10))
    assert states(outcome) == {
        "M1": ("grace", None, None),
        "M2": ("clarification", "evb_used_twice", None),
    }
    withdrawal = notice("M1", "2026-03-03T08:00:00Z", kind="withdrawn")
    outcome = compute(world(tmp_path, notices=[first, withdrawal, second]), MARCH, date(2026, 3, 10))
    assert states(outcome) == {"M1": ("closed", "withdrawn", "2026-03-03"), "M2": ("grace", None, None)}


def test_a_withdrawal_that_comes_first_voids_its_notice(tmp_path: Path) -> None:
    withdrawal = notice("M1", "2026-03-02T08:00:00Z", kind="withdrawn")
    outcome = compute(world(tmp_path, notices=[notice("M1", "2026-03-05T08:00:00Z"), withdrawal]), MARCH, JUNE)
    assert [line["case"] for line in outcome.cases] == [None]
    assert states(outcome) == {"M1": ("closed", "withdrawn", "2026-03-02")}


def test_reasons_for_clarification_come_from_the_evb(tmp_path: Path) -> None:
    files = world(
        tmp_path,
        evb=[evb("NL00001", until="2026-03-01"), evb("NL00002", "999"), evb("NL00003", until="2026-03-02")],
        notices=[
            notice("M1", "2026-03-02T08:00:00Z"),  # valid until the day before it came
            notice("M2", "2026-03-02T08:00:00Z", "NL00002", VIN_2),
            notice("M3", "2026-03-02T08:00:00Z", "NL00003", "WVWZZZ1JZXW000003"),  # the last valid day
            notice("M4", "2026-03-02T08:00:00Z", "NL00004", "WVWZZZ1JZXW000004"),
            notice("M5", "2026-03-02T08:00:00Z", "", "WVWZZZ1JZXW000005"),
        ],
    )
    reasons = {name: reason for name, (_, reason, _) in states(compute(files, MARCH, JUNE)).items()}
    assert reasons == {
        "M1": "evb_expired", "M2": "agency_missing", "M3": None, "M4": "evb_unknown", "M5": "evb_unknown",
    }  # fmt: skip


def test_one_application_prevents_one_case_and_a_second_one_prevents_none(tmp_path: Path) -> None:
    files = world(
        tmp_path,
        notices=[
            notice("M1", "2026-03-05T08:00:00Z"),
            notice("M2", "2026-03-20T08:00:00Z", "NL00002"),  # the same vehicle under another eVB
        ],
        applications=[f"A1;2026-03-04T08:00:00Z;;;{VIN_1};", f"A2;2026-03-06T08:00:00Z;;;{VIN_1};"],
    )
    outcome = compute(files, MARCH, date(2026, 3, 31))
    assert states(outcome) == {"M1": ("closed", "application", "2026-03-04"), "M2": ("grace", None, None)}
    assert [line["case"] for line in outcome.cases] == [None, "M2"]


def test_an_application_that_fits_two_cases_ends_neither_and_pauses_neither(tmp_path: Path) -> None:
    files = world(
        tmp_path,
        notices=[
            notice("M1", "2026-03-02T08:00:00Z", "NL00003", VIN_1),
            notice("M2", "2026-03-02T08:00:00Z", "NL00003", VIN_2),
        ],
        applications=["A1;2026-03-03T08:00:00Z;NL00003;;;"],
    )
    outcome = compute(files, MARCH, JUNE)
    assert states(outcome) == {"M1": ("cancellation_proposed", None, None), "M2": ("cancellation_proposed", None, None)}
    assert [letter["message_id"] for letter in outcome.letters] == ["M1", "M2"] * 3


def test_a_stop_signal_for_another_vin_leaves_the_evb_alone(tmp_path: Path) -> None:
    signals = [
        notice("M2", "2026-03-03T08:00:00Z", vin=VIN_2, kind="deregistration"),
        notice("M3", "2026-03-04T08:00:00Z", vin="", kind="other_insurer"),
    ]
    files = world(tmp_path, notices=[notice("M1", "2026-03-02T08:00:00Z"), *signals])
    assert states(compute(files, MARCH, JUNE)) == {"M1": ("closed", "other_insurer", "2026-03-04")}


def test_an_old_plate_and_a_folded_name_match_under_another_evb(tmp_path: Path) -> None:
    changed = notice("M2", "2026-03-03T08:00:00Z", kind="plate_change").replace("MÜ-A 12", "K-WB 4444")
    files = world(
        tmp_path,
        evb=[evb("NL00001"), evb("NL00002").replace("Klara Müller", " KLARA   MÜLLER ")],
        notices=[notice("M1", "2026-03-02T08:00:00Z"), changed],
        applications=["A1;2026-03-04T08:00:00Z;NL00002;muea12;;"],
    )
    outcome = compute(files, MARCH, JUNE)
    assert states(outcome) == {"M1": ("closed", "application", "2026-03-04")}
    assert [line["plate"] for line in outcome.cases] == ["KWB4444"]


def test_everybody_in_scope_gets_a_decision_with_the_first_reason_that_holds(tmp_path: Path) -> None:
    rights = "basic|view_portfolio"
    files = world(
        tmp_path,
        agencies=[agency("102", parent="101"), agency("101", parent="100"), agency("100"), agency("200")],
        evb=[evb("NL00001", "102")],
        users=[
            f"rom01;F1;Chef;post@f1.example;yes;no;{rights};;yes",
            f"rom02;F1;Chefin;POST@F1.example;yes;no;{rights};;yes",  # the same address
            f"rom03;F1;Sub;sub@f1.example;no;no;{rights};101;yes",  # sees what stands below 101
            f"rom04;F1;Fremd;fremd@f1.example;no;no;{rights};200;yes",  # sees only 200: no line
            f"rom05;F1;Alle;alle@f1.example;no;no;{rights};;yes",  # sees all, hence Nein unless chosen
            f"rom06;F1;Wahl;wahl@f1.example;no;no;{rights};;yes",
            "rom07;F1;Weg;weg@f1.example;yes;yes;basic;;no",
            f"rom08;F1;Automat;automat@f1.example;yes;yes;{rights};;yes",
            "rom09;F1;Ohne;ohne@f1.example;yes;no;basic;;yes",
            f"rom10;F1;Brief;;yes;no;{rights};;yes",
        ],
        preferences=["rom06;important_letters;no", "rom06;important_letters;yes"],  # the later one counts
        notices=[notice("M1", "2026-03-02T08:00:00Z")],
    )
    outcome = compute(files, MARCH, date(2026, 3, 20))
    assert [(line["login_id"], line["reason"], line["origin"]) for line in outcome.decisions] == [
        ("rom01", None, "role_default"),
        ("rom02", "already_mailed", "role_default"),
        ("rom03", None, "role_default"),
        ("rom05", "preference", "role_default"),
        ("rom06", None, "explicit"),
        ("rom07", "inactive", "role_default"),
        ("rom08", "technical", "role_default"),
        ("rom09", "no_right", "role_default"),
        ("rom10", "no_address", "role_default"),
    ]
    assert [mail["login_id"] for mail in outcome.mails] == ["rom01", "rom03", "rom06"]


def test_json_says_the_same_as_csv(tmp_path: Path) -> None:
    files = world(tmp_path, notices=[notice("M1", "2026-03-02T08:00:00Z"), notice("M2", "gestern", vin=VIN_2)])
    from_csv = compute(files, MARCH, JUNE)
    with (files / "notices.csv").open(encoding="utf-8") as file:
        objects = list(csv.DictReader(file, delimiter=";"))
    (files / "notices.json").write_text(json.dumps(objects), encoding="utf-8")
    (files / "notices.csv").unlink()
    from_json = compute(files, MARCH, JUNE)
    assert (from_json.letters, from_json.cases) == (from_csv.letters, from_csv.cases)
    assert [(line["row"], line["column"]) for line in from_json.refused] == [(3, "received_at")]


@pytest.mark.parametrize(
    ("begin", "end", "channel"),
    [
        ("2026-03-16", "", "electronic"),  # from the issuing day, Mon 02.03. + 14 = Mon 16.03.
        ("2026-03-17", "", "post"),
        ("2020-01-01", "2026-03-16", "electronic"),
        ("2020-01-01", "2026-03-15", "post"),
        ("", "", "post"),
    ],
)
def test_both_ends_of_electronic_delivery_are_included(tmp_path: Path, begin: str, end: str, channel: str) -> None:
    files = world(
        tmp_path,
        agencies=[agency("100", begin=begin, end=end)],
        users=["rom1;F1;Anna;anna@f1.example;yes;no;basic|view_portfolio;;yes"],
        notices=[notice("M1", "2026-03-02T08:00:00Z")],
    )
    outcome = compute(files, MARCH, date(2026, 3, 16))
    assert [line["channel"] for line in outcome.letters] == [channel]
    assert len(outcome.decisions) == len(outcome.mails) == (channel == "electronic")


def test_bad_rows_are_refused_with_their_column_and_good_ones_stay(tmp_path: Path) -> None:
    good = notice("M1", "2026-03-02T08:00:00Z")
    files = world(
        tmp_path,
        agencies=[agency("101", parent="999"), agency("102", parent="101"), agency("100")],
        users=["rom1;F1;Anna;anna@f1.example;yes;no;basic;102;yes"],
        notices=[good, good, notice("M1", "2026-03-02T09:00:00Z"), good + ";zu viel", good.replace("M1", "")],
        applications=["A1;2026-03-04T08:00:00Z;;;;100"],
    )
    outcome = compute(files, MARCH, JUNE)
    assert [(line["file"], line["row"], line["column"]) for line in outcome.refused] == [
        ("agencies.csv", 2, "parent"),
        ("agencies.csv", 3, "parent"),  # its parent was refused
        ("users.csv", 2, "assigned_agencies"),
        ("notices.csv", 5, None),
        ("notices.csv", 6, "message_id"),
        ("notices.csv", 4, "received_at"),  # known, with another moment; row 3 says nothing new
        ("applications.csv", 2, "evb"),
    ]
    assert len(outcome.cases) == 1
