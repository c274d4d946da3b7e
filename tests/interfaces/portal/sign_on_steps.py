"""How staff come in from the identity provider, step by step, as a browser does it."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from pydantic import SecretStr
from tests.identity_provider import CLIENT, SECRET, Provider

HEDDA = "hedda"
"""Who works at the insurer."""


def trust(settings: LazySettings, provider: Provider, **more: Any) -> None:
    """Name a provider in the environment."""
    known = {"oidc_issuer": provider.url, "oidc_client_id": CLIENT, "oidc_client_secret": SecretStr(SECRET)}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=known | more)


def ask(client: Client, **query: str) -> str:
    """Press the button, and return the address at the provider to which that leads."""
    answer = client.get(reverse("sign_on"), query)
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def asked(address: str) -> dict[str, str]:
    """Return what an address asks for."""
    return dict(parse_qsl(urlsplit(address).query))


def way_back(address: str) -> str:
    """Log in at the provider, and return the address here to which it sends the browser back."""
    answer = requests.get(address, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert back.path == reverse("sign_on_return")
    return f"{back.path}?{back.query}"


def sign_on(client: Client, **query: str) -> Any:
    """Go the whole way, and return the answer at its end."""
    return client.get(way_back(ask(client, **query)))


def is_at_work(client: Client) -> bool:
    """Tell whether a browser is in the back office."""
    return bool(client.get(reverse("desk"), secure=True).status_code == 200)


def button(client: Client, **query: str) -> str | None:
    """Return where the button of the login page leads; None if there is no such button."""
    page = client.get(reverse("account_login"), query).content.decode()
    found = re.search(rf'href="({reverse("sign_on")}[^"]*)"', page)
    return found[1] if found else None
