"""Pin how plates are read: every spelling of one plate, and never two districts for one."""

import pytest

from .plates import folded, read


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("MÜ-A 12", "mue a12", True),
        ("K-WB 4444", "KWB4444", True),
        ("B-AM 12", "BA-M 12", False),
        ("MÜL-X 1", "MUELX1", True),
        ("M-UE 12", "MÜ-A 12", False),
        ("K-WB 44E", "K-WB 44", False),
    ],
)
def test_plates_mean_the_same_in_every_spelling_but_districts_stay_apart(one: str, other: str, same: bool) -> None:
    assert read(one).means(read(other)) is same


@pytest.mark.parametrize("text", ["K-ÄB 12", "KÖLN-A 1", "K-A 0", "K-ABC 1", "K-A 12345", "MÜL-AB 12345", "K"])
def test_what_cannot_be_a_plate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read(text)


def test_a_folded_plate_is_letters_and_digits_only() -> None:
    assert folded("mü-a 12") == "MUEA12"
