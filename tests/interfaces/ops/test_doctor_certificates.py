"""The doctor sends the header of client certificates himself, and sees whether somebody before the portal stops it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from tests.browser.serving import Served

from vermittlerpost.interfaces.ops.health import certificates
from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.lib import clock

HEADER, AS_READ = "X-Client-Subject", "HTTP_X_CLIENT_SUBJECT"


@pytest.fixture
def served(db: None) -> Iterator[Served]:
    with Served(clock.now()).open() as served:
        yield served


def found(settings: LazySettings, url: str, **more: Any) -> Finding:
    set_to = {"environment": "production", "base_url": url, "bipro_certificate_header": HEADER} | more
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=set_to)
    return certificates.header()


def test_without_the_header_nobody_is_asked(settings: LazySettings) -> None:
    finding = found(settings, "http://127.0.0.1:1", bipro_certificate_header="")
    assert (finding.is_ok, "Keine Anmeldung mit Zertifikat" in finding.sentence) == (True, True)


def test_a_header_that_anybody_can_send_is_said(settings: LazySettings, served: Served) -> None:
    finding = found(settings, served.url)
    assert (finding.is_ok, "von außen durch" in finding.sentence) == (False, True)


def test_a_header_that_is_overwritten_is_fine(settings: LazySettings, served: Served) -> None:
    portal: Any = served._application
    vars(served)["_application"] = lambda environ, start: portal(environ | {AS_READ: ""}, start)
    finding = found(settings, served.url)
    assert (finding.is_ok, finding.sentence) == (True, "Der Proxy überschreibt X-Client-Subject.")


def test_a_portal_that_cannot_be_asked_is_said(settings: LazySettings, served: Served) -> None:
    nobody = found(settings, "http://127.0.0.1:1")
    assert (nobody.is_ok, "nicht zu prüfen" in nobody.sentence) == (False, True)
    elsewhere = found(settings, f"{served.url}/anderswo")
    assert (elsewhere.is_ok, "nicht wie erwartet" in elsewhere.sentence) == (False, True)


def test_a_trial_without_a_proxy_is_told_and_goes_on(settings: LazySettings, served: Served) -> None:
    finding = found(settings, served.url, environment="development")
    assert (finding.is_ok, "von außen durch" in finding.sentence) == (True, True)
