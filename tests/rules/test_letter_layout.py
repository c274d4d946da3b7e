"""The letter as a sheet: DIN 5008 form B, readable codes, and a print batch that an inserter understands."""

from dataclasses import replace

import pytest
from tests.rules.letter_samples import LAST_REMINDER, LONGEST, ON_PAPER, REQUEST, USUAL, codes, named, texts, words

from vermittlerpost.letters.layout import sheet
from vermittlerpost.letters.layout.sheet import Place
from vermittlerpost.letters.rendering import render, render_batch
from vermittlerpost.letters.rules import Agency, Facts
from vermittlerpost.lib import pdf

WIDE = replace(
    REQUEST,
    letter="S-WIDE",
    agency=Agency(number="1", name="MÜWAG & " * 30, street="WÜMME-WEG " * 20, postcode="99999", city="MÜLLWITZ " * 20),
)
LETTERS = [*USUAL, LONGEST, WIDE]


@pytest.mark.parametrize("facts", LETTERS, ids=named)
def test_the_address_lies_in_the_window(facts: Facts) -> None:
    # Address field of form B: 20 to 105 mm from the left, 45 to 90 mm from the top; the text begins at 25 mm.
    inside = [edges for _, edges in words(render(facts)) if edges[0] < 105 and 40 < edges[1] < 95]
    assert len(inside) >= 4
    assert min(left for left, _, _, _ in inside) > 24.5
    assert max(right for _, _, right, _ in inside) < 105.5
    assert min(top for _, top, _, _ in inside) > 45
    assert max(bottom for _, _, _, bottom in inside) < 90


def test_sender_and_recipient_stand_in_their_zones() -> None:
    found = {text.strip(): edges for text, edges in words(render(REQUEST))}
    _, top, _, bottom = found["Nordlicht Versicherung AG · Hafenstraße 12 · 20457 Hamburg"]
    assert 45 < top < bottom < 62.7
    _, top, _, bottom = found["50667 Köln"]
    assert 62.7 < top < bottom < 90


@pytest.mark.parametrize("facts", LETTERS, ids=named)
def test_the_info_block_lies_in_its_place_and_the_text_beneath_it(facts: Facts) -> None:
    content = render(facts)
    info = [edges for _, edges in words(content) if edges[0] > 124 and 45 < edges[1] < 98]
    assert min(left for left, _, _, _ in info) > 124.9
    assert max(right for _, _, right, _ in info) < 190.2
    subject = next(top for _, (_, top, _, _) in words(content) if top > 95)
    assert subject == pytest.approx(98.5, abs=1.5)


def test_a_long_address_goes_on_behind_a_sign_and_is_copied_without_anything_unseen() -> None:
    contact = replace(REQUEST.contact, email="maklerbetreuung.rheinland@nordlicht.example")
    (page,) = texts(render(replace(REQUEST, contact=contact)))
    assert "maklerbetreuung.rheinland@\r\nnordlicht.example" in page


def test_an_address_is_broken_behind_its_sign_if_both_parts_fit_and_else_where_it_must() -> None:
    def lines(email: str) -> str:
        facts = replace(REQUEST, contact=replace(REQUEST.contact, email=email))
        return str(dict(sheet.values(facts, Place())["info"])["E-Mail"])

    assert lines("r.overbeck@ulmenhof.example") == "r.overbeck@\nulmenhof.example"
    assert lines("ove@ulmenhof.example") == "ove@ulmenhof.example"
    assert lines("ralf@versicherungsbetreuung-rheinland.example") == "ralf@\nversicherungsbetreuung-\nrheinland.example"


@pytest.mark.parametrize("facts", LETTERS, ids=named)
def test_no_line_runs_off_the_sheet(facts: Facts) -> None:
    content = render(facts)
    for page in range(pdf.pages(content)):
        edges = [edges for _, edges in words(content, page)]
        assert max(right for _, _, right, _ in edges) < 201
        assert max(bottom for _, _, _, bottom in edges) < 290


def test_both_codes_can_be_read() -> None:
    assert codes(render(REQUEST)) == [
        [("Data Matrix", "S-7K2M-40QX-9TBA3 01 01"), ("QR Code", REQUEST.portal_url)],
    ]


def test_a_letter_on_paper_sends_nobody_to_the_portal() -> None:
    content = render(ON_PAPER)
    assert codes(content) == [[("Data Matrix", "S-7K2M-40QX-9TBA3 01 01")]]
    assert "Portal" not in texts(content)[0]


def test_a_letter_of_two_pages_counts_them_in_words_and_for_the_inserter() -> None:
    content = render(LONGEST)
    assert [f"Seite {page} von 2" in text for page, text in enumerate(texts(content), start=1)] == [True, True]
    assert [page[0][1] for page in codes(content)] == ["S-7K2M-40QX-9TBA3 01 02", "S-7K2M-40QX-9TBA3 02 02"]


def test_how_to_answer_stays_together_when_a_letter_needs_a_second_page() -> None:
    first, second = texts(render(LONGEST))
    assert "So antworten Sie" not in first
    assert [part in second for part in ("So antworten Sie", "Fragen:", "Mit freundlichen Grüßen")] == [True] * 3


def test_a_print_batch_keeps_the_order_and_numbers_letters_and_pages() -> None:
    other = replace(ON_PAPER, letter="S-OTHER")
    content = render_batch([ON_PAPER, LONGEST, other])
    assert [page[0][1] for page in codes(content)] == [
        "S-7K2M-40QX-9TBA3 01 01 00001",
        "S-7K2M-40QX-9TBA3 01 02 00002",
        "S-7K2M-40QX-9TBA3 02 02 00002",
        "S-OTHER 01 01 00003",
    ]
    assert [text.split("Seite ")[1][:7] for text in texts(content)] == ["1 von 1", "1 von 2", "2 von 2", "1 von 1"]


def test_a_print_batch_of_short_letters_is_set_at_once_and_repeats_byte_for_byte() -> None:
    batch = [replace(LAST_REMINDER, letter=f"S-{number}") for number in range(20)]
    content = render_batch(batch)
    assert pdf.pages(content) == 20
    assert content == render_batch(batch)


def test_an_empty_print_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="empty batch"):
        render_batch([])
