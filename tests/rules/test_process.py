"""The process: which step follows which, and on which days they fall (R5, R7)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.cases import processes, rules
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.processes import PROCESSES, newest
from vermittlerpost.cases.rules import LAENDER, Process, Step, after_hold, first_step_on, schedule

STANDARD = PROCESSES["kfz_standard.1"]
WORKING_DAY = COUNTINGS[STANDARD.counting]
REQUEST, REMINDER, LAST_REMINDER, PROPOSAL = STANDARD.steps

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
STATES = st.sampled_from(LAENDER)


def test_the_shipped_process_requests_reminds_twice_and_then_proposes_to_cancel() -> None:
    told = [(step.state, step.letter, step.level, step.urgency) for step in STANDARD.steps]
    assert told == [
        ("requested", "application_request", 0, "normal"),
        ("reminded_1", "reminder", 1, "hoch"),
        ("reminded_2", "reminder", 2, "letzte"),
        ("cancellation_proposed", None, 0, ""),  # a worklist entry, no letter
    ]


def test_every_step_is_followed_by_the_next_and_the_last_by_none() -> None:
    states = ["grace", *(step.state for step in STANDARD.steps)]
    assert [STANDARD.step_after(state) for state in states] == [*STANDARD.steps, None]


def test_a_state_of_another_process_has_no_next_step() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        STANDARD.step_after("elsewhere")


# Day 0, Land, and the days of request, its due date, reminder 1, due, reminder 2, due, proposal.
LIVES = [
    # No holiday near, every Land alike.
    ("2026-02-02", "DE-NW", "02-16 03-02 03-03 03-17 03-18 04-01 04-02"),
    # Good Friday and Easter Monday; the clock change on 29 March moves no day.
    ("2026-03-20", "DE-NW", "04-07 04-21 04-22 05-06 05-07 05-21 05-22"),
    # Labour Day on a Friday moves a due date over the weekend.
    ("2026-04-03", "DE-HH", "04-17 05-04 05-05 05-19 05-20 06-03 06-04"),
    # The same in Hessen, where Corpus Christi on 4 June moves the proposal as well.
    ("2026-04-03", "DE-HE", "04-17 05-04 05-05 05-19 05-20 06-03 06-05"),
    # Over the year's end, with Epiphany in Bavaria: due on 6 January is due on the 7th.
    ("2025-12-09", "DE-BY", "12-23 01-07 01-08 01-22 01-23 02-06 02-09"),
    ("2025-12-09", "DE-BE", "12-23 01-06 01-07 01-21 01-22 02-05 02-06"),
    # Grace ends on Christmas Day.
    ("2025-12-11", "DE-NW", "12-29 01-12 01-13 01-27 01-28 02-11 02-12"),
    # The leap day is a day like any other.
    ("2028-02-01", "DE-NW", "02-15 02-29 03-01 03-15 03-16 03-30 03-31"),
    # Saxony prays on a Wednesday in November.
    ("2026-10-21", "DE-SN", "11-04 11-19 11-20 12-04 12-07 12-21 12-22"),
    # A notice on a Saturday: grace ends on a Saturday and the request waits for Monday.
    ("2026-02-07", "DE-NW", "02-23 03-09 03-10 03-24 03-25 04-08 04-09"),
]


@pytest.mark.parametrize(("opened_on", "land", "days"), LIVES)
def test_a_case_that_nobody_answers_lives_through_these_days(opened_on: str, land: str, days: str) -> None:
    lived = []
    day: date | None = first_step_on(STANDARD, WORKING_DAY, date.fromisoformat(opened_on), land)
    for step in STANDARD.steps:
        assert day
        planned = schedule(step, WORKING_DAY, day, land)
        lived += [day, planned.due_on] if planned.due_on else [day]
        day = planned.next_on
    assert [f"{day:%m-%d}" for day in lived] == days.split()
    assert day is None


@given(DAYS, STATES)
def test_the_request_never_comes_before_grace_has_ended(opened_on: date, land: str) -> None:
    assert first_step_on(STANDARD, WORKING_DAY, opened_on, land) >= opened_on + timedelta(days=14)


@given(DAYS, STATES)
def test_no_due_date_is_early_and_the_next_step_comes_after_it(taken_on: date, land: str) -> None:
    planned = schedule(REQUEST, WORKING_DAY, taken_on, land)
    assert planned.due_on
    assert planned.next_on
    assert planned.due_on >= taken_on + timedelta(days=14)
    assert planned.next_on > planned.due_on
    assert WORKING_DAY.roll(planned.due_on, land) == planned.due_on
    assert WORKING_DAY.roll(planned.next_on, land) == planned.next_on


@given(DAYS, STATES)
def test_the_proposal_has_neither_due_date_nor_next_step(taken_on: date, land: str) -> None:
    assert schedule(PROPOSAL, WORKING_DAY, taken_on, land) == rules.Schedule(due_on=None, next_on=None)


HELD = [
    ("2026-03-03", None, "2026-03-03"),  # no hold
    ("2026-03-03", "2026-03-02", "2026-03-03"),  # a hold that is over by then
    ("2026-03-03", "2026-03-03", "2026-03-04"),  # the last day of a hold is held
    ("2026-03-03", "2026-03-12", "2026-03-13"),  # the day after it
    ("2026-03-03", "2026-03-13", "2026-03-16"),  # which is a Saturday
    ("2026-03-03", "2026-04-02", "2026-04-07"),  # which is Good Friday
]


@pytest.mark.parametrize(("planned_on", "held_until", "taken_on"), HELD)
def test_a_held_step_is_taken_on_the_working_day_after_the_hold(
    planned_on: str, held_until: str | None, taken_on: str
) -> None:
    until = date.fromisoformat(held_until) if held_until else None
    assert after_hold(date.fromisoformat(planned_on), until, WORKING_DAY, "DE-NW").isoformat() == taken_on


@given(DAYS, st.none() | DAYS, STATES)
def test_a_hold_never_makes_a_step_early(planned_on: date, held_until: date | None, land: str) -> None:
    planned_on = WORKING_DAY.roll(planned_on, land)
    taken_on = after_hold(planned_on, held_until, WORKING_DAY, land)
    assert taken_on >= planned_on
    assert held_until is None or taken_on > held_until


def shipped() -> dict[str, Any]:
    path = Path(processes.__path__[0]) / "kfz_standard.1.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_process_file_bears_name_and_version_and_the_highest_is_the_newest() -> None:
    tenth = Process.from_document("kfz_standard.10", shipped())
    assert (tenth.name, tenth.version, tenth.code) == ("kfz_standard", 10, "kfz_standard.10")
    assert newest("kfz_standard") is STANDARD
    with pytest.raises(KeyError):
        newest("brieftaube")


@pytest.mark.parametrize("change", [{"steps": []}, {"grace_days": 14, "surprise": 1}, {"steps": [{"letter": "x"}]}])
def test_a_process_file_with_unknown_or_missing_keys_is_refused(change: dict[str, Any]) -> None:
    document = {**shipped(), **change}
    if change == {"steps": []}:
        del document["steps"]
    with pytest.raises((TypeError, KeyError)):
        Process.from_document("kfz_standard.2", document)


@pytest.mark.parametrize("fields", [{"urgency": "normal"}, {"due_days": 14}])
def test_a_letter_without_due_date_or_urgency_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="needs due_days"):
        Step(state="requested", title="Angefordert", letter="application_request", **fields)


def test_every_letter_but_the_first_is_announced_by_the_one_before() -> None:
    assert all("{day}" in step.announcement for step in STANDARD.steps[1:])
