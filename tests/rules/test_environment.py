"""Settings: what is good for trying out only is no production, and is said setting by setting."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from vermittlerpost.config.environment import Environment

FIT: dict[str, Any] = {
    "environment": "production",
    "secret_key": SecretStr("x" * 50),
    "base_url": "https://vermittlerpost.example",
    "operator": "Musterland Versicherung",
    "imprint": "Musterland Versicherung AG",
    "mail_transport": "smtp",
    "mail_from": "post@vermittlerpost.example",
}


def flaws(**changed: Any) -> list[str]:
    return Environment(**(FIT | changed)).flaws()


def test_a_complete_environment_has_no_flaws() -> None:
    assert flaws() == []


@pytest.mark.parametrize(
    ("changed", "setting"),
    [
        ({"secret_key": SecretStr("x" * 49)}, "SECRET_KEY"),
        ({"mail_transport": "folder"}, "MAIL_TRANSPORT"),
        ({"smtp_tls": "none"}, "SMTP_TLS"),
        ({"base_url": "http://vermittlerpost.example"}, "BASE_URL"),
        ({"base_url": "https://127.0.0.1:8000"}, "BASE_URL"),
        ({"base_url": "https://127.8.0.1"}, "BASE_URL"),
        ({"base_url": "https://[::1]"}, "BASE_URL"),
        ({"base_url": "https://0.0.0.0"}, "BASE_URL"),
        ({"base_url": "https://localhost"}, "BASE_URL"),
        ({"base_url": "https://vermittlerpost.example/portal"}, "BASE_URL"),
        ({"base_url": "https://"}, "BASE_URL"),
        ({"clock_offset": timedelta(days=-3)}, "CLOCK_OFFSET"),
    ],
)
def test_what_is_no_production_is_named(changed: dict[str, Any], setting: str) -> None:
    [flaw] = flaws(**changed)
    assert flaw.startswith(f"VERMITTLERPOST_{setting} ")


@pytest.mark.parametrize("listen", ["127.0.0.1:8000", "0.0.0.0:80", "[::1]:8443", "portal.example:8000"])
def test_the_portal_may_listen_at_any_address_with_a_port(listen: str) -> None:
    assert flaws(listen=listen) == []


@pytest.mark.parametrize("listen", ["8000", ":8000", "::1:8000", "127.0.0.1", "127.0.0.1:acht", "a b:1"])
def test_an_address_without_host_or_port_is_refused(listen: str) -> None:
    with pytest.raises(ValidationError, match="listen"):
        Environment(**(FIT | {"listen": listen}))
