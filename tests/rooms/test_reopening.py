"""Cases are ended by hand, and opened again if that was a mistake."""

from datetime import date

import pytest
from tests import acts

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.models import Deadline
from vermittlerpost.cases.rules import CloseReason, State
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as received
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


@pytest.fixture
def case(stage: None) -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.intake_case("Z-1")


def close(case: str) -> None:
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        cases.close(case=case, reason="Anruf des Kunden", by="hedda")


def reopen(case: str) -> None:
    with clock.turned_to(acts.moment("2026-02-24 09:00")):
        intake.reopen(case=case, reason="Antrag abgelehnt", by="hedda")


def test_a_case_ended_by_hand_is_ended_with_all_that_follows(case: str) -> None:
    close(case)
    assert (acts.case().state, acts.case().close_reason) == (State.CLOSED, CloseReason.BY_HAND)
    assert acts.letter().settled_on == date(2026, 2, 20)
    acts.mornings(acts.REMINDED)
    assert len(acts.letters_of()) == 1


def test_a_reopened_case_goes_on_where_it_was_with_a_fresh_period(case: str) -> None:
    close(case)
    reopen(case)
    assert (acts.case().state, acts.case().closed_on) == ("requested", None)
    assert Deadline.objects.get().planned_on == date(2026, 3, 11)
    acts.mornings("2026-03-11")
    assert [kind for kind, _, _ in acts.written()] == ["application_request", "reminder"]


def test_what_is_open_is_not_opened_again(case: str) -> None:
    with pytest.raises(Refused, match="beendeten Vorgang"):
        reopen(case)


def test_what_is_ended_is_not_ended_again(case: str) -> None:
    close(case)
    with pytest.raises(Refused, match="offenen Vorgang"):
        close(case)


def test_a_reopened_case_ends_again_as_any_other(case: str) -> None:
    close(case)
    reopen(case)
    acts.apply(at="2026-02-25 10:00")
    assert acts.case().close_reason == CloseReason.APPLICATION


@pytest.mark.parametrize("marks", [{"vin": acts.VIN}, {"evb": acts.EVB}, {"plate": acts.PLATE}])
def test_an_application_that_came_while_the_case_was_closed_is_put_before_a_person(
    case: str, marks: dict[str, str]
) -> None:
    close(case)
    acts.apply("A-9", "2026-02-22 10:00", **marks)
    assert not received.applications_to_clear().exists()
    reopen(case)
    assert [one.application_id for one in received.applications_to_clear()] == ["A-9"]
    intake.sort_application(application="A-9", case=case, by="hedda")
    assert (acts.case().state, acts.case().close_reason) == (State.CLOSED, CloseReason.APPLICATION)


def test_a_signal_that_came_while_the_case_was_closed_is_put_before_a_person(case: str) -> None:
    close(case)
    acts.receive(acts.notice("Z-9", "2026-02-22 10:00", kind="deregistration"))
    reopen(case)
    assert [one.message_id for one in received.to_clear()] == ["Z-9"]


def test_what_is_of_another_vehicle_stays_where_it_is(case: str) -> None:
    close(case)
    acts.apply("A-9", "2026-02-22 10:00", vin=acts.OTHER_VIN, plate=acts.PLATE)
    reopen(case)
    assert not received.applications_to_clear().exists()
