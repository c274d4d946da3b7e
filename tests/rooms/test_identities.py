"""agencies: the identity provider says who of the staff somebody is, and nothing else."""

from dataclasses import replace

import pytest
from tests import cast

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Identity, StaffRole
from vermittlerpost.journal.models import Entry
from vermittlerpost.lib.errors import Refused

HEDDA = Identity(issuer="https://login.example", subject="s-1", login_id="hedda")


@pytest.fixture
def staff(stage: None) -> None:
    for login_id, role in (("hedda", StaffRole.CASE_WORKER), ("ida", StaffRole.ADMINISTRATOR)):
        colleague = agencies.Colleague(login_id=login_id, name=login_id, email="", roles=frozenset({role}))
        agencies.create_staff(colleague, by="operator")


def happened(login_id: str) -> list[str]:
    return list(Entry.objects.filter(subject=f"user:{login_id}").order_by("position").values_list("kind", flat=True))


def test_the_first_login_ties_the_account_of_the_login_id_and_is_journalled(staff: None) -> None:
    user = agencies.sign_on(replace(HEDDA, login_id="HEDDA"))
    assert (user.login_id, user.roles) == ("hedda", ["case_worker"])
    assert happened("hedda")[-1] == "user.identity_tied"
    agencies.sign_on(HEDDA)
    assert happened("hedda").count("user.identity_tied") == 1


def test_from_then_on_the_subject_counts_and_not_the_login_id(staff: None) -> None:
    agencies.sign_on(HEDDA)
    assert agencies.sign_on(replace(HEDDA, login_id="hedda.neu")).login_id == "hedda"
    assert agencies.sign_on(replace(HEDDA, login_id="ida")).login_id == "hedda"


def test_a_login_id_that_was_given_to_somebody_else_opens_nothing(staff: None) -> None:
    agencies.sign_on(HEDDA)
    with pytest.raises(agencies.TiedToAnother):
        agencies.sign_on(replace(HEDDA, subject="s-2"))
    assert queries.user("hedda").identity == HEDDA.reference


@pytest.mark.parametrize("login_id", ["niemand", cast.ANNA, cast.ROBOT, "", "hed"])
def test_whoever_is_not_of_the_staff_is_refused_and_nobody_is_created(staff: None, login_id: str) -> None:
    before = User.objects.count()
    with pytest.raises(agencies.NoAccount):
        agencies.sign_on(replace(HEDDA, login_id=login_id))
    assert User.objects.count() == before
    assert not User.objects.exclude(identity="").exists()


def test_who_is_deactivated_is_refused_whether_tied_or_not(staff: None) -> None:
    agencies.deactivate_staff("hedda", by="operator")
    with pytest.raises(agencies.AccountClosed):
        agencies.sign_on(HEDDA)
    assert queries.user("hedda").identity == ""
    agencies.reactivate_staff("hedda", by="operator")
    agencies.sign_on(HEDDA)
    agencies.deactivate_staff("hedda", by="operator")
    with pytest.raises(agencies.AccountClosed):
        agencies.sign_on(HEDDA)


def test_a_new_provider_ties_anew(staff: None) -> None:
    agencies.sign_on(HEDDA)
    moved = replace(HEDDA, issuer="https://login.example.org", subject="other")
    assert agencies.sign_on(moved).identity == moved.reference
    assert not queries.came_from(queries.user("hedda"), HEDDA.issuer)
    assert queries.came_from(queries.user("hedda"), moved.issuer)


def test_an_address_that_begins_like_the_providers_is_not_the_provider(staff: None) -> None:
    agencies.sign_on(replace(HEDDA, issuer="https://login.example.org"))
    assert not queries.came_from(queries.user("hedda"), "https://login.example")
    assert not queries.came_from(queries.user("hedda"), "")


def test_who_is_untied_is_tied_anew(staff: None) -> None:
    agencies.sign_on(HEDDA)
    agencies.untie_staff("hedda", by="ida")
    agencies.untie_staff("hedda", by="ida")
    assert happened("hedda").count("user.identity_untied") == 1
    assert agencies.sign_on(replace(HEDDA, subject="s-2")).login_id == "hedda"


def test_an_identity_is_one_persons_only(staff: None) -> None:
    agencies.sign_on(HEDDA)
    assert [user.login_id for user in User.objects.filter(identity=HEDDA.reference)] == ["hedda"]


def test_who_comes_back_has_the_roles_that_he_had(staff: None) -> None:
    agencies.deactivate_staff("hedda", by="ida")
    for _ in range(2):
        agencies.reactivate_staff("hedda", by="ida")
    user = queries.user("hedda")
    assert (user.is_active, user.roles, queries.may_work(user)) == (True, ["case_worker"], True)
    assert happened("hedda").count("user.staff_reactivated") == 1


def test_an_intermediary_is_not_brought_back_by_the_back_office(staff: None) -> None:
    with pytest.raises(agencies.NoStaff):
        agencies.reactivate_staff(cast.FRIDA, by="ida")
    assert not queries.user(cast.FRIDA).is_active


def test_the_last_administrator_stays_until_another_has_come_back(staff: None) -> None:
    agencies.change_roles("hedda", [StaffRole.ADMINISTRATOR], by="ida")
    agencies.deactivate_staff("hedda", by="ida")
    with pytest.raises(Refused, match="letzte Administrator"):
        agencies.deactivate_staff("ida", by="ida")
    agencies.reactivate_staff("hedda", by="ida")
    agencies.deactivate_staff("ida", by="hedda")
    assert not queries.user("ida").is_active


def test_who_is_enrolled_is_not_invited(stage: None) -> None:
    colleague = agencies.Colleague(login_id="ida", name="Ida", email="", roles=frozenset({StaffRole.EDITOR}))
    agencies.enrol_staff(colleague, by="operator")
    assert queries.user("ida").invited_at is None
    assert happened("ida") == ["user.staff_created"]
