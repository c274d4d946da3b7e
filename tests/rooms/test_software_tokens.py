"""Whose software may fetch letters: tokens for a while, certificates, and what firms allow their people."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import acts, cast
from tests.cast import ANNA, BERND, BRUECKNER, NORDLICHT, OLGA, ROBOT

from vermittlerpost.agencies import actions, queries
from vermittlerpost.agencies.models import Token, User
from vermittlerpost.journal import queries as journal

pytestmark = pytest.mark.usefixtures("stage")

HALF_AN_HOUR = timedelta(minutes=30)
SUBJECT = "CN=mvp.brueckner.example,O=Maklerhaus Brückner GmbH,C=DE"


def token(login_id: str = ROBOT) -> str:
    """Return a new token of a user."""
    return actions.issue_token(queries.user(login_id), lifetime=HALF_AN_HOUR).identifier


def bearer(identifier: str) -> str | None:
    """Return the login id that a token speaks for."""
    user = queries.bearer_of(identifier)
    return user.login_id if user else None


def allow_people(allowed: bool = True) -> None:
    """Let the people of the firm use software."""
    actions.set_firm_software(BRUECKNER, people_use_software=allowed, paper_if_uncollected=False, by=ANNA)


def archivist() -> User:
    """Return somebody who may see the document archive."""
    cast.change_user(BERND, rights=("basic", "view_portfolio", "document_archive"))
    return queries.user(BERND)


def test_a_token_speaks_for_its_user_until_it_expires(turn_clock: Callable[[str], object]) -> None:
    turn_clock("2026-02-16 08:00:00.750")
    issued = actions.issue_token(queries.user(ROBOT), lifetime=HALF_AN_HOUR)
    assert issued.issued_at == acts.moment("2026-02-16 08:00:00")
    assert issued.expires_at == acts.moment("2026-02-16 08:30:00")
    turn_clock("2026-02-16 08:29:59")
    assert bearer(issued.identifier) == ROBOT
    assert queries.token_expiry(issued.identifier) == issued.expires_at
    turn_clock("2026-02-16 08:30:00")
    assert bearer(issued.identifier) is None
    assert queries.token_expiry(issued.identifier) is None


def test_a_token_is_a_bipro_uri_of_43_characters_that_nothing_in_the_database_tells() -> None:
    identifier = token()
    scheme, secret = identifier.split(":")
    assert (scheme, len(secret)) == ("bipro", 43)
    assert not set(secret) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    (kept,) = Token.objects.all()
    assert identifier not in str(vars(kept))
    assert secret not in str(vars(kept))


def test_a_token_counts_as_a_login_and_several_hold_at_once(turn_clock: Callable[[str], object]) -> None:
    turn_clock("2026-02-16 08:00")
    first, second = token(), token()
    assert first != second
    assert (bearer(first), bearer(second)) == (ROBOT, ROBOT)
    assert queries.user(ROBOT).last_login == acts.moment("2026-02-16 08:00")


def test_a_cancelled_token_opens_nothing_and_the_others_hold() -> None:
    first, second = token(), token()
    assert actions.cancel_token(first)
    assert not actions.cancel_token(first)
    assert (bearer(first), bearer(second)) == (None, ROBOT)


@pytest.mark.parametrize("unknown", ["", "bipro:", "bipro:" + 43 * "x", "something else"])
def test_what_was_never_issued_opens_nothing(unknown: str) -> None:
    token()
    assert bearer(unknown) is None
    assert not actions.cancel_token(unknown)


def test_a_token_does_not_outlive_the_password() -> None:
    identifier = token()
    acts.give_password(ROBOT, "another one")
    assert bearer(identifier) is None


def test_a_token_ends_with_the_users_access() -> None:
    identifier = token()
    cast.change_user(ROBOT, active=False)
    assert bearer(identifier) is None
    cast.change_user(ROBOT, active=True)
    assert bearer(identifier) == ROBOT


def test_a_technical_user_who_becomes_a_person_loses_his_token() -> None:
    identifier = token()
    cast.change_user(ROBOT, technical=False)
    assert bearer(identifier) is None


def test_asking_for_whom_a_token_speaks_is_one_statement() -> None:
    identifier = token()
    with CaptureQueriesContext(connection) as statements:
        user = queries.bearer_of(identifier)
        assert user is not None
        assert user.firm.id == BRUECKNER
    assert len(statements) == 1


def test_expired_tokens_are_forgotten_and_the_others_kept(turn_clock: Callable[[str], object]) -> None:
    turn_clock("2026-02-16 08:00")
    token()
    turn_clock("2026-02-16 08:20")
    kept = token()
    turn_clock("2026-02-16 08:30")
    assert actions.forget_tokens() == 1
    assert actions.forget_tokens() == 0
    assert bearer(kept) == ROBOT


def test_a_person_uses_software_only_if_the_firm_allows_it_and_with_the_right_to_the_archive() -> None:
    assert not queries.may_use_software(archivist())
    allow_people()
    assert queries.may_use_software(queries.user(BERND))
    assert not queries.may_use_software(queries.user(ANNA))
    assert not queries.may_use_software(queries.user(OLGA))


def test_a_persons_token_ends_when_the_firm_allows_it_no_longer() -> None:
    allow_people()
    archivist()
    identifier = token(BERND)
    assert bearer(identifier) == BERND
    allow_people(allowed=False)
    assert bearer(identifier) is None


def test_nobody_of_the_insurers_staff_and_nobody_who_left_uses_software() -> None:
    assert queries.may_use_software(queries.user(ROBOT))
    User.objects.filter(login_id=ROBOT).update(roles=["operator"])
    assert not queries.may_use_software(queries.user(ROBOT))
    User.objects.filter(login_id=ROBOT).update(roles=[], is_active=False)
    assert not queries.may_use_software(queries.user(ROBOT))


@pytest.mark.parametrize("typed", [ROBOT, ROBOT.upper()])
def test_a_software_user_is_found_whatever_the_case_of_what_is_typed(typed: str) -> None:
    found = queries.software_user(typed)
    assert found is not None
    assert found.login_id == ROBOT


@pytest.mark.parametrize("typed", [ANNA, "nobody", ""])
def test_who_may_not_use_software_is_found_like_nobody(typed: str) -> None:
    assert queries.software_user(typed) is None


def test_a_technical_user_is_found_by_his_certificate() -> None:
    assert queries.holder_of_certificate(SUBJECT) is None
    assert actions.set_certificate(ROBOT, SUBJECT, by=ANNA)
    assert not actions.set_certificate(ROBOT, SUBJECT, by=ANNA)
    found = queries.holder_of_certificate(SUBJECT)
    assert found is not None
    assert found.login_id == ROBOT
    assert queries.holder_of_certificate("") is None
    assert queries.holder_of_certificate(SUBJECT.lower()) is None


def test_a_certificate_can_be_taken_away_and_opens_nothing_for_who_left() -> None:
    actions.set_certificate(ROBOT, SUBJECT, by=ANNA)
    cast.change_user(ROBOT, active=False)
    assert queries.holder_of_certificate(SUBJECT) is None
    assert actions.set_certificate(ROBOT, "", by=ANNA)
    cast.change_user(ROBOT, active=True)
    assert queries.holder_of_certificate(SUBJECT) is None


def test_a_certificate_is_refused_for_a_person_for_a_stranger_and_if_another_one_has_it() -> None:
    actions.set_certificate(ROBOT, SUBJECT, by=ANNA)
    cast.change_user(BERND, technical=True)
    with pytest.raises(actions.CertificateTaken):
        actions.set_certificate(BERND, SUBJECT, by=ANNA)
    with pytest.raises(actions.NotTechnical):
        actions.set_certificate(ANNA, "CN=anna", by=ANNA)
    with pytest.raises(actions.Unknown):
        actions.set_certificate("nobody", "CN=nobody", by=ANNA)


def test_the_journal_tells_that_a_certificate_changed_but_not_its_subject() -> None:
    actions.set_certificate(ROBOT, SUBJECT, by=ANNA)
    entry = journal.about(f"user:{ROBOT}").filter(kind="user.certificate_set").get()
    assert (entry.actor, entry.data["before"]) == (ANNA, None)
    assert entry.data["after"]
    assert "rueckner" not in str(entry.data)


def test_what_a_firm_allows_its_software_is_journalled_once_with_before_and_after() -> None:
    assert actions.set_firm_software(BRUECKNER, people_use_software=True, paper_if_uncollected=False, by=ANNA)
    assert not actions.set_firm_software(BRUECKNER, people_use_software=True, paper_if_uncollected=False, by=ANNA)
    entry = journal.about(f"firm:{BRUECKNER}").filter(actor=ANNA).get()
    assert entry.data == {
        "fields": "people_use_software",
        "before": {"people_use_software": False},
        "after": {"people_use_software": True},
    }
    with pytest.raises(actions.Unknown):
        actions.set_firm_software("F-NONE", people_use_software=True, paper_if_uncollected=False, by=ANNA)


def test_what_software_learns_of_a_carrier_survives_new_master_data_and_is_journalled() -> None:
    assert actions.set_carrier_software(
        NORDLICHT, company_number="5999", own_id_as_policy_number=True, tells_endings=False, by=ANNA
    )
    actions.put_carriers(list(cast.CARRIERS.values()), by=ANNA)
    carrier = queries.known_carriers()[NORDLICHT]
    assert (carrier.company_number, carrier.own_id_as_policy_number, carrier.tells_endings) == ("5999", True, False)
    entry = journal.about(f"carrier:{NORDLICHT}").filter(actor=ANNA).get()
    assert entry.data["before"] == {"company_number": "", "own_id_as_policy_number": False}
    assert entry.data["after"] == {"company_number": "5999", "own_id_as_policy_number": True}
    with pytest.raises(actions.Unknown):
        actions.set_carrier_software(
            "none", company_number="", own_id_as_policy_number=False, tells_endings=False, by=ANNA
        )
