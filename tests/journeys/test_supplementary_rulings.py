"""The supplementary rulings that days lived through can show; rules and rooms hold the others."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.journeys.rows import application, evbs, notice
from tests.oracle import sample

from vermittlerpost.cases import queries as cases
from vermittlerpost.intake import actions as intake
from vermittlerpost.lib import clock

Lines = list[dict[str, Any]]
Live = Callable[..., dict[str, Lines]]


def by_message(lines: Lines) -> dict[str, tuple[str, str | None]]:
    return {line["message_id"]: (line["state"], line["reason"]) for line in lines}


def test_an_application_that_is_there_wins_over_a_clarification_ruling_s03(live: Live) -> None:
    told = live(
        "2026-02-03",
        evb=[sample.evb("NL00001", until="2026-01-31")],
        notices=[notice("Z-1", "NL00001")],
        applications=[application("A-1", "2026-01-20T06:00:00", "NL00001")],
    )
    assert by_message(told["cases"]) == {"Z-1": ("closed", "application")}


def test_a_notice_that_opens_no_case_has_none_in_its_line_ruling_s07(live: Live) -> None:
    told = live(
        "2026-02-03",
        notices=[
            notice("Z-1", "NL00001"),
            notice("Z-2", "NL00002"),
            notice("Z-2", "NL00002", "2026-01-30T06:00:00", "withdrawn"),
            notice("S-1", "NL00003", kind="deregistration"),
        ],
        applications=[application("A-1", "2026-01-20T06:00:00", "NL00001")],
    )
    assert [(line["message_id"], line["case"], line["reason"]) for line in told["cases"]] == [
        ("Z-1", None, "application"),
        ("Z-2", None, "withdrawn"),
    ]


def test_a_confirmation_of_an_unknown_agency_is_taken_and_one_of_none_is_refused_ruling_s08(live: Live) -> None:
    told = live(
        "2026-02-03",
        evb=evbs("999", ""),
        notices=[notice("Z-1", "NL00001"), notice("Z-2", "NL00002")],
    )
    assert [(line["file"], line["row"], line["column"]) for line in told["refused"]] == [("evb.csv", 3, "agency")]
    assert by_message(told["cases"]) == {
        "Z-1": ("clarification", "agency_missing"),
        "Z-2": ("clarification", "evb_unknown"),
    }


def test_an_old_notice_keeps_its_own_day_and_the_report_warns_ruling_s17(tmp_path: Path, db: None) -> None:
    world = sample.world(tmp_path, notices=[notice("Z-1", "NL00001", "2026-01-12T06:00:00")])
    with clock.turned_to(datetime(2026, 5, 4, 10, tzinfo=UTC)):
        files = [world / f"{name}.csv" for name in ("carriers", "firms", "agencies", "evb", "notices")]
        *_, report = [intake.feed(file, by="feed") for file in files]
    assert cases.everything().get().opened_on == date(2026, 1, 12)
    assert report.counts() == {"accepted": 1, "known": 0, "refused": 0, "warned": 1}
