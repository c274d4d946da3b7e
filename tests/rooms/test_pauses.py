"""cases: an agency whose application is on its way lets the case rest, bounded and with proof (B4)."""

from datetime import date

import pytest
from tests import acts
from tests.acts import moment

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.actions.holding import NothingToHold
from vermittlerpost.cases.actions.locking import NoOpenCase
from vermittlerpost.cases.actions.pausing import NoPauseLeft, NotSubmittedYet, PauseOutOfBounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def case() -> str:
    """Return a case that was requested and will be reminded on 3 March."""
    opened = acts.register()
    acts.mornings(acts.REQUESTED)
    return opened


def pause(case: str, on: str, until: str, submitted_on: str | None = None, note: str = "") -> None:
    with clock.turned_to(moment(f"{on} 10:00")):
        cases.pause(
            case=case,
            letter=acts.letter().id,
            submitted_on=date.fromisoformat(submitted_on) if submitted_on else None,
            until=date.fromisoformat(until),
            note=note,
            by="carla",
        )


def latest(on: str) -> date | None:
    with clock.turned_to(moment(f"{on} 10:00")):
        return queries.latest_pause(acts.case())


def test_a_pause_delays_the_reminder_and_then_the_process_goes_on_by_itself(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-06")  # a Friday
    acts.mornings("2026-03-03", "2026-03-06", "2026-03-07", "2026-03-08")
    assert len(acts.letters_of()) == 1
    acts.mornings("2026-03-09", "2026-03-24")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-09"), ("reminder", 2, "2026-03-24")]


def test_a_due_date_that_was_printed_stays_as_it_is(case: str) -> None:
    printed = acts.letter()
    pause(case, "2026-03-02", "2026-03-09")
    assert (acts.letter().due_on, acts.letter().facts) == (printed.due_on, printed.facts)
    acts.mornings("2026-03-10")
    assert acts.letters_of()[0].due_on == printed.due_on
    assert acts.letter().due_on == date(2026, 3, 24)


def test_a_pause_that_ends_before_the_step_moves_nothing(case: str) -> None:
    pause(case, "2026-02-20", "2026-02-27")
    acts.mornings(acts.REMINDED, acts.REMINDED_AGAIN, acts.PROPOSED)
    assert [day for _, _, day in acts.written()] == [acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN]
    assert acts.case().state == "cancellation_proposed"


@pytest.mark.parametrize("until", ["2026-03-10", "2026-03-02", "2026-03-01", "2027-03-02"])
def test_a_pause_beyond_its_bound_or_without_a_day_is_refused_and_the_latest_day_is_named(
    case: str, until: str
) -> None:
    with pytest.raises(PauseOutOfBounds) as refused:
        pause(case, "2026-03-02", until)
    assert refused.value.code == "pause_out_of_bounds"
    assert refused.value.sentence == ("Bitte wählen Sie einen Tag nach dem 02.03.2026 und längstens den 09.03.2026.")
    acts.mornings(acts.REMINDED)
    assert len(acts.letters_of()) == 2


def test_the_longest_pause_is_a_week(case: str) -> None:
    assert latest("2026-03-02") == date(2026, 3, 9)
    pause(case, "2026-03-02", "2026-03-09")
    assert acts.case().held_until == date(2026, 3, 9)


def test_pauses_of_one_case_last_a_fortnight_altogether(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-09")
    assert latest("2026-03-02") is None
    pause(case, "2026-03-05", "2026-03-12")  # three days more
    pause(case, "2026-03-12", "2026-03-16")  # four more: fourteen
    assert [one.days for one in queries.pauses_of(case)] == [7, 3, 4]
    assert latest("2026-03-16") is None
    with pytest.raises(NoPauseLeft, match=r"höchstens bis 16\.03\.2026"):
        pause(case, "2026-03-16", "2026-03-17")
    acts.mornings("2026-03-17")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-17")]


def test_what_was_paused_before_a_letter_counts_after_it_too(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-09")
    acts.mornings("2026-03-10")
    pause(case, "2026-03-20", "2026-03-26")
    assert latest("2026-03-26") == date(2026, 3, 27)


def test_a_pause_sent_twice_is_one(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-06")
    with pytest.raises(PauseOutOfBounds, match=r"nach dem 06\.03\.2026"):
        pause(case, "2026-03-02", "2026-03-06")
    assert queries.pauses_of(case).count() == 1
    assert journal.about(case).filter(kind="case.paused_on_the_way").count() == 1


def test_a_pause_does_not_cut_the_insurers_hold_short(case: str) -> None:
    with clock.turned_to(moment("2026-03-02 09:00")):
        cases.hold(case=case, until=date(2026, 3, 13), reason="Klärung im Haus", by="insurer")
    with pytest.raises(NoPauseLeft, match=r"13\.03\.2026"):
        pause(case, "2026-03-02", "2026-03-05")
    assert acts.case().held_until == date(2026, 3, 13)


def test_the_agencys_word_is_kept_as_proof_and_the_journal_says_it_without_the_note(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-06", submitted_on="2026-02-27", note="per BiPRO, Herr Übelacker")
    kept = queries.pauses_of(case).get()
    assert (kept.submitted_on, kept.until, kept.days) == (date(2026, 2, 27), date(2026, 3, 6), 4)
    assert (kept.by, kept.letter, kept.at) == ("carla", acts.letter().id, moment("2026-03-02 10:00"))
    assert kept.note == "per BiPRO, Herr Übelacker"
    entry = journal.about(case).get(kind="case.paused")
    assert sentence_of(entry.kind, entry.data) == (
        "Agentur meldet: Antrag eingereicht am 27.02.2026; Erinnerungen ruhen bis 06.03.2026."
    )
    assert entry.actor == "carla"
    assert set(entry.data) == {"letter", "submitted_on", "until"}


def test_an_application_that_is_only_on_its_way_is_told_as_such(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-06")
    entry = journal.about(case).get(kind="case.paused_on_the_way")
    assert sentence_of(entry.kind, entry.data) == (
        "Agentur meldet: Antrag ist unterwegs; Erinnerungen ruhen bis 06.03.2026."
    )


def test_an_application_cannot_have_been_handed_in_tomorrow(case: str) -> None:
    with pytest.raises(NotSubmittedYet):
        pause(case, "2026-03-02", "2026-03-06", submitted_on="2026-03-03")
    assert acts.case().held_until is None


def test_a_paused_case_still_ends_by_the_application(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-06")
    acts.apply("A-1", "2026-03-05 10:00", vin=acts.VIN)
    assert acts.case().close_reason == "application"


def test_neither_a_closed_case_nor_one_at_rest_is_paused(case: str) -> None:
    acts.mornings(acts.REMINDED, acts.REMINDED_AGAIN, acts.PROPOSED)
    assert latest("2026-04-07") is None
    with pytest.raises(NothingToHold):
        pause(case, "2026-04-07", "2026-04-10")
    acts.apply("A-1", "2026-04-08 10:00", vin=acts.VIN)
    with pytest.raises(NoOpenCase):
        pause(case, "2026-04-08", "2026-04-10")
    assert not queries.pauses_of(case).exists()


def test_what_happens_next_is_told_with_the_day_on_which_it_happens(case: str) -> None:
    with clock.turned_to(moment("2026-03-02 09:00")):
        step = queries.next_step(acts.case())
    assert (step.title, step.urgency, step.day, step.held_until) == ("Erinnerung", "hoch", date(2026, 3, 3), None)
    assert "Ein Antrag, der vorher eingeht" in step.prevented_by


def test_a_pause_moves_the_next_step_and_says_why(case: str) -> None:
    pause(case, "2026-03-02", "2026-03-06")
    with clock.turned_to(moment("2026-03-02 11:00")):
        step = queries.next_step(acts.case())
    assert (step.day, step.held_until) == (date(2026, 3, 9), date(2026, 3, 6))
    assert step.hold_reason == "Antrag ist unterwegs"
    acts.mornings("2026-03-09")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-09")]
    with clock.turned_to(moment("2026-03-09 08:00")):
        assert queries.next_step(acts.case()).held_until is None


def test_nothing_is_announced_in_a_case_at_rest(case: str) -> None:
    acts.mornings(acts.REMINDED, acts.REMINDED_AGAIN, acts.PROPOSED)
    proposed = queries.next_step(acts.case())
    assert (proposed.title, proposed.day) == ("Entscheidung über die Kündigung", None)
    acts.apply("A-1", "2026-04-08 10:00", vin=acts.VIN)
    assert queries.next_step(acts.case()).title == "Nichts mehr"
