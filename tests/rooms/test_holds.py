"""cases: a hold is bounded, has a reason, and ends by itself (R5)."""

from datetime import date

import pytest
from tests import acts
from tests.acts import moment

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.actions.holding import HoldTooLong, NothingToHold
from vermittlerpost.cases.actions.locking import NoOpenCase
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

REASON = "Antrag ist unterwegs"


@pytest.fixture
def case() -> str:
    """Return a case that was requested and will be reminded on 3 March."""
    opened = acts.register()
    acts.mornings(acts.REQUESTED)
    return opened


def hold(case: str, on: str, until: str) -> None:
    with clock.turned_to(moment(f"{on} 10:00")):
        cases.hold(case=case, until=date.fromisoformat(until), reason=REASON, by="carla")


def resume(case: str, on: str) -> None:
    with clock.turned_to(moment(f"{on} 10:00")):
        cases.resume(case=case, by="insurer")


def test_a_held_case_takes_no_step_up_to_and_including_the_day(case: str) -> None:
    hold(case, "2026-03-02", "2026-03-10")
    acts.mornings("2026-03-03", "2026-03-10")
    assert len(acts.letters_of()) == 1


def test_a_hold_ends_by_itself_and_the_step_is_taken_on_the_next_working_day(case: str) -> None:
    hold(case, "2026-03-02", "2026-03-13")  # a Friday
    acts.mornings("2026-03-14", "2026-03-15", "2026-03-16")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-16")]
    assert acts.letter().due_on == date(2026, 3, 30)


def test_a_hold_that_ends_before_the_step_changes_nothing(case: str) -> None:
    hold(case, "2026-02-20", "2026-02-27")
    acts.mornings(acts.REMINDED)
    assert acts.written()[1:] == [("reminder", 1, acts.REMINDED)]


@pytest.mark.parametrize("until", ["2026-03-17", "2026-03-01", "2027-03-02"])
def test_a_hold_beyond_what_the_process_allows_or_in_the_past_is_refused(case: str, until: str) -> None:
    with pytest.raises(HoldTooLong) as refused:
        hold(case, "2026-03-02", until)
    assert refused.value.code == "hold_too_long"
    assert "14 Tage" in refused.value.sentence
    acts.mornings(acts.REMINDED)
    assert len(acts.letters_of()) == 2


def test_the_longest_hold_is_the_one_that_the_process_allows(case: str) -> None:
    hold(case, "2026-03-02", "2026-03-16")
    assert acts.case().held_until == date(2026, 3, 16)


def test_a_case_that_is_resumed_takes_its_step_on_the_planned_day(case: str) -> None:
    hold(case, "2026-02-25", "2026-03-10")
    resume(case, "2026-02-26")
    acts.mornings("2026-03-02", acts.REMINDED)
    assert acts.written()[1:] == [("reminder", 1, acts.REMINDED)]


def test_a_case_that_is_resumed_after_its_day_takes_its_step_at_once(case: str) -> None:
    hold(case, "2026-03-02", "2026-03-13")
    resume(case, "2026-03-05")
    acts.mornings("2026-03-06")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-06")]


def test_a_held_case_still_ends_by_an_application(case: str) -> None:
    hold(case, "2026-03-02", "2026-03-10")
    acts.apply("A-1", "2026-03-05 10:00", vin=acts.VIN)
    assert acts.case().close_reason == "application"


def test_holds_are_journalled_with_day_reason_and_actor(case: str) -> None:
    hold(case, "2026-03-02", "2026-03-10")
    resume(case, "2026-03-05")
    held, resumed = journal.about(case).filter(kind__in=["case.held", "case.resumed"])
    assert (held.actor, held.data) == ("carla", {"until": "2026-03-10", "reason": REASON})
    assert (resumed.actor, resumed.data) == ("insurer", {"next_on": acts.REMINDED})


def test_a_case_that_is_not_held_cannot_be_resumed(case: str) -> None:
    with pytest.raises(NothingToHold):
        resume(case, "2026-02-20")
    assert not journal.about(case).filter(kind="case.resumed").exists()


def test_nothing_is_held_where_nothing_is_pending() -> None:
    clarified = acts.register(evb="")
    with pytest.raises(NothingToHold):
        hold(clarified, "2026-02-03", "2026-02-10")


def test_neither_a_closed_case_nor_an_unknown_one_is_held(case: str) -> None:
    acts.apply("A-1", "2026-02-20 10:00", vin=acts.VIN)
    for name in (case, "V-0000-0000-00000"):
        with pytest.raises(NoOpenCase):
            hold(name, "2026-02-23", "2026-02-27")
