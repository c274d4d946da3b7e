"""Norm 410: a token for login id and password."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import PASSWORD, STS, VERSION, WSC, WST

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.lib import clock

pytestmark = pytest.mark.django_db


def test_the_right_password_gets_a_token_for_half_an_hour(software: str, post: Any, turn_clock: Any) -> None:
    turn_clock("2026-02-02 10:00:00.750")
    answer = post(envelopes.login(software), STS)
    assert answer.status == 200
    assert answer.content_type == "text/xml; charset=utf-8"
    assert answer.one("wst:TokenType") == f"{WSC}/sct"
    assert re.fullmatch(r"bipro:[\w-]{43}", answer.one("wsc:Identifier"))
    assert answer.one("wsu:Created") == "2026-02-02T09:00:00Z"
    assert answer.one("wsu:Expires") == "2026-02-02T09:30:00Z"
    assert answer.one("nac:BiPROVersion") == VERSION


def test_how_long_a_token_holds_is_set(software: str, post: Any, allow: Any, turn_clock: Any) -> None:
    turn_clock("2026-02-02 10:00")
    allow(bipro_token_lifetime=timedelta(hours=2))
    assert post(envelopes.login(software), STS).one("wsu:Expires") == "2026-02-02T11:00:00Z"


def test_a_token_is_used_on_many_connections_and_beside_others(software: str, post: Any, log_in: Any) -> None:
    tokens = [log_in(software), log_in(software)]
    assert tokens[0] != tokens[1]
    assert [post(envelopes.listing(one)).codes for one in tokens * 2] == [["04001"]] * 4


@pytest.mark.parametrize("typed", ["ROBOT", " robot\n"])
def test_a_login_id_is_found_whatever_its_case_and_the_blanks_around_it(software: str, post: Any, typed: str) -> None:
    assert post(envelopes.login(typed), STS).status == 200


def test_everybody_who_gets_no_token_reads_the_same(software: str, post: Any) -> None:
    for known in (cast.ANNA, cast.FRIDA):
        acts.give_password(known, PASSWORD)
    wrong = [
        (software, "falsch geraten"),
        ("niemand", PASSWORD),
        (cast.ANNA, PASSWORD),  # is a person, and her firm lets none
        (cast.FRIDA, PASSWORD),  # has left
        (software, ""),
        ("", PASSWORD),
        (software, "x" * 5000),
        ("x" * 5000, PASSWORD),
    ]
    answers = [post(envelopes.login(*one), STS) for one in wrong]
    assert {answer.status for answer in answers} == {500}
    assert {tuple(answer.codes) for answer in answers} == {("00960", "00961")}
    assert len({answer.lasting for answer in answers}) == 1


def test_a_person_gets_a_token_if_the_firm_allows_it_and_she_may_see_the_archive(stage: None, post: Any) -> None:
    agencies.set_firm_software(cast.BRUECKNER, people_use_software=True, paper_if_uncollected=False, by="test")
    cast.change_user(cast.ANNA, rights=("basic", "view_portfolio", "document_archive"))
    for known in (cast.ANNA, cast.BERND):
        acts.give_password(known, PASSWORD)
    assert post(envelopes.login(cast.ANNA), STS).status == 200
    assert post(envelopes.login(cast.BERND), STS).codes == ["00960", "00961"]


def test_a_password_may_begin_with_blanks(software: str, post: Any) -> None:
    acts.give_password(software, "  mit Abstand davor ")
    assert post(envelopes.login(software, "  mit Abstand davor "), STS).status == 200
    assert post(envelopes.login(software, "mit Abstand davor"), STS).status == 500


def test_a_hashed_password_is_not_taken(software: str, post: Any) -> None:
    assert post(envelopes.login(software).replace("#PasswordText", "#PasswordDigest"), STS).codes == ["00960", "00961"]


def test_other_kinds_of_tokens_and_requests_are_refused(software: str, post: Any) -> None:
    other_token = envelopes.login(software).replace(f"{WSC}/sct", "urn:oasis:names:tc:SAML:2.0:assertion")
    assert post(other_token, STS).codes == ["00900", "00910"]
    for wanted in ("Renew", ""):
        request = envelopes.envelope(envelopes.credentials(software), envelopes.token_request(wanted))
        assert post(request, STS).codes == ["00900", "00911"]


def test_without_a_header_nobody_gets_a_token(stage: None, post: Any) -> None:
    assert post(envelopes.envelope("", envelopes.token_request()), STS).codes == ["00900", "00905"]


def asked(header: str, wanted: str) -> str:
    return envelopes.envelope(header, envelopes.token_request(wanted))


def test_validate_tells_whether_a_token_holds(token: str, post: Any) -> None:
    held = post(asked(envelopes.bearing(token), "Validate"), STS)
    unheld = post(asked(envelopes.bearing("bipro:ausgedacht"), "Validate"), STS)
    assert held.one("wst:Code") == f"{WST}/status/valid"
    assert unheld.one("wst:Code") == f"{WST}/status/invalid"


def test_cancel_ends_a_token_and_no_other(software: str, log_in: Callable[[str], str], post: Any) -> None:
    ended, other = log_in(software), log_in(software)
    answer = post(asked(envelopes.bearing(ended), "Cancel"), STS)
    assert (answer.status, answer.all("wst:RequestedTokenCancelled")) == (200, [""])
    assert post(envelopes.listing(ended)).codes == ["00960", "00962"]
    assert post(envelopes.listing(other)).codes == ["04001"]
    assert post(asked(envelopes.bearing(ended), "Cancel"), STS).codes == ["00960", "00962"]


def test_cancel_finds_the_token_that_a_reference_in_the_request_means(token: str, post: Any) -> None:
    wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    header = envelopes.bearing(token).replace(
        "<wsc:SecurityContextToken", f'<wsc:SecurityContextToken xmlns:wsu="{wsu}" wsu:Id="sct-1"'
    )
    target = (
        f'<wst:CancelTarget><wsse:SecurityTokenReference xmlns:wsse="{envelopes.WSSE}">'
        '<wsse:Reference URI="#sct-1"/></wsse:SecurityTokenReference></wst:CancelTarget>'
    )
    message = asked(header, "Cancel").replace("</wst:RequestType>", f"</wst:RequestType>{target}")
    assert post(message, STS).status == 200
    assert queries.bearer_of(token) is None


def test_a_login_is_remembered_as_the_users_last(software: str, log_in: Callable[[str], str]) -> None:
    before = clock.now()
    log_in(software)
    last = queries.user(software).last_login
    assert last is not None
    assert last >= before
