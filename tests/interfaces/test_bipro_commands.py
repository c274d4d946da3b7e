"""`bipro`: what operators see of firms' software, and set for it."""

import json

import pytest
from tests import acts, cast
from typer.testing import CliRunner, Result

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops.commands import app
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")
SUBJECT = "CN=mvp.brueckner.example"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["bipro", *words])


def test_status_tells_addresses_carriers_and_who_fetched() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment("2026-02-16 12:00")):
        robot = agencies.user(cast.ROBOT)
        detail = delivery.shipment(robot, acts.letter().id)
        assert detail is not None
        deliver.note_fetched(detail, robot, consumer="Maklerwelt 7")
        told = json.loads(run("status", "--json").stdout)
        shown = run("status").stdout
    assert told["addresses"] == {
        "tokens": "http://127.0.0.1:8000/bipro/410_STS/UserPasswordLogin_2.6.1.1.0",
        "shipments": "http://127.0.0.1:8000/bipro/430_Transfer/Service_2.6.1.1.0",
    }
    assert [carrier["carrier"] for carrier in told["carriers"]] == [cast.ANKERBUND, cast.NORDLICHT]
    (caller,) = told["callers"]
    assert (caller["login_id"], caller["firm"], caller["consumer"]) == (cast.ROBOT, cast.BRUECKNER, "Maklerwelt 7")
    assert (caller["unacknowledged"], caller["oldest"]) == (1, "2026-02-16T06:00:00Z")
    assert told["addresses"]["tokens"] in shown
    assert "Maklerwelt 7" in shown


def test_what_is_not_named_about_a_carrier_stays() -> None:
    assert "gespeichert" in run("carrier", cast.NORDLICHT, "--company-number", "5555", "--tell-endings").stdout
    assert "gespeichert" in run("carrier", cast.NORDLICHT, "--own-id-as-policy-number").stdout
    assert "unverändert" in run("carrier", cast.NORDLICHT, "--tell-endings").stdout
    nordlicht = agencies.known_carriers()[cast.NORDLICHT]
    assert (nordlicht.company_number, nordlicht.own_id_as_policy_number, nordlicht.tells_endings) == (
        "5555",
        True,
        True,
    )
    run("carrier", cast.NORDLICHT, "--no-own-id-as-policy-number", "--no-tell-endings", "--company-number", "")
    nordlicht = agencies.known_carriers()[cast.NORDLICHT]
    assert (nordlicht.company_number, nordlicht.own_id_as_policy_number, nordlicht.tells_endings) == ("", False, False)


def test_an_unknown_carrier_is_refused_in_one_line() -> None:
    result = run("carrier", "nobody", "--tell-endings")
    assert (result.exit_code, result.stderr) == (1, "Den Risikoträger nobody gibt es nicht.\n")


def test_a_certificate_is_given_to_a_technical_user_and_to_nobody_else() -> None:
    assert "gespeichert" in run("certificate", cast.ROBOT, SUBJECT).stdout
    assert "unverändert" in run("certificate", cast.ROBOT, SUBJECT).stdout
    assert agencies.user(cast.ROBOT).certificate == SUBJECT
    refused = run("certificate", cast.BERND, "CN=bernd")
    assert (refused.exit_code, refused.stderr) == (1, "Mit einem Zertifikat melden sich nur technische Benutzer an.\n")
    run("certificate", cast.ROBOT, "")
    assert agencies.user(cast.ROBOT).certificate == ""
