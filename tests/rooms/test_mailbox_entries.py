"""What lies in the mailbox: every letter that is provided, with all that a list needs, until its case ends."""

import pytest
from tests import acts, cast
from tests.cast import ANNA, BERLIN, BONN, CARLA, DORA, EMIL, OLGA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.rules import BY_HAND, Criteria, ReceiptKind, Standing
from vermittlerpost.journal import queries as journal

pytestmark = pytest.mark.usefixtures("stage")


def journalled(kind: str) -> int:
    """Return how often something happened in the case that these tests are about."""
    return journal.about(acts.case().id).filter(kind=kind).count()


@pytest.fixture
def letter() -> str:
    """Return a letter that has arrived in Bonn."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def test_a_provided_letter_is_listed_with_all_that_a_list_shows(letter: str) -> None:
    (row,) = queries.mailbox(agencies.user(CARLA)).rows
    assert (row.letter, row.case, row.agency, row.agency_name) == (letter, acts.case().id, BONN, "Agentur Bonn")
    assert (row.kind, row.level, row.urgency, row.category) == (
        "application_request", 0, "normal", "important_letters",
    )  # fmt: skip
    assert (row.plate, row.policyholder, row.due_on) == (acts.PLATE, acts.POLICYHOLDER, acts.letter().due_on)
    assert row.is_unread


def test_a_letter_by_post_is_not_listed() -> None:
    acts.confirm(agency=cast.DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert acts.letters_of()
    assert not queries.mailbox(agencies.user(ANNA)).rows


@pytest.mark.parametrize("login_id", [DORA, EMIL, OLGA])
def test_who_does_not_see_the_agency_or_no_portfolio_sees_no_entry(letter: str, login_id: str) -> None:
    stranger = agencies.user(login_id)
    assert queries.entry(stranger, letter) is None
    assert not queries.among(stranger, [letter])
    assert not queries.mailbox(stranger).rows
    assert queries.unread(stranger) == 0


def test_who_sees_the_agency_finds_the_entry_and_an_unknown_letter_is_like_a_foreign_one(letter: str) -> None:
    found = queries.entry(agencies.user(CARLA), letter)
    assert found is not None
    assert found.agency.name == "Agentur Bonn"
    assert queries.entry(agencies.user(CARLA), "S-0000-0000-00000") is None


def test_reading_a_letter_twice_is_one_reading(letter: str) -> None:
    assert actions.mark_read(letters=[letter], by=CARLA) == 1
    assert actions.mark_read(letters=[letter], by=ANNA) == 0
    assert queries.among(agencies.user(ANNA), [letter])[0].read_by == CARLA
    assert journalled("letter.read") == 1


def test_a_letter_can_be_unread_again(letter: str) -> None:
    actions.mark_read(letters=[letter], by=CARLA)
    assert queries.unread(agencies.user(CARLA)) == 0
    assert actions.mark_unread(letters=[letter], by=CARLA) == 1
    assert actions.mark_unread(letters=[letter], by=CARLA) == 0
    assert queries.unread(agencies.user(CARLA)) == 1
    assert journalled("letter.unread") == 1


def test_what_is_displayed_is_read_and_what_is_fetched_or_downloaded_is_not(letter: str) -> None:
    case = acts.case().id
    for kind in (ReceiptKind.FETCHED, ReceiptKind.DOWNLOADED):
        actions.record_receipts(letters={letter: case}, kind=kind, by=CARLA)
        assert queries.unread(agencies.user(CARLA)) == 1
    actions.record_receipts(letters={letter: case}, kind=ReceiptKind.DISPLAYED, by=CARLA)
    assert queries.unread(agencies.user(CARLA)) == 0
    assert [receipt.kind for receipt in queries.receipts_of(letter)] == [
        "provided",
        "fetched",
        "downloaded",
        "displayed",
    ]


def test_a_letter_done_by_hand_leaves_the_open_ones_and_can_be_reopened(letter: str) -> None:
    anna = agencies.user(ANNA)
    assert actions.mark_done(letters=[letter], by=ANNA) == 1
    assert actions.mark_done(letters=[letter], by=ANNA) == 0
    assert not queries.mailbox(anna).rows
    assert queries.mailbox(anna, Criteria(standing=Standing.DONE)).rows[0].done_reason == BY_HAND
    assert actions.reopen(letters=[letter], by=ANNA) == 1
    assert actions.reopen(letters=[letter], by=ANNA) == 0
    assert queries.mailbox(anna).rows
    assert (journalled("letter.done"), journalled("letter.reopened")) == (1, 1)


@pytest.mark.parametrize("done_before", [False, True])
def test_the_end_of_a_case_shows_its_letters_as_done_and_they_stay_so(letter: str, done_before: bool) -> None:
    if done_before:
        actions.mark_done(letters=[letter], by=ANNA)
    acts.apply(at="2026-02-20 10:00")
    found = queries.among(agencies.user(ANNA), [letter])[0]
    assert (found.done_reason, found.done_on) == ("application", acts.case().closed_on)
    assert actions.reopen(letters=[letter], by=ANNA) == 0
    assert queries.unread(agencies.user(ANNA)) == 0


def test_a_letter_is_handed_to_a_colleague_who_sees_it(letter: str) -> None:
    assert actions.assign(letter=letter, to=CARLA, by=ANNA)
    assert not actions.assign(letter=letter, to=CARLA, by=ANNA)
    carla = agencies.user(CARLA)
    assert [row.letter for row in queries.mailbox(carla, Criteria(assignee=carla.id)).rows] == [letter]
    assert actions.assign(letter=letter, to=None, by=ANNA)
    assert not queries.mailbox(carla, Criteria(assignee=carla.id)).rows
    assert journalled("letter.assigned") == 2


@pytest.mark.parametrize("login_id", [DORA, EMIL, OLGA, cast.ROBOT, cast.FRIDA, "nobody"])
def test_nobody_is_handed_a_letter_that_he_does_not_see(letter: str, login_id: str) -> None:
    with pytest.raises(actions.NoColleague):
        actions.assign(letter=letter, to=login_id, by=ANNA)
    assert login_id not in {user.login_id for user in queries.colleagues(BONN)}


def test_a_letter_follows_its_agency_and_not_its_case(letter: str) -> None:
    actions.mark_read(letters=[letter], by=CARLA)
    assert queries.entry(agencies.user(DORA), letter) is None
    assert BERLIN not in {row.agency for row in queries.mailbox(agencies.user(ANNA)).rows}
