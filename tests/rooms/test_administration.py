"""agencies: an administrator changes the users of his own firm, before the eyes of the others."""

from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from tests import cast
from tests.cast import ANNA, BERND, BONN, BRUECKNER, CARLA, EMIL, GREGOR, OLGA, ROBOT

from vermittlerpost.agencies import actions, queries
from vermittlerpost.agencies.rules import UserRow
from vermittlerpost.journal import queries as journal

pytestmark = pytest.mark.usefixtures("stage")


def change(login_id: str, *, by: str = ANNA, version: int | None = None, **fields: Any) -> None:
    row: UserRow = replace(cast.USERS[login_id], **fields)
    seen = queries.users_by_login([login_id])[login_id].version if version is None else version
    actions.change_user(row, version=seen, by=by)


def demote_all_but(login_id: str) -> None:
    for other in {ANNA, EMIL, GREGOR} - {login_id}:
        cast.change_user(other, administrator=False)


def test_a_change_is_made_counted_and_journalled() -> None:
    change(BERND, administrator=True)
    bernd = queries.user(BERND)
    assert bernd.administrator
    assert bernd.version == 1
    entry = journal.about(f"user:{BERND}").last()
    assert entry is not None
    assert (entry.actor, entry.data["before"], entry.data["after"]) == (
        ANNA,
        {"administrator": False},
        {"administrator": True},
    )


def test_an_import_that_changes_something_counts_and_one_that_does_not_does_not() -> None:
    cast.change_user(BERND, name="Bernd B.")
    cast.change_user(BERND, name="Bernd B.")
    assert queries.user(BERND).version == 1


def test_who_was_changed_meanwhile_is_not_overwritten() -> None:
    change(BERND, name="Bernd B.", by=GREGOR, version=0)
    with pytest.raises(actions.ChangedMeanwhile):
        change(BERND, administrator=True, version=0)
    assert not queries.user(BERND).administrator


@pytest.mark.parametrize("by", [BERND, ROBOT, cast.FRIDA, OLGA, "nobody"])
def test_only_an_active_administrator_of_the_firm_changes_its_users(by: str) -> None:
    with pytest.raises(actions.NotYourUser):
        change(CARLA, name="Karla", by=by, version=0)
    assert queries.user(CARLA).name == "Carla"


def test_nobody_is_moved_into_or_out_of_a_firm() -> None:
    with pytest.raises(actions.NotYourUser):
        change(BERND, firm=cast.OSTERTAG)
    with pytest.raises(actions.NotYourUser):
        change(OLGA, firm=BRUECKNER)


def test_another_firms_agency_is_refused_as_in_an_import() -> None:
    with pytest.raises(actions.RowRefused, match="gehört einer anderen Firma") as refused:
        change(CARLA, assigned_agencies=(cast.HAMBURG,))
    assert refused.value.facts == {"column": "assigned_agencies", "agency": cast.HAMBURG}


def test_the_last_active_administrator_is_neither_demoted_nor_deactivated() -> None:
    demote_all_but(ANNA)
    with pytest.raises(actions.LastAdministrator):
        change(ANNA, administrator=False)
    with pytest.raises(actions.LastAdministrator):
        actions.deactivate_user(ANNA, version=0, by=ANNA)
    assert queries.administrator(ANNA)


def test_an_administrator_gives_the_role_away_when_there_is_another() -> None:
    change(ANNA, administrator=False)
    with pytest.raises(actions.NotYourUser):
        change(BERND, name="Bernd B.")


def test_of_two_who_demote_each_other_one_stays() -> None:
    cast.change_user(EMIL, administrator=False)
    change(ANNA, administrator=False, by=GREGOR)
    with pytest.raises(actions.NotYourUser):
        change(GREGOR, administrator=False, by=ANNA)
    assert queries.administrator(GREGOR)


def test_nobody_assigns_his_own_agencies_away_but_another_administrator_may() -> None:
    with pytest.raises(actions.OwnAccess):
        change(ANNA, assigned_agencies=(BONN,))
    change(ANNA, assigned_agencies=(BONN,), by=GREGOR)
    assert queries.user(ANNA).restricted


def test_who_leaves_keeps_rights_and_scope_for_a_return() -> None:
    actions.deactivate_user(CARLA, version=0, by=ANNA)
    carla = queries.user(CARLA)
    assert not carla.is_active
    assert carla.restricted
    actions.reactivate_user(CARLA, version=1, by=ANNA)
    assert {agency.number for agency in queries.visible_to(queries.user(CARLA))} == cast.SCOPE[CARLA]
    assert journal.about(f"user:{CARLA}").count() == 3


def test_who_is_assigned_to_an_agency_that_was_sold_can_leave_and_sees_no_more_when_he_returns() -> None:
    cast.change_agency(cast.BERLIN, firm=cast.OSTERTAG, parent="")
    actions.deactivate_user(cast.DORA, version=0, by=ANNA)
    actions.reactivate_user(cast.DORA, version=1, by=ANNA)
    assert not queries.visible_to(queries.user(cast.DORA)).exists()


def test_a_deactivation_sent_twice_is_a_conflict_and_changes_once() -> None:
    actions.deactivate_user(CARLA, version=0, by=ANNA)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.deactivate_user(CARLA, version=0, by=ANNA)


def test_a_user_is_created_with_a_login_id_that_nobody_has() -> None:
    login_id = queries.unused_login_id()
    assert len(login_id) == 8
    assert login_id.startswith("vmp")
    assert not set(login_id[3:]) & set("il1o0")
    row = replace(cast.USERS[BERND], login_id=login_id, name="Nina")
    actions.create_user(row, by=ANNA)
    nina = queries.user(login_id)
    assert not nina.has_usable_password()
    with pytest.raises(actions.LoginTaken):
        actions.create_user(row, by=ANNA)


def test_nobody_creates_users_for_another_firm() -> None:
    with pytest.raises(actions.NotYourUser):
        actions.create_user(replace(cast.USERS[OLGA], login_id="nina"), by=ANNA)


def test_a_second_factor_is_reset_for_others_not_for_oneself() -> None:
    for login_id in (ANNA, BERND, OLGA):
        user = queries.user(login_id)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    actions.reset_second_factor(BERND, by=ANNA)
    actions.reset_second_factor(BERND, by=ANNA)
    assert journal.about(f"user:{BERND}").filter(kind="user.second_factor_reset").count() == 1
    with pytest.raises(actions.OwnAccess):
        actions.reset_second_factor(ANNA, by=ANNA)
    with pytest.raises(actions.NotYourUser):
        actions.reset_second_factor(OLGA, by=ANNA)
    assert {one.user.login_id for one in Authenticator.objects.select_related("user")} == {ANNA, OLGA}
