"""A letter goes once more because somebody wants it so: the same letter, on paper, and nobody is mailed again."""

from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries
from vermittlerpost.delivery.rules import State
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.storage import FolderStore

pytestmark = pytest.mark.usefixtures("stage")

NEXT_DAY = "2026-02-17 09:00"


@pytest.fixture
def letter() -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def reissue(letter: str) -> None:
    with clock.turned_to(moment(NEXT_DAY)):
        delivery.reissue(letter=letter, reason="Agentur bittet um Papier", by="hedda")


def test_an_electronic_letter_goes_by_post_as_well_and_neither_letter_nor_mail_comes_twice(
    letter: str, home: Path
) -> None:
    mails = len(acts.mails_in(home))
    reissue(letter)
    [batch] = acts.print_post("2026-02-17 14:00")
    acts.hand_over(batch, "2026-02-17 15:00")
    acts.mornings("2026-02-17", "2026-02-18")
    assert (home / "print" / f"{batch}.pdf").read_bytes().startswith(b"%PDF")
    assert (acts.delivery_of(letter).state, len(acts.letters_of())) == (State.HANDED_OVER, 1)
    assert len(acts.mails_in(home)) == mails
    assert [one.kind for one in queries.receipts_of(letter)] == ["provided", "handed_over"]


def test_it_stays_in_the_mailbox_and_its_pdf_is_the_same(letter: str, home: Path) -> None:
    before = letters.pdf_of(letter, FolderStore(home / "letters"), by="system")
    reissue(letter)
    assert queries.mailbox_of(agencies.user(cast.CARLA)).get().id == letter
    assert letters.pdf_of(letter, FolderStore(home / "letters"), by="system") == before


def test_the_journal_says_who_wanted_it_and_why(letter: str) -> None:
    reissue(letter)
    entry = journal.about(acts.intake_case("Z-1")).last()
    assert entry
    assert (entry.kind, entry.actor, entry.data["reason"]) == ("letter.reissued", "hedda", "Agentur bittet um Papier")


def test_what_somebody_wants_on_paper_is_not_spared_because_it_was_read(letter: str) -> None:
    delivery.mark_read(letters=[letter], by=cast.CARLA)
    reissue(letter)
    assert acts.print_post("2026-02-17 14:00")


def test_a_letter_on_paper_goes_once_more(home: Path) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter().id
    with pytest.raises(Refused, match="wartet schon auf den Druck"):
        reissue(letter)
    for hour in ("10", "14"):
        [batch] = acts.print_post(f"2026-02-17 {hour}:00")
        acts.hand_over(batch, f"2026-02-17 {hour}:30")
        if hour == "10":
            reissue(letter)
    assert [one.kind for one in queries.receipts_of(letter)] == ["handed_over", "handed_over"]


def test_a_settled_letter_goes_no_more(letter: str) -> None:
    acts.apply(at="2026-02-16 12:00")
    with pytest.raises(Refused, match="erledigt"):
        reissue(letter)


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(Refused, match="nie unterwegs"):
        reissue("S-0000-0000-0000A")


def test_that_paper_follows_takes_nothing_from_its_having_arrived(letter: str) -> None:
    case = acts.intake_case("Z-1")
    reissue(letter)
    assert queries.arrived(case) == 1
    [batch] = acts.print_post("2026-02-17 14:00")
    acts.hand_over(batch, "2026-02-17 15:00")
    delivery.note_return(letter, reason="unbekannt verzogen", by="printer")
    assert queries.arrived(case) == 1
