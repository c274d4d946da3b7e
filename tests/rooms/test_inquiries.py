"""cases: an agency says that vehicle or agency is not right, and the case waits for the insurer."""

from datetime import date

import pytest
from tests import acts
from tests.acts import moment

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.actions.inquiring import AlreadyInquired, NothingAsked
from vermittlerpost.cases.actions.locking import NoOpenCase
from vermittlerpost.cases.rules import Subject
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

TEXT = "Das Fahrzeug gehört Frau Großmann, Kundin eines anderen Hauses."


@pytest.fixture
def case() -> str:
    """Return a case that was requested and will be reminded on 3 March."""
    opened = acts.register()
    acts.mornings(acts.REQUESTED)
    return opened


def inquire(case: str, on: str, text: str = TEXT, subject: Subject = Subject.VEHICLE_NOT_OURS) -> str:
    with clock.turned_to(moment(f"{on} 10:00")):
        return cases.inquire(case=case, letter=acts.letter().id, subject=subject, text=text, by="carla")


def test_a_query_holds_the_case_for_as_long_as_a_hold_may_last_and_then_it_goes_on(case: str) -> None:
    inquire(case, "2026-02-27")
    assert acts.case().held_until == date(2026, 3, 13)  # a Friday
    acts.mornings("2026-03-03", "2026-03-13")
    assert len(acts.letters_of()) == 1
    acts.mornings("2026-03-16")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-16")]


def test_the_query_is_kept_with_its_words_and_waits_for_an_answer(case: str) -> None:
    inquiry = inquire(case, "2026-02-27", text=f"  {TEXT}\n")
    kept = queries.inquiries_of(case).get()
    assert (kept.id, kept.subject, kept.text, kept.by) == (inquiry, "vehicle_not_ours", TEXT, "carla")
    assert (kept.letter, kept.at) == (acts.letter().id, moment("2026-02-27 10:00"))
    assert queries.open_inquiries().get() == kept


def test_the_journal_tells_the_subject_and_never_the_text(case: str) -> None:
    inquiry = inquire(case, "2026-02-27")
    entry = journal.about(case).get(kind="case.inquired")
    assert sentence_of(entry.kind, entry.data) == (
        "Agentur fragt nach: Fahrzeug gehört nicht zu unserem Bestand; Erinnerungen ruhen bis 13.03.2026."
    )
    assert entry.data["inquiry"] == inquiry
    assert "Großmann" not in str(entry.data)


def test_a_second_query_while_the_first_is_open_is_refused(case: str) -> None:
    inquire(case, "2026-02-27")
    with pytest.raises(AlreadyInquired) as refused:
        inquire(case, "2026-03-02", text="Noch etwas.", subject=Subject.OTHER)
    assert "schon eine Rückfrage offen" in refused.value.sentence
    assert acts.case().held_until == date(2026, 3, 13)
    assert queries.inquiries_of(case).count() == 1


def test_a_query_outlasts_a_pause(case: str) -> None:
    with clock.turned_to(moment("2026-03-02 09:00")):
        cases.pause(case=case, letter=acts.letter().id, submitted_on=None, until=date(2026, 3, 9), note="", by="carla")
    inquire(case, "2026-03-03")
    assert (acts.case().held_until, acts.case().hold_reason) == (date(2026, 3, 17), "Rückfrage der Agentur")


def test_a_case_whose_cancellation_is_proposed_can_still_be_asked_about(case: str) -> None:
    acts.mornings(acts.REMINDED, acts.REMINDED_AGAIN, acts.PROPOSED)
    inquire(case, "2026-04-07", subject=Subject.SOLD)
    entry = journal.about(case).get(kind="case.inquired_at_rest")
    assert sentence_of(entry.kind, entry.data) == "Agentur fragt nach: Fahrzeug ist verkauft oder abgemeldet."
    assert acts.case().held_until is None


def test_a_query_that_says_nothing_is_refused(case: str) -> None:
    with pytest.raises(NothingAsked):
        inquire(case, "2026-02-27", text=" \n ")
    assert not queries.open_inquiries().exists()


def test_a_closed_case_is_not_asked_about(case: str) -> None:
    acts.apply("A-1", "2026-02-20 10:00", vin=acts.VIN)
    with pytest.raises(NoOpenCase):
        inquire(case, "2026-02-23")
