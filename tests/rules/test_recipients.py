"""Who is told: R1 and R2 against tables, and against a recomputation on any firm."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.agencies.rules import Reader, is_electronic, lies_in_a_circle
from vermittlerpost.notifications.categories import CATEGORIES, Role
from vermittlerpost.notifications.rules import (
    Decision,
    Matter,
    Origin,
    Preference,
    Reason,
    Wish,
    decide,
    effective,
    obstacle,
)

READER = Reader(
    agency="4711",
    user=1,
    login_id="anna",
    address="anna@brueckner.example",
    active=True,
    technical=False,
    may_view=True,
    administrator=True,
    restricted=False,
)
MATTER = Matter(
    id="S-1", case="V-1", category="urgent_reminders", agency="4711", urgency="hoch", due_on=date(2026, 3, 17), void=""
)
YES = Preference(wanted=True, origin=Origin.ROLE_DEFAULT)
NO = Preference(wanted=False, origin=Origin.EXPLICIT)

# R1 in the order of ruling 3: each row has one hindrance more than the one below.
HINDRANCES: list[tuple[dict[str, Any], Preference, bool, Reason | None]] = [
    ({"active": False, "technical": True, "may_view": False}, NO, False, Reason.INACTIVE),
    ({"technical": True, "may_view": False}, NO, False, Reason.TECHNICAL),
    ({"may_view": False}, NO, False, Reason.NO_RIGHT),
    ({}, NO, False, Reason.PREFERENCE),
    ({}, YES, False, Reason.NO_ADDRESS),
    ({}, YES, True, None),
]


@pytest.mark.parametrize(("fields", "preference", "deliverable", "reason"), HINDRANCES)
def test_the_first_reason_that_holds_is_given(
    fields: dict[str, Any], preference: Preference, deliverable: bool, reason: Reason | None
) -> None:
    assert obstacle(replace(READER, **fields), preference, deliverable=deliverable) == reason


@pytest.mark.parametrize("fields", [{"active": False}, {"technical": True}, {"may_view": False}])
def test_a_preference_never_widens_access(fields: dict[str, Any]) -> None:
    chosen = effective(Wish(wanted=True), default=False)
    assert chosen.wanted
    assert obstacle(replace(READER, **fields), chosen, deliverable=True) is not None


LAST_DAY = date(2026, 8, 31)
JA, NEIN = Wish(wanted=True), Wish(wanted=False)

# R2: choice, what the role says, what holds and where it comes from.
PREFERENCES = [
    (None, True, True, Origin.ROLE_DEFAULT),
    (None, False, False, Origin.ROLE_DEFAULT),
    (JA, False, True, Origin.EXPLICIT),
    (JA, True, True, Origin.EXPLICIT),
    (NEIN, True, False, Origin.EXPLICIT),
    (NEIN, False, False, Origin.EXPLICIT),
    (Wish(wanted=False, until=LAST_DAY), True, False, Origin.TEMPORARY),
]


@pytest.mark.parametrize(("wish", "default", "wanted", "origin"), PREFERENCES)
def test_an_explicit_choice_holds_else_what_the_role_says(
    wish: Wish | None, default: bool, wanted: bool, origin: Origin
) -> None:
    assert effective(wish, default=default) == Preference(wanted=wanted, origin=origin)


def test_an_exception_is_over_on_the_day_after_its_last_b12() -> None:
    exception = Wish(wanted=False, until=LAST_DAY)
    assert [exception.is_over(LAST_DAY), exception.is_over(LAST_DAY + timedelta(days=1))] == [False, True]
    assert not JA.is_over(date.max)


@pytest.mark.parametrize("category", ["important_letters", "urgent_reminders"])
@pytest.mark.parametrize("administrator", [True, False])
@pytest.mark.parametrize("restricted", [True, False])
def test_both_kfz_categories_are_preset_for_administrators_and_restricted_users(
    category: str, administrator: bool, restricted: bool
) -> None:
    role = Role(administrator=administrator, restricted=restricted)
    assert CATEGORIES[category].role_default(role) is (administrator or restricted)


def told(decisions: list[Decision]) -> dict[str, Reason | None]:
    return {decision.reader.login_id: decision.reason for decision in decisions}


def test_of_two_users_with_one_address_the_first_by_login_id_is_mailed() -> None:
    readers = [replace(READER, user=2, login_id="bernd"), READER]
    decided = decide(MATTER, readers, lambda _: YES, set(), set())
    assert told(decided) == {"anna": None, "bernd": Reason.ALREADY_MAILED}
    assert [decision.reader.login_id for decision in decided] == ["anna", "bernd"]


def test_who_is_ruled_out_does_not_take_the_address_from_a_colleague() -> None:
    readers = [replace(READER, active=False), replace(READER, user=2, login_id="bernd")]
    assert told(decide(MATTER, readers, lambda _: YES, set(), set())) == {
        "anna": Reason.INACTIVE,
        "bernd": None,
    }


def test_an_address_that_was_told_before_is_not_told_again() -> None:
    assert told(decide(MATTER, [READER], lambda _: YES, set(), {READER.address})) == {"anna": Reason.ALREADY_MAILED}


def test_an_address_that_bounced_is_none() -> None:
    assert told(decide(MATTER, [READER], lambda _: YES, {READER.address}, set())) == {"anna": Reason.NO_ADDRESS}


def test_of_an_ended_case_nobody_is_told_and_the_other_reasons_come_first() -> None:
    readers = [READER, replace(READER, user=2, login_id="bernd", address="", active=True)]
    void = replace(MATTER, void="case_ended")
    assert told(decide(void, readers, lambda _: YES, set(), set())) == {
        "anna": Reason.CASE_ENDED,
        "bernd": Reason.NO_ADDRESS,
    }


READERS = st.lists(
    st.builds(
        Reader,
        agency=st.just("4711"),
        user=st.integers(1, 9),
        login_id=st.sampled_from(["anna", "bernd", "carla", "dora"]),
        address=st.sampled_from(["", "a@x.example", "b@x.example"]),
        active=st.booleans(),
        technical=st.booleans(),
        may_view=st.booleans(),
        administrator=st.booleans(),
        restricted=st.booleans(),
    ),
    unique_by=lambda reader: reader.login_id,
    max_size=4,
)


@given(READERS, st.sets(st.sampled_from(["a@x.example"])), st.sets(st.sampled_from(["b@x.example"])), st.booleans())
def test_who_is_mailed_meets_every_condition_of_r1_and_nobody_else_does(
    readers: list[Reader], suppressed: set[str], mailed: set[str], has_ended: bool
) -> None:
    matter = replace(MATTER, void="case_ended" if has_ended else "")
    decided = decide(matter, readers, lambda reader: effective(None, default=reader.administrator), suppressed, mailed)
    taken = set(mailed)
    for reader in sorted(readers, key=lambda reader: reader.login_id):
        may_be_told = reader.active and not reader.technical and reader.may_view
        wants_it = reader.administrator
        can_get_it = reader.address not in {"", *suppressed, *taken}
        is_told = may_be_told and wants_it and can_get_it and not has_ended
        assert (told(decided)[reader.login_id] is None) is is_told
        taken |= {reader.address} if is_told else set()


# Both bounds are included (ruling 2).
ELECTRONIC = [
    (None, None, "2026-02-16", False),  # never opted in
    ("2026-02-16", None, "2026-02-15", False),
    ("2026-02-16", None, "2026-02-16", True),
    ("2026-02-16", "2026-02-16", "2026-02-16", True),  # a single day
    ("2020-01-01", "2026-02-16", "2026-02-16", True),
    ("2020-01-01", "2026-02-15", "2026-02-16", False),
]


@pytest.mark.parametrize(("begin", "end", "on", "answer"), ELECTRONIC)
def test_the_first_and_the_last_day_of_electronic_delivery_count(
    begin: str | None, end: str | None, on: str, answer: bool
) -> None:
    electronic_from, electronic_until = (date.fromisoformat(day) if day else None for day in (begin, end))
    assert is_electronic(electronic_from, electronic_until, date.fromisoformat(on)) is answer


TREES = [
    ({"1": ""}, "1", False),
    ({"1": "", "2": "1", "3": "2"}, "3", False),
    ({"1": "1"}, "1", True),
    ({"1": "2", "2": "1"}, "1", True),
    ({"1": "2", "2": "3", "3": "2"}, "1", True),  # above it
    ({"1": "9"}, "1", False),  # an unknown parent is another matter
]


@pytest.mark.parametrize(("parents", "number", "answer"), TREES)
def test_a_circle_of_parents_is_seen(parents: dict[str, str], number: str, answer: bool) -> None:
    assert lies_in_a_circle(number, parents) is answer
