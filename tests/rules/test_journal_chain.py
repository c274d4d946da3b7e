"""The chain of a subject's entries: whatever is changed, missing or out of order breaks it (R10)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.journal.rules import START, Link, first_break, hash_of

AT = datetime(2026, 2, 16, 6, 0, tzinfo=UTC)
Chain = list[tuple[Link, bytes]]


def chain(length: int) -> Chain:
    links: Chain = []
    head = START
    for position in range(1, length + 1):
        link = Link(
            at=AT + timedelta(days=position),
            kind="case.step_taken",
            actor="system",
            subject="V-1",
            position=position,
            data={"before": "grace", "after": "requested", "number": position},
        )
        head = hash_of(link, head)
        links.append((link, head))
    return links


@given(st.integers(0, 6))
def test_an_untouched_chain_holds_to_its_end(length: int) -> None:
    assert first_break(chain(length)) is None


CHANGES: list[dict[str, Any]] = [
    {"at": AT},
    {"kind": "case.closed"},
    {"actor": "somebody"},
    {"subject": "V-2"},
    {"position": 9},
    {"data": {}},
    {"data": {"before": "grace", "after": "requested", "number": 99}},
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("place", range(3))
def test_whatever_is_changed_breaks_the_chain_where_it_was_changed(change: dict[str, Any], place: int) -> None:
    links = chain(3)
    link, head = links[place]
    links[place] = (replace(link, **change), head)
    assert first_break(links) == place + 1


@pytest.mark.parametrize("place", range(2))
def test_a_missing_entry_breaks_the_chain_where_it_was(place: int) -> None:
    links = chain(3)
    del links[place]
    assert first_break(links) == place + 1


def test_entries_that_changed_places_break_the_chain() -> None:
    first, second, third = chain(3)
    assert first_break([first, third, second]) == 2


def test_a_changed_entry_whose_hash_was_made_to_fit_breaks_the_chain_behind_it() -> None:
    links = chain(3)
    forged = replace(links[1][0], data={"reason": "other"})
    links[1] = (forged, hash_of(forged, links[0][1]))
    assert first_break(links) == 3


def test_a_hash_covers_the_moment_and_not_the_zone_in_which_it_was_told() -> None:
    link, _ = chain(1)[0]
    elsewhere = replace(link, at=link.at.astimezone(timezone(timedelta(hours=9))))
    assert hash_of(elsewhere, START) == hash_of(link, START)


@given(
    st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=5), max_size=4)
)
def test_a_hash_covers_the_data_and_not_the_order_of_its_keys(data: dict[str, object]) -> None:
    link, _ = chain(1)[0]
    backwards = dict(reversed(data.items()))
    assert hash_of(replace(link, data=data), START) == hash_of(replace(link, data=backwards), START)
