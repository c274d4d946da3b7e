"""cases: steps are taken on their day, once, never early, one at a time after downtime (R5, R7)."""

from datetime import date, timedelta

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.cases import actions, processes
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.actions.retrying import NotStuck
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Process
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")


def advance(at: str, limit: int = 500) -> int:
    """Let the sweep take the steps that are due at a moment."""
    with clock.turned_to(moment(at)):
        return actions.advance_due(limit=limit, by="system")


def test_a_case_that_nobody_answers_is_requested_reminded_twice_and_proposed_for_cancellation_r5() -> None:
    acts.register()
    states = []
    for day in acts.EVERY_STEP:
        acts.mornings(day)
        states.append(acts.case().state)
    assert states == ["requested", "reminded_1", "reminded_2", "cancellation_proposed"]
    assert acts.written() == [
        ("application_request", 0, acts.REQUESTED),
        ("reminder", 1, acts.REMINDED),
        ("reminder", 2, acts.REMINDED_AGAIN),
    ]
    assert [str(one.due_on) for one in acts.letters_of()] == ["2026-03-02", "2026-03-17", "2026-04-01"]
    assert [one.urgency for one in acts.letters_of()] == ["normal", "hoch", "letzte"]


def test_the_proposal_writes_no_letter_and_waits_for_a_person_for_ever() -> None:
    acts.register()
    acts.mornings(*acts.EVERY_STEP, "2026-05-04", "2026-06-01")
    assert cases.proposed_cancellations().get() == acts.case()
    assert len(acts.letters_of()) == 3
    assert not cases.due(moment("2027-01-04 07:00")).exists()


def test_no_step_is_taken_before_seven_in_the_morning_of_its_day_r7() -> None:
    acts.register()
    assert advance("2026-02-16 06:59") == 0
    assert advance("2026-02-15 23:59") == 0
    assert advance("2026-02-16 07:00") == 1


def test_a_step_that_is_late_still_waits_for_the_morning() -> None:
    acts.register()
    assert advance("2026-02-17 03:00") == 0
    assert advance("2026-02-17 07:00") == 1


def test_a_step_is_taken_once_however_often_the_sweep_comes() -> None:
    acts.register()
    assert [advance("2026-02-16 07:00"), advance("2026-02-16 07:01"), advance("2026-02-16 18:00")] == [1, 0, 0]
    assert len(acts.letters_of()) == 1


@pytest.mark.parametrize(
    ("day", "agency", "steps"),
    [
        ("2026-02-21 07:00", cast.BONN, 0),  # a Saturday
        ("2026-02-22 07:00", cast.BONN, 0),  # a Sunday
        ("2026-04-03 07:00", cast.BONN, 0),  # Good Friday
        ("2026-06-04 07:00", cast.BONN, 0),  # Corpus Christi
        ("2026-06-04 07:00", cast.BERLIN, 1),  # which Berlin does not keep
    ],
)
def test_after_downtime_a_step_still_waits_for_a_working_day_of_the_agencys_land(
    day: str, agency: str, steps: int
) -> None:
    acts.confirm(agency=agency)
    acts.register()
    assert advance(day) == steps


def test_due_dates_follow_the_land_to_which_an_agency_has_moved_r7() -> None:
    acts.register("Z-1", "2025-12-09 06:00")
    cast.change_agency(cast.BONN, state="DE-BY")
    acts.mornings("2025-12-23")
    assert acts.letter().due_on == date(2026, 1, 7)  # Bavaria keeps Epiphany


def test_after_downtime_a_case_moves_one_step_with_a_fresh_due_date_r5() -> None:
    acts.register()
    assert [advance("2026-05-06 07:00"), advance("2026-05-06 07:01")] == [1, 0]
    assert acts.written() == [("application_request", 0, "2026-05-06")]
    assert acts.letter().due_on == date(2026, 5, 20)
    assert acts.case().deadline.planned_on == date(2026, 5, 21)


def test_a_sweep_takes_as_many_steps_as_it_is_told_and_the_most_overdue_first() -> None:
    acts.confirm(kind="permanent")
    acts.register("Z-late", "2026-02-04 06:00", vin="", plate="K-A 2")
    acts.register("Z-early", vin="", plate="K-A 1")
    assert advance("2026-02-18 07:00", limit=1) == 1
    assert (acts.case("Z-early").state, acts.case("Z-late").state) == ("requested", "grace")


def test_a_running_case_keeps_the_version_of_the_process_with_which_it_started_r5(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acts.confirm(kind="permanent")
    acts.register("Z-1", vin="", plate="K-A 1")
    hasty = Process(**{**vars(PROCESSES["kfz_standard.1"]), "version": 2, "grace_days": 2})
    monkeypatch.setattr(processes, "PROCESSES", {**PROCESSES, "kfz_standard.2": hasty})
    acts.register("Z-2", vin="", plate="K-A 2")
    assert [acts.case(message).process for message in ("Z-1", "Z-2")] == ["kfz_standard.1", "kfz_standard.2"]
    assert [str(acts.case(message).deadline.planned_on) for message in ("Z-1", "Z-2")] == [
        "2026-02-16",
        "2026-02-04",
    ]


def forget_process(case: str) -> None:
    """Let a case name a process whose file is gone."""
    cases.everything().filter(id=case).update(process="brieftaube.1")


def test_a_step_that_fails_is_set_aside_and_the_others_are_taken_r12() -> None:
    acts.confirm(kind="permanent")
    for number in (1, 2, 3):
        acts.register(f"Z-{number}", vin="", plate=f"K-A {number}")
    bad = acts.intake_case("Z-2")
    forget_process(bad)
    assert advance("2026-02-16 07:00") == 3
    assert [acts.case(f"Z-{number}").state for number in (1, 2, 3)] == ["requested", "grace", "requested"]
    stuck = cases.stuck().get()
    assert (stuck.case_id, stuck.stuck_at) == (bad, moment("2026-02-16 07:00"))
    assert "brieftaube" in stuck.stuck_reason
    assert journal.about(bad).get(kind="case.stuck").data == {"error": "KeyError"}


def test_what_is_stuck_is_left_alone_until_somebody_retries_it_r12() -> None:
    case = acts.register()
    forget_process(case)
    advance("2026-02-16 07:00")
    cases.everything().filter(id=case).update(process="kfz_standard.1")
    assert advance("2026-02-17 07:00") == 0
    actions.retry(case=case, reason="Ablauf wieder da", by="operator")
    assert not cases.stuck().exists()
    assert advance("2026-02-17 09:01") == 1
    retried = journal.about(case).get(kind="case.retried")
    assert (retried.actor, retried.data) == ("operator", {"reason": "Ablauf wieder da"})


def test_what_is_not_stuck_cannot_be_retried() -> None:
    with pytest.raises(NotStuck):
        actions.retry(case=acts.register(), reason="Versehen", by="operator")


def test_every_step_is_journalled_with_its_state_before_and_after() -> None:
    case = acts.register()
    acts.mornings(*acts.EVERY_STEP)
    taken = journal.about(case).filter(kind="case.step_taken")
    assert [(entry.data["before"], entry.data["after"], entry.data["next_on"]) for entry in taken] == [
        ("grace", "requested", acts.REMINDED),
        ("requested", "reminded_1", acts.REMINDED_AGAIN),
        ("reminded_1", "reminded_2", acts.PROPOSED),
        ("reminded_2", "cancellation_proposed", None),
    ]


def test_a_letter_names_the_next_step_on_the_day_on_which_it_is_taken() -> None:
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    days = ["Di., 03.03.2026", "Mi., 18.03.2026", "Do., 02.04.2026"]
    assert all(day in one.facts["next_step"] for one, day in zip(acts.letters_of(), days, strict=True))


def test_the_due_date_is_the_same_field_in_letter_facts_decision_and_mail_r7() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter()
    provided = journal.about(letter.case).get(kind="letter.provided")
    assert letter.due_on == date(2026, 3, 2) == date(2026, 2, 16) + timedelta(days=14)
    assert letter.facts["due_on"] == provided.data["due_on"] == "2026-03-02"
