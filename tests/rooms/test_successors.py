"""Where an agency's portfolio went, there go the registrations of what it was issued before."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import BERLIN, BONN, HAMBURG, MUENCHEN

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.intake import queries as intake
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")


def transfer(source: str, target: str, on: str, asked_on: str = "") -> int:
    """Plan the transfer of a portfolio, and carry out what is due on its day."""
    with clock.turned_to(moment(f"{asked_on or on} 08:00")):
        move = cases.Move(source=source, target=target, effective_on=date.fromisoformat(on), reason="Aufgabe")
        planned = cases.transfer(move, by="hedda")
    with clock.turned_to(moment(f"{on} 08:00")):
        cases.transfer_due(by="system")
    return planned.id


def test_a_registration_goes_to_the_successor_with_its_land_and_its_people() -> None:
    transfer(BONN, HAMBURG, "2026-01-15")
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert (acts.case().agency_id, acts.letter().agency_id) == (HAMBURG, HAMBURG)
    assert {login_id for login_id, _, _ in acts.mailed()} == {cast.OLGA}
    followed = journal.about(acts.intake_case("Z-1")).get(kind="case.followed")
    assert (followed.data["before"], followed.data["after"]) == (BONN, HAMBURG)


def holder_of(agency: str, issued_on: date) -> str:
    """Return to which agency a confirmation of an agency belongs."""
    return queries.holders_of([(agency, issued_on)]).get((agency, issued_on), agency)


@pytest.mark.parametrize(
    ("moves", "holder"),
    [
        ([(BONN, HAMBURG, "2026-01-15"), (HAMBURG, BERLIN, "2026-01-20")], BERLIN),  # one after the other
        ([(BONN, HAMBURG, "2026-01-15"), (HAMBURG, BONN, "2026-01-20")], BONN),  # and back
        ([(HAMBURG, BERLIN, "2026-01-10"), (BONN, HAMBURG, "2026-01-15")], HAMBURG),  # the other way round
        ([(BONN, HAMBURG, "2026-01-15"), (BONN, BERLIN, "2026-01-20")], HAMBURG),  # what was issued since went on
        ([(BONN, HAMBURG, "2026-01-15"), (HAMBURG, BERLIN, "2026-01-15")], BERLIN),  # on one day, in their order
        ([(BONN, HAMBURG, "2026-01-05")], BONN),  # issued on the day itself
        ([(BONN, HAMBURG, "2025-12-01")], BONN),  # issued since
        ([(MUENCHEN, HAMBURG, "2026-01-15")], BONN),  # somebody else's
        ([], BONN),
    ],
)
def test_transfers_are_followed_in_their_order_from_the_day_of_issue_on(
    moves: list[tuple[str, str, str]], holder: str
) -> None:
    for move in moves:
        transfer(*move)
    assert holder_of(BONN, date(2026, 1, 5)) == holder


def test_one_that_lies_ahead_is_not_followed_and_neither_is_one_that_was_withdrawn() -> None:
    with clock.turned_to(moment("2026-01-20 08:00")):
        move = cases.Move(source=BONN, target=HAMBURG, effective_on=date(2026, 3, 1), reason="Aufgabe")
        planned = cases.transfer(move, by="hedda")
        assert holder_of(BONN, date(2026, 1, 5)) == BONN
        cases.withdraw_transfer(planned.id, by="hedda")
    assert holder_of(BONN, date(2026, 1, 5)) == BONN


def test_one_case_that_moves_takes_no_portfolio_with_it() -> None:
    case = acts.register()
    with clock.turned_to(moment("2026-02-10 08:00")):
        move = cases.Move(source=BONN, target=HAMBURG, effective_on=date(2026, 2, 10), reason="Wunsch", case=case)
        cases.transfer(move, by="hedda")
    assert holder_of(BONN, date(2026, 1, 5)) == BONN


def test_an_agency_that_nobody_knows_is_still_a_clarification() -> None:
    acts.confirm(agency="4999")
    transfer(BONN, HAMBURG, "2026-01-15")
    acts.register()
    assert acts.case().clarification == "agency_missing"


def test_what_is_cleared_by_hand_goes_to_the_successor_too() -> None:
    transfer(BONN, HAMBURG, "2026-01-15")
    acts.register(evb="NL7K2P4")
    assert [one.agency for one in intake.candidates_of(acts.case())] == [HAMBURG]


def test_the_old_agency_sees_nothing_of_it() -> None:
    transfer(BONN, HAMBURG, "2026-01-15")
    case = acts.register()
    seen = {login_id: queries.visible_to(agencies.user(login_id)).filter(id=case).exists() for login_id in cast.USERS}
    assert {login_id for login_id, sees in seen.items() if sees} == {cast.OLGA}
