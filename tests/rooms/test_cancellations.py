"""Cancelling provisional cover needs two people, and nothing that arrived meanwhile."""

from datetime import date

import pytest
from tests import acts, cast

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import CloseReason, State, Subject
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries as travelled
from vermittlerpost.intake import actions as intake
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

PROPOSER, APPROVER = "hedda", "ingo"
MORNING = "2026-04-07 09:00"


@pytest.fixture
def case(stage: None) -> str:
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    return acts.intake_case("Z-1")


def propose(case: str) -> None:
    with clock.turned_to(acts.moment(MORNING)):
        cases.propose(case=case, reason="Kein Antrag trotz zweier Erinnerungen", by=PROPOSER)


def approve(case: str, by: str = APPROVER, at: str = MORNING) -> None:
    with clock.turned_to(acts.moment(at)):
        intake.approve_cancellation(case=case, by=by)


def test_what_one_proposes_and_another_approves_is_told_to_the_agency(case: str) -> None:
    propose(case)
    approve(case)
    letter = acts.letter()
    assert (acts.case().state, letter.kind, letter.due_on) == (State.CANCELLED, "evb_cancellation", date(2026, 4, 14))
    assert acts.delivery_of(letter.id).channel == "electronic"
    assert [entry.kind for entry in journal.about(case)][-1] == "case.cancellation_approved"
    assert not queries.undecided_cancellations().exists()


def test_who_proposes_can_neither_approve_nor_decline(case: str) -> None:
    propose(case)
    with pytest.raises(Refused, match="selbst gemacht"):
        approve(case, by=PROPOSER)
    with pytest.raises(Refused, match="selbst gemacht"):
        cases.decline(case=case, reason="doch nicht", by=PROPOSER)
    assert acts.case().state == State.CANCELLATION_PROPOSED


def test_nothing_is_approved_that_nobody_proposed(case: str) -> None:
    with pytest.raises(Refused, match="kein Vorschlag"):
        approve(case)


def test_two_people_cannot_propose_the_same_twice(case: str) -> None:
    propose(case)
    with pytest.raises(Refused, match="schon ein Vorschlag"):
        cases.propose(case=case, reason="Auch ich", by=APPROVER)


def test_a_proposal_approved_twice_writes_one_letter(case: str) -> None:
    propose(case)
    approve(case)
    with pytest.raises(Refused):
        approve(case)
    assert [kind for kind, _, _ in acts.written()].count("evb_cancellation") == 1


def test_what_was_declined_may_be_proposed_again(case: str) -> None:
    propose(case)
    cases.decline(case=case, reason="Makler hat angerufen", by=APPROVER)
    assert list(queries.proposable().values_list("id", flat=True)) == [case]
    propose(case)
    assert queries.cancellations_of(case).count() == 2


def test_an_application_that_comes_before_the_approval_wins(case: str) -> None:
    propose(case)
    acts.apply(at="2026-04-07 08:59")
    with pytest.raises(Refused, match="offenen Vorgang"):
        approve(case)
    assert acts.case().close_reason == CloseReason.APPLICATION


def test_an_unclear_application_keeps_the_approval_waiting(case: str) -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", "2026-04-03 06:00", evb=acts.OTHER_EVB)
    propose(case)
    acts.apply("A-7", "2026-04-07 08:00", vin=acts.VIN)
    with pytest.raises(Refused, match="unklarer Antrag"):
        approve(case)
    intake.dismiss_application(application="A-7", reason="anderes Fahrzeug", by=PROPOSER)
    approve(case)
    assert acts.case().state == State.CANCELLED


def test_an_open_question_of_the_agency_keeps_the_approval_waiting(case: str) -> None:
    propose(case)
    inquiry = cases.inquire(case=case, letter=acts.letter().id, subject=Subject.SOLD, text="Verkauft", by=cast.CARLA)
    with pytest.raises(Refused, match="Rückfrage"):
        approve(case)
    cases.answer(inquiry=inquiry, text="Bitte Abmeldung nachweisen.", by=PROPOSER)
    approve(case)
    assert acts.case().state == State.CANCELLED


def test_nothing_is_cancelled_of_which_the_agency_was_not_told_twice(stage: None) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    case = acts.intake_case("Z-1")
    with pytest.raises(Refused, match="zugestellt"):
        propose(case)
    (batch,) = acts.print_post("2026-04-02 12:00")
    acts.hand_over(batch, "2026-04-02 13:00")
    for letter in acts.letters_of()[1:]:
        delivery.note_return(letter.id, reason="unbekannt verzogen", by="printer")
    assert travelled.arrived(case) == 1
    with pytest.raises(Refused, match="zugestellt"):
        propose(case)


def test_an_application_after_the_cancellation_ends_the_case(case: str) -> None:
    propose(case)
    approve(case)
    acts.apply(at="2026-04-09 10:00")
    assert (acts.case().state, acts.case().close_reason) == (State.CLOSED, CloseReason.APPLICATION)
    assert acts.letter().settled_on == date(2026, 4, 9)
