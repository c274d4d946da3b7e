"""The facts of a letter: frozen, kept as JSON, and put into words."""

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.rules.letter_samples import LAST_REMINDER, LONGEST, REQUEST, USUAL, named

from vermittlerpost.letters.rules import Facts, due_day_in_words, season_in_words, words


@pytest.mark.parametrize("facts", [*USUAL, LONGEST], ids=named)
def test_facts_come_back_from_the_database_as_they_were_frozen(facts: Facts) -> None:
    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_facts_are_the_same_document_whatever_order_the_database_keeps() -> None:
    kept = json.loads(json.dumps(LAST_REMINDER.to_json(), sort_keys=True))
    assert json.dumps(Facts.from_json(kept).to_json()) == json.dumps(LAST_REMINDER.to_json())


def test_a_document_with_an_unknown_key_is_no_facts() -> None:
    with pytest.raises(TypeError, match="colour"):
        Facts.from_json({**REQUEST.to_json(), "colour": "red"})


@pytest.mark.parametrize(
    "letter",
    [
        "",
        "S-7K2M-40QX-9TBA33",  # 18 characters
        "s-7k2m",  # lower case
        "S 7K2M",  # a blank
        "S-7K2M\n",  # a line
    ],
)
def test_a_letter_id_is_1_to_17_characters_of_capitals_digits_and_hyphens(letter: str) -> None:
    with pytest.raises(ValueError, match="no letter id"):
        replace(REQUEST, letter=letter)


def test_the_address_of_the_page_fits_into_a_code() -> None:
    with pytest.raises(ValueError, match="QR code"):
        replace(REQUEST, portal_url="https://märkte.example/1")


def test_a_due_date_bears_its_weekday() -> None:
    assert due_day_in_words(date(2026, 4, 13)) == "Mo., 13.04.2026"
    assert due_day_in_words(date(2026, 4, 12)) == "So., 12.04.2026"
    assert due_day_in_words(None) == ""


def test_a_season_is_named_by_its_months() -> None:
    assert season_in_words("04-10") == "April bis Oktober"
    assert season_in_words("11-03") == "November bis März"
    assert season_in_words("") == ""


def test_what_is_not_known_leaves_no_trace_in_the_words() -> None:
    said = words(replace(REQUEST, authority="", vehicle=replace(REQUEST.vehicle, hsn="", tsn="")))
    assert said.registered == "12.03.2026"
    assert said.hsn_tsn == ""
    assert said.keeper == ""
