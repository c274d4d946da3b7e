"""Post that came back goes to the address of today: a cover goes before the letter, which stays as it was written."""

from pathlib import Path

import pytest
from tests import acts, cast
from tests.rules.letter_samples import codes, texts

from vermittlerpost.delivery import actions as delivery
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.storage import FolderStore

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def returned() -> str:
    """Return a letter on paper that came back."""
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter().id
    (batch,) = acts.print_post("2026-02-16 12:00")
    acts.hand_over(batch, "2026-02-16 15:00")
    delivery.note_return(letter, reason="unbekannt verzogen", by="printer")
    return letter


def printed_again(letter: str, home: Path) -> bytes:
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        delivery.send_again(letter=letter, reason="Anschrift berichtigt", by="printer")
    (batch,) = acts.print_post("2026-02-20 12:00")
    return (home / "print" / f"{batch}.pdf").read_bytes()


def test_a_letter_to_a_corrected_address_goes_behind_a_cover_in_one_envelope(returned: str, home: Path) -> None:
    cast.change_agency(cast.BONN, electronic_from=None, street="Neue Straße 5", postcode="53111")
    content = printed_again(returned, home)
    cover, letter = texts(content)
    assert "Neue Straße 5" in cover
    assert "das anliegende Schreiben vom 16.02.2026 trägt noch Ihre frühere Anschrift" in " ".join(cover.split())
    assert "20.02.2026" in cover
    assert "Neue Straße 5" not in letter
    marks = [[text for kind, text in page if "DataMatrix" in kind.replace(" ", "")] for page in codes(content)]
    assert marks == [[f"{returned} 01 02 00001"], [f"{returned} 02 02 00001"]]


def test_the_letter_itself_is_the_same_file(returned: str, home: Path) -> None:
    before = letters.pdf_of(returned, FolderStore(home / "letters"), by="system")
    cast.change_agency(cast.BONN, electronic_from=None, street="Neue Straße 5")
    printed_again(returned, home)
    assert letters.pdf_of(returned, FolderStore(home / "letters"), by="system") == before


@pytest.mark.parametrize("changed", [{}, {"name": "Agentur Bonn & Söhne"}])
def test_where_the_place_is_the_same_no_cover_is_needed(returned: str, home: Path, changed: dict[str, str]) -> None:
    cast.change_agency(cast.BONN, electronic_from=None, **changed)
    assert len(texts(printed_again(returned, home))) == 1


def test_a_sign_that_no_font_has_holds_up_no_letter(returned: str, home: Path) -> None:
    cast.change_agency(cast.BONN, electronic_from=None, street="Sonnenweg ☀ 5")
    assert "Sonnenweg ? 5" in texts(printed_again(returned, home))[0]
