"""An application that comes after the cancellation ends the case; what becomes of the cover a person decides."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import VIN, moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import CloseReason, Settlement, State
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

HEDDA, INGO = "hedda", "ingo"


def cancelled() -> str:
    """Register, write to the agency and cancel, and return the case."""
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    for batch in acts.print_post("2026-04-02 12:00"):
        acts.hand_over(batch, "2026-04-02 13:00")
    case = acts.intake_case("Z-1")
    with clock.turned_to(moment("2026-04-07 09:00")):
        cases.propose(case=case, reason="Kein Antrag", by=HEDDA)
        cases.approve(case=case, by=INGO)
    return case


@pytest.fixture
def case(stage: None) -> str:
    case = cancelled()
    acts.apply(at="2026-04-09 10:00", vin=VIN)
    return case


def withdraw(case: str) -> None:
    with clock.turned_to(moment("2026-04-10 09:00")):
        cases.withdraw_cancellation(case=case, reason="Antrag rechtzeitig", by=HEDDA)


def uphold(case: str) -> None:
    with clock.turned_to(moment("2026-04-10 09:00")):
        cases.uphold_cancellation(case=case, reason="Neues Risiko", by=HEDDA)


def test_the_application_ends_the_case_and_leaves_the_cover_to_be_decided(case: str) -> None:
    assert (acts.case().state, acts.case().close_reason) == (State.CLOSED, CloseReason.APPLICATION)
    assert [one.case_id for one in queries.answered_cancellations()] == [case]
    assert queries.next_step(acts.case()).title == "Entscheidung über die Deckung"


def test_who_lets_the_cover_stay_tells_the_agency_and_the_journal(case: str) -> None:
    withdraw(case)
    letter = acts.letter()
    assert (letter.kind, letter.due_on, letter.issued_on) == ("cancellation_withdrawn", None, date(2026, 4, 10))
    assert acts.delivery_of(letter.id).channel == "electronic"
    assert journal.about(case).values_list("kind", flat=True).last() == "case.cancellation_withdrawn"
    assert queries.cancellations_of(case).get().settled_as == Settlement.COVER_STAYS
    assert queries.next_step(acts.case()).title == "Nichts mehr"


def test_who_leaves_it_at_the_cancellation_tells_the_agency_that_there_will_be_a_contract(case: str) -> None:
    uphold(case)
    letter = acts.letter()
    assert (letter.kind, letter.due_on) == ("inquiry", None)
    assert "als neuen Vertrag" in letter.facts["text"]
    assert journal.about(case).values_list("kind", flat=True).last() == "case.cancellation_upheld"
    assert not queries.answered_cancellations().exists()


def test_what_is_decided_is_decided_once(case: str) -> None:
    withdraw(case)
    for decide in (withdraw, uphold):
        with pytest.raises(Refused, match="keine Kündigung"):
            decide(case)
    assert [kind for kind, _, _ in acts.written()].count("cancellation_withdrawn") == 1


def test_nothing_is_decided_without_a_reason(case: str) -> None:
    with pytest.raises(Refused, match="Grund"):
        cases.withdraw_cancellation(case=case, reason=" ", by=HEDDA)


def test_there_is_nothing_to_decide_if_no_application_came(stage: None) -> None:
    case = cancelled()
    with pytest.raises(Refused, match="keine Kündigung"):
        withdraw(case)
    acts.receive(acts.notice("Z-2", "2026-04-08 10:00", kind="deregistration"))
    assert not queries.answered_cancellations().exists()
    with pytest.raises(Refused, match="keine Kündigung"):
        uphold(case)


def test_people_are_mailed_about_it_and_only_about_it(case: str) -> None:
    withdraw(case)
    before = len(acts.mailed())
    acts.mornings("2026-04-13")
    assert acts.mailed()[before:] == [(cast.ANNA, "important_letters", 1), (cast.CARLA, "important_letters", 1)]


def test_the_agency_finds_it_open_beside_the_settled_ones_and_under_its_own_bipro_category(case: str) -> None:
    withdraw(case)
    carla = agencies.user(cast.CARLA)
    open_ones = [one.kind for one in delivery.mailbox_of(carla).filter(settled_on=None)]
    assert open_ones == ["cancellation_withdrawn"]
    with clock.turned_to(moment("2026-04-10 10:00")):
        assert [one.category for one in delivery.shipments(carla)][-1] == "160008000"


def test_an_agency_that_never_got_the_news_is_not_told_that_it_is_taken_back(stage: None) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    case = cancelled()
    acts.apply(at="2026-04-08 11:00", vin=VIN)  # the letter was not printed yet
    assert acts.delivery_of(acts.letter().id).state == "withdrawn"
    withdraw(case)
    assert acts.letter().kind == "evb_cancellation"
    assert queries.cancellations_of(case).get().settled_as == Settlement.COVER_STAYS


def test_a_case_reopened_after_its_cover_stayed_stands_before_the_proposal_again(case: str) -> None:
    withdraw(case)
    with clock.turned_to(moment("2026-04-13 09:00")):
        cases.reopen(case=case, reason="Antrag zurückgezogen", by=HEDDA)
        assert acts.case().state == State.CANCELLATION_PROPOSED
        cases.propose(case=case, reason="Kein Antrag mehr", by=HEDDA)
        cases.approve(case=case, by=INGO)
    assert [level for kind, level, _ in acts.written() if kind == "evb_cancellation"] == [0, 1]


def test_the_letter_says_that_cover_stays_and_who_declares_it_to_the_policyholder(case: str) -> None:
    withdraw(case)
    said = str(letters.text_of(acts.letter().id))
    assert "besteht ohne Unterbrechung fort" in said
    assert "dem Versicherungsnehmer mit einem gesonderten Schreiben" in said
