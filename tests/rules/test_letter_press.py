"""Typst, kept warm: what it must not swallow, and that threads can share it."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from vermittlerpost.letters.layout import sheet
from vermittlerpost.lib import pdf
from vermittlerpost.lib.pdf import NotTypeset, Press

DAY = date(2026, 3, 30)
HEAD = '#set document(title: "Probe")\n#set text(lang: "de", font: "Vermittlerpost Sans")\n'


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(sheet.FOLDER)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("#panic()", "panicked"),  # an error
        ('#text(font: "Comic Sans")[x]', "unknown font family"),  # a warning and a silent replacement
        ('#import "@preview/cetz:0.3.0": canvas', "packages"),  # the network
        ('#read("/etc/passwd")', "not found"),  # a file that nobody passed
        ('#read("../rendering.py")', "escape|not found|root"),  # a file outside the folder
    ],
)
def test_a_template_that_is_wrong_makes_no_pdf(press: Press, source: str, complaint: str) -> None:
    with pytest.raises(NotTypeset, match=complaint):
        press.typeset(HEAD + source, {}, on=DAY, form=pdf.ACCESSIBLE)


def test_a_folder_with_a_template_that_wants_the_network_is_no_press(tmp_path: Path) -> None:
    (tmp_path / "letter.typ").write_text('#import "@preview/cetz:0.3.0": canvas', encoding="utf-8")
    with pytest.raises(NotTypeset, match="packages"):
        Press(tmp_path)


def test_a_letter_that_no_font_shows_is_an_error_and_no_empty_box(press: Press) -> None:
    with pytest.raises(NotTypeset):
        press.typeset(HEAD + "中", {}, on=DAY, form=pdf.ACCESSIBLE)


def test_pages_are_counted_as_others_count_them(press: Press) -> None:
    source = HEAD + "/Type/Pages/Count 7" + "#pagebreak() x" * 4
    content = press.typeset(source, {}, on=DAY, form=pdf.PAPER)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert pdf.pages(content) == len(opened.pages) == 5


def test_a_strange_pdf_is_not_counted() -> None:
    with pytest.raises(ValueError, match="does not come from this press"):
        pdf.pages(b"%PDF-1.4")


def test_threads_take_turns_and_each_gets_its_own_document(press: Press) -> None:
    sources = [HEAD + f"Nummer {number}" for number in range(24)]
    alone = [press.typeset(source, {}, on=DAY, form=pdf.ACCESSIBLE) for source in sources]
    with ThreadPoolExecutor(6) as threads:
        together = threads.map(lambda source: press.typeset(source, {}, on=DAY, form=pdf.ACCESSIBLE), sources)
        assert list(together) == alone
