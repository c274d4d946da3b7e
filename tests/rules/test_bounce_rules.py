"""What a mail server's words mean: the code in them, whom they name, and how close together failures lie."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from vermittlerpost.notifications.rules import bounce_of, fails_too_often, names, status_in

FIRST = datetime(2026, 2, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("5.1.1", "5.1.1"),
        ("550 5.1.10 <carla@brueckner.example>: no such domain", "5.1.10"),
        ("sorry, no mailbox here by that name. (#5.1.1)", "5.1.1"),
        ("host 192.0.2.25 said: 452-4.2.2 full", "4.2.2"),
        ("the end is 5.2.1.", "5.2.1"),
        ("Giving up on 5.1.1.25.", ""),  # an address of a machine
        ("Giving up on 10.5.1.1.", ""),
        ("on 2.12.2026", ""),  # a day
        ("550 no such user", ""),
        ("3.1.1", ""),  # there is no such class
        ("", ""),
    ],
)
def test_a_status_code_is_told_from_other_numbers(text: str, status: str) -> None:
    assert status_in(text) == status


def test_of_a_servers_words_nothing_is_kept_but_its_code() -> None:
    assert bounce_of("M-1", "5.1.1").reason == "Unzustellbar laut Mailserver, Status 5.1.1"
    assert bounce_of("M-1", "").reason == "Unzustellbar laut Mailserver, Status ohne Angabe"


def test_a_recipient_is_named_by_address_by_hash_or_not_at_all() -> None:
    digest = sha256(b"carla@brueckner.example").hexdigest()
    for told in ("carla@brueckner.example", " Carla@Brueckner.Example ", digest, digest.upper(), ""):
        assert names(told, "Carla@brueckner.example"), told
    for other in ("carl@brueckner.example", sha256(b"Carla@brueckner.example").hexdigest()):
        assert not names(other, "Carla@brueckner.example"), other


@pytest.mark.parametrize(
    ("days", "at", "expected"),
    [
        ([0, 1, 2], 2, True),
        ([2, 0, 1], 1, True),  # told in another order
        ([0, 3, 6.9], 0, True),
        ([0, 3, 7], 7, False),  # not within seven days
        ([0, 1], 1, False),
        ([0, 1, 2, 12], 12, False),  # the three before lie too far from this one
        ([0, 5, 9, 10], 5, True),
    ],
)
def test_three_failures_count_that_lie_within_seven_days_this_one_among_them(
    days: list[float], at: float, expected: bool
) -> None:
    moments = [FIRST + timedelta(days=day) for day in days]
    assert fails_too_often(moments, FIRST + timedelta(days=at)) is expected
