"""Plates: every spelling is read, umlauts meet their two letters, districts stay apart."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.intake.rules.plates import loose_plate_key, plate, plate_keys, same_plate

READ = [
    ("K-WB 4444", "K-WB 4444"),  # as on the vehicle
    ("k-wb 4444", "K-WB 4444"),  # any case
    ("K WB 4444", "K-WB 4444"),  # blanks
    ("K-WB-4444", "K-WB 4444"),  # hyphens
    ("K-WB4444", "K-WB 4444"),  # nothing before the number
    ("K - WB  4444", "K-WB 4444"),  # too many blanks
    ("K-WB 4444E", "K-WB 4444E"),  # electric
    ("K-WB 444 h", "K-WB 444H"),  # historic, apart
    ("MÜ-A 1", "MÜ-A 1"),  # umlaut
    ("mü-a 1", "MÜ-A 1"),  # small umlaut
    ("MU\u0308-A 1", "MÜ-A 1"),  # umlaut as base letter and mark
    ("MUE-A 1", "MUE-A 1"),  # two letters stay, since OE and UE are districts, too
    ("MUEL-AB 12", "MUEL-AB 12"),  # four letters stand for MÜL
    ("ABC-DE 9999", "ABC-DE 9999"),  # longest
    ("ABCDE9999", "ABC-DE 9999"),  # one reading only
    ("MUELAB12", "MUEL-AB 12"),  # one reading only
    ("BAM12", "BAM 12"),  # B-AM 12 or BA-M 12: left open
    ("bam-12", "BAM 12"),  # the same with a hyphen before the number
    ("BAM12E", "BAM 12E"),  # left open, with suffix
    ("KB 12", "KB 12"),  # K-B 12, or the authority's KB-12
    ("4711", "4711"),  # an authority's, digits only
    ("123456", "123456"),  # the longest of them
    ("Y-123456", "Y-123456"),  # with a district
    ("y 123456", "Y-123456"),
    ("THW80123", "THW-80123"),
    ("K-4444", "K-4444"),  # a town's own car
]

REFUSED = [
    "K",  # no number
    "K-WB",  # no number
    "K-WB 0444",  # no leading zero
    "K-WB 44444",  # five digits
    "K-WBX 1",  # three letters behind the district
    "K-ÄB 1",  # no umlaut behind the district
    "ABCD-E 1",  # four letters without a dissolved umlaut
    "ABCDEF1",  # no split fits
    "K-WB 4444X",  # no such suffix
    "K-4444E",  # authorities have no suffix
    "K_WB 4444",  # no such separator
    "K--WB 4444",
    "1234567",  # seven digits
    "K-WB \uff14444",  # wide digits
    "ß-WB 4444",  # becomes SS in upper case
    "K-WB 4444; DROP",
]


@pytest.mark.parametrize(("spelled", "canonical"), READ)
def test_a_plate_is_read_in_its_canonical_spelling(spelled: str, canonical: str) -> None:
    assert plate(spelled) == canonical


@pytest.mark.parametrize("spelled", REFUSED)
def test_what_is_no_plate_is_refused(spelled: str) -> None:
    for read in (plate, plate_keys, loose_plate_key):
        with pytest.raises(ValueError, match=re.escape(spelled)):
            read(spelled)


SAME = [
    ("MÜ-A 1", "MUE-A 1"),  # umlaut and its two letters
    ("MÜL-AB 12", "muelab12"),  # and without a separation
    ("B-AM 12", "BAM12"),  # nothing between the parts can be either …
    ("BA-M 12", "BAM12"),  # … of the two
    ("BAM-12", "BAM12"),  # or an authority's
    ("Ö-A 1", "OE-A 1"),
]

APART = [
    ("B-AM 12", "BA-M 12"),  # districts stay apart
    ("K-WB 4444", "K-WB 4444E"),  # the suffix belongs to the plate
    ("K-WB 444", "K-WB 4444"),
    ("MU-A 1", "MÜ-A 1"),  # an umlaut is not its base letter
    ("4711", "K-4711"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_plate_with_umlaut_matches_its_two_letter_spelling_and_an_open_split_each_reading(
    one: str, other: str
) -> None:
    assert same_plate(one, other)
    assert loose_plate_key(one) == loose_plate_key(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_plates_stay_apart(one: str, other: str) -> None:
    assert not same_plate(one, other)


def test_a_hyphen_before_the_number_does_not_say_where_the_district_ends() -> None:
    assert plate_keys("BA-12") == ("B-A12", "BA-12")


districts = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ", min_size=1, max_size=3)
letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=2)
numbers = st.integers(1, 9999)
suffixes = st.sampled_from(["", "E", "H"])


@given(districts, letters, numbers, suffixes)
def test_every_spelling_of_a_plate_matches_it(district: str, letter: str, number: int, suffix: str) -> None:
    whole = f"{district}-{letter} {number}{suffix}"
    dissolved = district.replace("Ä", "AE").replace("Ö", "OE").replace("Ü", "UE")
    heads = [district, dissolved] if len(dissolved) - len(district) < 2 and len(dissolved) < 5 else [district]
    for head, one, two, end in itertools.product(heads, ("-", " ", ""), ("-", " ", ""), ("", " ")):
        spelled = f"{head}{one}{letter}{two}{number}{end}{suffix}"
        assert same_plate(spelled, whole), spelled
        assert same_plate(spelled.lower(), whole), spelled
        assert loose_plate_key(spelled) == loose_plate_key(whole)


@given(districts, letters, districts, letters, numbers)
def test_separated_plates_match_only_if_all_parts_do(
    district: str, letter: str, other: str, others: str, number: int
) -> None:
    dissolve = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE"})
    same = (district.translate(dissolve), letter) == (other.translate(dissolve), others)
    assert same_plate(f"{district}-{letter} {number}", f"{other}-{others} {number}") is same


@given(st.text("ABMUEÄÜ -12EHäx", max_size=14))
def test_the_canonical_spelling_is_read_as_itself_and_keeps_every_key(spelled: str) -> None:
    try:
        canonical = plate(spelled)
    except ValueError:
        return
    assert plate(canonical) == canonical
    assert plate_keys(canonical) == plate_keys(spelled)
