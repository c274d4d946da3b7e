"""Of the letters of one case the newest is open: it says what holds, and settles those before it."""

from datetime import date

import pytest
from tests import acts, cast
from tests.cast import ANNA, CARLA, HAMBURG, OLGA, ROBOT

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.delivery.rules import SUPERSEDED, Criteria, Standing
from vermittlerpost.interfaces.portal.cockpit import letter_words
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def letters() -> list[str]:
    """Return the request and the reminder of one case."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    return [letter.id for letter in acts.letters_of()]


def entry(letter: str) -> MailboxEntry:
    """Return a letter as the mailbox has it."""
    return MailboxEntry.objects.get(letter=letter)


def opened(login_id: str = ANNA) -> list[str]:
    """Return the open letters of a user."""
    return [row.letter for row in queries.mailbox(agencies.user(login_id)).rows]


def test_a_follow_up_letter_settles_the_one_before_it(letters: list[str]) -> None:
    request, reminder = letters
    settled = entry(request)
    assert (settled.done_on, settled.done_reason, settled.done_by) == (date(2026, 3, 3), SUPERSEDED, "system")
    assert entry(reminder).done_on is None
    assert letter_words.end(SUPERSEDED) == "durch ein neueres Schreiben überholt"


def test_mailbox_badge_calendar_and_overview_show_one_open_letter_of_a_case(letters: list[str]) -> None:
    anna = agencies.user(ANNA)
    assert opened() == letters[1:]
    assert queries.unread(anna) == 1
    assert [one.letter_id for one in queries.due_days(anna, 10)] == letters[1:]
    assert [one.letter_id for one in queries.pressing(anna, 10)] == letters[1:]
    done = queries.mailbox(anna, Criteria(standing=Standing.DONE)).rows
    assert [(row.letter, row.is_done_by_hand) for row in done] == [(letters[0], False)]


def test_it_is_journalled_once_with_both_letters(letters: list[str]) -> None:
    request, reminder = letters
    found = journal.about(acts.case().id).get(kind="letter.superseded")
    assert found.data == {"letter": request, "later": reminder}


def test_every_further_letter_settles_the_last_one_only(letters: list[str]) -> None:
    acts.mornings(acts.REMINDED_AGAIN)
    assert opened() == [acts.letter().id]
    assert [entry(letter).done_on for letter in letters] == [date(2026, 3, 3), date(2026, 3, 18)]


def test_a_letter_that_is_overtaken_cannot_be_reopened_by_hand(letters: list[str]) -> None:
    assert actions.reopen(letters=letters[:1], by=ANNA) == 0
    assert actions.mark_done(letters=letters[:1], by=ANNA) == 0
    assert entry(letters[0]).done_reason == SUPERSEDED


def test_what_was_done_by_hand_is_overtaken_as_well_so_that_it_cannot_be_reopened() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    request = acts.letter().id
    actions.mark_done(letters=[request], by=CARLA)
    acts.mornings(acts.REMINDED)
    assert actions.reopen(letters=[request], by=CARLA) == 0
    assert entry(request).done_reason == SUPERSEDED
    assert opened() == [acts.letter().id]


def test_the_end_of_the_case_outdoes_it(letters: list[str]) -> None:
    acts.apply(at="2026-03-05 10:00")
    assert {(entry(letter).done_on, entry(letter).done_reason) for letter in letters} == {
        (date(2026, 3, 5), "application")
    }
    assert not opened()


def test_a_follow_up_letter_by_post_settles_the_electronic_one_before_it() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    cast.change_agency(cast.BONN, electronic_until=date(2026, 2, 20))
    acts.mornings(acts.REMINDED)
    assert acts.delivery_of(acts.letter().id).channel == "post"
    assert not opened()


def test_a_letter_to_another_agency_settles_that_of_the_first_one() -> None:
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment("2026-02-20 10:00")):
        cases.reroute(case=case, agency=HAMBURG, reason="Bestandsübertragung", by="insurer")
    acts.mornings(acts.REMINDED)
    assert not opened()
    assert opened(OLGA) == [acts.letter().id]


def test_an_overtaken_letter_stays_among_the_shipments_until_it_is_acknowledged(letters: list[str]) -> None:
    with clock.turned_to(acts.moment("2026-03-03 12:00")):
        robot = agencies.user(ROBOT)
        assert [line.id for line in queries.shipments(robot)] == letters
        request = queries.shipment(robot, letters[0])
        assert request is not None
        assert request.done_reason == SUPERSEDED
        actions.acknowledge(robot, request, consumer="")
        assert [line.id for line in queries.shipments(robot)] == letters[1:]


def test_letters_of_other_cases_stay_open(letters: list[str]) -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", "2026-02-16 08:00", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    acts.mornings("2026-03-02")
    assert set(opened()) == {letters[1], acts.letter("Z-2").id}
