"""agencies: what a user may see is asked through one query, on every access (R8)."""

import pytest
from tests import acts, cast
from tests.cast import BERLIN, BONN, BRUECKNER, CARLA, EMIL, EVERYWHERE, HAMBURG, KOELN, MUENCHEN, OLGA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.letters import queries as letters

pytestmark = pytest.mark.usefixtures("stage")


def scope(login_id: str) -> set[str]:
    return {agency.number for agency in agencies.visible_to(agencies.user(login_id))}


@pytest.mark.parametrize(("login_id", "seen"), cast.SCOPE.items())
def test_everybody_sees_his_agencies_and_those_below_them_and_no_others(login_id: str, seen: set[str]) -> None:
    assert scope(login_id) == seen


def test_the_one_query_and_the_question_who_reads_an_agency_give_the_same_answer() -> None:
    everywhere = sorted(EVERYWHERE | {HAMBURG})
    readers = {(reader.login_id, reader.agency) for reader in agencies.readers_of(everywhere)}
    assert readers == {(login_id, agency) for login_id, seen in cast.SCOPE.items() for agency in seen}


def test_a_user_of_the_other_firm_sees_none_of_it_r8() -> None:
    assert scope(OLGA) == {HAMBURG}
    assert OLGA not in {reader.login_id for reader in agencies.readers_of(sorted(EVERYWHERE))}


def test_who_is_assigned_to_several_agencies_sees_each_once() -> None:
    cast.change_user(CARLA, assigned_agencies=(BONN, BERLIN))
    assert agencies.visible_to(agencies.user(CARLA)).count() == 3
    assert [reader.agency for reader in agencies.readers_of([BERLIN]) if reader.login_id == CARLA] == [BERLIN]


def test_a_sub_agency_that_moves_takes_its_own_below_with_it() -> None:
    cast.change_agency(MUENCHEN, parent=KOELN)
    assert scope(CARLA) == {BONN}
    cast.change_agency(MUENCHEN, parent=BONN)
    assert scope(CARLA) == {BONN, MUENCHEN, BERLIN}


def test_a_new_agency_below_an_assigned_one_is_seen_at_once() -> None:
    cast.change_agency(BERLIN, number="4713", parent=BERLIN)
    assert scope(CARLA) == {BONN, MUENCHEN, BERLIN, "4713"}


def test_an_agency_that_is_sold_is_seen_by_its_old_readers_no_more() -> None:
    cast.change_agency(BERLIN, firm=cast.OSTERTAG, parent="")
    assert scope(CARLA) == {BONN, MUENCHEN}
    assert scope(OLGA) == {HAMBURG, BERLIN}


def test_a_restricted_user_left_without_agencies_sees_nothing() -> None:
    cast.change_user(cast.DORA, assigned_agencies=(BERLIN,))
    cast.change_agency(BERLIN, firm=cast.OSTERTAG, parent="")
    assert scope(cast.DORA) == set()
    assert cast.DORA not in {reader.login_id for reader in agencies.readers_of(sorted(EVERYWHERE | {HAMBURG}))}


def test_letters_are_seen_with_the_right_and_in_the_scope_only() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    seen = {login_id for login_id in cast.USERS if letters.visible_to(agencies.user(login_id)).exists()}
    assert seen == {cast.ANNA, cast.BERND, CARLA, cast.GREGOR, cast.ROBOT}
    assert EMIL not in seen  # without the right to see portfolio data
    assert cast.FRIDA not in seen  # no longer active


def test_a_letter_is_seen_as_long_as_the_right_holds_and_no_longer() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    carla = agencies.user(CARLA)
    assert delivery.mailbox_of(carla).get() == acts.letter()
    cast.change_user(CARLA, assigned_agencies=(BONN,), rights=("basic",))
    assert not delivery.mailbox_of(agencies.user(CARLA)).exists()


def test_cases_are_seen_in_the_scope_only() -> None:
    acts.register()
    assert cases.visible_to(agencies.user(CARLA)).get() == acts.case()
    assert not cases.visible_to(agencies.user(cast.DORA)).exists()
    assert not cases.visible_to(agencies.user(OLGA)).exists()


@pytest.mark.parametrize("login_id", [EMIL, cast.FRIDA])
def test_cases_like_letters_are_seen_only_with_the_right_to_see_portfolio_data_r8(login_id: str) -> None:
    acts.register()
    assert not cases.visible_to(agencies.user(login_id)).exists()


def test_a_user_of_a_firm_is_known_by_his_login_id_and_keeps_his_firm() -> None:
    assert agencies.user(CARLA).firm_id == BRUECKNER
