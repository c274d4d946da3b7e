"""Who may fetch shipments: whose token holds, or whose certificate the proxy has seen."""

from typing import Any

import pytest
from django.test import Client
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import STS, WSC, WSSE, call, operation

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries

pytestmark = pytest.mark.django_db

SUBJECT = "CN=mvp-brueckner,O=Maklerhaus Brückner GmbH,C=DE"
SEES = "X-Client-Subject"


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("", ["00900", "00905"]),
        (f'<wsse:Security xmlns:wsse="{WSSE}"/>', ["00900", "00917"]),
        (
            f'<s:Security xmlns:s="{WSSE}"><c:SecurityContextToken xmlns:c="{WSC}"/></s:Security>',
            ["00900", "00909"],
        ),
        (envelopes.bearing(""), ["00900", "00919"]),
        (envelopes.bearing("urn:uuid:1"), ["00900", "00919"]),
        (envelopes.bearing("bipro:ausgedacht"), ["00960", "00962"]),
        (envelopes.credentials(cast.ROBOT), ["00900", "00917"]),
    ],
)
@pytest.mark.parametrize("name", ["listShipments", "getShipment", "acknowledgeShipment"])
def test_without_a_token_that_holds_nothing_is_told(
    stage: None, post: Any, name: str, header: str, codes: list[str]
) -> None:
    answer = post(envelopes.envelope(header, operation(name, "<tran:ID>L-1</tran:ID>")))
    assert (answer.status, answer.codes) == (500, codes)
    assert answer.one("faultcode") == "soapenv:Client"
    assert answer.one("faultstring") == answer.all("nac:Text")[0]  # programs show the first one only


def test_a_token_ends_with_its_time(software: str, post: Any, log_in: Any, turn_clock: Any) -> None:
    turn_clock("2026-02-02 10:00")
    token = log_in(software)
    turn_clock("2026-02-02 10:29:59")
    assert post(envelopes.listing(token)).codes == ["04001"]
    turn_clock("2026-02-02 10:30")
    assert post(envelopes.listing(token)).codes == ["00960", "00962"]


def test_a_token_ends_with_the_password_and_with_the_access(software: str, post: Any, log_in: Any) -> None:
    token = log_in(software)
    acts.give_password(software, "Ein anderes langes Kennwort")
    assert post(envelopes.listing(token)).codes == ["00960", "00962"]
    token = log_in(software, "Ein anderes langes Kennwort")
    cast.change_user(software, active=False)
    assert post(envelopes.listing(token)).codes == ["00960", "00962"]


@pytest.fixture
def certificate(software: str, allow: Any) -> dict[str, str]:
    allow(bipro_certificate_header=SEES)
    agencies.set_certificate(software, SUBJECT, by="test")
    return {SEES: SUBJECT.encode().decode("latin-1")}


def test_a_certificate_needs_no_token(software: str, allow: Any, post: Any) -> None:
    allow(bipro_certificate_header=SEES)
    agencies.set_certificate(software, "CN=mvp,O=Bruecker,C=DE", by="test")
    by_certificate = {SEES: "CN=mvp,O=Bruecker,C=DE"}
    assert post(envelopes.envelope("", operation("listShipments")), **by_certificate).codes == ["04001"]
    assert post(envelopes.envelope("", envelopes.token_request()), STS, **by_certificate).status == 200
    assert post(envelopes.envelope("", operation("listShipments")), **{SEES: "CN=fremd"}).codes == ["00960"]


def test_a_certificate_counts_only_where_an_operator_said_who_names_it(software: str, post: Any) -> None:
    agencies.set_certificate(software, SUBJECT, by="test")
    assert post(envelopes.envelope("", operation("listShipments")), **{SEES: SUBJECT}).codes == ["00900", "00905"]


def test_a_header_with_a_token_wins_over_the_certificate(certificate: dict[str, str], post: Any) -> None:
    assert post(envelopes.listing("bipro:ausgedacht"), **certificate).codes == ["00960", "00962"]


def test_a_login_at_the_portal_counts_for_nothing_here(stage: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(queries.user(cast.ANNA), backend="vermittlerpost.interfaces.portal.access.backend.PortalBackend")
    message = envelopes.envelope("", operation("listShipments"))
    answer = client.post(envelopes.TRANSFER, message, content_type="text/xml")
    assert answer.status_code == 500
    assert b"00905" in answer.content


def test_who_asks_too_fast_is_told_when_to_come_again(token: str, post: Any, allow: Any) -> None:
    allow(bipro_requests_per_minute=3)
    assert [post(envelopes.listing(token)).status for _ in range(4)] == [200, 200, 200, 429]
    answer = post(call("getShipment", token, "<tran:ID>L-1</tran:ID>"))
    assert (answer.status, answer.codes) == (429, ["00940"])
    assert 1 <= int(answer.headers["Retry-After"]) <= 20


def test_who_asks_too_fast_keeps_nobody_else_waiting(token_of: Any, post: Any, allow: Any) -> None:
    allow(bipro_requests_per_minute=1)
    cast.change_user(cast.OLGA, technical=True)
    robot, olga = token_of(cast.ROBOT), token_of(cast.OLGA)
    assert [post(envelopes.listing(one)).status for one in (robot, robot, olga)] == [200, 429, 200]


def test_a_login_counts_as_a_call(software: str, token: str, post: Any, allow: Any) -> None:
    allow(bipro_requests_per_minute=1)
    assert post(envelopes.login(software), STS).status == 200
    assert post(envelopes.login(software), STS).status == 429
