"""The doctor asks the identity provider of the insurer's staff who it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from pydantic import SecretStr
from tests.identity_provider import Provider, providing

from vermittlerpost.interfaces.ops.health import sign_on
from vermittlerpost.interfaces.ops.health.finding import Finding


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


def found(settings: LazySettings, provider: Provider, **more: Any) -> Finding:
    known = {"oidc_issuer": provider.url, "oidc_client_id": "v", "oidc_client_secret": SecretStr("s")}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=known | more)
    return sign_on.provider()


def test_none_is_fine(settings: LazySettings) -> None:
    finding = sign_on.provider()
    assert (finding.is_ok, "mit Kennwort" in finding.sentence) == (True, True)


def test_one_that_answers_and_is_the_one_that_was_named_is_fine(settings: LazySettings, provider: Provider) -> None:
    assert found(settings, provider).is_ok
    assert "gilt nicht mehr" in found(settings, provider, oidc_only=True).sentence


@pytest.mark.parametrize(
    ("configuration", "sentence"),
    [
        ({"issuer": "https://login.example"}, "nennt sich https://login.example statt"),
        ({"issuer": None}, "nennt sich – statt"),
        ({"jwks_uri": None}, "fehlt: jwks_uri."),
    ],
)
def test_one_that_is_another_or_says_too_little_is_said(
    settings: LazySettings, provider: Provider, configuration: dict[str, Any], sentence: str
) -> None:
    provider.configuration = configuration
    finding = found(settings, provider)
    assert (finding.is_ok, sentence in finding.sentence) == (False, True)


def test_one_that_is_away_is_said(settings: LazySettings, provider: Provider) -> None:
    finding = found(settings, provider, oidc_issuer="http://127.0.0.1:1")
    assert (finding.is_ok, "ConnectionError" in finding.sentence) == (False, True)
    assert not found(settings, provider, oidc_issuer=f"{provider.url}/nowhere").is_ok


def test_without_a_secret_nobody_is_asked(settings: LazySettings, provider: Provider) -> None:
    finding = found(settings, provider, oidc_client_secret=SecretStr(""))
    assert (finding.is_ok, provider.asked) == (False, [])


def test_in_production_it_is_reached_by_tls_only(settings: LazySettings, provider: Provider) -> None:
    finding = found(settings, provider, environment="production")
    assert (finding.is_ok, f"{provider.url}/token" in finding.sentence) == (False, True)
