"""cases: the steps of all cases can be halted, for everybody at once, and each then goes on with one step (R5)."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.actions.halting import Halted, NotHalted, UnfitHalt
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import HOUSE, sentence_of
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import queries as notifications

pytestmark = pytest.mark.usefixtures("stage")

REASON = "Falsche Zulassungen eingespielt"


def halt(on: str, until: str = "", reason: str = REASON) -> None:
    with clock.turned_to(moment(f"{on} 06:00")):
        cases.halt(reason=reason, until=date.fromisoformat(until) if until else None, by="operator")


def go_on(on: str) -> None:
    with clock.turned_to(moment(f"{on} 06:30")):
        cases.go_on(by="operator")


def happened() -> list[tuple[str, str, str]]:
    return [(entry.kind, entry.actor, sentence_of(entry.kind, entry.data)) for entry in journal.about(HOUSE)]


def test_while_steps_are_halted_none_is_taken_and_afterwards_each_case_takes_one_with_a_fresh_due_date_r5() -> None:
    acts.register()
    halt(acts.REQUESTED)
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    assert acts.written() == []
    go_on("2026-03-19")
    acts.mornings("2026-03-19", "2026-03-20")
    assert acts.written() == [("application_request", 0, "2026-03-19")]
    assert acts.letter().due_on == date(2026, 4, 2)


def test_a_halt_holds_on_its_last_day_and_ends_by_itself() -> None:
    acts.register()
    halt("2026-02-13", until=acts.REQUESTED)
    acts.mornings(acts.REQUESTED)
    assert acts.written() == []
    acts.mornings("2026-02-17")
    assert acts.written() == [("application_request", 0, "2026-02-17")]
    with clock.turned_to(moment("2026-02-17 07:00")), pytest.raises(NotHalted):
        cases.go_on(by="operator")


def test_what_was_written_before_is_announced_and_mailed_at_once() -> None:
    acts.register()
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        cases.advance_due(limit=1, by="system")
        assert not rounds.may_announce(), "the rest of the run is waited for"
        cases.halt(reason=REASON, until=None, by="operator")
        assert rounds.take_steps() == 0
        assert rounds.may_announce()
        rounds.announce()
    with clock.turned_to(moment(f"{acts.REQUESTED} 08:00")):
        rounds.post()
    assert notifications.sent().exists()


def test_notices_and_applications_are_taken_in_and_cases_end() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    halt("2026-02-17")
    acts.confirm(acts.OTHER_EVB)
    other = acts.register("Z-2", "2026-02-18 06:00", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    assert other
    acts.apply("A-1", "2026-02-18 10:00", vin=acts.VIN)
    assert queries.everything().get(id=acts.intake_case("Z-1")).close_reason == "application"


def test_paper_that_crossed_is_taken_back_all_the_same_b5() -> None:
    acts.confirm(acts.OTHER_EVB, agency=cast.DRESDEN)
    acts.register(evb=acts.OTHER_EVB)
    acts.mornings(acts.REQUESTED)
    (batch,) = acts.print_post(f"{acts.REQUESTED} 14:00")
    acts.hand_over(batch, f"{acts.REQUESTED} 15:00")
    halt("2026-02-17")
    acts.apply(at="2026-02-17 10:00")
    assert acts.letter().kind == "void_notice"


def test_no_letter_that_a_person_asks_for_is_written_either() -> None:
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    case = acts.intake_case("Z-1")
    with clock.turned_to(moment("2026-04-07 09:00")):
        cases.propose(case=case, reason="Kein Antrag", by="hedda")
        cases.halt(reason=REASON, until=date(2026, 4, 10), by="operator")
        with pytest.raises(Halted, match=r"bis einschließlich 10\.04\.2026: Falsche Zulassungen"):
            intake.approve_cancellation(case=case, by="ingo")
    assert acts.case().state == "cancellation_proposed"
    with clock.turned_to(moment("2026-04-13 09:00")):
        intake.approve_cancellation(case=case, by="ingo")
    assert acts.letter().kind == "evb_cancellation"


def test_agencies_are_told_that_a_step_is_late_and_not_why() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(moment("2026-02-17 09:00")):
        cases.halt(reason=REASON, until=date(2026, 3, 2), by="operator")
        assert queries.next_step(acts.case()).day == date(2026, 3, 3)
        cases.go_on(by="operator")
        cases.halt(reason=REASON, until=date(2026, 3, 3), by="operator")
        step = queries.next_step(acts.case())
    assert (step.title, step.day) == ("Schritt verzögert sich", None)
    assert REASON not in step.sentence


def test_the_journal_says_who_halted_why_and_when_it_went_on() -> None:
    halt("2026-02-16")
    go_on("2026-02-17")
    halt("2026-02-18", until="2026-02-20")
    assert happened() == [
        ("house.halted", "operator", f"Schritte aller Vorgänge angehalten, bis jemand fortsetzt: {REASON}."),
        ("house.went_on", "operator", f"Schritte aller Vorgänge fortgesetzt, angehalten seit 16.02.2026: {REASON}."),
        ("house.halted_until", "operator", f"Schritte aller Vorgänge angehalten bis 20.02.2026: {REASON}."),
    ]


def test_a_halt_without_reason_or_that_is_over_already_is_refused() -> None:
    with pytest.raises(UnfitHalt):
        halt("2026-02-16", reason=" ")
    with pytest.raises(UnfitHalt, match=r"15\.02\.2026"):
        halt("2026-02-16", until="2026-02-15")
    assert happened() == []


def test_nothing_is_halted_twice_or_resumed_without_a_halt() -> None:
    with pytest.raises(NotHalted):
        go_on("2026-02-16")
    halt("2026-02-16")
    with pytest.raises(Refused, match="angehalten"):
        halt("2026-02-17", until="2026-02-20")
    assert len(happened()) == 1


def test_a_halt_that_ended_by_itself_is_in_nobodys_way() -> None:
    halt("2026-02-16", until="2026-02-17")
    halt("2026-02-18")
    with clock.turned_to(moment("2026-02-18 09:00")):
        assert queries.halt_notice() == (
            "Angehalten seit 18.02.2026, bis jemand fortsetzt: Kein Schritt wird ausgeführt, kein Schreiben verfasst."
            f" Grund: {REASON} (operator)."
        )
