"""Identifiers that leave the house: derived, short, speakable, and sound."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.lib.identifiers import ALPHABET, beginning_of, check_character, derive, is_sound, week

PARTS = st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), min_size=1, max_size=4)
BODIES = st.text(st.sampled_from(ALPHABET), min_size=12, max_size=12)


def test_the_same_parts_always_have_the_same_identifier() -> None:
    assert derive("V", "ZM-2026-000123") == "V-8NRW-HRNM-ZFNM1"


@given(PARTS)
def test_an_identifier_has_seventeen_speakable_characters_and_is_sound(parts: list[str]) -> None:
    identifier = derive("S", *parts)
    assert re.fullmatch(r"S-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}", identifier)
    assert len(identifier) == 17
    assert is_sound(identifier)


@given(PARTS, PARTS)
def test_other_parts_have_another_identifier(one: list[str], other: list[str]) -> None:
    assert (derive("V", *one) == derive("V", *other)) is (one == other)


@given(PARTS, st.dates())
def test_what_comes_about_in_one_week_begins_alike_and_is_sound(parts: list[str], day: date) -> None:
    identifier = derive("V", *parts, beginning=week(day))
    assert beginning_of(identifier) == week(day) == week(day - timedelta(days=day.weekday()))
    assert identifier[4:-1] == derive("V", *parts)[4:-1]
    assert is_sound(identifier)


@given(st.dates(date(2026, 1, 5), date(2037, 12, 31)), st.integers(1, 52 * 4))
def test_a_later_week_comes_later(day: date, weeks: int) -> None:
    assert week(day) < week(day + timedelta(weeks=weeks))


def test_where_one_part_ends_and_the_next_begins_makes_a_difference() -> None:
    assert derive("S", "AB", "C") != derive("S", "A", "BC") != derive("S", "ABC")


@given(BODIES, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_single_slip_of_the_pen_is_noticed(body: str, place: int, slip: str) -> None:
    slipped = body[:place] + slip + body[place + 1 :]
    assert (check_character(slipped) == check_character(body)) is (slipped == body)


@given(BODIES, st.integers(0, 10))
def test_swapped_neighbours_are_noticed_but_for_first_and_last_of_the_alphabet(body: str, place: int) -> None:
    one, other = body[place], body[place + 1]
    swapped = body[:place] + other + one + body[place + 2 :]
    is_blind = one == other or {one, other} == {ALPHABET[0], ALPHABET[-1]}
    assert (check_character(swapped) == check_character(body)) is is_blind


def test_what_is_no_identifier_is_not_sound() -> None:
    identifier = derive("V", "ZM-2026-000123")
    wrong = ("", "V", identifier[:-1], identifier + "0", identifier.lower(), identifier.replace("-", " "))
    assert not any(map(is_sound, wrong))
