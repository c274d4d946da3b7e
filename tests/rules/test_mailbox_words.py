"""How letters are found: all spellings of a plate and a name meet, and nothing else meets them."""

from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.delivery.rules import Term, folded, lexemes_of, sought, terms_of
from vermittlerpost.intake.rules.plates import loose_plate_key, plate

PLATES = st.builds(
    lambda district, letters, number, suffix: f"{district}-{letters} {number}{suffix}",
    st.sampled_from(["K", "M", "MÜL", "B", "BA", "GÖ", "WÜM"]),
    st.text("ABCXYZ", min_size=1, max_size=2),
    st.integers(1, 9999),
    st.sampled_from(["", "E", "H"]),
)


@given(plate=PLATES)
def test_a_plate_is_kept_under_the_key_by_which_the_cases_know_it(plate: str) -> None:
    assert folded(plate) == loose_plate_key(plate).lower()


@given(written=PLATES, typed=st.sampled_from(["{}", "{} ", " {}"]), between=st.sampled_from(["-", " ", "", " - "]))
def test_every_spelling_of_a_plate_is_one_term_that_finds_it(written: str, typed: str, between: str) -> None:
    spelling = typed.format(written.replace("-", between).lower())
    (term,) = terms_of(spelling)
    assert "".join(term.words) == folded(plate(written))


def test_a_name_beside_a_plate_stays_a_word_of_its_own() -> None:
    assert terms_of("Übelacker K-WB 4444") == (Term(("uebelacker",)), Term(("kwb", "4444")))
    asked = sought("47", terms_of("Übelacker K-WB 4444"))
    assert asked == "'47/uebelacker':* & ('47/kwb4444':* | ('47/kwb':* & '47/4444':*))"


def test_a_letter_is_found_by_its_marks_and_by_each_part_of_a_name() -> None:
    found = lexemes_of("47", marks=["K-WB 4444", "V-7K2M-40QX-9TBA3", "", "NL7K2P9"], name="Änne Schmidt-Rottluff")
    assert found == [
        "47/4444", "47/aenne", "47/kwb4444", "47/nl7k2p9", "47/rottluff", "47/schmidt", "47/schmidtrottluff",
        "47/v7k2m40qx9tba3",
    ]  # fmt: skip


def test_only_a_word_of_three_characters_finds_what_begins_with_it() -> None:
    assert sought("47", terms_of("ab abc")) == "'47/ab' & '47/abc':*"


def test_names_of_other_languages_are_found_without_their_marks() -> None:
    assert [folded(name) for name in ("Dvořák", "Łukasz", "Yıldız", "Weiß", "Sørensen")] == [
        "dvorak", "lukasz", "yildiz", "weiss", "sorensen",
    ]  # fmt: skip


@given(text=st.text(max_size=40))
def test_nothing_that_is_typed_can_leave_its_words(text: str) -> None:
    for term in terms_of(text):
        assert term.words
        assert all(word.isalnum() for word in term.words)
