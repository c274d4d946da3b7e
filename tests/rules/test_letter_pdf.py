"""The letter as a file: what it promises, what it weighs, and that no name can break out of it."""

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate
from tests.rules.letter_samples import INQUIRY, JUERGEN, LAST_REMINDER, LONGEST, REQUEST, USUAL, named, texts

from vermittlerpost.letters.layout import sheet
from vermittlerpost.letters.rendering import NotPrintable, render, text_of
from vermittlerpost.letters.rules import Facts

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


@pytest.mark.parametrize("facts", USUAL, ids=named)
def test_every_usual_letter_has_one_page_and_at_most_40_kilobytes(facts: Facts) -> None:
    content = render(facts)
    assert [page.count("Seite 1 von 1") for page in texts(content)] == [1]
    assert len(content) <= 40_000


@pytest.mark.parametrize("facts", [*USUAL, LONGEST], ids=named)
def test_every_letter_says_what_it_is_for_archives_and_screen_readers(facts: Facts) -> None:
    with pikepdf.open(io.BytesIO(render(facts))) as pdf, pdf.open_metadata() as metadata:
        assert (metadata[f"{PDFA}part"], metadata[f"{PDFA}conformance"], metadata[f"{PDFUA}part"]) == ("3", "A", "1")
        assert str(pdf.Root.Lang) == "de-DE"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == text_of(facts).subject
        assert str(pdf.docinfo.CreationDate) == f"D:{facts.issued_on:%Y%m%d}000000Z"


@pytest.mark.parametrize("facts", [*USUAL, LONGEST], ids=named)
def test_the_checker_of_pdf_ua_finds_nothing(facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(render(facts))
    assert list(validate(str(tmp_path / "letter.pdf")).findings) == []


def test_a_screen_reader_hears_headings_a_table_with_heads_and_what_the_codes_are() -> None:
    with pikepdf.open(io.BytesIO(render(REQUEST))) as pdf:
        heard = list(_elements(pdf.Root.StructTreeRoot.K))
    tags = [tag for tag, _ in heard]
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1", "/H2", "/H2"]
    assert (tags.count("/Table"), tags.count("/THead"), tags.count("/TH")) == (1, 1, 2)
    assert tags.count("/TR") == 1 + len(text_of(REQUEST).facts)
    assert [alt for tag, alt in heard if tag == "/Figure"] == [
        "DataMatrix-Code für die Kuvertierung",
        "QR-Code: Schreiben im Portal öffnen",
    ]


def _elements(node: Any) -> Any:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S), str(node.get("/Alt", ""))
        yield from _elements(node.get("/K"))


@pytest.mark.parametrize("facts", USUAL, ids=named)
def test_the_sheet_says_what_the_portal_says(facts: Facts) -> None:
    printed = "".join("".join(texts(render(facts))).split())
    text = text_of(facts)
    rows = [part for row in (*text.facts, *text.answer) for part in (row.label, row.value)]
    passages = [*text.request, *text.message, *text.otherwise, *text.closing]
    said = [text.subject, text.salutation, text.deadline, *passages, *rows]
    assert [one for one in said if "".join(one.split()) not in printed] == []


def test_the_same_facts_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, json, sys; from vermittlerpost.letters import rendering, rules;"
        "facts = rules.Facts.from_json(json.load(sys.stdin));"
        "print(hashlib.sha256(rendering.render(facts)).hexdigest())"
    )
    render(REQUEST)
    frozen = json.dumps(LAST_REMINDER.to_json())
    other = subprocess.run([sys.executable, "-c", program], input=frozen, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(render(LAST_REMINDER)).hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        '#read("letter.typ")',
        "*x* _y_ `z`",
        "$ x $",
        "\\",
        "\\u{41}",
        '"); panic("',
        "= Titel",
        "<label> @ref",
        "//Makler /* & */",
        "#[",
        "{plate}",
        "https://example.org",
        "a~b---c'd\"e",
    ],
)
def test_whatever_somebody_is_called_is_printed_as_it_stands(name: str) -> None:
    facts = replace(
        INQUIRY,
        text=f"x{name}x",
        agency=replace(INQUIRY.agency, name=f"x{name}x"),
        policyholder=replace(JUERGEN, name=f"x{name}x"),
    )
    printed = "".join("".join(texts(render(facts))).split())
    assert printed.count("".join(f"x{name}x".split())) == 3


@pytest.mark.parametrize(
    ("name", "character", "code"),
    [
        ("Makler 😀 GmbH", "😀", r"U\+1F600"),
        ("中 GmbH", "中", r"U\+4E2D"),
        ("a\u202eb", "\u202e", r"U\+202E"),  # would turn the line round
        ("a\nb", "\n", r"U\+000A"),  # a line of the address is one line
        ("a\x00b", "\x00", r"U\+0000"),
    ],
)
def test_a_character_that_no_font_shows_is_refused_by_name_and_field(name: str, character: str, code: str) -> None:
    with pytest.raises(NotPrintable, match=f"{code}.*agency.name") as refusal:
        render(replace(REQUEST, agency=replace(REQUEST.agency, name=name)))
    assert refusal.value.facts == {
        "character": character,
        "code": code.replace("\\", ""),
        "field": "agency.name",
    }


def test_a_character_deep_in_the_facts_is_found_as_well() -> None:
    with pytest.raises(NotPrintable, match=r"vehicle\.previous_plates"):
        render(replace(REQUEST, vehicle=replace(REQUEST.vehicle, previous_plates=("K-A 1", "中"))))


def test_the_fonts_show_every_character_that_they_promise() -> None:
    spans = [span.split("-") for span in (sheet.FOLDER / "fonts" / "characters.txt").read_text().split()]
    promised = [chr(point) for first, last in spans for point in range(int(first, 16), int(last, 16) + 1)]
    assert {"ß", "Ǩ", "Ȓ", "ẞ", "Ω", "Ж", "€", "–"} <= set(promised)
    lines = ["x".join(promised[start : start + 40]) for start in range(0, len(promised), 40)]
    assert render(replace(INQUIRY, text="\n".join(lines)))


def test_letters_with_marks_of_other_languages_are_whole() -> None:
    name = "Đặng Łukasz Öğütçü K͟hadīja C̨̆ṉ Ǩ"
    content = render(replace(REQUEST, policyholder=replace(JUERGEN, name=name)))
    assert "Łukasz Öğütçü" in "".join(texts(content))
