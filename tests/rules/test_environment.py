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


SIGN_ON: dict[str, Any] = {
    "oidc_issuer": "https://login.example/realms/nordlicht",
    "oidc_client_id": "vermittlerpost",
    "oidc_client_secret": SecretStr("geheim"),
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
        ({"s3_bucket": "schreiben", "s3_endpoint": "http://s3.example"}, "S3_ENDPOINT"),
        (SIGN_ON | {"oidc_issuer": "http://login.example"}, "OIDC_ISSUER"),
        (SIGN_ON | {"oidc_client_id": ""}, "OIDC_CLIENT_ID"),
        (SIGN_ON | {"oidc_client_secret": SecretStr("")}, "OIDC_CLIENT_ID"),
        ({"oidc_only": True}, "OIDC_ONLY"),
    ],
)
def test_what_is_no_production_is_named(changed: dict[str, Any], setting: str) -> None:
    [flaw] = flaws(**changed)
    assert flaw.startswith(f"VERMITTLERPOST_{setting} ")


def test_an_identity_provider_that_is_named_in_full_has_no_flaws() -> None:
    assert flaws(**SIGN_ON, oidc_only=True) == []


def test_staff_need_no_password_only_where_there_is_another_way() -> None:
    assert Environment(**(FIT | SIGN_ON), oidc_only=True).staff_must_sign_on
    assert not Environment(**FIT, oidc_only=True).staff_must_sign_on
    assert not Environment(**(FIT | SIGN_ON)).staff_must_sign_on


@pytest.mark.parametrize(
    "issuer", ["login.example", "ldaps://login.example", "https://login.example/?a=b", "https:// x"]
)
def test_an_issuer_is_an_address_without_query(issuer: str) -> None:
    with pytest.raises(ValidationError, match="oidc_issuer"):
        Environment(**(FIT | {"oidc_issuer": issuer}))


@pytest.mark.parametrize("listen", ["127.0.0.1:8000", "0.0.0.0:80", "[::1]:8443", "portal.example:8000"])
def test_the_portal_may_listen_at_any_address_with_a_port(listen: str) -> None:
    assert flaws(listen=listen) == []


@pytest.mark.parametrize("listen", ["8000", ":8000", "::1:8000", "127.0.0.1", "127.0.0.1:acht", "a b:1"])
def test_an_address_without_host_or_port_is_refused(listen: str) -> None:
    with pytest.raises(ValidationError, match="listen"):
        Environment(**(FIT | {"listen": listen}))


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"print_sftp": "sftp://wir@druckerei.example/eingang"}, "PRINT_SFTP_HOST_KEY"),
        ({"print_sftp": "sftp://wir@druckerei.example", "print_sftp_host_key": "x", "print_shop": "/d"}, "schließen"),
        ({"print_sftp": "ftp://wir@druckerei.example/eingang"}, "print_sftp"),
        ({"print_sftp": "sftp://wir:kennwort@druckerei.example"}, "print_sftp"),
        ({"s3_prefix": "/haus"}, "s3_prefix"),
        ({"s3_endpoint": "s3.example"}, "s3_endpoint"),
    ],
)
def test_a_print_shop_or_a_store_that_is_half_named_is_refused(chosen: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Environment(**chosen)
