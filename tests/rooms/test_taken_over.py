"""Nothing is cancelled of which the agency that has the case now was not told twice, whoever was told before (I5)."""

from datetime import date

import pytest
from tests import acts
from tests.acts import moment
from tests.cast import BONN, HAMBURG

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import State
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

pytestmark = pytest.mark.usefixtures("stage")

HEDDA, INGO = "hedda", "ingo"


def reroute(case: str, on: str, agency: str = HAMBURG) -> None:
    with clock.turned_to(moment(f"{on} 10:00")):
        cases.reroute(case=case, agency=agency, reason="Bestandsübertragung", by=HEDDA)


def propose(case: str, on: str) -> None:
    with clock.turned_to(moment(f"{on} 09:00")):
        cases.propose(case=case, reason="Kein Antrag", by=HEDDA)


def remind_again(case: str, on: str) -> None:
    with clock.turned_to(moment(f"{on} 09:00")):
        cases.remind_again(case=case, reason="Agentur neu zuständig", by=HEDDA)


@pytest.fixture
def proposed() -> str:
    """Return a case about which Bonn was written to until its cancellation was proposed."""
    case = acts.register()
    acts.mornings(*acts.EVERY_STEP)
    return case


@pytest.fixture
def reminded_once() -> str:
    """Return a case that went to Hamburg after the first reminder, and of which Hamburg was told once."""
    case = acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    reroute(case, "2026-03-09")
    acts.mornings(acts.REMINDED_AGAIN, acts.PROPOSED)
    return case


def test_who_takes_a_case_over_after_the_last_reminder_is_reminded_twice_before_it_stands_there_again(
    proposed: str,
) -> None:
    reroute(proposed, "2026-04-07")
    with pytest.raises(Refused, match="keine Kündigung"):
        propose(proposed, "2026-04-07")
    acts.mornings("2026-04-08", "2026-04-23", "2026-05-08")
    assert acts.written()[3:] == [("reminder", 3, "2026-04-08"), ("reminder", 4, "2026-04-23")]
    assert [(one.agency_id, one.urgency, one.due_on) for one in acts.letters_of()[3:]] == [
        (HAMBURG, "hoch", date(2026, 4, 22)),
        (HAMBURG, "letzte", date(2026, 5, 7)),
    ]
    assert acts.case().state == State.CANCELLATION_PROPOSED
    propose(proposed, "2026-05-08")
    assert queries.undecided_cancellations().exists()


def test_a_transfer_of_the_portfolio_does_the_same(proposed: str) -> None:
    asked = cases.Move(source=BONN, target=HAMBURG, effective_on=date(2026, 4, 7), reason="Vertrag 12/26")
    with clock.turned_to(moment("2026-04-07 06:00")):
        cases.transfer(asked, by=HEDDA)
    acts.mornings("2026-04-07")
    assert (acts.letter().level, acts.letter().agency_id) == (3, HAMBURG)


def test_what_was_proposed_lapses_with_the_move(proposed: str) -> None:
    propose(proposed, "2026-04-07")
    reroute(proposed, "2026-04-07")
    assert not queries.undecided_cancellations().exists()
    assert not queries.cancellations_of(proposed).get().approved
    told = [entry.kind for entry in journal.about(proposed)][-3:]
    assert told == ["case.rerouted", "case.cancellation_declined", "case.cancellation_put_off"]


def test_what_the_agency_before_was_told_does_not_count_and_there_is_a_way_on(reminded_once: str) -> None:
    assert queries.times_told([acts.case()]) == {reminded_once: 1}
    with pytest.raises(Refused, match=r"Der Agentur 5000 .* nicht nachweislich zugestellt.*noch einmal erinnern"):
        propose(reminded_once, "2026-04-07")
    remind_again(reminded_once, "2026-04-07")
    assert (acts.case().state, acts.case().raised) == ("reminded_1", 1)
    acts.mornings("2026-04-08", "2026-04-23")
    assert acts.written()[3:] == [("reminder", 3, "2026-04-08")]
    propose(reminded_once, "2026-04-23")


def test_a_question_is_no_reminder(reminded_once: str) -> None:
    with clock.turned_to(moment("2026-04-07 09:00")):
        cases.ask(case=reminded_once, text="Wo bleibt der Antrag?", days=1, by=HEDDA)
    assert queries.times_told([acts.case()]) == {reminded_once: 1}


def test_who_was_told_twice_is_not_reminded_again(proposed: str) -> None:
    with pytest.raises(Refused, match="schon zweimal"):
        remind_again(proposed, "2026-04-07")
    acts.apply(at="2026-04-07 10:00")
    with pytest.raises(Refused, match="offenen Vorgang"):
        remind_again(proposed, "2026-04-08")


def test_who_gets_the_case_back_after_he_was_told_is_not_told_anew(proposed: str) -> None:
    reroute(proposed, "2026-04-07")
    acts.mornings("2026-04-08", "2026-04-23", "2026-05-08")
    reroute(proposed, "2026-05-11", BONN)
    assert acts.case().state == State.CANCELLATION_PROPOSED
    propose(proposed, "2026-05-11")


def test_no_letter_tells_a_new_agency_of_what_it_was_not_asked(proposed: str) -> None:
    reroute(proposed, "2026-04-07")
    acts.mornings("2026-04-08", "2026-04-23")
    said = {one.agency_id + one.urgency: str(letters.text_of(one.id)) for one in acts.letters_of()}
    for urgency in ("hoch", "letzte"):
        assert "Erstmals haben wir ihn am 16.02.2026 angefordert" in said[HAMBURG + urgency]
        assert "Inzwischen wird der Vorgang bei Ihrer Agentur geführt" in said[HAMBURG + urgency]
        assert "Sie daran erinnert" not in said[HAMBURG + urgency]
    assert "Wir haben ihn am 16.02.2026 angefordert und Sie daran erinnert" in said[BONN + "letzte"]


def test_the_last_reminder_tells_the_truth_to_who_took_the_case_over_just_before(reminded_once: str) -> None:
    assert (acts.letter().agency_id, acts.letter().urgency) == (HAMBURG, "letzte")
    said = str(letters.text_of(acts.letter().id))
    assert "Erstmals haben wir ihn am 16.02.2026 angefordert" in said
    assert "Sie daran erinnert" not in said
