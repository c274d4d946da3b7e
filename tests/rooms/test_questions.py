"""cases: the insurer asks an agency something by letter, and the case rests until the agency may have answered."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.actions.asking import NoQuestion, QuestionOutOfBounds
from vermittlerpost.cases.actions.locking import NoOpenCase
from vermittlerpost.cases.rules import Subject
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

pytestmark = pytest.mark.usefixtures("stage")

TEXT = "Ist Frau Großmann Halterin?"


@pytest.fixture
def case() -> str:
    """Return a case that was requested and will be reminded on 3 March."""
    opened = acts.register()
    acts.mornings(acts.REQUESTED)
    return opened


def ask(case: str, on: str = "2026-02-27", days: int = 7, text: str = TEXT) -> str:
    with clock.turned_to(moment(f"{on} 10:00")):
        return cases.ask(case=case, text=text, days=days, by="hedda")


def propose(case: str, on: str) -> None:
    with clock.turned_to(moment(f"{on} 09:00")):
        cases.propose(case=case, reason="Kein Antrag", by="hedda")


def test_a_question_is_a_letter_with_a_due_date_by_the_channel_of_the_agency(case: str) -> None:
    request = acts.letter().id
    letter = ask(case)
    assert (acts.letter().id, acts.letter().kind, acts.letter().due_on) == (letter, "inquiry", date(2026, 3, 6))
    assert acts.delivery_of(letter).channel == "electronic"
    said = letters.text_of(letter)
    assert (said.title, list(said.message)) == ("Rückfrage", [TEXT])
    assert list(said.otherwise) == ["Die Erinnerungen ruhen bis Fr., 06.03.2026."]
    assert MailboxEntry.objects.get(letter=request).done_on is None


def test_the_case_rests_until_the_due_date_and_then_goes_on(case: str) -> None:
    ask(case)
    assert (acts.case().held_until, acts.case().hold_reason) == (date(2026, 3, 6), "Rückfrage an die Agentur")
    acts.mornings("2026-03-03", "2026-03-06")
    assert [kind for kind, _, _ in acts.written()] == ["application_request", "inquiry"]
    acts.mornings("2026-03-09")
    assert acts.written()[-1] == ("reminder", 1, "2026-03-09")


def test_a_due_date_on_a_day_off_is_moved_forward_and_the_case_rests_as_long(case: str) -> None:
    ask(case, days=14, on="2026-02-21")  # Saturday
    assert (acts.letter().due_on, acts.case().held_until) == (date(2026, 3, 9), date(2026, 3, 9))


def test_a_hold_that_lasts_longer_stays(case: str) -> None:
    with clock.turned_to(moment("2026-02-27 09:00")):
        cases.hold(case=case, until=date(2026, 3, 13), reason="Urlaub", by="hedda")
    ask(case)
    assert (acts.case().held_until, acts.case().hold_reason) == (date(2026, 3, 13), "Urlaub")
    assert "ruhen bis Fr., 13.03.2026" in str(letters.text_of(acts.letter().id))


def test_a_case_is_asked_about_again_by_another_letter(case: str) -> None:
    assert ask(case) != ask(case, text="Und wer fährt?")
    assert [(kind, level) for kind, level, _ in acts.written()][1:] == [("inquiry", 0), ("inquiry", 1)]


def test_the_journal_tells_the_day_and_never_the_text(case: str) -> None:
    letter = ask(case)
    entry = journal.about(case).get(kind="case.questioned")
    assert sentence_of(entry.kind, entry.data) == (
        f"Versicherer fragt nach mit Schreiben {letter}, Antwort bis 06.03.2026; Erinnerungen ruhen bis 06.03.2026."
    )
    assert "Großmann" not in str(entry.data)


@pytest.mark.parametrize("days", [-1, 0, 15])
def test_the_agency_has_at_least_a_day_and_no_longer_than_a_case_may_rest(case: str, days: int) -> None:
    with pytest.raises(QuestionOutOfBounds, match="1 bis 14 Tage"):
        ask(case, days=days)
    assert len(acts.letters_of()) == 1


def test_a_question_asks_something_about_a_case_that_goes_on(case: str) -> None:
    with pytest.raises(NoQuestion):
        ask(case, text=" \n")
    acts.apply("A-1", "2026-02-20 10:00", vin=acts.VIN)
    with pytest.raises(NoOpenCase):
        ask(case)


def test_a_case_without_agency_has_nobody_to_ask() -> None:
    with pytest.raises(Refused, match="fehlt die Agentur"):
        ask(acts.register(evb="NL7K2P4"))


def test_nothing_is_cancelled_before_the_agency_may_have_answered(case: str) -> None:
    acts.mornings(*acts.EVERY_STEP[1:])
    ask(case, on="2026-04-07")
    assert acts.letter().due_on == date(2026, 4, 14)
    with pytest.raises(Refused, match=r"bis zum 14\.04\.2026 Zeit"):
        propose(case, "2026-04-14")
    propose(case, "2026-04-15")


def test_what_the_agency_answered_need_not_be_waited_for(case: str) -> None:
    acts.mornings(*acts.EVERY_STEP[1:])
    letter = ask(case, on="2026-04-07")
    with clock.turned_to(moment("2026-04-08 09:00")):
        inquiry = cases.inquire(case=case, letter=letter, subject=Subject.OTHER, text="Nein.", by=cast.CARLA)
        cases.answer(inquiry=inquiry, text="Danke.", by="hedda")
    propose(case, "2026-04-08")
    assert queries.undecided_cancellations().exists()


def test_an_answer_is_called_otherwise_than_a_question(case: str) -> None:
    letter = ask(case)
    with clock.turned_to(moment("2026-03-02 09:00")):
        inquiry = cases.inquire(case=case, letter=letter, subject=Subject.OTHER, text="Ja.", by=cast.CARLA)
        answer = cases.answer(inquiry=inquiry, text="Danke.", by="hedda")
    assert [letters.text_of(one).title for one in (letter, answer)] == ["Rückfrage", "Rückmeldung"]
    assert acts.written()[-1] == ("inquiry", 1, "2026-03-02")
    acts.mornings("2026-03-03")
    earlier = [one["title"] for one in acts.letter().facts["earlier"]]
    assert earlier == ["Antragsanforderung", "Rückfrage", "Rückmeldung"]
