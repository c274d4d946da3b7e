"""agencies: the insurer's staff are in the back office, and never among the intermediaries."""

from dataclasses import replace

import pytest
from tests import cast

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import STAFF_FIRM, StaffRole
from vermittlerpost.cases import queries as cases
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.verdicts import Objection

HEDDA = agencies.Colleague(login_id="hedda", name="Hedda", email="", roles=frozenset({StaffRole.CASE_WORKER}))


@pytest.fixture
def hedda(stage: None) -> None:
    agencies.create_staff(HEDDA, by="operator")


def test_staff_may_work_and_not_enter_the_portal(hedda: None) -> None:
    user = queries.user("hedda")
    assert (queries.may_work(user), queries.may_enter(user), queries.may_log_in(user)) == (True, False, True)
    anna = queries.user(cast.ANNA)
    assert (queries.may_work(anna), queries.may_enter(anna)) == (False, True)


def test_staff_see_nothing_of_what_intermediaries_see(hedda: None) -> None:
    assert list(queries.visible_to(queries.user("hedda"))) == []
    assert cases.scope_of(queries.user("hedda")) == []


def test_an_invitation_lets_staff_choose_a_password_once(stage: None) -> None:
    ticket = agencies.create_staff(HEDDA, by="operator")
    agencies.set_password(queries.INVITATION, ticket.text, "ein langes Kennwort")
    assert queries.user("hedda").check_password("ein langes Kennwort")
    with pytest.raises(Refused):
        agencies.set_password(queries.INVITATION, ticket.text, "ein anderes Kennwort")
    with pytest.raises(Refused, match="schon ein Kennwort"):
        agencies.invite_staff("hedda", by="operator")


def test_a_login_id_is_given_once_whatever_its_case(hedda: None) -> None:
    with pytest.raises(Refused, match="schon vergeben"):
        agencies.create_staff(replace(HEDDA, login_id="Hedda"), by="operator")
    with pytest.raises(Refused, match="schon vergeben"):
        agencies.create_staff(replace(HEDDA, login_id=cast.ANNA), by="operator")


def test_nobody_works_without_a_role(hedda: None) -> None:
    with pytest.raises(Refused, match="Ohne Rolle"):
        agencies.create_staff(replace(HEDDA, login_id="ida", roles=frozenset()), by="operator")
    with pytest.raises(Refused, match="Ohne Rolle"):
        agencies.change_roles("hedda", [], by="operator")


def test_roles_change_and_an_account_is_closed(hedda: None) -> None:
    agencies.change_roles("hedda", [StaffRole.AUDITOR], by="operator")
    assert queries.user("hedda").roles == ["auditor"]
    agencies.deactivate_staff("hedda", by="operator")
    assert queries.visitor(queries.user("hedda").id) is None


def test_an_intermediary_is_given_no_role(stage: None) -> None:
    with pytest.raises(Refused, match="niemanden"):
        agencies.change_roles(cast.ANNA, [StaffRole.ADMINISTRATOR], by="operator")


def test_master_data_neither_take_staff_over_nor_add_to_them(hedda: None) -> None:
    taken = agencies.put_users([replace(cast.USERS[cast.ANNA], login_id="hedda")], by="feed")[0]
    added = agencies.put_users([replace(cast.USERS[cast.ANNA], login_id="ida", firm=STAFF_FIRM)], by="feed")[0]
    moved = agencies.put_agencies([replace(cast.AGENCIES[cast.BONN], firm=STAFF_FIRM)], by="feed")[0]
    assert all(isinstance(verdict, Objection) for verdict in (taken, added, moved))
    assert queries.user("hedda").firm_id == STAFF_FIRM
