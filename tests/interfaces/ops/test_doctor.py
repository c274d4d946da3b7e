"""The doctor: looks at everything that a production needs, and says in a sentence what is not as it should be."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from pydantic import SecretStr
from tests import acts
from tests.faults.smtp_server import MisbehavingServer, running

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops import health, rounds
from vermittlerpost.interfaces.ops.health import reach, work
from vermittlerpost.lib import clock

CERTIFICATE = Path(__file__).parents[2] / "faults" / "localhost.pem"

Set = Callable[..., None]
"""Changes settings of this installation."""


@pytest.fixture
def set_to(settings: LazySettings) -> Set:
    def change(**fields: object) -> None:
        settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=fields)

    return change


def test_a_trial_is_sound_with_what_it_starts_with(db: None, home: Path) -> None:
    found = list(health.findings())
    assert [one.sentence for one in found if not one.is_ok] == []
    assert {"TLS", "SMTP", "Rückläufer", "Nachweise", "Uhr", "Arbeiter", "Warteschlangen"} <= {
        one.subject for one in found
    }


def test_the_mail_server_is_asked_as_if_mails_were_sent(set_to: Set) -> None:
    with running(MisbehavingServer()) as server:
        set_to(mail_transport="smtp", smtp_host="127.0.0.1", smtp_port=server.port, smtp_tls="none")
        assert reach.mail_server().is_ok
        assert server.received == []
        set_to(smtp_tls="starttls")
        found = reach.mail_server()
        assert (found.is_ok, "STARTTLS: nicht angeboten" in found.sentence) == (False, True)


def test_a_mail_server_that_is_away_is_said(set_to: Set) -> None:
    set_to(mail_transport="smtp", smtp_host="127.0.0.1", smtp_port=1, smtp_tls="none")
    assert not reach.mail_server().is_ok


def test_a_portal_without_a_certificate_that_browsers_trust_is_said(set_to: Set) -> None:
    with running(MisbehavingServer(tls=_server_side(), tls_from_the_start=True)) as server:
        set_to(base_url=f"https://localhost:{server.port}")
        found = reach.certificate()
    assert not found.is_ok
    assert "certificate verify failed" in found.sentence


def test_the_end_of_a_trusted_certificate_is_told(set_to: Set) -> None:
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    with running(MisbehavingServer(tls=_server_side(), tls_from_the_start=True)) as server:
        ends_at = reach._end_of_certificate("localhost", server.port, trusting)
    assert ends_at > clock.now()


def _server_side() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_a_mailbox_for_bounces_and_a_key_that_cannot_be_read_are_said(set_to: Set, tmp_path: Path) -> None:
    set_to(
        bounces=f"maildir:{tmp_path}/nowhere", evidence_key=tmp_path / "key.p12", evidence_key_password=SecretStr("")
    )
    assert [reach.bounces().is_ok, reach.signing_key().is_ok] == [False, False]


def test_a_clock_that_went_back_is_noticed_by_the_journal(stage: None) -> None:
    with clock.turned_to(clock.now() + timedelta(days=2)):
        acts.confirm(acts.OTHER_EVB)
        rounds.beat()
        with clock.turned_to(clock.now() + timedelta(hours=1)):
            rounds.beat()  # the end of a standstill is written down
    found = work.clocks()
    assert (found.is_ok, "die Uhr ging zurück" in found.sentence) == (False, True)


def test_a_machine_whose_clock_differs_from_the_databases_is_noticed(db: None) -> None:
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        found = work.clocks()
    assert (found.is_ok, "60 s auseinander" in found.sentence) == (False, True)


def test_in_production_a_worker_must_make_its_rounds(db: None, set_to: Set) -> None:
    set_to(environment="production")
    assert not work.pulse().is_ok
    rounds.beat()
    assert work.pulse().is_ok


def test_halted_steps_are_said_with_who_and_why(db: None) -> None:
    assert work.steps().is_ok
    cases.halt(reason="Umbau", until=None, by="operator")
    found = work.steps()
    assert not found.is_ok
    assert found.sentence.endswith("Grund: Umbau (operator).")
